//! Floor 3: the terminal door. Standard output is data, standard error is talk.
//!
//! Exit codes: 0 well, 1 findings or refused, 2 wrong use or input that cannot be read, 3 the store cannot be used.

mod archive; // an archive into a new database
mod export; // one post-mortem as a file, everything as a folder
mod files; // files and folders that were named
mod gate; // the publish gate over files
mod import; // post-mortems from files
mod incoming; // records of other programs
mod lint; // the language checker over files
mod own_words; // an organisation's own words, as a file
mod serve; // the web server
mod timeline; // the rows of a text, as they would be read
mod token; // API tokens
mod upkeep; // backup, restore, check
mod user; // accounts

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::app::people;
use crate::app::upkeep::ArchiveError;
use crate::config::Settings;
use crate::domain::language;
use crate::domain::people::Actor;
use crate::store::Store;

/// Blameless post-mortems of computer systems and of people systems.
#[derive(Debug, Parser)]
#[command(name = "second-story", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the web pages and the API.
    Serve(serve::Serve),
    /// Manage people with an account.
    #[command(subcommand)]
    User(user::User),
    /// Manage API tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Bring in what was written elsewhere.
    #[command(subcommand)]
    Import(import::Import),
    /// Print one post-mortem, or write everything to a folder.
    Export(export::Export),
    /// Judge Markdown post-mortems as the publish gate would.
    Gate(gate::Gate),
    /// Point at wording that closes learning, in Markdown files.
    Lint(lint::Lint),
    /// The organisation's own words, which are added to the checker's lists.
    #[command(subcommand)]
    Words(own_words::Words),
    /// Print the rows of a chat thread, log or list as a timeline would read them.
    Timeline(timeline::Timeline),
    /// Write everything to one file.
    Backup(upkeep::Backup),
    /// Put what a backup holds in the place of everything that is there.
    Restore(upkeep::Restore),
    /// Look for damage in the store.
    Check(upkeep::Check),
}

/// Where the data lies; the same for every command.
#[derive(Debug, Clone, Args)]
struct Place {
    /// The database: sqlite:PATH or postgres://USER@HOST/DATABASE.
    #[arg(
        long,
        env = "SECOND_STORY_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    database: Option<String>,
    /// The data directory [default: ./second-story-data].
    #[arg(long, env = "SECOND_STORY_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// A TOML file with settings: listen, database, data, url.
    #[arg(long, env = "SECOND_STORY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Why a command ended badly; each has its exit code.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Findings, or refused: 1.
    #[error("{0}")]
    Refused(String),
    /// Wrong use, or input that cannot be read: 2.
    #[error("{0}")]
    Input(String),
    /// The store cannot be used: 3.
    #[error("{0}")]
    Store(String),
}

impl Failure {
    const fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Input(_) => 2,
            Self::Store(_) => 3,
        }
    }
}

impl Place {
    fn settings(&self) -> Result<Settings, Failure> {
        let given = Settings {
            listen: None,
            database: self.database.clone(),
            data: self.data.clone(),
            url: None,
        };
        match &self.config {
            Some(file) => {
                Ok(given
                    .or(Settings::read(file).map_err(|error| Failure::Input(error.to_string()))?))
            }
            None => Ok(given),
        }
    }

    fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.settings()?.database()).map_err(|error| Failure::Store(error.to_string()))
    }
}

/// Reads the arguments, runs the command, and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    crate::telemetry::start();
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Serve(command) => command.run(),
        Command::User(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Gate(command) => command.run(),
        Command::Lint(command) => command.run(),
        Command::Words(command) => command.run(),
        Command::Timeline(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Check(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code())
        }
    }
}

/// Who acts: the person with this address, or the first administrator.
fn actor(store: &Store, email: Option<&str>) -> Result<Actor, Failure> {
    let found =
        people::actor_on_server(store, email).map_err(|error| Failure::Store(error.to_string()))?;
    found.ok_or_else(|| {
        Failure::Refused(match email {
            Some(email) => format!("Nobody with the address {email} may sign in."),
            None => "There is no administrator yet. Make one with `second-story user create --role administrator`.".to_owned(),
        })
    })
}

/// Refuses to go on without the rules of the language checker: without them no wording would ever be found.
fn rules_are_there() -> Result<(), Failure> {
    language::ready().map_err(|error| Failure::Store(error.to_string()))
}

/// How an archive that cannot be written or read ends a command.
fn archive_failure(error: ArchiveError) -> Failure {
    match error {
        ArchiveError::Store(error) => Failure::Store(error.to_string()),
        ArchiveError::NotEmpty => Failure::Refused(error.to_string()),
        other => Failure::Input(other.to_string()),
    }
}

/// Prints data to standard output. A reader who closed it early (`| head`) has seen enough.
fn print(text: &str) {
    use std::io::Write as _;
    if std::io::stdout().write_all(text.as_bytes()).is_err() {
        tracing::debug!("standard output is closed");
    }
}

/// Prints a value as one line of JSON.
fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| Failure::Input(error.to_string()))?;
    print(&format!("{text}\n"));
    Ok(())
}

/// The present. The one place of this door that reads the clock.
#[expect(
    clippy::disallowed_methods,
    reason = "a door is where the clock is read"
)]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}
