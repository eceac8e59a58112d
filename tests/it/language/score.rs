//! Labelled sentences: the shared set, read where it lies, the project's own, and two blind sets by writers who had not
//! seen the rules. The first of these has been worked with; nobody mends the rules by the second, so that this one tells
//! how the checker does on new text.

use std::path::Path;

use second_story::domain::language::{Words, findings};
use serde_json::Value;

use crate::harness::left_out;

/// Counts of right and wrong answers, sentence by sentence.
#[derive(Debug, Default)]
struct Score {
    found: u32,
    wrong: u32,
    missed: u32,
    wrong_ids: Vec<String>,
    missed_ids: Vec<String>,
}

impl Score {
    fn of<'a>(labelled: impl IntoIterator<Item = &'a str>) -> Self {
        let mut score = Self::default();
        for line in labelled {
            let item: Value = serde_json::from_str(line).unwrap();
            let text = item["text"].as_str().unwrap();
            let id = item["id"].as_str().unwrap().to_owned();
            let found = !findings(text, &Words::new()).is_empty();
            match (found, item["label"] == "blameful") {
                (true, true) => score.found += 1,
                (true, false) => {
                    score.wrong += 1;
                    score.wrong_ids.push(id);
                }
                (false, true) => {
                    score.missed += 1;
                    score.missed_ids.push(id);
                }
                (false, false) => {}
            }
        }
        score
    }

    fn precision(&self) -> f64 {
        f64::from(self.found) / f64::from(self.found + self.wrong)
    }

    fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from(self.found + self.missed)
    }

    fn at_least(&self, name: &str, precision: f64, recall: f64) {
        println!(
            "{name}: precision {:.3}, recall {:.3} (wrong {:?}, missed {:?})",
            self.precision(),
            self.recall(),
            self.wrong_ids,
            self.missed_ids
        );
        assert!(self.precision() >= precision, "{name}: {self:?}");
        assert!(self.recall() >= recall, "{name}: {self:?}");
    }
}

#[test]
fn the_shared_labelled_sentences_are_judged_as_people_judged_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/blame_dev.jsonl");
    let Ok(labelled) = std::fs::read_to_string(path) else {
        left_out(
            "the score on labelled sentences",
            "../shared/eval is not beside the checkout",
        );
        return;
    };
    Score::of(labelled.lines()).at_least("shared set", 0.97, 0.84);
}

#[test]
fn our_own_labelled_sentences_are_judged_as_we_judged_them() {
    Score::of(include_str!("own_set.jsonl").lines()).at_least("own set", 0.97, 0.84);
}

#[test]
fn the_blind_set_that_was_worked_with_stays_well_judged() {
    let labelled = include_str!("blind_set.jsonl");
    assert_eq!(labelled.lines().count(), 360);
    Score::of(labelled.lines()).at_least("blind set, worked with", 0.97, 0.84);
}

#[test]
fn sentences_by_somebody_who_had_not_seen_the_rules_are_judged_well_enough() {
    let labelled = include_str!("blind_set_c.jsonl");
    assert_eq!(labelled.lines().count(), 240);
    Score::of(labelled.lines()).at_least("second blind set, unseen", 0.94, 0.72);
}
