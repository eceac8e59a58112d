//! The checker's own files, at the place in which they expect to be.

#[path = "../../../src/domain/codes.rs"]
mod codes;
#[path = "../../../src/domain/language/mod.rs"]
pub mod language;
