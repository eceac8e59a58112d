//! Reads every post-mortem of the shared data, where it lies, and compares what was found with what was checked
//! by hand.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use second_story::domain::intake::{self, Intake, Zone};
use serde_json::Value;

use crate::harness::left_out;

/// The shared data beside the project, if it is there.
pub(crate) fn data(test: &str) -> Option<PathBuf> {
    let found = [Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")]
        .into_iter()
        .find(|folder| folder.is_dir());
    if found.is_none() {
        left_out(test, "put the shared data in ../shared/data");
    }
    found
}

/// Every original file: its path under `raw`, and its text.
pub(crate) fn originals(data: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for raw in [data.join("raw"), data.join("ccbysa/raw")] {
        for folder in std::fs::read_dir(&raw)
            .expect("the folder can be listed")
            .flatten()
        {
            for file in std::fs::read_dir(folder.path())
                .expect("the folder can be listed")
                .flatten()
            {
                let name = format!(
                    "{}/{}",
                    folder.file_name().to_string_lossy(),
                    file.file_name().to_string_lossy()
                );
                files.push((
                    name,
                    String::from_utf8_lossy(
                        &std::fs::read(file.path()).expect("the file can be read"),
                    )
                    .into_owned(),
                ));
            }
        }
    }
    files.sort();
    files
}

pub(crate) fn records(data: &Path, name: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for folder in [data.to_path_buf(), data.join("ccbysa")] {
        for line in std::fs::read_to_string(folder.join(name))
            .expect("the file can be read")
            .lines()
        {
            let record: Value = serde_json::from_str(line).expect("a line is a record");
            found.insert(
                record["id"]
                    .as_str()
                    .expect("a record has an id")
                    .to_owned(),
                record,
            );
        }
    }
    found
}

pub(crate) fn id_of(name: &str) -> String {
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_owned()
}

/// The words of a source, without the numbers and boxes of its lists.
fn source_words(text: &str) -> HashSet<String> {
    let bare = text.lines().map(|line| {
        let line = line.trim();
        let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let line = if rest.len() < line.len() && rest.starts_with(['.', ')']) {
            rest
        } else {
            line.trim_start_matches(['-', '*', '+']).trim_start()
        };
        line.trim_start_matches(['.', ')', ' '])
            .trim_start_matches("[x]")
            .to_owned()
    });
    words(&bare.collect::<Vec<_>>().join("\n"))
}

fn words(text: &str) -> HashSet<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Everything the reader gave, as one text.
fn everything(intake: &Intake) -> String {
    let mut all = vec![intake.title.clone()];
    all.extend(
        intake
            .sections
            .iter()
            .flat_map(|section| [section.heading.clone(), section.text.clone()]),
    );
    all.extend(
        intake
            .events
            .iter()
            .flat_map(|event| [event.typed.clone(), event.text.clone()]),
    );
    all.extend(
        intake
            .actions
            .iter()
            .flat_map(|action| [action.title.clone(), action.note.clone()]),
    );
    all.extend(intake.factors.iter().map(|factor| factor.text.clone()));
    all.extend(intake.frame.iter().map(|remark| remark.text.clone()));
    all.extend(
        intake
            .front_matter
            .iter()
            .flat_map(|(key, value)| [key.clone(), value.clone()]),
    );
    all.join("\n")
}

/// The text below the front matter.
fn body(text: &str) -> &str {
    ["---\n", "+++\n"]
        .into_iter()
        .find_map(|fence| {
            text.strip_prefix(fence)?
                .split_once(&format!("\n{fence}"))
                .map(|(_, body)| body)
        })
        .unwrap_or(text)
}

#[test]
fn every_file_of_the_corpus_is_read_and_no_word_is_lost() {
    let Some(data) = data("reading the corpus") else {
        return;
    };
    let files = originals(&data);
    let mut lost = Vec::new();
    let (mut titled, mut dated, mut events, mut actions, mut factors, mut zoned) =
        (0, 0, 0, 0, 0, 0);
    for (name, text) in &files {
        let intake = intake::read(name, text);
        titled += usize::from(intake.title.chars().any(char::is_alphanumeric));
        dated += usize::from(intake.happened_on.is_some());
        if intake.happened_on.is_none() {
            println!("{name} says no day");
        }
        zoned += usize::from(intake.zone_said);
        events += intake.events.len();
        actions += intake.actions.len();
        factors += intake.factors.len();
        let kept = words(&everything(&intake));
        let missing: Vec<String> = source_words(body(&text.replace("\r\n", "\n")))
            .into_iter()
            .filter(|word| !kept.contains(word))
            .collect();
        if !missing.is_empty() {
            lost.push(format!("{name}: {missing:?}"));
        }
    }
    println!(
        "{} files: {titled} with a title, {dated} with a day, {zoned} with a zone; {events} events, {actions} actions, {factors} factors",
        files.len()
    );
    assert!(
        lost.is_empty(),
        "words were lost in {} files:\n{}",
        lost.len(),
        lost.join("\n")
    );
    assert_eq!(titled, files.len());
}

/// What a checked timeline and a reading have in common.
#[derive(Default)]
struct Tally {
    checked: usize,
    found: usize,
    agree: usize,
    extra: usize,
}

#[test]
fn nearly_all_checked_events_are_found_with_the_right_instant() {
    let Some(data) = data("comparing with the checked timelines") else {
        return;
    };
    let timelines = records(&data, "timelines.jsonl");
    let show = std::env::var_os("SHOW_EVENTS").is_some();
    let mut tally: BTreeMap<String, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for (name, text) in originals(&data) {
        let Some(record) = timelines.get(&id_of(&name)) else {
            continue;
        };
        let intake = intake::read(&name, &text);
        let source = tally
            .entry(name.split('/').next().unwrap_or_default().to_owned())
            .or_default();
        let counted = compare(&name, record, &intake, show);
        for tally in [source, &mut all] {
            tally.checked += counted.checked;
            tally.found += counted.found;
            tally.agree += counted.agree;
            tally.extra += counted.extra;
        }
    }
    for (source, tally) in &tally {
        println!(
            "{source:12} checked {:5}  found {:5}  instant agrees {:5}  further rows {:5}",
            tally.checked, tally.found, tally.agree, tally.extra
        );
    }
    let share = |part: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(all.checked).unwrap())
    };
    println!(
        "all: {} checked events, {:.4} found, {:.4} with the same instant, {} further rows",
        all.checked,
        share(all.found),
        share(all.agree),
        all.extra
    );
    assert!(
        share(all.agree) >= 0.95,
        "only {:.4} of the checked events have the right instant",
        share(all.agree)
    );
}

