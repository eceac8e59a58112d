//! The rounds: the floor, ours, and bare SQL, each over every number of connections.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Options;
use super::asked::{self, Asked, CREATE, LIST, PAGE, PUBLISH, PUBLISHED, Request, SAVE};
use super::bare::Bare;
use super::beside::page_beside_searches;
use super::client::Client;
use super::cpu;
use super::fill::Filled;
use super::measure::{Figure, Way, figure, one, timed};
use super::print;
use super::searches::SEARCHES;
use super::server::Server;

/// Pages that are read over one connection more while all others search, and for what.
const BESIDE: [(&str, &str); 2] = [
    (
        "reading page, others search: middling",
        "search: a middling word",
    ),
    (
        "reading page, others search: common",
        "search: a common word",
    ),
];
/// How often the program is started in one round.
const STARTS: usize = 7;
/// How long after a start or the last request memory is looked at.
const QUIET: Duration = Duration::from_secs(5);

/// Who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Floor,
    Ours,
    Same,
    Bare,
}

/// Figures of all rounds, by the number of connections, what was asked, and who answered. Bare SQL has one connection.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) by: BTreeMap<(usize, &'static str, Who), Vec<Figure>>,
    /// What was asked, in the order of the report.
    pub(crate) order: Vec<(Who, &'static str)>,
    /// How long the first of each took, when nothing had been asked before.
    pub(crate) first: BTreeMap<&'static str, Duration>,
    /// How many a search found.
    pub(crate) found: BTreeMap<&'static str, String>,
    /// Memory in KiB after a start, and after everything was asked.
    pub(crate) memory: Vec<(u64, u64)>,
}

impl Figures {
    fn keep(&mut self, connections: usize, name: &'static str, who: Who, figure: Figure) {
        if matches!(who, Who::Floor | Who::Ours) && !self.order.contains(&(who, name)) {
            self.order.push((who, name));
        }
        self.by
            .entry((connections, name, who))
            .or_default()
            .push(figure);
    }
}

/// Runs every round and prints the medians.
pub(crate) fn run(options: &Options, filled: &Filled) {
    let (floor, bodies) = (
        options.scratch.join("floor.sqlite"),
        options.scratch.join("bodies"),
    );
    std::fs::create_dir_all(&bodies).unwrap();
    let corpus = super::fill::corpus(options).unwrap();
    super::floor::fill(&floor, &corpus);
    let mut figures = Figures::default();
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        // Ours goes first: the floor answers with the bytes that ours gave.
        our_round(options, filled, round, &bodies, &mut figures);
        floor_round(options, filled, round, (&floor, &bodies), &mut figures);
        bare_round(options, filled, round, &mut figures);
    }
    let counted = Bare::open(&options.database).counted();
    print::table(filled, &figures, &options.connections, counted);
}

/// How long each ought to be asked: one that takes a second is not asked five hundred times.
fn times(asked: &Asked<'_>, first: Duration) -> usize {
    let fit = Duration::from_secs(20).as_nanos() / first.as_nanos().max(1);
    asked.times.min(usize::try_from(fit).unwrap()).max(20)
}

fn our_round(
    options: &Options,
    filled: &Filled,
    round: usize,
    bodies: &Path,
    figures: &mut Figures,
) {
    figures.keep(
        1,
        "start, to the first page",
        Who::Ours,
        start(options, filled),
    );
    let server = Server::ours(&options.database);
    let idle = memory(&server);
    let bare = Bare::open(&options.database);
    let cpu = || cpu::of_process(server.pid()) + bare.cpu();
    for (place, connections) in options.connections.iter().enumerate() {
        let run = round * options.connections.len() + place;
        for asked in asked::all(filled, run) {
            let mut usual = Duration::ZERO;
            if !asked.once {
                usual = warm_up(&server, &asked, bodies, figures);
            }
            let way = Way {
                address: server.address,
                connections: *connections,
                cpu: &cpu,
            };
            let figure = way.ask(times(&asked, usual), &asked.request);
            figures.keep(*connections, asked.name, Who::Ours, figure);
        }
        let asked = asked::all(filled, run);
        let named = |name| asked.iter().find(|asked| asked.name == name).unwrap();
        for (name, searched) in BESIDE {
            let figure = page_beside_searches(&server, *connections, named(PAGE), named(searched));
            figures.keep(*connections, name, Who::Ours, figure);
        }
    }
    figures.memory.push((idle, memory(&server)));
}

