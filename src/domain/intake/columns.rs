//! Which columns of a table hold the days and times of its rows.

use super::lines::Line;
use super::stamp;
use super::tables::cells;

/// The columns of a table.
pub(super) struct Columns {
    /// Day and time, in the order of the table.
    pub(super) when: Vec<usize>,
    /// Where a row ends.
    pub(super) end: Option<usize>,
    /// Whether the head names them.
    pub(super) named: bool,
}

/// Names of columns that hold numbers with a colon and no times.
const AMOUNTS: [&str; 14] = [
    "ratio", "score", "duration", "length", "vote", "votes", "result", "scale", "odds", "dauer",
    "elapsed", "took", "aspect", "verse",
];

/// Finds the columns: by their names, else by what can be read in them.
pub(super) fn find(names: &[&str], body: &[&Line<'_>]) -> Option<Columns> {
    let readable = |column: usize| {
        let cell = |line: &&Line<'_>| cells(line.raw).get(column).copied().map(str::to_owned);
        let stamps = body
            .iter()
            .filter_map(cell)
            .filter(|cell| stamp::read(cell).is_some_and(|stamp| stamp.rest.is_empty()));
        stamps.count()
    };
    let half = body.len().max(1);
    let of = |fits: fn(&str) -> bool| -> Vec<usize> {
        let named = names.iter().zip(0..).filter(|(name, _)| fits(name));
        named.map(|(_, at)| at).collect()
    };
    let end = of(is_end)
        .into_iter()
        .find(|column| readable(*column) * 2 >= half);
    let named = of(is_when);
    if !named.is_empty() && named.iter().any(|column| readable(*column) > 0) {
        return Some(Columns {
            named: named.iter().any(|column| readable(*column) * 2 >= half),
            when: named,
            end,
        });
    }
    let begun: Vec<usize> = of(is_start)
        .into_iter()
        .filter(|column| readable(*column) * 2 >= half)
        .collect();
    if !begun.is_empty() {
        return Some(Columns {
            when: begun,
            end,
            named: true,
        });
    }
    let width = body
        .iter()
        .map(|line| cells(line.raw).len())
        .max()
        .unwrap_or(0)
        .min(12);
    let may_hold = |column: &usize| {
        let name = names
            .get(*column)
            .map(|name| name.to_lowercase())
            .unwrap_or_default();
        !words(&name).any(|word| AMOUNTS.contains(&word)) && Some(*column) != end
    };
    let mut all = (0..width)
        .filter(may_hold)
        .filter(|column| readable(*column) * 2 >= half);
    let first = all.next()?;
    // A day beside its time.
    let other = all.next().filter(|other| {
        let pairs = body
            .iter()
            .filter(|line| are_day_and_time(&cells(line.raw), first, *other));
        pairs.count() * 2 >= half
    });
    Some(Columns {
        when: std::iter::once(first).chain(other).collect(),
        end,
        named: false,
    })
}

/// Whether one cell is a day alone, and the other a time alone.
fn are_day_and_time(row: &[&str], one: usize, other: usize) -> bool {
    let read = |column: usize| row.get(column).copied().and_then(stamp::read);
    let (Some(one), Some(other)) = (read(one), read(other)) else {
        return false;
    };
    (one.date.is_some() && one.clock.is_none() && other.date.is_none() && other.clock.is_some())
        || (one.date.is_none()
            && one.clock.is_some()
            && other.date.is_some()
            && other.clock.is_none())
}

/// Whether words name a number that is no time, or a time that is still to come.
pub(super) fn is_amount(name: &str) -> bool {
    let lower = name.to_lowercase();
    has_word(name, &AMOUNTS)
        || ["next", "eta", "time to", "due", "deadline"]
            .iter()
            .any(|words| lower == *words || lower.starts_with(&format!("{words} ")))
}

/// Whether a cell names a sum of the rows.
pub(super) fn is_sum(cell: &str) -> bool {
    has_word(
        cell,
        &[
            "total", "sum", "average", "mean", "median", "summe", "gesamt",
        ],
    )
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric())
}

fn has_word(name: &str, wanted: &[&str]) -> bool {
    let lower = name.to_lowercase();
    words(&lower).any(|word| wanted.contains(&word))
}

/// Whether a name of a column says that days or times stand in it.
fn is_when(name: &str) -> bool {
    const WORDS: [&str; 18] = [
        "date",
        "day",
        "time",
        "when",
        "timestamp",
        "times",
        "datetime",
        "hour",
        "clock",
        "datum",
        "zeit",
        "uhrzeit",
        "wann",
        "zeitpunkt",
        "zeitstempel",
        "heure",
        "hora",
        "fecha",
    ];
    let lower = name.to_lowercase();
    !lower.contains("due")
        && !lower.contains("time to")
        && !is_end(name)
        && !(has_word(name, &AMOUNTS))
        && words(&lower).any(|word| WORDS.contains(&word))
}

/// Whether a cell is the name of such a column, or of one in which a row begins or ends.
pub(super) fn is_named(name: &str) -> bool {
    let few = name.split_whitespace().count() <= 4;
    few && (is_when(name) || is_start(name) || is_end(name))
}

fn is_start(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "start", "started", "begin", "began", "from", "beginn", "von", "at", "created", "occurred",
        "logged", "début",
    ];
    name.split_whitespace().count() <= 2 && has_word(name, &WORDS)
}

fn is_end(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "end", "ended", "ends", "until", "till", "to", "finish", "finished", "ende", "bis",
    ];
    name.split_whitespace().count() <= 2
        && has_word(name, &WORDS)
        && !name.to_lowercase().contains("time to")
}
