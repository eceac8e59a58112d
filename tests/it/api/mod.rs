//! The JSON door, as programs use it.

mod accounts; // accounts by role
mod actions; // ideas and commitments
mod lint; // wording that closes learning
mod factors; // factor statements and the taxonomy
mod members; // the people of a post-mortem, and links
mod search; // searching and listing
mod sections; // sections while they are written
mod timeline; // events
mod paste; // many events at once
mod causes; // causes, similar statements, themes
