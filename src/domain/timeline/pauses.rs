//! Which stretches without events are long: the figure draws them short, the list names them.

use chrono::{DateTime, TimeDelta, Utc};

use super::Event;

/// A stretch below this length is never called long: ten minutes.
const SHORTEST: TimeDelta = TimeDelta::minutes(10);

/// The instants at which something begins or ends, each once, in order of time.
#[must_use]
pub(super) fn instants<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<DateTime<Utc>> {
    let mut all: Vec<DateTime<Utc>> = events
        .into_iter()
        .flat_map(|event| [event.when.at(), event.when.until()])
        .flatten()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The length above which a stretch between two neighbouring instants is long: three times the median stretch,
/// and never less than ten minutes. The shortest stretch of a story is therefore never a long one.
#[must_use]
pub(super) fn cap(instants: &[DateTime<Utc>]) -> TimeDelta {
    let mut gaps: Vec<TimeDelta> = instants
        .iter()
        .zip(instants.iter().skip(1))
        .map(|(one, other)| *other - *one)
        .collect();
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    let upper = gaps.get(middle).copied().unwrap_or_default();
    let median = match middle.checked_sub(1).and_then(|lower| gaps.get(lower)) {
        Some(lower) if gaps.len().is_multiple_of(2) => (*lower + upper) / 2,
        _ => upper,
    };
    SHORTEST.max(median * 3)
}

#[cfg(test)]
mod tests {
    use super::super::samples::times;
    use super::*;

    #[test]
    fn a_stretch_is_long_from_three_medians_on_and_from_ten_minutes_on() {
        let check = |rows: &str, minutes: i64| {
            let rows = times(rows);
            assert_eq!(cap(&instants(&rows)), TimeDelta::minutes(minutes));
        };
        check("", 10);
        check("14:00", 10);
        check("14:00 14:01 14:02", 10);
        check("14:00 14:05 14:10 20:00", 15);
        check("14:00 14:10 14:30", 45);
        check("14:00 14:10-14:30 ?", 45);
    }
}
