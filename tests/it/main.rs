//! The integration tests: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod harness; // the server, people, builders
mod api; // the JSON door
mod pages; // the HTML door
mod cli; // the terminal door
mod durability; // killed programs, many writers at once
mod access; // who may see and do what, on every route
mod bad_input; // what nobody should send, on every route
mod store; // the floors below the doors
mod typing; // finding a factor by typing
mod intake; // what is read from files
mod paste; // what is read from the clipboard
mod incoming; // what other programs hold
mod demo; // the demonstration
mod language; // wording that closes learning, against labelled sentences
mod wording; // notes on wording, and answers to them
mod own_words; // what an organisation adds to the checker, on every path
mod names; // names of people, and roles in their place
mod fields; // the same in the forms of rows
mod comments; // what readers say
mod tidy; // rules of the house
mod causes; // recurring causes, and who may know of them
mod similar; // what was said before in other words
mod relevance; // whether a search finds the answer
mod themes; // what keeps coming back
mod cost; // instructions of a page, a search and a save
mod browser; // journeys in a real browser
