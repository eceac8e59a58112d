//! Second Story: blameless post-mortems of computer systems and of people systems.
//!
//! The floors of the house, lowest first. Each may use only what lies below it.

pub mod domain; // the rules: pure
pub mod store; // the two databases

pub mod app; // use cases
