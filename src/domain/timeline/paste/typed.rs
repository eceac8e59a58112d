//! One row as typed: "14:32 saw dashboards green".

use super::super::Lane;
use crate::domain::when::{self, Context, Precision, Problem, Read};

/// A line as it was understood, to be looked at before it becomes an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The time as typed; empty if the line does not begin with one.
    pub typed: String,
    /// The lane, if the line says one.
    pub lane: Option<Lane>,
    /// The rest of the line.
    pub text: String,
    /// The time as read; `None` if the line does not begin with one.
    pub when: Option<Result<Read, Problem>>,
}

impl Pasted {
    /// Whether it is a heading: a day alone, on which the lines below it lie.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        match &self.when {
            Some(Ok(read)) => is_heading(read, &self.text),
            _ => false,
        }
    }
}

/// What the line below a line is read against.
pub fn go_on(context: &mut Context, read: &Read, text: &str) {
    if is_heading(read, text) {
        let at = read.when.at();
        context.day = at.map(|at| at.with_timezone(&context.zone).date_naive());
        context.previous = None;
    } else {
        context.previous = read.when.at().or(context.previous);
    }
}

fn is_heading(read: &Read, text: &str) -> bool {
    text.trim().is_empty() && read.when.precision() == Precision::Range
}

/// Reads one line. What does not begin with a time is text as a whole.
#[must_use]
pub fn read(line: &str, context: &Context) -> Pasted {
    let line = bare(line);
    let Some((typed, rest)) = when::split(&line, context) else {
        let (lane, text) = lane(&line);
        return Pasted {
            typed: String::new(),
            lane,
            text: text.to_owned(),
            when: None,
        };
    };
    let (lane, text) = lane(rest);
    Pasted {
        typed: typed.to_owned(),
        lane,
        text: text.to_owned(),
        when: Some(when::parse(typed, context)),
    }
}

/// The line without the marks of a list or table, and without brackets or emphasis around its time.
fn bare(line: &str) -> String {
    let line = line
        .trim()
        .trim_start_matches(['|', ' '])
        .trim_end_matches(['|', ' ']);
    let line = ["- ", "* ", "+ ", "• ", "– ", "> "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .unwrap_or(line)
        .trim_start();
    let pairs = [('[', "]"), ('(', ")"), ('`', "`")];
    let plain = line
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"));
    let enclosed = pairs.into_iter().find_map(|(open, close)| {
        let rest = line.strip_prefix(open)?;
        rest.split_once(close)
    });
    match plain.or(enclosed) {
        Some((time, rest)) => format!("{time} {}", rest.trim_start()),
        None => line.to_owned(),
    }
}

/// The words that name a lane at the beginning of a text, with or without a colon behind them.
const WORDS: [(&str, Lane); 6] = [
    ("people saw", Lane::Saw),
    ("people did", Lane::Did),
    ("it happened", Lane::Happened),
    ("saw", Lane::Saw),
    ("did", Lane::Did),
    ("happened", Lane::Happened),
];

/// Takes the lane's word from the beginning of a text.
pub(super) fn lane(text: &str) -> (Option<Lane>, &str) {
    for (word, lane) in WORDS {
        let Some((head, rest)) = text.split_at_checked(word.len()) else {
            continue;
        };
        let ends = rest.starts_with([' ', ':', '\t', '|']);
        if ends && head.eq_ignore_ascii_case(word) {
            return (Some(lane), rest.trim_start_matches([' ', ':', '\t', '|']));
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeline::samples::ZONE;
    use chrono::NaiveDate;

    fn context() -> Context {
        Context {
            zone: ZONE,
            previous: None,
            day: NaiveDate::from_ymd_opt(2026, 10, 14),
            now: "2026-11-22T12:00:00Z".parse().unwrap(),
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let mut context = context();
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let rows = lines.map(|line| {
            let row = read(line, &context);
            if let Some(Ok(read)) = &row.when {
                go_on(&mut context, read, &row.text);
            }
            row
        });
        let rows: Vec<String> = rows
            .filter(|row| !row.is_heading())
            .map(|row| {
                let time = match &row.when {
                    Some(Ok(read)) => when::full(&read.when, ZONE),
                    Some(Err(_)) => "(asks)".to_owned(),
                    None => "(none)".to_owned(),
                };
                let lane = row.lane.map_or("", Lane::as_code);
                format!("{time} | {lane} | {}", row.text)
            })
            .collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn each_line_becomes_a_row_with_its_lane() {
        check(
            "14:32 saw dashboards green\n\n14:35 did: restart the node\r\n14:36 Disk full\n",
            &[
                "Wed 14 Oct 2026 14:32 CEST, UTC+2 | saw | dashboards green",
                "Wed 14 Oct 2026 14:35 CEST, UTC+2 | did | restart the node",
                "Wed 14 Oct 2026 14:36 CEST, UTC+2 |  | Disk full",
            ],
        );
    }

    #[test]
    fn a_line_is_read_against_the_one_above_and_a_day_alone_is_a_heading() {
        check(
            "23:50 one\n00:10 two\n+5m three\nMonday 19 October 2026\n08:00 four",
            &[
                "Wed 14 Oct 2026 23:50 CEST, UTC+2 |  | one",
                "Thu 15 Oct 2026 00:10 CEST, UTC+2 |  | two",
                "Thu 15 Oct 2026 00:15 CEST, UTC+2 |  | three",
                "Mon 19 Oct 2026 08:00 CEST, UTC+2 |  | four",
            ],
        );
    }

    #[test]
    fn marks_of_lists_and_brackets_around_a_time_are_passed_over() {
        let row = "Wed 14 Oct 2026 14:32 CEST, UTC+2 | saw | it";
        for line in [
            "- 14:32 saw it",
            "* [14:32] saw it",
            "[14:32] saw: it",
            "**14:32** people saw it",
            "| 14:32 | saw | it |",
            "`14:32` - saw it",
        ] {
            check(line, &[row]);
        }
    }

    #[test]
    fn lines_without_a_time_and_times_with_two_meanings_are_kept() {
        check(
            "Somebody said so\n05/06/2026 10:00 saw it\nsawdust",
            &[
                "(none) |  | Somebody said so",
                "(asks) | saw | it",
                "(none) |  | sawdust",
            ],
        );
        check("", &[]);
    }
}
