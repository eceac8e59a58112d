//! Somebody in front of a browser, who knows only what a page shows: words, labels, buttons, links.
//!
//! Whatever they do, they wait until it can be done; what never can be done fails with what the page shows instead.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};

use super::PATIENCE;
use super::driver::{Driver, Scripts};
use super::part::Part;

/// How long until the next look, when something is not there yet.
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody in front of a browser.
pub(super) struct Person {
    /// Their browser.
    pub(super) browser: Client,
    /// Where the program answers.
    base: String,
    /// Whether their pages run scripts, and so save by themselves.
    scripts: Scripts,
}

/// Each run of white space as one space.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Person {
    /// Somebody who opens a browser of their own.
    pub(super) async fn arrive(driver: &Driver, name: &str, scripts: Scripts, base: &str) -> Self {
        Self {
            browser: driver.open(name, scripts).await,
            base: base.to_owned(),
            scripts,
        }
    }

    /// Whether their pages run scripts.
    pub(super) fn has_scripts(&self) -> bool {
        self.scripts == Scripts::On
    }

    /// Types an address: a path of the program, or a whole one.
    pub(super) async fn go(&self, address: &str) {
        let whole = if address.starts_with('/') {
            format!("{}{address}", self.base)
        } else {
            address.to_owned()
        };
        self.browser.goto(&whole).await.unwrap();
    }

    /// A part of the page.
    pub(super) const fn at<'a>(&'a self, selector: &'a str) -> Part<'a> {
        Part {
            person: self,
            selector,
        }
    }

    /// The whole page.
    pub(super) const fn page(&self) -> Part<'_> {
        self.at("body")
    }

    /// The path, query and anchor of the page.
    pub(super) async fn address(&self) -> String {
        let url = self.browser.current_url().await.unwrap();
        url.as_str()
            .strip_prefix(&self.base)
            .unwrap_or(url.as_str())
            .to_owned()
    }

    /// Waits until the page is one whose path has these words in it.
    pub(super) async fn arrives_at(&self, words: &str) {
        self.eventually(&format!("the page is {words}"), async || {
            let address = self.address().await;
            Ok(address.contains(words).then_some(()))
        })
        .await;
    }

    /// The id of the element, of those that the selector finds, in which these words stand.
    pub(super) async fn id_around(&self, selector: &str, words: &str) -> String {
        self.eventually(&format!("{selector} holds {words:?}"), async || {
            for found in self.browser.find_all(Locator::Css(selector)).await? {
                if flat(&found.text().await?).contains(words) {
                    return found.attr("id").await;
                }
            }
            Ok(None)
        })
        .await
    }

    /// Tries again and again until something comes of it.
    pub(super) async fn eventually<T>(
        &self,
        what: &str,
        attempt: impl AsyncFn() -> Result<Option<T>, CmdError>,
    ) -> T {
        let end = Instant::now() + PATIENCE;
        let mut trouble = String::new();
        while Instant::now() < end {
            match attempt().await {
                Ok(Some(found)) => return found,
                Ok(None) => trouble.clear(),
                // Pages change while one looks at them.
                Err(error) => trouble = format!(" ({error})"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        let address = self.address().await;
        let shown = match self.browser.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        panic!("waited in vain: {what}{trouble}\nat {address}, which shows\n{shown}");
    }

    /// Brings an element to the middle of the window, where nothing lies over it.
    pub(super) async fn show(&self, element: &Element) -> Result<(), CmdError> {
        let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        let element = serde_json::to_value(element).map_err(CmdError::from)?;
        self.browser.execute(script, vec![element]).await?;
        Ok(())
    }
}
