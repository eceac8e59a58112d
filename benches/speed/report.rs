//! Asks, measures and prints.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use second_story::domain::ids::PostMortemId;

use super::bare::{Bare, timed};
use super::client::Client;
use super::cpu;
use super::fill::Filled;
use super::server::Server;

/// One line of the report, of one round.
#[derive(Debug, Clone, Copy)]
struct Figure {
    cpu: Duration,
    p50: Duration,
    p99: Duration,
    bytes: usize,
}

/// What is searched for: place and name in the report, the words, and the same as the engine writes them. The number is of
/// how many of 5,000 generated post-mortems hold the words.
const SEARCHES: [(usize, &str, &str, &str); 5] = [
    (5, "search: a rare word (1)", "cebaffb", "cebaffb"),
    (6, "search: a middling word (141)", "injuries", "injuries"),
    (7, "search: a common word (4,705)", "learned", "learned"),
    (
        8,
        "search: three words",
        "safety equipment launch",
        "safety equipment launch",
    ),
    (9, "search: a prefix", "ser", "ser *"),
];

/// How often the program is started in one round.
const STARTS: usize = 7;

/// Runs every round and prints the medians.
pub(crate) fn run(database: &Path, filled: &Filled, rounds: usize) {
    let page = first_page(database, filled);
    let body = database.with_extension("body");
    std::fs::write(&body, &page).unwrap();
    let mut figures: BTreeMap<(usize, &'static str, &'static str), Vec<Figure>> = BTreeMap::new();
    for round in 0..rounds {
        floor_round(database, &body, &mut figures);
        our_round(database, filled, round, &mut figures);
        bare_round(database, filled, round, &mut figures);
        eprint!("\rround {} of {rounds}", round + 1);
    }
    eprintln!();
    print(database, filled, &figures);
}

type Figures = BTreeMap<(usize, &'static str, &'static str), Vec<Figure>>;

fn first_page(database: &Path, filled: &Filled) -> Vec<u8> {
    let server = Server::ours(database);
    let mut client = Client::new(
        server.address,
        &format!("authorization: Bearer {}\r\n", filled.token),
    );
    let answer = client.ask("GET", &format!("/postmortems/{}", filled.ids[0]), "", "");
    assert_eq!(answer.status, 200);
    answer.body
}

fn floor_round(database: &Path, body: &Path, figures: &mut Figures) {
    let server = Server::floor(database, body);
    let mut client = Client::new(server.address, "");
    let text = document(database);
    for (place, name, method, path, times) in [
        (
            0,
            "floor: the page's bytes from memory",
            "GET",
            "/same",
            1_000,
        ),
        (1, "floor: one stored text", "GET", "/stored", 1_000),
        (1, "floor: render and sanitise it", "POST", "/rendered", 500),
        (1, "floor: create, index, commit", "POST", "/create", 200),
    ] {
        let sent = if method == "POST" { text.as_str() } else { "" };
        let figure = ask(&server, times, |_| client.ask(method, path, "", sent));
        figures
            .entry((place, name, "floor"))
            .or_default()
            .push(figure);
    }
}

/// The Markdown of one post-mortem.
fn document(database: &Path) -> String {
    Bare::open(database).document()
}

fn our_round(database: &Path, filled: &Filled, round: usize, figures: &mut Figures) {
    let authorization = format!("authorization: Bearer {}\r\n", filled.token);
    figures
        .entry((12, "start, to the first page", "ours"))
        .or_default()
        .push(start(database, &authorization, &filled.ids));
    let server = Server::ours(database);
    let mut client = Client::new(server.address, &authorization);
    let id = |turn: usize| filled.ids[turn * 37 % filled.ids.len()];
    let mut keep = |place, name, figure| {
        figures
            .entry((place, name, "ours"))
            .or_default()
            .push(figure)
    };
    keep(
        2,
        "reading page",
        ask(&server, 500, |turn| {
            client.ask("GET", &format!("/postmortems/{}", id(turn)), "", "")
        }),
    );
    keep(
        3,
        "the same as JSON",
        ask(&server, 500, |turn| {
            client.ask("GET", &format!("/api/v1/postmortems/{}", id(turn)), "", "")
        }),
    );
    keep(
        4,
        "list of 50",
        ask(&server, 300, |_| client.ask("GET", "/postmortems", "", "")),
    );
    for (place, name, query, _) in SEARCHES {
        let star = if query == "ser" { "*" } else { "" };
        let path = format!("/api/v1/search?q={}{star}", query.replace(' ', "+"));
        keep(
            place,
            name,
            ask(&server, 200, |_| client.ask("GET", &path, "", "")),
        );
    }
    keep(
        10,
        "save of a section",
        ask(&server, 200, |turn| {
            let body = format!(
                "{{\"text\":\"Saved {round} {turn}. The queue stopped and the page showed green.\"}}"
            );
            let path = format!(
                "/api/v1/postmortems/{}/sections/summary",
                filled.written[turn % filled.written.len()]
            );
            client.ask(
                "PUT",
                &path,
                "content-type: application/json\r\nif-match: *\r\n",
                &body,
            )
        }),
    );
    // Each draft can be published once: every round takes its share.
    let share = filled.drafts.len() / 4;
    keep(
        11,
        "publish",
        ask(&server, share, |turn| {
            client.ask(
                "PUT",
                &format!(
                    "/api/v1/postmortems/{}/publication",
                    filled.drafts[(round % 4) * share + turn]
                ),
                "",
                "",
            )
        }),
    );
}

