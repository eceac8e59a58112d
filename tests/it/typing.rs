//! Finding a factor by typing, measured on the findings of real events that were coded by hand.

use std::path::Path;

use second_story::domain::taxonomy::core;
use serde_json::Value;

use crate::harness::left_out;

/// How often the factor that was chosen by hand has to be among the first five. (Found: 134 of 169.)
const AMONG_FIVE: f64 = 0.75;

#[test]
fn the_words_of_a_finding_find_its_factor_among_five() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/coded_events.jsonl");
    let Ok(text) = std::fs::read_to_string(path) else {
        left_out(
            "finding factors of coded events",
            "put the evaluation data at ../shared",
        );
        return;
    };
    let (mut asked, mut found) = (0_u32, 0_u32);
    for line in text.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        for factor in event["factors"].as_array().unwrap() {
            let suggestions = core().suggest(factor["evidence"].as_str().unwrap(), 5);
            asked += 1;
            found += u32::from(
                suggestions
                    .iter()
                    .any(|it| it.factor.id.as_str() == factor["id"]),
            );
        }
    }
    let share = f64::from(found) / f64::from(asked);
    assert!(asked > 100 && share >= AMONG_FIVE, "{found} of {asked}");
}
