//! When: the text as typed and, where reading it again would give something else, what it stands for.
//!
//! `14:05` is read against the row above. A text that was typed under other circumstances ("+5m" below a row that was
//! moved since) is written with its meaning behind an equals sign: `+5m = minute 2026-10-14T12:05:00Z`.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::domain::when::{self, Context, Note, Precision, When};

/// What stands between a typed text and its meaning.
const MEANS: &str = " = ";

/// Reads moments row by row.
pub(super) struct Moments {
    context: Context,
}

impl Moments {
    /// Starts above the first row. "Today" is the story's day: a file reads the same whenever it is read.
    pub(super) fn new(zone: Tz, day: Option<NaiveDate>) -> Self {
        let today = day.unwrap_or_default().and_time(NaiveTime::MIN);
        Self {
            context: Context {
                zone,
                previous: None,
                day,
                now: today.and_utc(),
            },
        }
    }

    /// Reads the next row's moment.
    ///
    /// # Errors
    /// The sentence for the person.
    pub(super) fn read(&mut self, cell: &str) -> Result<When, String> {
        let found = match meaning(cell) {
            Some(found) => found?,
            None => self.parse(cell)?,
        };
        self.pass(&found);
        Ok(found)
    }

    /// Writes the next row's moment.
    pub(super) fn write(&mut self, moment: &When) -> String {
        let typed = moment.typed();
        let again = self.parse(typed);
        let plain = meaning(typed).is_none() && again.is_ok_and(|read| read == *moment);
        self.pass(moment);
        if plain {
            typed.to_owned()
        } else {
            format!("{typed}{MEANS}{}", parts(moment))
        }
    }

    /// Reads a typed text against the row above. Four digits alone that may be a year are one: in a document, clock
    /// times have a colon.
    fn parse(&self, typed: &str) -> Result<When, String> {
        let read =
            |typed: &str| when::parse(typed, &self.context).map_err(|problem| problem.to_string());
        let found = read(typed)?;
        let year = found.notes.iter().find_map(|note| match note {
            Note::ReadAsClock { year } => Some(year),
            _ => None,
        });
        match year {
            Some(year) if typed.trim().len() == 4 => {
                let meant = read(&format!("year {year}"))?.when;
                When::from_parts(typed, meant.at(), meant.until(), meant.precision())
                    .map_err(|problem| problem.to_string())
            }
            _ => Ok(found.when),
        }
    }

    fn pass(&mut self, moment: &When) {
        self.context.previous = moment.at().or(self.context.previous);
    }
}

fn parts(moment: &When) -> String {
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let mut written = moment.precision().as_code().to_owned();
    if let Some(at) = moment.at() {
        written.push(' ');
        written.push_str(&instant(at));
    }
    if let Some(until) = moment.until() {
        written.push('/');
        written.push_str(&instant(until));
    }
    written
}

/// A text with its meaning; `None` if there is none behind it.
fn meaning(cell: &str) -> Option<Result<When, String>> {
    let (typed, meant) = cell.rsplit_once(MEANS)?;
    let (code, instants) = meant.split_once(' ').unwrap_or((meant, ""));
    let precision = Precision::from_code(code)?;
    let (at, until) = match instants.split_once('/') {
        Some((at, until)) => (at, Some(until)),
        None => (instants, None),
    };
    let read = |text: &str| {
        DateTime::parse_from_rfc3339(text)
            .map(|at| at.to_utc())
            .map_err(|_| format!("\"{text}\" is not an instant. Write it as 2026-10-14T12:05:00Z."))
    };
    let at = Some(at).filter(|at| !at.is_empty()).map(read).transpose();
    let until = until.map(read).transpose();
    Some(at.and_then(|at| {
        When::from_parts(typed, at, until?, precision).map_err(|problem| problem.to_string())
    }))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;

    use super::Moments;
    use crate::domain::when::{Precision, When};

    fn day() -> Option<chrono::NaiveDate> {
        chrono::NaiveDate::from_ymd_opt(2026, 10, 14)
    }

    #[test]
    fn a_moment_that_reads_the_same_again_is_written_as_typed() {
        let mut reading = Moments::new(Berlin, day());
        let mut writing = Moments::new(Berlin, day());
        for typed in [
            "14:05",
            "~14:10",
            "14:10-14:25",
            "+5m",
            "?",
            "2026-10-15",
            "2026",
        ] {
            let moment = reading.read(typed).unwrap();
            assert_eq!(writing.write(&moment), typed);
        }
    }

    #[test]
    fn a_moment_that_would_read_differently_carries_its_meaning() {
        let at = Some("2026-10-14T08:00:00.5Z".parse().unwrap());
        let until = Some("2026-10-14T09:00:00Z".parse().unwrap());
        for (typed, at, until, precision, written) in [
            (
                "+5m",
                at,
                None,
                Precision::Minute,
                "+5m = minute 2026-10-14T08:00:00.500Z",
            ),
            ("later", None, None, Precision::Unknown, "later = unknown"),
            (
                "a = b",
                at,
                until,
                Precision::Range,
                "a = b = range 2026-10-14T08:00:00.500Z/2026-10-14T09:00:00Z",
            ),
            // A text that looks like one with a meaning gets its own.
            (
                "x = unknown",
                at,
                None,
                Precision::About,
                "x = unknown = about 2026-10-14T08:00:00.500Z",
            ),
        ] {
            let moment = When::from_parts(typed, at, until, precision).unwrap();
            assert_eq!(Moments::new(Berlin, day()).write(&moment), written);
            assert_eq!(Moments::new(Berlin, day()).read(written), Ok(moment));
        }
    }

    #[test]
    fn four_digits_in_the_first_row_are_a_year() {
        let moment = Moments::new(Berlin, day()).read("2003").unwrap();
        assert_eq!(
            moment.at().unwrap().to_rfc3339(),
            "2002-12-31T23:00:00+00:00"
        );
        assert_eq!(moment.typed(), "2003");
        assert_eq!(Moments::new(Berlin, day()).write(&moment), "2003");
    }

    #[test]
    fn a_text_that_is_no_time_is_told() {
        let problem = Moments::new(Berlin, day()).read("later").unwrap_err();
        assert!(problem.contains("could not be read as a time"), "{problem}");
        assert!(
            Moments::new(Berlin, day())
                .read("x = minute nonsense")
                .is_err()
        );
    }
}
