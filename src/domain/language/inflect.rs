//! The forms of English verbs and nouns, from the form in a dictionary.

/// The forms of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form(pub(super) u8);

impl Form {
    /// "check"
    pub(super) const BASE: Self = Self(1);
    /// "checks"
    pub(super) const THIRD: Self = Self(2);
    /// "checked", "drew"
    pub(super) const PAST: Self = Self(4);
    /// "checked", "drawn"
    pub(super) const PARTICIPLE: Self = Self(8);
    /// "checking"
    pub(super) const ING: Self = Self(16);
    /// "engineer", "engineers"
    pub(super) const NOUN: Self = Self(32);
}

/// All forms of a verb. Irregular verbs are written `draw/drew/drawn`, or `lose/lost` where both are the same.
pub(super) fn verb(entry: &str) -> Vec<(String, Form)> {
    let mut parts = entry.split('/');
    let base = parts.next().unwrap_or_default();
    let past = parts.next();
    let participle = parts.next().or(past);
    let regular = || ed(base);
    vec![
        (base.to_owned(), Form::BASE),
        (third(base), Form::THIRD),
        (past.map_or_else(regular, str::to_owned), Form::PAST),
        (
            participle.map_or_else(regular, str::to_owned),
            Form::PARTICIPLE,
        ),
        (ing(base), Form::ING),
    ]
}

/// The plural of a noun. Irregular nouns are written `child/children`.
pub(super) fn noun(entry: &str) -> Vec<(String, Form)> {
    let (one, many) = match entry.split_once('/') {
        Some((one, many)) => (one, many.to_owned()),
        None => (entry, third(entry)),
    };
    let many = match one.strip_suffix("man") {
        Some(stem) if !entry.contains('/') => format!("{stem}men"),
        _ => many,
    };
    vec![(one.to_owned(), Form::NOUN), (many, Form::NOUN)]
}

fn third(base: &str) -> String {
    match stem_before_y(base) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh", "o"]
            .iter()
            .any(|end| base.ends_with(end)) =>
        {
            format!("{base}es")
        }
        None => format!("{base}s"),
    }
}

fn ed(base: &str) -> String {
    match stem_before_y(base) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{}ed", doubled(base)),
    }
}

fn ing(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !base.ends_with("ee") && !base.ends_with("oe") && stem.len() > 1 => {
            format!("{stem}ing")
        }
        _ => format!("{}ing", doubled(base)),
    }
}

/// "deny" without its "y", but not "delay".
fn stem_before_y(base: &str) -> Option<&str> {
    let stem = base.strip_suffix('y')?;
    let before = stem.chars().next_back()?;
    (!vowel(before)).then_some(stem)
}

/// Repeats the last letter of "skip" and "commit", not of "fail" or "fasten".
fn doubled(base: &str) -> String {
    let letters: Vec<char> = base.chars().rev().take(3).collect();
    let [last, middle, first] = letters.as_slice() else {
        return base.to_owned();
    };
    let closed = !vowel(*last) && !"wxy".contains(*last) && vowel(*middle) && !vowel(*first);
    let vowels = base.chars().filter(|letter| vowel(*letter)).count();
    let stressed = [
        "mit", "fer", "ver-run", "get", "cur", "pel", "lip", "rap", "step", "plug",
    ]
    .iter()
    .any(|end| base.ends_with(end));
    if closed && (vowels == 1 || stressed) {
        format!("{base}{last}")
    } else {
        base.to_owned()
    }
}

fn vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_as_people_write_them() {
        let forms = |entry| {
            verb(entry)
                .into_iter()
                .map(|(word, _)| word)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(forms("check"), "check checks checked checked checking");
        assert_eq!(forms("skip"), "skip skips skipped skipped skipping");
        assert_eq!(forms("deny"), "deny denies denied denied denying");
        assert_eq!(forms("ignore"), "ignore ignores ignored ignored ignoring");
        assert_eq!(forms("draw/drew/drawn"), "draw draws drew drawn drawing");
        assert_eq!(forms("fail"), "fail fails failed failed failing");
        assert_eq!(forms("omit"), "omit omits omitted omitted omitting");
        assert_eq!(
            forms("sidestep"),
            "sidestep sidesteps sidestepped sidestepped sidestepping"
        );
        assert_eq!(forms("alter"), "alter alters altered altered altering");
    }

    #[test]
    fn nouns_have_plurals() {
        let plural = |entry| noun(entry).into_iter().next_back().unwrap().0;
        assert_eq!(plural("engineer"), "engineers");
        assert_eq!(plural("agency"), "agencies");
        assert_eq!(plural("fireman"), "firemen");
        assert_eq!(plural("coach"), "coaches");
        assert_eq!(plural("child/children"), "children");
    }
}