/// Asks a few times, keeps what the first answer was, and says how long the quickest took.
fn warm_up(server: &Server, asked: &Asked<'_>, bodies: &Path, figures: &mut Figures) -> Duration {
    let mut client = Client::new(server.address);
    let first = one(&mut client, &(asked.request)(0));
    figures.first.entry(asked.name).or_insert(first.took);
    std::fs::write(
        bodies.join(asked.name.replace([' ', ','], "-")),
        &first.body,
    )
    .unwrap();
    if asked.name.starts_with("search") {
        let json: serde_json::Value = serde_json::from_slice(&first.body).unwrap();
        let more = if json["more_than_total"] == true {
            "more than "
        } else {
            ""
        };
        figures
            .found
            .insert(asked.name, format!("{more}{}", json["total"]));
    }
    let more = (1..20).map(|turn| one(&mut client, &(asked.request)(turn)).took);
    more.min().unwrap_or(first.took)
}

/// Memory in KiB when nothing has been asked for a while.
fn memory(server: &Server) -> u64 {
    std::thread::sleep(QUIET);
    cpu::memory(server.pid())
}

/// Starts the program several times, each until it has answered with a reading page. The page cache of the system is warm.
fn start(options: &Options, filled: &Filled) -> Figure {
    let (mut cpu, mut took, mut bytes) = (Duration::ZERO, Vec::new(), 0);
    let bare = Bare::open(&options.database);
    let begin = Instant::now();
    for turn in 0..STARTS {
        let page = Request {
            headers: filled.cookie.clone(),
            ..Request::get(&format!("/postmortems/{}", filled.some(turn)))
        };
        let (before, start) = (bare.cpu(), Instant::now());
        let server = Server::ours(&options.database);
        let answer = one(&mut Client::new(server.address), &page);
        took.push(start.elapsed());
        cpu += cpu::of_process(server.pid()) + (bare.cpu().saturating_sub(before));
        bytes = answer.body.len();
    }
    figure(cpu, begin.elapsed(), took, bytes)
}

fn floor_round(
    options: &Options,
    filled: &Filled,
    round: usize,
    (database, bodies): (&Path, &Path),
    figures: &mut Figures,
) {
    let server = Server::floor(database, bodies);
    let cpu = || cpu::of_process(server.pid());
    for connections in &options.connections {
        let way = Way {
            address: server.address,
            connections: *connections,
            cpu: &cpu,
        };
        let mut ask = |name, who, times, method, path: &str, body: &str| {
            let request = |_| Request {
                method,
                body: body.to_owned(),
                ..Request::get(path)
            };
            way.ask(20, &request);
            figures.keep(*connections, name, who, way.ask(times, &request));
        };
        let text = &filled.text;
        ask(
            "floor: one stored text",
            Who::Floor,
            1_000,
            "GET",
            "/stored",
            "",
        );
        ask(
            "floor: render and sanitise a text",
            Who::Floor,
            500,
            "POST",
            "/rendered",
            text,
        );
        ask(
            "floor: create, index, commit",
            Who::Floor,
            200,
            "POST",
            "/create",
            text,
        );
        for asked in asked::all(filled, round).iter().filter(|asked| !asked.once) {
            let path = format!("/same/{}", asked.name.replace([' ', ','], "-"));
            ask(asked.name, Who::Same, 500, "GET", &path, "");
        }
    }
}

fn bare_round(options: &Options, filled: &Filled, round: usize, figures: &mut Figures) {
    let mut bare = Bare::open(&options.database);
    let beside = Bare::open(&options.database);
    let cpu = || cpu::of_this_thread() + beside.cpu();
    let mut keep = |name, figure| figures.keep(1, name, Who::Bare, figure);
    keep(PAGE, timed(500, &cpu, |turn| bare.page(filled.some(turn))));
    keep(LIST, timed(300, &cpu, |_| bare.list()));
    for search in &SEARCHES {
        if let Some(engines) = search.engines {
            let begin = Instant::now();
            bare.search(engines, search.narrowed);
            let fit = Duration::from_secs(20).as_nanos() / begin.elapsed().as_nanos().max(1);
            let times = usize::try_from(fit).unwrap().clamp(5, 200);
            keep(
                search.name,
                timed(times, &cpu, |_| bare.search(engines, search.narrowed)),
            );
        }
    }
    keep(
        CREATE,
        timed(200, &cpu, |turn| bare.create(filled.some(turn))),
    );
    let text = |turn| filled.changed(round, turn);
    keep(
        SAVE,
        timed(200, &cpu, |turn| bare.save(filled.some(turn), &text(turn))),
    );
    keep(
        PUBLISH,
        timed(PUBLISHED, &cpu, |turn| bare.publish(filled.some(turn))),
    );
}
