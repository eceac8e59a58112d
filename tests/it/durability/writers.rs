//! Sixteen people write at the same time: every success is exactly one version, and no text is lost.

use std::collections::BTreeSet;
use std::time::Instant;

use actix_web::rt;
use second_story::app::history;
use second_story::domain::ids::PostMortemId;
use serde_json::json;

use crate::harness::{Api, spawn_app};

const WRITERS: usize = 16;

/// How many lines each of them adds to the one section.
const LINES: usize = 3;

/// What one writer saw.
#[derive(Default)]
struct Seen {
    /// The versions that were granted.
    granted: Vec<i64>,
    /// How often somebody else was faster.
    lost: usize,
}

/// Adds lines to a section that fifteen others add to as well, each time over what stands there then.
async fn add_lines(api: Api, section: String, writer: usize) -> Seen {
    let mut seen = Seen::default();
    let first = api.get(&section).await.expect(200);
    let (mut version, mut text) = (
        first.etag().to_owned(),
        ready_for_a_line(first.json()["text"].as_str().unwrap()),
    );
    for line in 0..LINES {
        loop {
            let yours = format!("{text}- line {line} of writer {writer}\n");
            let answer = api
                .put_over(&section, &version, &json!({"text": yours}))
                .await;
            version = answer.etag().to_owned();
            let said = answer.json();
            match answer.status {
                200 => {
                    seen.granted.push(said["version"].as_i64().unwrap());
                    text = yours;
                    break;
                }
                412 => {
                    seen.lost += 1;
                    let conflict = &said["conflict"];
                    assert_eq!(
                        conflict["yours"],
                        yours.trim_end(),
                        "what was sent comes back"
                    );
                    assert_eq!(version, format!("\"{}\"", conflict["version"]));
                    text = ready_for_a_line(conflict["theirs"].as_str().unwrap());
                }
                other => panic!("{other}: {}", answer.text),
            }
        }
    }
    seen
}

/// The text with a line end after its last line: white space at the end of a section is not kept.
fn ready_for_a_line(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        lines => format!("{lines}\n"),
    }
}

#[actix_web::test]
async fn sixteen_writers_of_one_section_lose_nothing_and_no_version_is_granted_twice() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let api = app.writer().api;
    let section = format!("/postmortems/{}/sections/summary", saved.id);
    let started = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| rt::spawn(add_lines(api.clone(), section.clone(), writer)))
        .collect();
    let (mut granted, mut lost) = (Vec::new(), 0);
    for writer in writers {
        let seen = writer.await.unwrap();
        granted.extend(seen.granted);
        lost += seen.lost;
    }
    let took = started.elapsed();
    granted.sort_unstable();
    let each_once: Vec<i64> = (1..=i64::try_from(WRITERS * LINES).unwrap()).collect();
    assert_eq!(granted, each_once);
    let stands = api.get(&section).await.expect(200);
    assert_eq!(stands.etag(), format!("\"{}\"", WRITERS * LINES));
    let text = stands.json()["text"].as_str().unwrap().to_owned();
    let lines: BTreeSet<&str> = text.lines().collect();
    for writer in 0..WRITERS {
        for line in 0..LINES {
            assert!(
                lines.contains(format!("- line {line} of writer {writer}").as_str()),
                "{text}"
            );
        }
    }
    assert_eq!(
        (lines.len(), text.lines().count()),
        (WRITERS * LINES, WRITERS * LINES)
    );
    let id = PostMortemId::parse(&saved.id).unwrap();
    let (_, revisions) = history::list(&app.store, &app.writer().ctx(), id).unwrap();
    let kept = revisions
        .iter()
        .filter(|revision| revision.resource == "section")
        .count();
    assert_eq!(kept, WRITERS * LINES, "each version is in the history");
    assert!(
        lost > 0,
        "nobody was too late: they did not write at the same time"
    );
    eprintln!("{} saves and {lost} conflicts in {took:?}", granted.len());
}

/// Writes a post-mortem from beginning to end; every answer must be a success.
async fn write_alone(api: Api, writer: usize) -> String {
    let facts =
        json!({"title": format!("Story {writer}"), "tier": "note", "happened_on": "2026-10-14"});
    let made = api.post("/postmortems", &facts).await.expect(201).json();
    let place = format!("/postmortems/{}", made["id"].as_str().unwrap());
    for (at, key) in ["summary", "surprise"].into_iter().enumerate() {
        let text = json!({"text": format!("Part {at} of story {writer}.")});
        api.put_over(&format!("{place}/sections/{key}"), "\"0\"", &text)
            .await
            .expect(200);
        let event = json!({"when": "14:05", "lane": "did", "text": format!("Event {at} of story {writer}.")});
        api.post(&format!("{place}/events"), &event)
            .await
            .expect(201);
    }
    api.put(&format!("{place}/publication"), &json!({}))
        .await
        .expect(200);
    place
}

#[actix_web::test]
async fn sixteen_writers_of_different_post_mortems_all_succeed_and_every_number_is_given_once() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let started = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| rt::spawn(write_alone(api.clone(), writer)))
        .collect();
    let mut numbers = BTreeSet::new();
    for (writer, written) in writers.into_iter().enumerate() {
        let place = written.await.unwrap();
        let whole = api.get(&place).await.expect(200);
        let text = whole.json().to_string();
        for part in ["Part 0", "Part 1", "Event 0", "Event 1"] {
            assert!(
                text.contains(&format!("{part} of story {writer}.")),
                "{text}"
            );
        }
        numbers.insert(whole.json()["number"].as_str().unwrap().to_owned());
    }
    assert_eq!(numbers.len(), WRITERS);
    eprintln!(
        "{WRITERS} post-mortems were written and published in {:?}",
        started.elapsed()
    );
}