/// Starts the program several times, each until it has answered with a reading page. The page cache of the system is warm.
fn start(database: &Path, authorization: &str, ids: &[PostMortemId]) -> Figure {
    let (mut cpu, mut took, mut bytes) = (Duration::ZERO, Vec::new(), 0);
    for id in ids.iter().take(STARTS) {
        let before = Instant::now();
        let server = Server::ours(database);
        let mut client = Client::new(server.address, authorization);
        let answer = client.ask("GET", &format!("/postmortems/{id}"), "", "");
        took.push(before.elapsed());
        assert_eq!(answer.status, 200);
        cpu += cpu::of_process(server.pid());
        bytes = answer.body.len();
    }
    figure(cpu / u32::try_from(STARTS).unwrap(), took, bytes)
}

fn bare_round(database: &Path, filled: &Filled, round: usize, figures: &mut Figures) {
    let mut bare = Bare::open(database);
    let id = |turn: usize| filled.ids[turn * 37 % filled.ids.len()];
    let mut keep = |place, name, (cpu, took): (Duration, Vec<Duration>)| {
        figures
            .entry((place, name, "bare"))
            .or_default()
            .push(figure(cpu, took, 0));
    };
    keep(2, "reading page", timed(500, |turn| bare.page(id(turn))));
    keep(4, "list of 50", timed(300, |_| bare.list()));
    for (place, name, _, query) in SEARCHES {
        keep(place, name, timed(200, |_| bare.search(query)));
    }
    keep(
        10,
        "save of a section",
        timed(200, |turn| {
            bare.save(
                id(turn),
                &format!("Bare {round} {turn}. The queue stopped."),
            )
        }),
    );
    keep(
        11,
        "publish",
        timed(50, |turn| bare.publish(filled.ids[turn])),
    );
}

fn ask(
    server: &Server,
    times: usize,
    mut request: impl FnMut(usize) -> super::client::Answer,
) -> Figure {
    for turn in 0..times.min(20) {
        // A warm-up that publishes would leave nothing to measure: only what may be asked twice is warmed up.
        if times > 100 {
            request(turn);
        }
    }
    let before = cpu::of_process(server.pid());
    let mut took = Vec::with_capacity(times);
    let mut bytes = 0;
    for turn in 0..times {
        let answer = request(turn);
        assert!(
            answer.status < 300,
            "answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        took.push(answer.took);
        bytes += answer.body.len();
    }
    let cpu = (cpu::of_process(server.pid()) - before) / u32::try_from(times).unwrap();
    figure(cpu, took, bytes / times)
}

fn figure(cpu: Duration, mut took: Vec<Duration>, bytes: usize) -> Figure {
    took.sort_unstable();
    Figure {
        cpu,
        p50: took[took.len() / 2],
        p99: took[took.len() * 99 / 100],
        bytes,
    }
}

fn median(figures: &[Figure], of: fn(&Figure) -> Duration) -> f64 {
    let mut values: Vec<Duration> = figures.iter().map(of).collect();
    values.sort_unstable();
    values[values.len() / 2].as_secs_f64() * 1_000.0
}

fn print(database: &Path, filled: &Filled, figures: &Figures) {
    let disk = std::fs::metadata(database).unwrap().len();
    println!(
        "{} post-mortems, {} MB of JSON, {} MB on disk. Medians of the rounds; CPU of the server process.",
        filled.ids.len(),
        filled.text_bytes / 1_000_000,
        disk / 1_000_000
    );
    println!(
        "{:<38} {:>9} {:>9} {:>9} {:>8} {:>12} {:>10}",
        "", "CPU ms", "p50 ms", "p99 ms", "bytes", "bare CPU ms", "ours/bare"
    );
    for ((place, name, who), rounds) in figures.iter().filter(|((_, _, who), _)| *who != "bare") {
        let cpu = median(rounds, |figure| figure.cpu);
        let bare = figures
            .get(&(*place, *name, "bare"))
            .map(|rounds| median(rounds, |figure| figure.cpu));
        let (bare_text, ratio) = bare.map_or((String::new(), String::new()), |bare| {
            (format!("{bare:.3}"), format!("{:.2}", cpu / bare))
        });
        let bytes = rounds.iter().map(|figure| figure.bytes).max().unwrap_or(0);
        let _ = who;
        println!(
            "{name:<38} {cpu:>9.3} {:>9.3} {:>9.3} {bytes:>8} {bare_text:>12} {ratio:>10}",
            median(rounds, |figure| figure.p50),
            median(rounds, |figure| figure.p99),
        );
    }
}
