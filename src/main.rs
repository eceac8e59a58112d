//! The command `second-story`.

fn main() {}
