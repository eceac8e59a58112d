//! Cuts "14:32 saw dashboards green" into the time and the text.

use chrono::TimeDelta;

use super::Context;
use super::abbreviation::{is_known_elsewhere, is_shown_near};
use super::local::midnight;
use super::parse;
use super::token::{self, Cursor, Prose};

/// Cuts a line that begins with a time into the time as typed and the text behind it, for rows
/// that are typed or pasted whole. `None` when the line does not begin with a time.
///
/// The time is not read yet: give it to [`super::parse()`], which may still find a problem. The
/// text may be empty. What joins the two (a dash, a colon, a bar) belongs to neither. Words
/// behind the time are taken for text if they can be: "14:32 may be the cache" is not in May.
pub fn split<'a>(line: &'a str, context: &Context) -> Option<(&'a str, &'a str)> {
    let line = line.trim();
    let is_zone = |word: &str| {
        is_known_elsewhere(word)
            || is_shown_near(word, context.zone, context.now.naive_utc())
            || context
                .previous
                .is_some_and(|at| is_shown_near(word, context.zone, at.naive_utc()))
            || context.day.is_some_and(|day| {
                is_shown_near(word, context.zone, midnight(day) + TimeDelta::hours(12))
            })
    };
    let end = end_of_time(line, &is_zone)?;
    let (time, text) = line.split_at_checked(end)?;
    Some((time.trim_end(), without_joint(text)))
}

/// Takes signs away that stand alone between time and text; ".env" and ":tada:" stay whole.
fn without_joint(text: &str) -> &str {
    let text = text.trim_start();
    let Some(rest) = text.strip_prefix(['-', '–', '—', ':', '|', ',', ';', '.']) else {
        return text;
    };
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        return without_joint(rest);
    }
    text
}

