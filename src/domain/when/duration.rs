//! Lengths of time in plain words.

use chrono::TimeDelta;

/// A length of time in at most two units: "45 s", "1 min 30 s", "33 min", "6 h 25 min",
/// "1 day 4 h", "3 days", "5 months", "2 years".
///
/// It is rounded down to the smaller unit shown; months (365.2425 / 12 days) and years are
/// rounded to the nearest. A negative length carries a minus sign.
pub fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    if seconds < 0 {
        return format!("−{}", words(seconds.unsigned_abs()));
    }
    words(seconds.unsigned_abs())
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// The mean Gregorian year of 365.2425 days.
const YEAR: u64 = 31_556_952;
const MONTH: u64 = YEAR / 12;

fn words(seconds: u64) -> String {
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        // From ten minutes on the seconds are noise.
        MINUTE..600 => two(seconds, MINUTE, "min", 1, "s"),
        600..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => two(seconds, HOUR, "h", MINUTE, "min"),
        // From three days on the hours are noise.
        DAY..259_200 => two(seconds, DAY, days(seconds / DAY), HOUR, "h"),
        _ if seconds < 100 * DAY => format!("{} days", seconds / DAY),
        _ if seconds < 2 * YEAR - DAY => format!("{} months", nearest(seconds, MONTH)),
        _ => format!("{} years", nearest(seconds, YEAR)),
    }
}

fn days(count: u64) -> &'static str {
    if count == 1 { "day" } else { "days" }
}

fn two(seconds: u64, large: u64, name: &str, small: u64, small_name: &str) -> String {
    let rest = seconds % large / small;
    if rest == 0 {
        return format!("{} {name}", seconds / large);
    }
    format!("{} {name} {rest} {small_name}", seconds / large)
}

fn nearest(seconds: u64, unit: u64) -> u64 {
    (seconds + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(seconds: i64, expected: &str) {
        assert_eq!(
            duration(TimeDelta::seconds(seconds)),
            expected,
            "{seconds} s"
        );
    }

    #[test]
    fn a_length_of_time_is_shown_in_at_most_two_units() {
        check(0, "0 s");
        check(45, "45 s");
        check(60, "1 min");
        check(90, "1 min 30 s");
        check(599, "9 min 59 s");
        check(600, "10 min");
        check(33 * 60 + 59, "33 min");
        check(3_600, "1 h");
        check(6 * 3_600 + 25 * 60, "6 h 25 min");
        check(86_399, "23 h 59 min");
        check(86_400, "1 day");
        check(86_400 + 4 * 3_600 + 59, "1 day 4 h");
        check(2 * 86_400, "2 days");
        check(3 * 86_400 + 7_200, "3 days");
        check(99 * 86_400, "99 days");
        check(100 * 86_400, "3 months");
        check(365 * 86_400, "12 months");
        check(730 * 86_400, "2 years");
        check(731 * 86_400, "2 years");
        check(10 * 31_556_952, "10 years");
    }

    #[test]
    fn a_negative_length_carries_a_minus_sign_and_the_longest_does_not_overflow() {
        check(-90, "−1 min 30 s");
        assert!(duration(TimeDelta::MIN).ends_with(" years"));
        assert!(duration(TimeDelta::MAX).ends_with(" years"));
    }

    #[test]
    fn less_than_a_second_is_nothing() {
        assert_eq!(duration(TimeDelta::milliseconds(999)), "0 s");
        assert_eq!(duration(TimeDelta::milliseconds(-999)), "0 s");
    }
}
