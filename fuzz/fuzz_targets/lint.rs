//! Any text is answered without a panic, twice the same, with findings in order that lie on characters.

#![no_main]

mod domain;

use domain::language::{Words, findings, lint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let own = Words::new().people("wombat").system("pilot").name("Ümit");
    let found = findings(text, &own);
    let mut last = 0;
    for finding in &found {
        assert!(finding.start >= last && finding.end > finding.start);
        assert!(text.get(finding.start..finding.end).is_some());
        last = finding.end;
    }
    assert_eq!(found, findings(text, &own));
    let mut last = 0;
    for one in lint(text, &own) {
        assert!(one.start.point >= last && one.end.point > one.start.point);
        assert!(one.start.utf16 >= one.start.point && one.start.line <= one.end.line);
        last = one.end.point;
        let quoted = text.chars().skip(one.start.point);
        assert!(quoted.take(one.quote.chars().count()).eq(one.quote.chars()));
    }
});
