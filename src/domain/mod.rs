//! Floor 0: the rules. Pure: no input or output, no clock, no SQL, no HTTP; public types derive no serde.
//!
//! In reading order:

mod codes; // enums with a code for machines and a label for people
pub mod ids; // one newtype per kind of record
pub mod text; // text that was parsed once and is trusted afterwards

pub mod people; // roles, e-mail addresses, who is acting

pub mod naming; // recognising a person named in a text

pub mod permissions; // who may do what

pub mod postmortem; // the aggregate: facts, status, visibility
pub mod sections; // the written parts, and accounts by role
pub mod templates; // which sections a kind and tier has
pub mod when; // honest time: what people type for "when", and how it is shown again
pub mod order; // moving one of several things in their order
pub mod timeline; // events, lanes, markers, derived durations
pub mod taxonomy; // categories and factors, as data
pub mod factors; // factor statements and their evidence
pub mod actions; // ideas and commitments
pub mod language; // the blameless-language checker
pub mod own_words; // what an organisation adds to the lists of the checker
pub mod wording; // notes on wording, and answers to them
pub mod names; // names of people, and the roles that stand for them
pub mod comments; // what readers say about a post-mortem
pub mod publication; // the gate
pub mod document; // the Markdown document of one post-mortem
pub mod placed; // a factor statement and where it stands
pub mod causes; // recurring causes, fixes and decisions
pub mod similarity; // what is like a text, and why
pub mod themes; // what keeps coming back, counted
pub mod markdown; // Markdown to safe HTML and to plain text
pub mod diff; // what changed between two versions
pub mod intake; // post-mortems written elsewhere, read as they are
pub mod incoming; // records of other programs, and what becomes of them here
pub mod listing; // what lists show, and by what they are narrowed
pub mod components; // what was learned about a component
pub mod reading_list; // chosen for people who are new
pub mod digest; // one week
pub mod search; // what was typed, what is searched, what is quoted
