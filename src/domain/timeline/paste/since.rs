//! Times that are counted from a beginning which the text names: `T0 = 10:30`, then `T+5m`, `T+1h30`, `T-00:10`.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Entry, Paste};
use crate::domain::when::{Precision, When};

/// Gives rows that are counted from T0 their instants, if a row says when that was.
pub(super) fn count(paste: &mut Paste) {
    let Some(beginning) = beginning(paste) else {
        return;
    };
    for entry in &mut paste.entries {
        let Entry::Row(row) = entry else { continue };
        let after = after(row.when.typed()).filter(|_| row.when.at().is_none());
        let Some(at) = after.and_then(|after| beginning.checked_add_signed(after)) else {
            continue;
        };
        let when = When::from_parts(row.when.typed(), Some(at), None, Precision::Minute);
        if let Ok(when) = when {
            row.when = when;
            row.doubts.retain(|doubt| doubt.code != "unknown-time");
            row.notes
                .push("Counted from the time that the text gives as T0.".to_owned());
        }
    }
}

fn beginning(paste: &Paste) -> Option<DateTime<Utc>> {
    let first = paste
        .rows()
        .find(|row| row.when.typed().to_lowercase().starts_with("t0"))?;
    first.when.at()
}

/// `T+5m`, `T+12 min`, `T+00:20`, `T+1h30`; a number alone could be minutes or hours.
fn after(typed: &str) -> Option<TimeDelta> {
    let lower = typed.to_lowercase();
    let rest = lower.strip_prefix('t').unwrap_or(&lower);
    let (back, rest) = match rest.strip_prefix('+') {
        Some(rest) => (false, rest),
        None => (true, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at_checked(digits)?;
    let number: i64 = number.parse().ok()?;
    let rest = rest.trim();
    let minutes = |text: &str| {
        if text.is_empty() {
            Some(0)
        } else {
            text.parse::<i64>().ok()
        }
    };
    let length = match (rest.strip_prefix(':'), rest) {
        (Some(minute), _) => TimeDelta::hours(number) + TimeDelta::minutes(minutes(minute)?),
        (_, "m" | "min" | "mins" | "minutes" | "minute") => TimeDelta::minutes(number),
        (_, "s" | "sec" | "secs" | "seconds") => TimeDelta::seconds(number),
        (_, "d" | "day" | "days") => TimeDelta::days(number),
        (_, "hour" | "hours" | "hr" | "hrs") => TimeDelta::hours(number),
        (_, rest) => {
            let rest = rest.strip_prefix('h')?.trim_end_matches('m');
            TimeDelta::hours(number) + TimeDelta::minutes(minutes(rest.trim_end_matches("in"))?)
        }
    };
    Some(if back { -length } else { length })
}
