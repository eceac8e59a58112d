//! The program itself, as it is shipped: started over a fresh database, stopped, and started again at the same address.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use super::PATIENCE;
use crate::harness::Database;

/// The program, running or not. It ends when this is dropped, and its database goes.
pub(super) struct Program {
    // The order matters: the program lets go of the database before it is removed.
    running: Option<Running>,
    /// Where it answers: `http://127.0.0.1:PORT`.
    pub(super) url: String,
    /// The link that makes the first administrator, as the terminal shows it.
    pub(super) setup: String,
    database: Database,
}

struct Running {
    child: Child,
    /// Kept open, as the program may still have something to say.
    said: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it for the first time.
    pub(super) fn first_start() -> Self {
        let database = Database::fresh();
        let mut running = Running::start(&database.address, "127.0.0.1:0");
        let said = running.said_until_listening().expect("the program listens");
        let after = |words: &str| {
            let line = said.iter().find_map(|line| line.split_once(words));
            line.unwrap_or_else(|| panic!("nothing says {words:?}: {said:?}"))
                .1
                .to_owned()
        };
        Self {
            url: after("Listening on "),
            setup: after("Set up the first administrator, once, at "),
            running: Some(running),
            database,
        }
    }

    /// Stops it at once, as a power cut would.
    pub(super) fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again, where it was.
    pub(super) fn start_again(&mut self) {
        let place = self.url.trim_start_matches("http://");
        let patience = Instant::now() + PATIENCE;
        loop {
            let mut running = Running::start(&self.database.address, place);
            if running.said_until_listening().is_some() {
                self.running = Some(running);
                return;
            }
            // Somebody may hold the port for a moment.
            assert!(Instant::now() < patience, "{place} stays taken");
        }
    }
}

impl Running {
    fn start(database: &str, listen: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_second-story"))
            .args(["serve", "--database", database, "--listen", listen])
            .env_remove("SECOND_STORY_URL")
            .env_remove("SECOND_STORY_DATA")
            .env_remove("SECOND_STORY_CONFIG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    /// What the terminal shows up to the moment when it listens; nothing if it ends before.
    fn said_until_listening(&mut self) -> Option<Vec<String>> {
        let mut lines = Vec::new();
        for line in self.said.by_ref().lines() {
            lines.push(line.ok()?);
            if lines.last()?.starts_with("Listening on") {
                return Some(lines);
            }
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
