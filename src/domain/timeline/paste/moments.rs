//! The instants of messages and log lines: each is read against the day and the row above it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::given::{Given, GivenRow};
use super::{Asked, Doubt, Entry, Paste, Row, doubts, lanes};
use crate::domain::when::{self, Context, Note, Precision, Problem, Read, When};

/// Reads what the grammars found. `stated` is the zone that the text names for itself.
pub(super) fn paste(given: Vec<Given>, stated: Option<Tz>, asked: &Asked) -> Paste {
    let mut reader = Reader {
        context: Context {
            zone: stated.or(asked.zone).unwrap_or(asked.otherwise),
            previous: None,
            day: asked.day,
            now: present(asked),
        },
        stated: stated.is_some(),
        day_first: day_first(&given),
        day_above: false,
        says_yesterday: says_yesterday(&given),
        paste: Paste {
            zone: stated,
            ..Paste::default()
        },
    };
    for one in given {
        reader.take(one);
    }
    reader.paste
}

/// "Today" is the day that the person answers: a thread is copied on the day it shows as today.
fn present(asked: &Asked) -> DateTime<Utc> {
    let zone = asked.zone.unwrap_or(asked.otherwise);
    let noon = asked.day.and_then(|day| day.and_hms_opt(12, 0, 0));
    let local = noon.and_then(|noon| noon.and_local_timezone(zone).earliest());
    local.map_or(asked.now, |at| at.to_utc())
}

struct Reader {
    context: Context,
    stated: bool,
    day_first: Option<bool>,
    /// Whether a day that stands in the text holds for the rows to come.
    day_above: bool,
    /// Whether a message says "yesterday": one that says only the time is of today then.
    says_yesterday: bool,
    paste: Paste,
}

impl Reader {
    fn take(&mut self, one: Given) {
        match one {
            Given::Left(said) => self.paste.entries.push(Entry::Left(said)),
            Given::Day(said, read) => {
                self.day(&read);
                self.paste.entries.push(Entry::Heading(said));
            }
            Given::Row(row) => {
                let row = self.row(row);
                self.paste.entries.push(Entry::Row(Box::new(row)));
            }
        }
    }

    fn day(&mut self, read: &str) {
        let read = self.ordered(read);
        let found = when::parse(&read, &self.context)
            .or_else(|problem| first_choice(&problem, &self.context).ok_or(problem));
        let Ok(Some(at)) = found.map(|found| found.when.at()) else {
            return;
        };
        self.context.day = Some(at.with_timezone(&self.context.zone).date_naive());
        self.context.previous = None;
        self.day_above = true;
    }

    fn row(&mut self, given: GivenRow) -> Row {
        let read = self.ordered(&given.read);
        self.today(&read);
        let parsed = when::parse(&read, &self.context);
        let mut found: Vec<Doubt> = Vec::new();
        let parsed = parsed.or_else(|problem| {
            found.push(doubts::of(&problem));
            self.asks(&read, &problem);
            first_choice(&problem, &self.context).ok_or(problem)
        });
        let by_a_person = given.speaker.is_some();
        let (lane, text) = lanes::lane(&given.text, by_a_person);
        let mut row = Row {
            line: given.line,
            last_line: given.last_line,
            when: unknown(&given.typed),
            lane,
            text: text.to_owned(),
            speaker: given.speaker,
            day_said: true,
            zone_said: true,
            notes: Vec::new(),
            doubts: found,
        };
        let Ok(parsed) = parsed else {
            row.day_said = !self.paste.asks_day;
            return row;
        };
        row.day_said = self.day_said(&parsed);
        row.zone_said = self.stated || self.zone_said(&read, &parsed);
        self.paste.asks_day |= !row.day_said;
        self.paste.asks_zone |= !row.zone_said;
        row.notes = notes(&parsed.notes);
        row.doubts
            .extend(doubts::of_notes(&parsed, self.context.zone));
        row.when = kept(&given.typed, &parsed.when);
        self.context.previous = parsed.when.at().or(self.context.previous);
        row
    }

    /// A time alone that lies before the row above, in a text that calls other days by their names: today's.
    fn today(&mut self, read: &str) {
        let Some(previous) = self.context.previous else {
            return;
        };
        if self.day_above || !self.says_yesterday || !is_bare_clock(read) || is_dated(read) {
            return;
        }
        let today = self
            .context
            .now
            .with_timezone(&self.context.zone)
            .date_naive();
        let alone = Context {
            previous: None,
            day: Some(today),
            ..self.context.clone()
        };
        let is_today = when::parse(read, &alone)
            .is_ok_and(|found| found.when.at().is_some_and(|at| at >= previous));
        let goes_back = when::parse(read, &self.context)
            .is_ok_and(|found| found.when.at().is_some_and(|at| at < previous));
        if is_today && goes_back {
            self.context.previous = None;
            self.context.day = Some(today);
        }
    }

    /// A row without a day is one without a zone too, unless it names one.
    fn asks(&mut self, read: &str, problem: &Problem) {
        if matches!(problem, Problem::NeedsDay { .. }) {
            self.paste.asks_day = true;
            self.paste.asks_zone |= !self.stated && is_bare_clock(read);
        }
    }

