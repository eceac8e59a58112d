//! Journeys in a real browser, through the pages only, as a person would go.
//!
//! They run where `TEST_BROWSER` is set, and need a browser and its driver; without it they say by name that they were
//! left out. With it, a journey that cannot run fails.

mod driver; // browsers, and what drives them
mod program; // the program itself, started and stopped
mod person; // somebody in front of a browser
mod part; // what they see and do in a part of a page
mod main_job; // from the first start to a recurring cause
mod beginning; // a title is looked at while it is typed
mod writing; // steps in which a post-mortem is written
mod publishing; // steps from the gate to the first reader
mod recurring; // steps by which a cause is found to recur
mod keeping; // words are never lost
mod devtools; // light, dark, narrow
mod inspector; // somebody who looks at pages
mod looks; // every page
mod refusals; // pages that send a form back, and what scripts add to a page
mod wording; // notes on wording while one writes
mod names; // a role in the place of a name
mod importing; // a file of another program
mod pasting; // a chat thread becomes a timeline
mod fields; // the same in the forms of rows
mod factors; // a factor and a recurring cause with the keys alone

use std::time::Duration;

use crate::harness::left_out;

/// How long a person waits for what must come. Far more than it takes: other tests may keep the machine busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether this run opens browsers. Without, it says by name what is left out.
fn wanted(journey: &str) -> bool {
    let wanted = std::env::var_os("TEST_BROWSER").is_some_and(|value| !value.is_empty());
    if !wanted {
        left_out(
            journey,
            "set TEST_BROWSER=1; it needs chromium and chromedriver",
        );
    }
    wanted
}

/// The same for Firefox, which is driven by what `TEST_FIREFOX` names: the path of a geckodriver.
fn wanted_in_firefox(journey: &str) -> bool {
    let wanted = std::env::var_os("TEST_FIREFOX").is_some_and(|value| !value.is_empty());
    if !wanted {
        left_out(
            journey,
            "set TEST_FIREFOX to the path of a geckodriver; it needs firefox-esr",
        );
    }
    wanted
}