/// Where the time at the beginning of a line ends, in bytes.
fn end_of_time(line: &str, is_zone: &dyn Fn(&str) -> bool) -> Option<usize> {
    let first_word = line.split_whitespace().next()?;
    let lower = line.to_ascii_lowercase();
    let first_lower = first_word.to_ascii_lowercase();
    // "unknown" begins a sentence, "?" and "??:??" do not.
    let is_blank = first_lower.starts_with('?') || first_lower.contains(':');
    let is_address = super::epoch::permalink(&first_lower).is_some();
    if is_address || (is_blank && parse::is_unknown(&first_lower)) {
        return Some(first_word.len());
    }
    // Tabs between columns are spaces here, and as long.
    let spaced = lower.replace('\t', " ");
    let tokens = token::tokens(&spaced);
    let mut cursor = Cursor::prose(Prose::new(line, is_zone), &tokens);
    parse::beginning(&mut cursor).ok().flatten()?;
    let end = cursor.position();
    // "14:32saw" and "2pmish" are no times.
    let is_cut = line.get(end..)?.starts_with(|c: char| c.is_alphanumeric())
        && line.get(..end)?.ends_with(|c: char| c.is_alphanumeric());
    (!is_cut).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::{Precision, parse};
    use super::*;

    fn check(line: &str, expected: Option<(&str, &str)>) {
        let context = Context {
            zone: "Europe/Berlin".parse().unwrap(),
            previous: "2026-10-14T12:00:00Z".parse().ok(),
            day: None,
            now: "2026-10-15T20:00:00Z".parse().unwrap(),
        };
        let found = split(line, &context);
        assert_eq!(found, expected, "{line}");
        if let Some((time, _)) = found {
            let read = parse(time, &context);
            assert!(read.is_ok(), "{line}: {read:?}");
        }
    }

    #[test]
    fn a_line_is_cut_behind_its_time() {
        check(
            "14:32 saw dashboards green",
            Some(("14:32", "saw dashboards green")),
        );
        check("  14.32 - saw it ", Some(("14.32", "saw it")));
        check("14:32: saw it", Some(("14:32", "saw it")));
        check("14:32\tsaw it", Some(("14:32", "saw it")));
        check("14:32 | saw it", Some(("14:32", "saw it")));
        check("2:32pm saw it", Some(("2:32pm", "saw it")));
        check("~14:30 saw it", Some(("~14:30", "saw it")));
        check(
            "between 14:10 and 14:25 errors rose",
            Some(("between 14:10 and 14:25", "errors rose")),
        );
        check(
            "14:10–14:25 errors rose",
            Some(("14:10–14:25", "errors rose")),
        );
        check("15:?? somebody called", Some(("15:??", "somebody called")));
        check("? somebody called", Some(("?", "somebody called")));
        check("--:-- somebody called", Some(("--:--", "somebody called")));
        check("+5m restarted", Some(("+5m", "restarted")));
        check(
            "5 minutes later it was over",
            Some(("5 minutes later", "it was over")),
        );
        check(
            "2026-10-14T14:31Z deployed",
            Some(("2026-10-14T14:31Z", "deployed")),
        );
        check(
            "2026-10-14 14:31:05 UTC deployed",
            Some(("2026-10-14 14:31:05 UTC", "deployed")),
        );
        check("Tue 02:10 it began", Some(("Tue 02:10", "it began")));
        check(
            "14 October 2026 14:31, deployed",
            Some(("14 October 2026 14:31", "deployed")),
        );
        check(
            "yesterday 14:30 it began",
            Some(("yesterday 14:30", "it began")),
        );
        check(
            "1718271498.073800 hello",
            Some(("1718271498.073800", "hello")),
        );
        check(
            "19:18 EDT (23:18 UTC) it began",
            Some(("19:18 EDT (23:18 UTC)", "it began")),
        );
        check(
            "June 2016: the service was written",
            Some(("June 2016", "the service was written")),
        );
        check("14:32", Some(("14:32", "")));
        let link = "https://team.slack.com/archives/C0123/p1718271498073800";
        check(&format!("{link} hello"), Some((link, "hello")));
    }

    #[test]
    fn words_that_can_be_text_are_text() {
        check(
            "14:32 may be the cache",
            Some(("14:32", "may be the cache")),
        );
        check(
            "14:32 May be the cache",
            Some(("14:32", "May be the cache")),
        );
        check(
            "14:32 2 May release gone",
            Some(("14:32", "2 May release gone")),
        );
        check("14:32 sat down", Some(("14:32", "sat down")));
        check("14:32 DNS fails", Some(("14:32", "DNS fails")));
        check("14:32 CEST DNS fails", Some(("14:32 CEST", "DNS fails")));
        check("14:32 est. 500 users", Some(("14:32", "est. 500 users")));
        check("14:32 to be sure", Some(("14:32", "to be sure")));
        check("14:32 about 50 users", Some(("14:32", "about 50 users")));
        check("14:32 ~50 users", Some(("14:32", "~50 users")));
        check("14:32 at 80% load", Some(("14:32", "at 80% load")));
        check("14:32 on the phone", Some(("14:32", "on the phone")));
        check("14:32 in 2017 we said", Some(("14:32", "in 2017 we said")));
        check(
            "14:32 yesterday's backup",
            Some(("14:32", "yesterday's backup")),
        );
        check(
            "14:32 12:30 job failed",
            Some(("14:32", "12:30 job failed")),
        );
        check("14:32 (again) it fell", Some(("14:32", "(again) it fell")));
        check("14:32 .env was empty", Some(("14:32", ".env was empty")));
        check("14:32 :tada:", Some(("14:32", ":tada:")));
        check(
            "14:32 1/2 of all hosts",
            Some(("14:32", "1/2 of all hosts")),
        );
    }

    #[test]
    fn a_line_without_a_time_is_not_cut() {
        for line in [
            "",
            " ",
            "saw dashboards green",
            "50 users",
            "unknown cause",
            "may be",
            "n/a",
            "- item",
            "sat down",
            "Sunday",
            "March began",
            "14:32pmish",
            "14:75 no",
            "2pmish",
            "https://example.org",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn the_time_alone_reads_like_the_time_in_the_line() {
        let context = Context {
            zone: "UTC".parse().unwrap(),
            previous: None,
            day: "2026-10-14".parse().ok(),
            now: "2026-10-15T20:00:00Z".parse().unwrap(),
        };
        let (time, _) = split("Around 14:10 BST the queue grew", &context).unwrap();
        let read = parse(time, &context).unwrap();
        assert_eq!(read.when.precision(), Precision::About);
        assert_eq!(read.when.at(), "2026-10-14T13:10:00Z".parse().ok());
    }
}
