//! Counts work in tests: a text twice as long must take twice as much of it, however it is written.

#[cfg(test)]
thread_local! {
    static DONE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Notes work: steps of matching, bytes that are looked at again.
#[cfg(not(test))]
pub(super) const fn did(_steps: usize) {}

/// Notes work: steps of matching, bytes that are looked at again.
#[cfg(test)]
pub(super) fn did(steps: usize) {
    DONE.with(|done| done.set(done.get() + steps));
}

/// The work of a piece of program on this thread.
#[cfg(test)]
pub(super) fn of(run: impl FnOnce()) -> usize {
    DONE.with(|done| done.set(0));
    run();
    DONE.with(std::cell::Cell::get)
}
