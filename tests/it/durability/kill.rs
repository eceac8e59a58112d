//! The program is killed while people write: every write that was answered with success is there afterwards.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use actix_web::rt;
use second_story::app::{Ctx, history, people};
use second_story::domain::ids::PostMortemId;
use second_story::store::Store;
use serde_json::{Value, json};

use super::program::Program;
use crate::cli::Desk;
use crate::harness::{Api, now};

/// How often the program is killed.
const KILLS: usize = 5;

/// How long the writers may take to get going on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many write at once, each in a post-mortem of their own.
const WRITERS: usize = 4;

/// The most that a writer saves of each kind before a kill: the history shows the newest 200 versions.
const MOST: usize = 60;

/// What one writer was told is saved, and what they had sent when the connection broke.
#[derive(Default)]
struct Ledger {
    postmortem: String,
    /// The text of each version of the summary; the first is version 1.
    summaries: Vec<String>,
    /// Ids and texts of events.
    events: Vec<(String, String)>,
    /// Nobody knows what became of it.
    unknown: String,
}

/// Writes until the connection breaks. An answer that is not success fails the test.
async fn write(api: Api, writer: usize, saved: Arc<AtomicUsize>) -> Ledger {
    let mut ledger = Ledger::default();
    let title = json!({"title": format!("Writer {writer} at work"), "tier": "note", "happened_on": "2026-10-14"});
    let Some(made) = api.try_post("/postmortems", &title).await else {
        return ledger;
    };
    ledger.postmortem = made.expect(201).json()["id"].as_str().unwrap().to_owned();
    let place = format!("/postmortems/{}", ledger.postmortem);
    for round in 0..MOST {
        let summary = format!(
            "Writer {writer} saved this {round} times before{}",
            " and again".repeat(round)
        );
        ledger.unknown.clone_from(&summary);
        let version = format!("\"{}\"", ledger.summaries.len());
        let body = json!({"text": summary});
        match api
            .try_put_over(&format!("{place}/sections/summary"), &version, &body)
            .await
        {
            Some(answer) => drop(answer.expect(200)),
            None => return ledger,
        }
        ledger.summaries.push(summary);
        saved.fetch_add(1, Ordering::Relaxed);
        let text = format!("Event {round} of writer {writer}");
        ledger.unknown.clone_from(&text);
        let body = json!({"when": "14:05", "lane": "saw", "text": text});
        let Some(answer) = api.try_post(&format!("{place}/events"), &body).await else {
            return ledger;
        };
        let made = answer.expect(201).json();
        let id = made["id"].as_str().unwrap().to_owned();
        ledger.events.push((id, text));
        saved.fetch_add(1, Ordering::Relaxed);
    }
    ledger
}

/// Compares a ledger with what the program shows after it was started again.
async fn compare(api: &Api, store: &Store, ledger: &Ledger) {
    if ledger.postmortem.is_empty() {
        return;
    }
    let place = format!("/postmortems/{}", ledger.postmortem);
    let summary = api
        .get(&format!("{place}/sections/summary"))
        .await
        .expect(200)
        .json();
    let acknowledged = ledger.summaries.last().map_or("", String::as_str);
    let stands = summary["text"].as_str().unwrap_or_default();
    assert!(
        stands == acknowledged || stands == ledger.unknown,
        "{stands:?} instead of {acknowledged:?}"
    );
    let listed = api.get(&format!("{place}/events")).await.expect(200).json();
    let listed: BTreeSet<(String, String)> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(id_and_text)
        .collect();
    for event in &ledger.events {
        assert!(listed.contains(event), "{event:?} is lost");
    }
    let more = listed.iter().filter(|event| !ledger.events.contains(event));
    assert!(more.clone().count() <= 1 && more.into_iter().all(|(_, text)| *text == ledger.unknown));
    kept(store, ledger);
}

/// Every version that was acknowledged is in the history, each once.
fn kept(store: &Store, ledger: &Ledger) {
    let ctx = Ctx::new(
        people::actor_on_server(store, None).unwrap().unwrap(),
        now(),
    );
    let id = PostMortemId::parse(&ledger.postmortem).unwrap();
    let (_, revisions) = history::list(store, &ctx, id).unwrap();
    let mut bodies: Vec<(i32, String)> = revisions
        .into_iter()
        .filter(|revision| revision.resource == "section")
        .map(|revision| (revision.version, revision.body))
        .collect();
    bodies.sort();
    let bodies: Vec<String> = bodies.into_iter().map(|(_, body)| body).collect();
    assert!(
        bodies.starts_with(&ledger.summaries),
        "{bodies:?} instead of {:?}",
        ledger.summaries
    );
    assert!(bodies.len() <= ledger.summaries.len() + 1);
}

fn id_and_text(event: &Value) -> (String, String) {
    let text = |name: &str| event[name].as_str().unwrap().to_owned();
    (text("id"), text("text"))
}

#[actix_web::test]
async fn whatever_was_answered_with_success_is_there_after_the_program_is_killed() {
    let desk = Desk::new();
    let arguments = [
        "token",
        "create",
        "--email",
        "ada.brandt@example.org",
        "--scope",
        "write",
        "--name",
        "kill",
    ];
    let token = desk.run(&arguments).expect(0).out.trim().to_owned();
    let mut program = Program::start(desk.address());
    let (mut acknowledged, mut slowest) = (0, Duration::ZERO);
    for kill in 1..=KILLS {
        let api = Api::at(&program.url, &token);
        let saved = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| rt::spawn(write(api.clone(), writer, saved.clone())))
            .collect();
        // In the middle of things, and not always at the same place of a write.
        let begun = Instant::now();
        while saved.load(Ordering::Relaxed) < 5 * kill && begun.elapsed() < PATIENCE {
            rt::time::sleep(Duration::from_millis(1)).await;
        }
        rt::time::sleep(Duration::from_micros(731 * u64::try_from(kill).unwrap())).await;
        program.kill();
        let mut ledgers = Vec::new();
        for writer in writers {
            ledgers.push(writer.await.unwrap());
        }
        let started = Instant::now();
        program = Program::start(desk.address());
        let api = Api::at(&program.url, &token);
        api.get("/session").await.expect(200);
        slowest = slowest.max(started.elapsed());
        let store = Store::open(desk.address()).unwrap();
        for ledger in &ledgers {
            compare(&api, &store, ledger).await;
            acknowledged += ledger.summaries.len() + ledger.events.len();
        }
        let check = desk.run(&["check", "--json"]).expect(0).json();
        assert_eq!(check["findings"], json!([]));
    }
    assert!(
        acknowledged > 20,
        "only {acknowledged} writes were answered, too few to say anything"
    );
    eprintln!(
        "{KILLS} kills, {acknowledged} acknowledged writes, all there; the slowest start took {slowest:?}"
    );
}
