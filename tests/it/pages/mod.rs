//! The HTML door, as people use it.

mod accounts; // what each role saw
mod actions; // ideas, commitments, accounts, people, links
mod factors; // factor statements and the taxonomy
mod postmortems; // new, sections, publication
mod sessions; // set up, sign in, sign out
mod search; // search, list, home
mod timeline; // events
mod causes; // recurring causes
mod lessons; // what is brought back unasked
mod themes; // what keeps coming back
