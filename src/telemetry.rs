//! Where the log goes: standard error, because standard output is data.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts the log. `SECOND_STORY_LOG` chooses what is told (`info`, `second_story=debug`).
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("SECOND_STORY_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,second_story=info"));
    // A second start in one process (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}
