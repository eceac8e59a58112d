//! The floors below the doors, on a real database.

mod schema; // what the migrations make, and what the program believes
mod listing; // lists and the home page
mod search; // full text
mod writing; // one writer after the other
mod world; // people and post-mortems, made by the use cases
