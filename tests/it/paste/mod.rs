//! Reads what people have on the clipboard: our own texts, and the timelines of the shared data where they lie.

mod corpus; // against the checked timelines
mod doubts; // what is pointed out, and what nobody should paste
mod own; // against our own texts
