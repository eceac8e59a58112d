//! How grave something was, in the words of other programs.

use crate::domain::postmortem::Severity;

/// Reads a priority or a severity of another program: "P1", "SEV-2", "critical", "Highest", "3". Nothing, if it says none.
#[must_use]
pub fn severity(typed: &str) -> Option<Severity> {
    let typed = typed.trim().to_lowercase();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let letters: String = typed.chars().filter(|c| c.is_alphabetic()).collect();
    if matches!(
        letters.as_str(),
        "" | "p" | "s" | "sev" | "severity" | "prio" | "priority"
    ) {
        return match digits.as_str() {
            "0" | "1" => Some(Severity::Sev1),
            "2" => Some(Severity::Sev2),
            "3" => Some(Severity::Sev3),
            "4" | "5" => Some(Severity::Sev4),
            _ => None,
        };
    }
    match letters.as_str() {
        "critical" | "highest" | "blocker" | "emergency" | "page" | "disaster" => {
            Some(Severity::Sev1)
        }
        "major" | "high" | "error" | "severe" => Some(Severity::Sev2),
        "minor" | "medium" | "moderate" | "warning" | "warn" => Some(Severity::Sev3),
        "low" | "lowest" | "trivial" | "info" | "informational" => Some(Severity::Sev4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_others_are_read_and_nothing_is_guessed() {
        let check = |typed: &str, expected| assert_eq!(severity(typed), expected, "{typed}");
        check("P1", Some(Severity::Sev1));
        check("SEV-2", Some(Severity::Sev2));
        check(" 3 ", Some(Severity::Sev3));
        check("P5", Some(Severity::Sev4));
        check("Highest", Some(Severity::Sev1));
        check("warning", Some(Severity::Sev3));
        check("none", None);
        check("", None);
        check("Undetermined", None);
        check("17", None);
    }
}
