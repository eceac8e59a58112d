//! The order of the rows. Rows without an instant belong to the row above them and stay with it.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::Event;

/// Where a row belongs in order of time: behind the last row that is not later, and behind the rows of
/// unknown time that follow that one. A row of unknown time belongs at the end.
#[must_use]
pub fn place_in_time(events: &[Event], at: Option<DateTime<Utc>>) -> usize {
    let Some(at) = at else {
        return events.len();
    };
    let earlier = events
        .iter()
        .rposition(|event| event.when.at().is_some_and(|other| other <= at))
        .map_or(0, |index| index + 1);
    events
        .iter()
        .enumerate()
        .skip(earlier)
        .find(|(_, event)| event.when.at().is_some())
        .map_or(events.len(), |(index, _)| index)
}

/// Whether a row of this instant may stand between the rows above and below a place.
#[must_use]
pub fn fits_at(events: &[Event], place: usize, at: Option<DateTime<Utc>>) -> bool {
    let Some(at) = at else { return true };
    let above = last_instant(events.iter().take(place));
    let below = events.iter().skip(place).find_map(|event| event.when.at());
    above.is_none_or(|above| above <= at) && below.is_none_or(|below| at <= below)
}

/// The instant of the last row that has one: what "the row above" means to a typed time.
pub fn last_instant<'a>(rows: impl DoubleEndedIterator<Item = &'a Event>) -> Option<DateTime<Utc>> {
    rows.rev().find_map(|event| event.when.at())
}

/// Puts rows in order of time; equal instants keep their order.
#[must_use]
pub fn sorted(events: Vec<Event>) -> Vec<Event> {
    let mut groups: Vec<Vec<Event>> = Vec::new();
    for event in events {
        match groups.last_mut() {
            Some(group) if event.when.at().is_none() => group.push(event),
            _ => groups.push(vec![event]),
        }
    }
    groups.sort_by(|one, other| match (one.first(), other.first()) {
        // Only the first group may begin without an instant, and `None` comes first.
        (Some(one), Some(other)) => one.when.at().cmp(&other.when.at()),
        _ => Ordering::Equal,
    });
    groups.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{event, times};
    use super::*;

    #[test]
    fn a_row_goes_behind_the_last_one_that_is_not_later() {
        let check = |rows: &str, new: &str, place: usize| {
            let rows = times(rows);
            assert_eq!(place_in_time(&rows, event(new).when.at()), place, "{new}");
        };
        check("", "14:00", 0);
        check("14:00 15:00", "14:30", 1);
        check("14:00 15:00", "14:00", 1);
        check("14:00 15:00", "13:00", 0);
        check("14:00 15:00", "16:00", 2);
        check("14:00 15:00", "?", 2);
        check("14:00 ?", "14:30", 2);
        check("14:00 ? 15:00", "14:30", 2);
        check("? 14:00", "13:00", 1);
    }

    #[test]
    fn a_row_fits_where_its_neighbours_allow_it() {
        let rows = times("14:00 ? 15:00");
        let check = |place: usize, new: &str, fits: bool| {
            assert_eq!(
                fits_at(&rows, place, event(new).when.at()),
                fits,
                "{new} at {place}"
            );
        };
        check(1, "14:30", true);
        check(2, "14:30", true);
        check(0, "14:30", false);
        check(3, "14:30", false);
        check(1, "15:30", false);
        check(0, "?", true);
    }

    #[test]
    fn sorting_keeps_rows_of_unknown_time_behind_the_row_above_them() {
        let rows = sorted(times("? 15:00 ? 14:00 15:00 13:00"));
        let typed: Vec<&str> = rows.iter().map(|row| row.when.typed()).collect();
        assert_eq!(typed, ["?", "13:00", "14:00", "15:00", "?", "15:00"]);
        assert!(super::super::out_of_order(&rows).is_none());
    }
}
