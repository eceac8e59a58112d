//! CPU time and memory, read from the kernel's accounting.

use std::fs;
use std::time::Duration;

/// CPU time of a whole process so far, all its threads.
pub(crate) fn of_process(pid: u32) -> Duration {
    let mut total = 0_u64;
    for task in fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
    {
        total += nanoseconds(&task.unwrap().path().join("schedstat"));
    }
    Duration::from_nanos(total)
}

/// CPU time of this thread so far.
pub(crate) fn of_this_thread() -> Duration {
    Duration::from_nanos(nanoseconds("/proc/thread-self/schedstat".as_ref()))
}

/// CPU time so far of the processes that work for connections to a PostgreSQL server: its children that are called by a
/// user and a database. (Its writers and cleaners serve everybody and are left out.)
pub(crate) fn of_backends(server: u32, whose: &str) -> Duration {
    let called = format!("postgres: {whose} ");
    let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children")).unwrap();
    let children = children
        .split_whitespace()
        .map(|pid| pid.parse::<u32>().unwrap());
    let ours = children.filter(|pid| {
        fs::read_to_string(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|name| name.starts_with(&called))
    });
    ours.map(of_process).sum()
}

/// Memory of a process in KiB: its own, and its share of what it has in common with others (PSS).
pub(crate) fn memory(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The first number of a `schedstat` file: nanoseconds on a processor. (A thread that has just ended has no file.)
fn nanoseconds(path: &std::path::Path) -> u64 {
    fs::read_to_string(path)
        .ok()
        .and_then(|text| {
            text.split_whitespace()
                .next()
                .and_then(|number| number.parse().ok())
        })
        .unwrap_or(0)
}
