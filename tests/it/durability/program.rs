//! The real program as a process of its own, which can be killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server that runs. It is killed when this is dropped.
pub(super) struct Program {
    child: Child,
    /// Where it answers.
    pub(super) url: String,
}

impl Program {
    /// Starts it over a database and waits until it answers.
    pub(super) fn start(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_second-story"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .env_remove("SECOND_STORY_URL")
            .env_remove("SECOND_STORY_CONFIG")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = said.find_map(|line| {
            let line = line.expect("what it says can be read");
            line.strip_prefix("Listening on ").map(str::to_owned)
        });
        let Some(url) = url else {
            panic!("the program ended: {:?}", child.wait());
        };
        Self { child, url }
    }

    /// Ends it as `kill -9` does: nothing of it runs afterwards.
    pub(super) fn kill(&mut self) {
        self.child.kill().expect("the program is ours to kill");
        self.child.wait().expect("the program has ended");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
