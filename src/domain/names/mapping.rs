//! What an organisation remembers, as lines that people read and mend: `Mara O'Neill, Mara, @mara = the on-call engineer`.

use std::collections::HashMap;

use super::{Mapped, Role, key};
use crate::domain::text::{Line, excerpt};

/// The most people whose names are remembered.
const MOST: usize = 2_000;

/// Each person on a line.
#[must_use]
pub fn mapping(mapped: &[Mapped]) -> String {
    let lines = mapped.iter().map(|one| {
        let names: Vec<&str> = one.spellings.iter().map(Line::as_str).collect();
        format!("{} = {}", names.join(", "), one.role.as_str())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads such lines; empty ones are left out.
///
/// # Errors
/// A sentence for each line that is to be mended.
pub fn read_mapping(text: &str) -> Result<Vec<Mapped>, Vec<String>> {
    let (mut mapped, mut problems) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, usize> = HashMap::new();
    let lines = (1..).zip(text.lines());
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match read(line) {
            Ok(one) => {
                for spelling in &one.spellings {
                    if let Some(before) = seen.insert(key(spelling.as_str()), number) {
                        problems.push(format!(
                            "Line {number}: “{}” stands on line {before} already. A name stands for one role.",
                            spelling.as_str()
                        ));
                    }
                }
                mapped.push(one);
            }
            Err(sentence) => problems.push(format!("Line {number}: {sentence}")),
        }
    }
    if mapped.len() > MOST {
        problems.push(format!(
            "These are {} lines, and {MOST} fit. Take out people who are not written about any more.",
            mapped.len()
        ));
    }
    if problems.is_empty() {
        Ok(mapped)
    } else {
        Err(problems)
    }
}

fn read(line: &str) -> Result<Mapped, String> {
    let Some((names, role)) = line.split_once('=') else {
        return Err(format!(
            "“{}” has no “=”. Write the name, “=”, and the role.",
            excerpt(line)
        ));
    };
    let role = Role::parse(role).map_err(|problem| problem.to_string())?;
    let mut spellings: Vec<Line> = Vec::new();
    for name in names.split(',') {
        let name = Line::parse("The name", name).map_err(|problem| problem.to_string())?;
        if let Some(sentence) = unfit(name.as_str()) {
            return Err(sentence);
        }
        if spellings
            .iter()
            .all(|other| key(other.as_str()) != key(name.as_str()))
        {
            spellings.push(name);
        }
    }
    Ok(Mapped { spellings, role })
}

/// Why a text cannot be remembered as a name, if it cannot.
#[must_use]
pub fn unfit(name: &str) -> Option<String> {
    let letters = name.strip_prefix('@').unwrap_or(name);
    let first = letters.chars().next();
    let word = !name.starts_with('@') && !name.contains(char::is_whitespace);
    if name.contains([',', '=']) || !first.is_some_and(char::is_alphabetic) {
        return Some(format!(
            "“{}” is no name. Write it with letters, without a comma and without “=”.",
            excerpt(name)
        ));
    }
    (word && first.is_some_and(char::is_lowercase)).then(|| {
        format!(
            "“{}” begins with a small letter, so it could be any word. Write it with its capital, or as a handle with @.",
            excerpt(name)
        )
    })
}
