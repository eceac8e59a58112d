//! Puts what was left of the parts into sections, and writes texts so that they read as Markdown on their own.

use super::headings::Role;
use super::links::Links;
use super::parts::Part;
use super::taken::Taken;
use super::{Intake, IntakeSection, Remark};

/// Joins what was left of the parts into sections, each key once.
pub(super) fn sections(
    parts: &[Part<'_>],
    taken: Vec<Taken<'_>>,
    plain: bool,
    intake: &mut Intake,
) {
    let has_summary = parts.iter().zip(&taken).any(|(part, taken)| {
        part.role == Role::Section("summary")
            && !part.prompted
            && taken.left.iter().any(|line| has_words(line))
    });
    for (part, taken) in parts.iter().zip(taken) {
        intake.actions.extend(taken.actions);
        intake.factors.extend(taken.factors);
        intake.frame.extend(taken.frame);
        let left = taken.left.join("\n");
        if part.prompted || (!has_words(&left) && has_words(taken.heading)) {
            intake.frame.push(Remark {
                line: part.line,
                text: taken.heading.to_owned(),
            });
        }
        let heading = if part.prompted { "" } else { taken.heading };
        match part.role {
            Role::Opening if has_summary => add(intake, "notes", "", &left, false),
            Role::Opening if plain || parts.len() == 1 => {
                let (first, rest) = first_paragraph(&left);
                add(intake, "summary", "", first, false);
                add(intake, "notes", "", rest, false);
            }
            Role::Opening => add(intake, "summary", "", &left, false),
            role => add(intake, role.key(), heading, &left, part.inherited),
        }
    }
    intake
        .sections
        .sort_by_key(|section| section.key == "notes");
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Adds text to the section of a key. A further heading is written into the text.
fn add(intake: &mut Intake, key: &'static str, heading: &str, text: &str, inherited: bool) {
    let text = dedent(text.trim_matches('\n').trim_end());
    if !has_words(&text) {
        return;
    }
    let inside = |heading: &str| {
        if heading.is_empty() {
            text.clone()
        } else {
            format!("### {heading}\n\n{text}")
        }
    };
    match intake
        .sections
        .iter_mut()
        .find(|section| section.key == key)
    {
        Some(section) => {
            section.text.push_str("\n\n");
            section.text.push_str(&inside(heading));
        }
        None if inherited || key == "notes" => intake.sections.push(IntakeSection {
            key,
            heading: String::new(),
            text: inside(heading),
        }),
        None => intake.sections.push(IntakeSection {
            key,
            heading: heading.to_owned(),
            text: text.clone(),
        }),
    }
}

fn first_paragraph(text: &str) -> (&str, &str) {
    let words = text
        .split_inclusive('\n')
        .take_while(|line| !has_words(line))
        .map(str::len)
        .sum();
    let text = text.get(words..).unwrap_or_default().trim();
    let at = text
        .find("\n\n")
        .into_iter()
        .chain(text.find("\n\u{2022}"))
        .min();
    at.and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

/// Text without the indentation that all its lines share, if it is a list's.
fn dedent(text: &str) -> String {
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(spaces)
        .min()
        .unwrap_or(0);
    if shared == 0 || (shared > 3 && !text.trim_start().starts_with(['-', '*', '+'])) {
        return text.to_owned();
    }
    text.lines()
        .map(|line| line.get(shared..).unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Plain text as Markdown: `•` opens an item, `<nick>` is not a tag.
fn as_markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            written.push('\n');
        }
        match line.trim_start().strip_prefix('\u{2022}') {
            Some(rest) => {
                written.push_str("- ");
                written.push_str(&rest.trim_start().replace('<', "\\<"));
            }
            None => written.push_str(&line.replace('<', "\\<")),
        }
    }
    written
}

/// Writes addresses into reference links and, in plain text, makes Markdown of bullets and angle brackets.
pub(super) fn write_out(intake: &mut Intake, links: &Links, plain: bool) {
    let write = |text: &mut String| {
        if plain {
            *text = as_markdown(text);
        }
        *text = links.resolve(text);
    };
    intake
        .sections
        .iter_mut()
        .for_each(|section| write(&mut section.text));
    intake
        .events
        .iter_mut()
        .for_each(|event| write(&mut event.text));
    intake
        .factors
        .iter_mut()
        .for_each(|factor| write(&mut factor.text));
    for action in &mut intake.actions {
        write(&mut action.title);
        write(&mut action.note);
    }
}
