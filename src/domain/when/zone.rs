//! Finds time zones by name, and suggests one for names that are none.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::problem::shorten;

/// Why a text names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZoneProblem {
    /// Nothing was typed.
    #[error("There is no time zone here. Type one, for example Europe/Berlin or UTC.")]
    Empty,
    /// No zone has this name.
    #[error("“{name}” is not a time zone. {}", advice(suggestions))]
    Unknown {
        /// The text, shortened.
        name: String,
        /// Zones that may be meant, the likeliest first; at most five.
        suggestions: Vec<&'static str>,
    },
}

fn advice(suggestions: &[&str]) -> String {
    if suggestions.is_empty() {
        return "Type a name like Europe/Berlin, America/New_York or UTC.".to_owned();
    }
    format!("Perhaps {} is meant.", suggestions.join(" or "))
}

/// Finds a zone by its IANA name, in whatever case, with spaces or underscores.
///
/// # Errors
///
/// [`ZoneProblem::Empty`], or [`ZoneProblem::Unknown`] with suggestions.
pub fn zone(name: &str) -> Result<Tz, ZoneProblem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ZoneProblem::Empty);
    }
    find(name).ok_or_else(|| ZoneProblem::Unknown {
        name: shorten(name),
        suggestions: suggest(name),
    })
}

/// The zone of this name, if there is one.
pub(super) fn find(name: &str) -> Option<Tz> {
    let wanted = name.replace(' ', "_");
    let mut all = TZ_VARIANTS.iter();
    all.find(|tz| tz.name().eq_ignore_ascii_case(&wanted))
        .copied()
}

/// Abbreviations and cities in other languages that the zone database does not know as names, with the zone of
/// most people who write them.
const ABBREVIATIONS: [(&str, &[&str]); 36] = [
    ("PST", &["America/Los_Angeles"]),
    ("PDT", &["America/Los_Angeles"]),
    ("PT", &["America/Los_Angeles"]),
    ("MDT", &["America/Denver"]),
    ("MT", &["America/Denver"]),
    ("CST", &["America/Chicago", "Asia/Shanghai"]),
    ("CDT", &["America/Chicago"]),
    ("CT", &["America/Chicago"]),
    ("EDT", &["America/New_York"]),
    ("ET", &["America/New_York"]),
    ("BST", &["Europe/London"]),
    ("IST", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("CEST", &["Europe/Berlin", "Europe/Paris"]),
    ("MEZ", &["Europe/Berlin"]),
    ("MESZ", &["Europe/Berlin"]),
    ("EEST", &["Europe/Helsinki"]),
    ("MSK", &["Europe/Moscow"]),
    ("JST", &["Asia/Tokyo"]),
    ("KST", &["Asia/Seoul"]),
    ("AEST", &["Australia/Sydney", "Australia/Brisbane"]),
    ("AEDT", &["Australia/Sydney"]),
    ("NZDT", &["Pacific/Auckland"]),
    ("WIEN", &["Europe/Vienna"]),
    ("GRAZ", &["Europe/Vienna"]),
    ("MÜNCHEN", &["Europe/Berlin"]),
    ("HAMBURG", &["Europe/Berlin"]),
    ("KÖLN", &["Europe/Berlin"]),
    ("ZÜRICH", &["Europe/Zurich"]),
    ("BERN", &["Europe/Zurich"]),
    ("GENF", &["Europe/Zurich"]),
    ("PRAG", &["Europe/Prague"]),
    ("ROM", &["Europe/Rome"]),
    ("BRÜSSEL", &["Europe/Brussels"]),
    ("WARSCHAU", &["Europe/Warsaw"]),
    ("MOSKAU", &["Europe/Moscow"]),
    ("LONDRES", &["Europe/London"]),
];

fn suggest(name: &str) -> Vec<&'static str> {
    let upper = name.to_uppercase();
    if let Some((_, zones)) = ABBREVIATIONS.iter().find(|(short, _)| *short == upper) {
        return zones.to_vec();
    }
    let wanted = name.to_lowercase().replace(' ', "_");
    if wanted.len() > 40 {
        return Vec::new();
    }
    let city = wanted.rsplit('/').next().unwrap_or(&wanted);
    let near = |tz: &&Tz| {
        let other = tz.name().to_ascii_lowercase();
        let other_city = other.rsplit('/').next().unwrap_or(&other);
        other_city == city
            || (city.chars().count() > 3 && distance(city, other_city) <= city.chars().count() / 4)
    };
    let mut found: Vec<&'static str> = TZ_VARIANTS
        .iter()
        .filter(near)
        .map(|tz| tz.name())
        .collect();
    found.sort_by_key(|other| (distance(&wanted, &other.to_ascii_lowercase()), *other));
    found.truncate(5);
    found
}

/// The Levenshtein distance between two short texts.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, a) in one.chars().enumerate() {
        let mut corner = above;
        let mut left = above + 1;
        let mut next = vec![left];
        for (b, &up) in other.chars().zip(row.iter().skip(1)) {
            left = (up + 1).min(left + 1).min(corner + usize::from(a != b));
            corner = up;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Result<&str, &str>) {
        let found = zone(name)
            .map(|tz| tz.name())
            .map_err(|problem| problem.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{name}");
    }

    #[test]
    fn a_zone_is_found_by_its_name_in_whatever_case() {
        check("Europe/Berlin", Ok("Europe/Berlin"));
        check(" europe/berlin ", Ok("Europe/Berlin"));
        check("america/new york", Ok("America/New_York"));
        check(
            "America/Argentina/Buenos_Aires",
            Ok("America/Argentina/Buenos_Aires"),
        );
        check("utc", Ok("UTC"));
        check("CET", Ok("CET"));
        check("Etc/GMT-1", Ok("Etc/GMT-1"));
    }

    #[test]
    fn what_is_no_zone_leads_to_one() {
        check(
            "PST",
            Err("“PST” is not a time zone. Perhaps America/Los_Angeles is meant."),
        );
        check(
            "pdt",
            Err("“pdt” is not a time zone. Perhaps America/Los_Angeles is meant."),
        );
        check(
            "Berlin",
            Err("“Berlin” is not a time zone. Perhaps Europe/Berlin is meant."),
        );
        check(
            "New York",
            Err("“New York” is not a time zone. Perhaps America/New_York is meant."),
        );
        check(
            "Europe/Berln",
            Err("“Europe/Berln” is not a time zone. Perhaps Europe/Berlin is meant."),
        );
        check(
            "",
            Err("There is no time zone here. Type one, for example Europe/Berlin or UTC."),
        );
        let names =
            "“🕰” is not a time zone. Type a name like Europe/Berlin, America/New_York or UTC.";
        check("🕰", Err(names));
    }

    #[test]
    fn every_suggestion_is_a_zone_and_a_long_name_is_cut() {
        for (short, zones) in ABBREVIATIONS {
            assert!(find(short).is_none(), "{short} is a zone already");
            assert!(zones.iter().all(|name| find(name).is_some()), "{zones:?}");
        }
        let problem = zone(&"é".repeat(5_000)).unwrap_err();
        assert!(problem.to_string().chars().count() < 200);
    }
}