    fn day_said(&self, parsed: &Read) -> bool {
        let assumed = parsed
            .notes
            .iter()
            .any(|note| matches!(note, Note::DayAssumed { .. }));
        !assumed || self.day_above
    }

    /// Whether the row names its zone: the instant is the same wherever it is read.
    fn zone_said(&self, read: &str, parsed: &Read) -> bool {
        if is_bare_clock(read) {
            return false;
        }
        let far = if self.context.zone == Tz::Asia__Tokyo {
            Tz::UTC
        } else {
            Tz::Asia__Tokyo
        };
        let elsewhere = Context {
            zone: far,
            ..self.context.clone()
        };
        let there = when::parse(read, &elsewhere).map(|there| there.when.at());
        parsed.when.precision() == Precision::Unknown || there == Ok(parsed.when.at())
    }

    /// The text with the day and month in the order that the text shows elsewhere.
    fn ordered(&self, read: &str) -> String {
        let Some(day_first) = self.day_first else {
            return read.to_owned();
        };
        let Some((one, two, rest)) = numbers(read) else {
            return read.to_owned();
        };
        let (day, month) = if day_first { (one, two) } else { (two, one) };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (year, rest) = rest.split_at_checked(digits).unwrap_or((rest, ""));
        let year = if year.len() == 2 {
            format!("20{year}")
        } else {
            year.to_owned()
        };
        format!("{year}-{month:02}-{day:02}{rest}")
    }
}

/// Digits and the signs between them, with am or pm at most: nothing in it can be a zone.
fn is_bare_clock(read: &str) -> bool {
    let lower = read.to_ascii_lowercase();
    let bare = lower.trim_end_matches(['m', 'a', 'p', '.', ' ', '\u{202f}']);
    let signs = [':', '.', ',', '/', ' ', '~'];
    let fits = |c: char| c.is_ascii_digit() || signs.contains(&c);
    bare.bytes().filter(u8::is_ascii_digit).count() < 9 && bare.chars().all(fits)
}

/// Whether a bare clock has a day in numbers beside it: `14/10 10:32`.
fn is_dated(read: &str) -> bool {
    read.contains('/') || read.matches('.').count() > 1
}

fn says_yesterday(given: &[Given]) -> bool {
    given.iter().any(|one| match one {
        Given::Row(row) => row.read.to_ascii_lowercase().starts_with("yesterday"),
        _ => false,
    })
}

/// The order of day and month that a line of the text shows; `None` if none does, or two contradict each other.
fn day_first(given: &[Given]) -> Option<bool> {
    let mut shown = given.iter().filter_map(|one| {
        let read = match one {
            Given::Row(row) => &row.read,
            Given::Day(_, read) => read,
            Given::Left(_) => return None,
        };
        match numbers(read)? {
            (13.., 1..=12, _) => Some(true),
            (1..=12, 13.., _) => Some(false),
            _ => None,
        }
    });
    let first = shown.next()?;
    shown.all(|other| other == first).then_some(first)
}

/// `14/10/2026 …`: the two numbers, and what follows from the year on.
fn numbers(read: &str) -> Option<(u32, u32, &str)> {
    let (one, rest) = read.split_once('/')?;
    let (two, rest) = rest.split_once('/')?;
    let number = |text: &str| {
        (1..=2)
            .contains(&text.len())
            .then(|| text.parse().ok())
            .flatten()
    };
    rest.starts_with(|c: char| c.is_ascii_digit())
        .then(|| Some((number(one)?, number(two)?, rest)))
        .flatten()
}

/// What the first choice of a question says: nothing is decided by it, the doubt stands beside it.
pub(super) fn first_choice(problem: &Problem, context: &Context) -> Option<Read> {
    let can_tell = !matches!(problem, Problem::AmbiguousDate { .. })
        || context.day.is_some()
        || context.previous.is_some();
    let choice = problem.choices().first().filter(|_| can_tell)?;
    when::parse(&choice.typed, context).ok()
}

/// The moment under the text as it stands in the line.
pub(super) fn kept(typed: &str, when: &When) -> When {
    When::from_parts(typed, when.at(), when.until(), when.precision())
        .unwrap_or_else(|_| when.clone())
}

/// A moment that nobody knows.
pub(super) fn unknown(typed: &str) -> When {
    let unknown = |typed| When::from_parts(typed, None, None, Precision::Unknown);
    let fallback = || When::of_instant(NaiveDate::default().and_time(NaiveTime::MIN).and_utc());
    unknown(typed)
        .or_else(|_| unknown("?"))
        .or_else(|_| fallback())
        .unwrap_or_else(|_| unreachable!("a question mark is a text for a time"))
}

/// What was taken for granted and is no doubt of its own.
pub(super) fn notes(notes: &[Note]) -> Vec<String> {
    let plain = notes.iter().filter(|note| {
        matches!(
            note,
            Note::EndsNextDay { .. }
                | Note::YearAssumed { .. }
                | Note::ReadAsClock { .. }
                | Note::ReadAsYear { .. }
        )
    });
    plain.map(Note::sentence).collect()
}
