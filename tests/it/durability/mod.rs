//! What was answered with success stays: when the program is killed, and when many write at once.

mod kill; // the program is killed while people write
mod program; // the real program as a process of its own
mod writers; // many writers at once
