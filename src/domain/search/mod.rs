//! Searching past lessons: what was typed, what is searched, and which words of a post-mortem are shown for it.
//!
//! Nothing here knows a database. `query` and `parse` read what was typed, once for both; `document` says what of a
//! post-mortem is searched; `quotes` finds the rows of a found one that hold the words.

mod about; // which factors and components it names
mod document; // what of a post-mortem is searched
mod found; // what a search found
mod lede; // the first sentence of a summary
mod matcher; // finds words in texts
mod parse; // reads what was typed
mod place; // rows that can be quoted
mod query; // what is looked for
mod quotes; // the rows that hold the words
mod rank; // the order of what was found
mod signals; // what ranking knows of a post-mortem
mod spelling; // the word that was probably meant
mod wider; // other spellings, and words that mean the same
mod words; // where words begin and end, how they are compared

pub use about::{Named, about};
pub use document::Document;
pub use found::{Facets, Found, Hit, Slice, Sort};
pub use lede::first_sentence;
pub use matcher::Matcher;
pub use parse::Operator;
pub use place::{Place, Row, rows};
pub use query::{MOST_WORDS, SearchQuery, Term};
pub use quotes::{Piece, Quote, Quotes};
pub use rank::{Ranker, Score};
pub use signals::{Indexed, indexed};
pub use spelling::{Near, holds_word, initial, near, respelled};
pub use wider::Other;

pub(in crate::domain) use rank::{in_texts, saturated};
pub(in crate::domain) use signals::{Signals, hash};
pub(in crate::domain) use words::{folded_word, stem};
