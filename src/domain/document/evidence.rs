//! What a statement rests on: `#2, https://..., account of On-call engineer`.

use super::DocumentEvidence;
use crate::domain::text::{Line, address};

const ACCOUNT: &str = "account of ";

/// Reads a list; `rows` gives a row's place by the number in front of it.
///
/// # Errors
/// A sentence about the first item that is none.
pub(super) fn read(
    typed: &str,
    rows: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<DocumentEvidence>, String> {
    let mut rest = typed.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (item, after) = if let Some(number) = rest.strip_prefix('#') {
            let end = number
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(number.len());
            let (number, after) = number.split_at(end);
            let row = rows(number).ok_or_else(|| {
                format!("Evidence: no row of the timeline has the number {number}. Give the number that stands in front of the row.")
            })?;
            (DocumentEvidence::Event(row), after)
        } else if let Some(role) = rest.strip_prefix(ACCOUNT) {
            let (role, after) = role_at(role);
            let role = Line::parse("The role of an account", &role)
                .map_err(|problem| problem.to_string())?;
            (DocumentEvidence::Account(role), after)
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            // One comma behind an address belongs to the list.
            let word = word.strip_suffix(',').unwrap_or(word);
            let link = address(word).map_err(|_| {
                format!("Evidence: \"{}\" is neither a row (#2), nor a web address, nor \"account of ...\".", shortened(rest))
            })?;
            (DocumentEvidence::Link(link), after)
        };
        found.push(item);
        rest = after.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    }
    Ok(found)
}

/// A role up to the next comma, or in quotation marks if it holds one.
fn role_at(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(',').unwrap_or(text.len());
        let (role, after) = text.split_at(end);
        return (role.trim().to_owned(), after);
    };
    let mut role = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (role, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => role.extend(characters.next().map(|(_, escaped)| escaped)),
            other => role.push(other),
        }
    }
    (role, "")
}

/// Writes a list.
pub(super) fn write(evidence: &[DocumentEvidence]) -> String {
    let items: Vec<String> = evidence
        .iter()
        .map(|item| match item {
            DocumentEvidence::Event(row) => format!("#{}", row + 1),
            DocumentEvidence::Link(link) => link.clone(),
            DocumentEvidence::Account(role) if role.as_str().contains([',', '"']) => {
                let role = role.as_str().replace('\\', "\\\\").replace('"', "\\\"");
                format!("{ACCOUNT}\"{role}\"")
            }
            DocumentEvidence::Account(role) => format!("{ACCOUNT}{}", role.as_str()),
        })
        .collect();
    let mut written = items.join(", ");
    if matches!(evidence.last(), Some(DocumentEvidence::Link(link)) if link.ends_with(',')) {
        written.push(',');
    }
    written
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::domain::document::DocumentEvidence;
    use crate::domain::text::Line;

    fn check(typed: &str, expected: &[DocumentEvidence]) {
        let found = read(typed, |number| number.parse::<usize>().ok()?.checked_sub(1)).unwrap();
        assert_eq!(found, expected, "{typed}");
        let again = read(&write(&found), |number| {
            number.parse::<usize>().ok()?.checked_sub(1)
        });
        assert_eq!(again.unwrap(), expected, "{}", write(&found));
    }

    fn account(role: &str) -> DocumentEvidence {
        DocumentEvidence::Account(Line::parse("role", role).unwrap())
    }

    fn link(link: &str) -> DocumentEvidence {
        DocumentEvidence::Link(link.to_owned())
    }

    #[test]
    fn rows_links_and_accounts_stand_in_one_list() {
        check("", &[]);
        check(
            "#2,#10, https://x.example/a,b, account of On-call engineer",
            &[
                DocumentEvidence::Event(1),
                DocumentEvidence::Event(9),
                link("https://x.example/a,b"),
                account("On-call engineer"),
            ],
        );
        check("https://x.example/,,", &[link("https://x.example/,")]);
        check(
            "account of \"Lead, \\\"pay\\\" team\", #1",
            &[account("Lead, \"pay\" team"), DocumentEvidence::Event(0)],
        );
    }

    #[test]
    fn what_is_no_evidence_is_told() {
        for (typed, words) in [
            ("#7", "no row"),
            ("a feeling", "neither a row"),
            ("account of , #1", "empty"),
        ] {
            let problem = read(typed, |_| None).unwrap_err();
            assert!(problem.contains(words), "{typed}: {problem}");
        }
    }
}
