//! Dates as tables of Jira write them: months in the language of the person who exported, and days before or after months.

use chrono::NaiveDate;

/// Names of months that differ from the English ones in their first three letters, as German, French, Spanish, Italian
/// and Dutch shorten them.
const MONTHS: [(&str, &str); 34] = [
    ("janv", "Jan"),
    ("januar", "Jan"),
    ("ene", "Jan"),
    ("gen", "Jan"),
    ("févr", "Feb"),
    ("februar", "Feb"),
    ("mär", "Mar"),
    ("märz", "Mar"),
    ("mars", "Mar"),
    ("mrt", "Mar"),
    ("april", "Apr"),
    ("avr", "Apr"),
    ("abr", "Apr"),
    ("mai", "May"),
    ("mei", "May"),
    ("mag", "May"),
    ("juni", "Jun"),
    ("juin", "Jun"),
    ("giu", "Jun"),
    ("juli", "Jul"),
    ("juil", "Jul"),
    ("lug", "Jul"),
    ("août", "Aug"),
    ("ago", "Aug"),
    ("august", "Aug"),
    ("sept", "Sep"),
    ("set", "Sep"),
    ("okt", "Oct"),
    ("oktober", "Oct"),
    ("ott", "Oct"),
    ("dez", "Dec"),
    ("dezember", "Dec"),
    ("déc", "Dec"),
    ("dic", "Dec"),
];

/// The text with the name of its month in English.
pub(super) fn in_english(typed: &str) -> String {
    let is_letter = |c: char| c.is_alphabetic();
    let Some(start) = typed.find(is_letter) else {
        return typed.to_owned();
    };
    let (before, rest) = typed.split_at(start);
    let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    let lower = word.to_lowercase();
    let month = MONTHS.iter().find(|(foreign, _)| *foreign == lower);
    match month {
        Some((_, english)) => format!("{before}{english}{behind}"),
        None => typed.to_owned(),
    }
}

/// Which number of a date with slashes or dashes is the day, by what the dates of a table show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// No date shows it, or they contradict each other.
    #[default]
    Unknown,
    /// "14/10/2026".
    DayFirst,
    /// "10/14/2026".
    MonthFirst,
    /// Some show one and some the other.
    Both,
}

impl Order {
    /// Looks at one more date.
    pub(super) fn see(&mut self, typed: &str) {
        let shown = match numbers(typed) {
            Some((13.., 1..=12, ..)) => Self::DayFirst,
            Some((1..=12, 13.., ..)) => Self::MonthFirst,
            _ => return,
        };
        *self = match *self {
            Self::Unknown => shown,
            known if known == shown => known,
            _ => Self::Both,
        };
    }
}

/// The first two numbers of a date, its year, and what stands behind it.
fn numbers(typed: &str) -> Option<(u32, u32, i32, &str)> {
    let typed = typed.trim();
    let sign = typed.find(['/', '-'])?;
    let sign = typed.get(sign..=sign)?;
    let (one, rest) = typed.split_once(sign)?;
    let (two, rest) = rest.split_once(sign)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (year, behind) = rest.split_at(end);
    let short = year.len() == 2;
    let year: i32 = year.parse().ok()?;
    let year = if short { 2000 + year } else { year };
    let fits = one.len() <= 2 && year > 1900;
    fits.then_some((one.parse().ok()?, two.parse().ok()?, year, behind))
}

/// A date with two meanings, written as the table means it.
pub(super) fn ordered(typed: &str, order: Order) -> String {
    let day = numbers(typed).and_then(|(one, two, year, behind)| {
        let (day, month) = match order {
            Order::DayFirst => (one, two),
            Order::MonthFirst => (two, one),
            Order::Unknown | Order::Both => return None,
        };
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(format!("{day}{}", behind.replace(',', "")))
    });
    day.unwrap_or_else(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_of_a_table_show_what_their_numbers_mean() {
        let seen = |dates: &[&str]| {
            let mut order = Order::default();
            dates.iter().for_each(|typed| order.see(typed));
            order
        };
        assert_eq!(seen(&["4/5/26 10:00", "14/5/26 10:00"]), Order::DayFirst);
        assert_eq!(seen(&["4/14/2026", "", "x"]), Order::MonthFirst);
        assert_eq!(seen(&["4/14/2026", "14/4/2026"]), Order::Both);
        assert_eq!(seen(&["2026-10-14", "14/Oct/26"]), Order::Unknown);
        assert_eq!(ordered("4/5/26 10:00", Order::DayFirst), "2026-05-04 10:00");
        assert_eq!(
            ordered("4/5/26, 10:00", Order::MonthFirst),
            "2026-04-05 10:00"
        );
        assert_eq!(
            ordered("2026-04-05 1:00", Order::MonthFirst),
            "2026-04-05 1:00"
        );
    }

    #[test]
    fn months_are_read_in_other_languages() {
        assert_eq!(in_english("14. Okt. 2026"), "14. Oct. 2026");
        assert_eq!(in_english("3/Mai/26 9:00 AM"), "3/May/26 9:00 AM");
        assert_eq!(in_english("14/Oct/26"), "14/Oct/26");
    }
}
