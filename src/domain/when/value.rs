//! A moment as it is kept: the text as typed, the instants, and how precisely they are known.

use chrono::{DateTime, Datelike, SubsecRound, Utc};

use super::token;

/// How precisely a moment is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// To the second or better, as a machine wrote it.
    Exact,
    /// To the minute, as a person reads a clock.
    Minute,
    /// Around this time.
    About,
    /// Somewhere between two instants, or all the time from one to the other.
    Range,
    /// Nobody knows; the place among the other rows is all there is.
    Unknown,
}

impl Precision {
    /// All of them, the best known first.
    pub const ALL: [Precision; 5] = [
        Precision::Exact,
        Precision::Minute,
        Precision::About,
        Precision::Range,
        Precision::Unknown,
    ];

    /// The code that is stored and exported.
    pub fn as_code(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::Minute => "minute",
            Precision::About => "about",
            Precision::Range => "range",
            Precision::Unknown => "unknown",
        }
    }

    /// The precision of a stored code; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Precision> {
        Self::ALL.into_iter().find(|p| p.as_code() == code)
    }
}

/// When something happened, as honestly as it is known.
///
/// **Invariant:** `Exact`, `Minute` and `About` have an instant and no end; `Range` has both,
/// the end after the beginning and not part of it; `Unknown` has neither. Instants lie in the
/// years 1000 to 2999 and are whole microseconds, because that is what both databases keep.
/// The text is one trimmed line of at most 200 characters, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    typed: String,
    at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    precision: Precision,
}

impl When {
    /// Puts a moment together from its parts, as the store and the importers have them.
    /// Fractions of microseconds are cut off and the text is trimmed.
    ///
    /// # Errors
    ///
    /// Every [`PartsProblem`] when the parts do not make a moment.
    pub fn from_parts(
        typed: &str,
        at: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
        precision: Precision,
    ) -> Result<When, PartsProblem> {
        let typed = token::clean(typed).map_err(|_| PartsProblem::Text)?;
        let (at, until) = (at.map(micros), until.map(micros));
        if [at, until].into_iter().flatten().any(is_out_of_range) {
            return Err(PartsProblem::OutOfRange);
        }
        match (precision, at, until) {
            (Precision::Unknown, None, None) => {}
            (Precision::Range, Some(at), Some(until)) if until > at => {}
            (Precision::Range, Some(_), Some(_)) => return Err(PartsProblem::EndsBeforeStart),
            (Precision::Exact | Precision::Minute | Precision::About, Some(_), None) => {}
            _ => return Err(PartsProblem::Instants),
        }
        Ok(When {
            typed,
            at,
            until,
            precision,
        })
    }

    /// An instant as a machine gave it; the text is its ISO form.
    ///
    /// # Errors
    ///
    /// [`PartsProblem::OutOfRange`], as for the year 1 that some senders write for "never".
    pub fn of_instant(at: DateTime<Utc>) -> Result<When, PartsProblem> {
        let at = micros(at);
        When::from_parts(&super::iso(at), Some(at), None, Precision::Exact)
    }

    /// The text as it was typed, trimmed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The instant, or the beginning of a range; `None` when nobody knows it.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.at
    }

    /// The end of a range, which is not part of it: a day ends at the next one's beginning.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.until
    }

    /// How precisely the moment is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }
}

/// Why stored or imported parts do not make a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartsProblem {
    /// Empty, longer than 200 characters, more than one line, or with invisible characters.
    #[error("The text of the time is empty, too long, or has invisible characters.")]
    Text,
    /// An instant is missing or one too many is there.
    #[error("The instants of the time do not fit its precision.")]
    Instants,
    /// The end of a range does not lie after its beginning.
    #[error("The range does not end after it begins.")]
    EndsBeforeStart,
    /// Before the year 1000 or after 2999.
    #[error("Only the years 1000 to 2999 are kept.")]
    OutOfRange,
}

/// Cuts an instant to whole microseconds.
fn micros(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(6)
}

/// Whether an instant lies outside the years that are kept. A day is added on both sides,
/// because a year begins and ends earlier or later than in UTC elsewhere.
pub(super) fn is_out_of_range(instant: DateTime<Utc>) -> bool {
    match instant.year() {
        1000..=2999 => false,
        999 => (instant.month(), instant.day()) != (12, 31),
        3000 => instant.ordinal() != 1,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn every_precision_comes_back_from_its_code() {
        for precision in Precision::ALL {
            assert_eq!(Precision::from_code(precision.as_code()), Some(precision));
        }
        assert_eq!(Precision::from_code("Exact"), None);
        assert_eq!(Precision::from_code(""), None);
    }

    #[test]
    fn parts_that_do_not_fit_together_are_refused() {
        let check = |typed: &str, from, until, precision, expected| {
            let made = When::from_parts(typed, from, until, precision);
            assert_eq!(made.err(), expected, "{typed} {precision:?}");
        };
        let (early, late) = (at("2026-10-14T12:00:00Z"), at("2026-10-14T13:00:00Z"));
        check("14:00", early, None, Precision::Minute, None);
        check("14:00-15:00", early, late, Precision::Range, None);
        check("?", None, None, Precision::Unknown, None);
        let instants = Some(PartsProblem::Instants);
        check("14:00", None, None, Precision::Exact, instants);
        check("14:00", early, late, Precision::About, instants);
        check("14:00", early, None, Precision::Range, instants);
        check("?", early, None, Precision::Unknown, instants);
        let backwards = Some(PartsProblem::EndsBeforeStart);
        check("15-14", late, early, Precision::Range, backwards);
        check("14-14", late, late, Precision::Range, backwards);
        let text = Some(PartsProblem::Text);
        check(" ", early, None, Precision::Minute, text);
        check("14:00\n15:00", early, None, Precision::Minute, text);
        check(&"1".repeat(201), early, None, Precision::Minute, text);
        let range = Some(PartsProblem::OutOfRange);
        check(
            "0001",
            at("0001-01-01T00:00:00Z"),
            None,
            Precision::Exact,
            range,
        );
        check(
            "9999",
            at("9999-01-01T00:00:00Z"),
            None,
            Precision::Exact,
            range,
        );
    }

    #[test]
    fn an_instant_of_a_machine_has_its_iso_form_as_text() {
        let given = at("2026-10-14T12:00:00.1234567Z").unwrap();
        let when = When::of_instant(given).unwrap();
        assert_eq!(when.typed(), "2026-10-14T12:00:00.123456Z");
        assert_eq!(when.precision(), Precision::Exact);
        let never = at("0001-01-01T00:00:00Z").unwrap();
        assert_eq!(When::of_instant(never), Err(PartsProblem::OutOfRange));
    }

    #[test]
    fn instants_are_cut_to_microseconds_and_the_text_is_trimmed() {
        let nanos = at("2026-10-14T12:00:00.123456789Z");
        let when = When::from_parts("\t14:00 ", nanos, None, Precision::Exact).unwrap();
        assert_eq!(when.at(), at("2026-10-14T12:00:00.123456Z"));
        assert_eq!(when.typed(), "14:00");
    }
}
