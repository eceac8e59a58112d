//! What a page, a search and a save cost: instructions of the real program, counted by callgrind.
//!
//! Unlike time, a count hardly depends on the machine and on what else it does. It is that of the test build and stands for
//! no time; it is compared with itself. It runs where `TEST_CALLGRIND` is set, and needs valgrind; without it says by name
//! that it was left out.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Method, RequestBuilder};
use second_story::app::tokens;
use serde_json::json;

use crate::harness::{App, Telling, left_out, send, spawn_app};

/// How many thousand instructions one request may take, in SQLite and in PostgreSQL, where those of its server are not
/// counted: what was measured when it was last looked at, and a tenth more.
const MOST: [(&str, [u64; 2]); 4] = [
    ("page", [4_940, 4_600]),
    ("list", [3_450, 3_330]),
    ("search", [22_400, 21_800]),
    ("save", [9_350, 8_020]),
];
/// How many requests are counted together.
const TIMES: u64 = 5;
/// How many post-mortems there are.
const STORIES: usize = 12;

/// The program under callgrind, which counts only when it is told to. Ended when this is dropped.
struct Counted {
    child: Child,
    url: String,
    folder: tempfile::TempDir,
}

impl Counted {
    fn start(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("count");
        let mut child = Command::new("valgrind")
            .args(["--quiet", "--tool=callgrind", "--instr-atstart=no"])
            .arg(format!("--callgrind-out-file={}", out.display()))
            .arg(env!("CARGO_BIN_EXE_second-story"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .env_remove("SECOND_STORY_URL")
            .env_remove("SECOND_STORY_CONFIG")
            .stdout(Stdio::piped())
            .spawn()
            .expect("valgrind starts");
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = said.find_map(|line| {
            line.unwrap()
                .strip_prefix("Listening on ")
                .map(str::to_owned)
        });
        Self {
            child,
            url: url.expect("the program listens"),
            folder,
        }
    }

    fn tell(&self, order: &str) {
        let told = Command::new("callgrind_control")
            .args([order, &self.child.id().to_string()])
            .stdout(Stdio::null())
            .status();
        assert!(told.unwrap().success(), "callgrind does not take {order}");
    }

    /// Thousands of instructions of one request, after a few that are not counted.
    async fn thousands(&self, name: &str, request: impl Fn(u64) -> RequestBuilder) -> u64 {
        warm_up(&request).await;
        self.tell("--zero");
        for turn in 0..TIMES {
            send(request(turn)).await.expect(200);
        }
        self.tell(&format!("--dump={name}"));
        total(self.folder.path(), name) / TIMES / 1_000
    }
}

/// Asks until it has been answered a few times. What runs for the first time is translated first, for so long on a busy
/// machine that the server may give the request up.
async fn warm_up(request: &impl Fn(u64) -> RequestBuilder) {
    let mut answered = 0;
    for turn in TIMES..TIMES + 50 {
        let answer = request(turn).send().await;
        answered += u64::from(answer.is_ok_and(|answer| answer.status().is_success()));
        if answered == 3 {
            return;
        }
    }
    panic!("the program does not answer under valgrind");
}

impl Drop for Counted {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What all threads took together, as the file says that was written under a name.
fn total(folder: &Path, name: &str) -> u64 {
    let files = fs::read_dir(folder).unwrap();
    let texts = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let written = format!("desc: Trigger: dump {name}\n");
    let text = texts
        .into_iter()
        .find(|text| text.contains(&written))
        .expect("callgrind wrote a file");
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    line.expect("a file says its total").trim().parse().unwrap()
}

/// Says what was counted, and what is to be done about what has grown.
fn judge(place: usize, name: &str, thousands: u64) -> Option<String> {
    let most = MOST.iter().find(|(other, _)| *other == name).unwrap().1[place];
    let said = format!("{name}: {thousands} thousand instructions, at most {most}");
    let _ = writeln!(std::io::stderr(), "counted: {said}");
    (thousands > most).then_some(said)
}

fn stories(app: &App) -> String {
    let words: Vec<String> = (0..STORIES)
        .map(|number| format!("letter{number}"))
        .collect();
    let told = words.iter().map(|word| {
        let telling = Telling {
            by: &app.writer(),
            word,
            restricted: false,
        };
        app.story(&telling).id.to_string()
    });
    told.last().unwrap()
}

#[actix_web::test]
async fn a_page_a_search_and_a_save_take_no_more_instructions_than_they_did() {
    if std::env::var_os("TEST_CALLGRIND").is_none_or(|value| value.is_empty()) {
        left_out(
            "how many instructions requests take",
            "set TEST_CALLGRIND=1; it needs valgrind",
        );
        return;
    }
    let app = spawn_app().await;
    let id = stories(&app);
    let token = tokens::create(&app.store, &app.writer().ctx(), "cost", "write", None).unwrap();
    let program = Counted::start(app.address());
    program.tell("--instr=on");
    let http = reqwest::Client::new();
    let ask = |method, path: &str| {
        let request = http.request(method, format!("{}{path}", program.url));
        request.bearer_auth(&token)
    };
    let page = format!("/postmortems/{id}");
    let section = format!("/api/v1/postmortems/{id}/sections/summary");
    let save = |turn| {
        let text = format!("Saved {turn} times. The queue stopped and the page showed green.");
        let request = ask(Method::PUT, &section).header("if-match", "*");
        request.json(&json!({ "text": text }))
    };
    let place = usize::from(app.is_postgres());
    let search = "/api/v1/search?q=queue+green";
    let counts = [
        (
            "page",
            program.thousands("page", |_| ask(Method::GET, &page)).await,
        ),
        (
            "list",
            program
                .thousands("list", |_| ask(Method::GET, "/postmortems"))
                .await,
        ),
        (
            "search",
            program
                .thousands("search", |_| ask(Method::GET, search))
                .await,
        ),
        ("save", program.thousands("save", save).await),
    ];
    let grown: Vec<String> = counts
        .into_iter()
        .filter_map(|(name, count)| judge(place, name, count))
        .collect();
    assert!(
        grown.is_empty(),
        "Requests take more instructions than they did: {grown:?}. Look with `valgrind --tool=callgrind` at what was added and \
         make it cheaper; if it is worth it, write the new counts and a tenth more into MOST and say why in the commit."
    );
}
