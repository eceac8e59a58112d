//! CPU time, read from the kernel's accounting in nanoseconds.

use std::fs;
use std::time::Duration;

/// CPU time of a whole process so far, all its threads.
pub(crate) fn of_process(pid: u32) -> Duration {
    let mut total = 0_u64;
    for task in fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        total += nanoseconds(&task.unwrap().path().join("schedstat"));
    }
    Duration::from_nanos(total)
}

/// CPU time of this thread so far.
pub(crate) fn of_this_thread() -> Duration {
    Duration::from_nanos(nanoseconds("/proc/thread-self/schedstat".as_ref()))
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
