//! The terminal door: the real program, with its exit codes and streams.

mod archive; // everything as a folder
mod hostile; // archives that do harm
mod bad_use; // files, arguments and databases that cannot be used
mod formats; // a record of every format, there and back
mod gate; // the gate over files
mod import; // post-mortems from files
mod lint; // the language checker over files
mod people; // accounts, tokens, export of one
mod timeline; // the rows of a text
mod upkeep; // backup, restore, check

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::harness::Database;

/// What a command answered.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The same, if it ended with this code.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs the program.
pub(crate) fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, "")
}

/// Runs the program with something on standard input.
pub(crate) fn run_with(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_second-story"))
        .args(arguments)
        .env_remove("SECOND_STORY_DATABASE")
        .env_remove("SECOND_STORY_DATA")
        .env_remove("SECOND_STORY_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that reads nothing may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An organisation with an administrator, and a folder for files.
pub(crate) struct Desk {
    database: Database,
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self {
            database: Database::fresh(),
            folder: tempfile::tempdir().unwrap(),
        };
        desk.person("Ada Brandt", "administrator");
        desk
    }

    /// Makes a person with an address made of their name.
    pub(crate) fn person(&self, name: &str, role: &str) -> String {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let arguments = [
            "user",
            "create",
            "--email",
            &email,
            "--name",
            name,
            "--role",
            role,
            "--password-stdin",
        ];
        let made = self
            .run_with(&arguments, "a long enough sentence\n")
            .expect(0);
        made.out.trim().to_owned()
    }

    /// Runs a command on this organisation's database.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut all = arguments.to_vec();
        all.extend(["--database", &self.database.address]);
        run_with(&all, input)
    }

    pub(crate) fn address(&self) -> &str {
        &self.database.address
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The folder's path.
    pub(crate) fn folder(&self) -> String {
        self.folder.path().display().to_string()
    }
}

/// The folder of the demonstration's texts.
pub(crate) fn demo_content() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/app/demo/content")
        .display()
        .to_string()
}