/// Matches events by their words, then compares the instants.
fn compare(name: &str, record: &Value, intake: &Intake, show: bool) -> Tally {
    let mut tally = Tally::default();
    let mut free: Vec<usize> = (0..intake.events.len()).collect();
    let zone = assumed_zone(record["tz"].as_str());
    for checked in record["events"].as_array().unwrap() {
        tally.checked += 1;
        let instant =
            |at: &usize| moment(&intake.events[*at], zone, checked["at"].as_str().unwrap());
        let typed =
            |at: &usize| alike(checked, &intake.events[*at].text, &intake.events[*at].typed);
        let same = free
            .iter()
            .position(|at| typed(at) && instant(at))
            .or_else(|| free.iter().position(typed));
        match same {
            Some(place) => {
                let at = free.remove(place);
                tally.found += 1;
                if instant(&at) {
                    tally.agree += 1;
                } else if show {
                    let event = &intake.events[at];
                    println!(
                        "{name}:{} differs: checked {} ({}), read {:?} {:?} {:?} from {:?}",
                        event.line,
                        checked["at"],
                        checked["at_raw"],
                        event.day,
                        event.local(),
                        event.zone,
                        event.typed
                    );
                }
            }
            None if show => println!(
                "{name} missed: {} | {} | {:.80}",
                checked["at"],
                checked["at_raw"],
                checked["text"].as_str().unwrap()
            ),
            None => {}
        }
    }
    tally.extra = free.len();
    if show {
        for at in free {
            let event = &intake.events[at];
            println!(
                "{name}:{} further: {:?} | {:.80?}",
                event.line, event.typed, event.text
            );
        }
    }
    tally
}

/// The zone of the checked timeline, for texts that state none.
fn assumed_zone(name: Option<&str>) -> Zone {
    Zone::Place(
        name.and_then(|name| name.parse().ok())
            .unwrap_or(chrono_tz::Tz::UTC),
    )
}

/// Whether an event has the checked instant, or the checked day where only a day is known.
fn moment(event: &intake::IntakeEvent, zone: Zone, at: &str) -> bool {
    if let Ok(checked) = DateTime::parse_from_rfc3339(at) {
        return event.instant(zone) == Some(checked);
    }
    if let Ok(checked) = chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M:%S") {
        return event.local() == Some(checked);
    }
    event.clock.is_none() && event.day == at.parse::<NaiveDate>().ok()
}

/// Whether the words of a checked event are those of a row: the first letters of its text, wherever they begin.
pub(crate) fn alike(checked: &Value, text: &str, typed: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let without_addresses = |text: &str| {
        text.split("](http")
            .enumerate()
            .map(|(at, piece)| {
                if at == 0 {
                    piece
                } else {
                    piece.split_once(')').map_or("", |(_, rest)| rest)
                }
            })
            .collect::<String>()
    };
    let checked: String = letters(checked["text"].as_str().unwrap())
        .chars()
        .take(24)
        .collect();
    let here = letters(&format!("{typed} {}", without_addresses(text)));
    let fewer: String = checked.chars().skip(8).collect();
    here.contains(&checked) || (checked.len() > 20 && here.contains(&fewer))
}
