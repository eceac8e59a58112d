//! Halves of the day that are said once for several times: `4:51 PM`, then `4:52`; `2–3pm`.

/// A time of the twelve-hour clock that says its half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Halved {
    /// From 0 to 11, and minutes.
    clock: (u32, u32),
    is_after_noon: bool,
    /// Whether what is placed beside it comes before it.
    is_end: bool,
}

impl Halved {
    /// The same, as the end of a range.
    pub(super) fn earlier(self) -> Self {
        Self {
            is_end: true,
            ..self
        }
    }
}

/// Reads a time that says its half of the day last.
pub(super) fn of(read: &str) -> Option<Halved> {
    let lower = read.trim().to_ascii_lowercase();
    let lower = lower.replace('.', "");
    let is_after_noon = lower.ends_with("pm");
    let before = lower.strip_suffix(if is_after_noon { "pm" } else { "am" })?;
    let clock = before.trim().rsplit([' ', ',']).next()?;
    Some(Halved {
        clock: twelve(clock)?,
        is_after_noon,
        is_end: false,
    })
}

/// A time that does not say its half of the day beside one that does: the next such time after it, or the last before it.
/// `None` if it is none of the twelve-hour clock.
pub(super) fn beside(hour: &str, minute: &str, other: Halved) -> Option<String> {
    let clock = twelve(&format!("{hour}:{minute}"))?;
    let turned = if other.is_end {
        clock > other.clock
    } else {
        clock < other.clock
    };
    let half = if other.is_after_noon == turned {
        "AM"
    } else {
        "PM"
    };
    Some(format!("{hour}:{minute} {half}"))
}

/// Hours and minutes, twelve being nought. What has seconds, or an hour beyond twelve, is no such time.
fn twelve(clock: &str) -> Option<(u32, u32)> {
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "00"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((1..=12).contains(&hour) && minute < 60).then_some((hour % 12, minute))
}

#[cfg(test)]
mod tests {
    use super::{beside, of};

    #[test]
    fn a_time_without_its_half_lies_next_to_one_that_says_it() {
        let next = |said: &str, hour, minute| beside(hour, minute, of(said).unwrap()).unwrap();
        assert_eq!(next("4:51 PM", "4", "52"), "4:52 PM");
        assert_eq!(next("Wed 11:58 p.m.", "12", "03"), "12:03 AM");
        assert_eq!(next("11:58 AM", "12", "03"), "12:03 PM");
        assert_eq!(next("12:05 AM", "12", "06"), "12:06 AM");
        let end = |said: &str, hour| beside(hour, "00", of(said).unwrap().earlier()).unwrap();
        assert_eq!(end("3 PM", "2"), "2:00 PM");
        assert_eq!(end("1:00 PM", "11"), "11:00 AM");
        assert_eq!(beside("16", "52", of("4:51 PM").unwrap()), None);
        assert_eq!(of("16:51"), None);
    }
}
