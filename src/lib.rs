//! Second Story: blameless post-mortems of computer systems and of people systems.
//!
//! The floors of the house, lowest first. Each may use only what lies below it:
//!
//! | floor | holds | may use |
//! |---|---|---|
//! | [`domain`] | the rules: pure | std, time, ids, Markdown |
//! | [`store`] | tables and queries for two databases | domain, Diesel |
//! | [`app`] | use cases, one transaction each | store, domain |
//! | [`web`], [`cli`] | the doors: HTML and JSON, the terminal | app, domain |
//!
//! The same noun has the same file name on every floor. `docs/ARCHITECTURE.md` walks through three requests.

pub mod domain; // the rules: pure
pub mod store; // the two databases
pub mod app; // use cases
pub mod web; // HTML and JSON
pub mod cli; // the terminal
pub mod config; // settings
mod telemetry; // the log
