//! The format as a whole: examples, problems, and the promise that nothing is lost.

use proptest::prelude::*;

use super::{Document, DocumentEvidence, DocumentKept, DocumentProblem, parse, write};
use crate::domain::language::{Words, in_sentences};
use crate::domain::postmortem::{Kind, Tier};
use crate::domain::wording::Reason;

const SMALL: &str = "\
---
title: 'Payroll: the export was empty'
kind: crisis
tier: note
system: people
severity: none
zone: europe/berlin
happened_on: 2026-10-14
impact: [money]
roles: [Payroll lead]
team: [a, 1]
---

# Payroll: the export was empty

Said before any heading.

## Summary

Nobody was paid for a day.

## Odd heading

Kept.

## Timeline

| When | What | Lane | Marker | Source |
|---|---|---|---|---|
| 09:00 | The export | runs\\|ends<br>empty | | |
";

#[test]
fn a_row_with_a_stray_bar_is_told_with_its_line() {
    let problems = parse(SMALL).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, 30);
    assert!(
        problems[0]
            .sentence
            .contains("is not one of happened, saw, did"),
        "{problems:?}"
    );
}

#[test]
fn what_the_format_does_not_know_is_kept() {
    let text = SMALL.replace(
        "The export | runs\\|ends<br>empty",
        "The export runs\\|ends<br>empty | saw",
    );
    let document = parse(&text).unwrap();
    assert_eq!(
        (document.kind, document.tier, document.severity),
        (Kind::Crisis, Tier::Note, None)
    );
    assert_eq!(
        document.others,
        [("team".to_owned(), "[\"a\",1]".to_owned())]
    );
    let sections: Vec<_> = document
        .sections
        .iter()
        .map(|section| (section.key.as_str(), section.text.as_str()))
        .collect();
    assert_eq!(
        sections,
        [
            ("summary", "Nobody was paid for a day."),
            (
                "notes",
                "Said before any heading.\n\n### Odd heading\n\nKept."
            ),
        ]
    );
    assert_eq!(
        document.events[0].text.as_str(),
        "The export runs|ends\nempty"
    );
    assert_eq!(
        document.events[0].when.at().unwrap().to_rfc3339(),
        "2026-10-14T07:00:00+00:00"
    );
    assert_eq!(parse(&write(&document)), Ok(document));
}

fn check(text: &str, expected: &[(usize, &str)]) {
    let problems = parse(text).unwrap_err();
    let found: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    let lines: Vec<_> = expected.iter().map(|(line, _)| *line).collect();
    assert_eq!(found, lines, "{problems:?}");
    for (DocumentProblem { sentence, .. }, (_, words)) in problems.iter().zip(expected) {
        assert!(
            sentence.contains(words),
            "{sentence:?} does not say {words:?}"
        );
    }
}

#[test]
fn every_problem_has_its_line_and_a_sentence() {
    check("---\ntitle: a: b\n---\n", &[(2, "cannot be read as YAML")]);
    check("", &[(1, "The title is empty")]);
    check(
        "---\nkind: disaster\nzone: Mars\nhappened_on: soon\napproved: true\n---\n# One\n",
        &[
            (2, "incident, crisis"),
            (3, "not a time zone"),
            (4, "not a day"),
        ],
    );
    check("---\ntitle: One\n---\n\n# Two\n", &[(5, "another title")]);
    check(
        "# T\n\n## Factors\n### A finding\n- Factor: guard rail\n- Evidence: #1\n- Evidence: #2\n- Cause: x\n\nstray\n",
        &[
            (5, "guardrail-absent"),
            (6, "no row of the timeline"),
            (7, "stands here twice"),
            (8, "not known here"),
            (10, "belongs to no key"),
        ],
    );
    check(
        "# T\n## Actions\n### Do it\n- Addresses: F1\n- Due: soon\n- Tracker: JIRA-1\n",
        &[
            (4, "there are 0"),
            (5, "not a day"),
            (6, "not a web address"),
        ],
    );
    check(
        "# T\n## Timeline\n| # | When | What |\n|---|---|---|\n| 1 | 09:00 | No day |\n| 2 | 2026-10-14 | a | b |\nUnknown: end\n",
        &[
            (5, "Which day was that?"),
            (6, "more cells"),
            (7, "impact-began"),
        ],
    );
}

#[test]
fn entries_may_have_several_lines() {
    let text = "# T\n\n## Factors\n\n### First line\nsecond line\n\n- not a key\n\\- Factor: text\n\n- Role: luck\n- Without this: one\n  two\n\n  three\nlazy\n\n## Actions\n\nNo commitments, because\nof *reasons*.\n\n### Think\n";
    let document = parse(text).unwrap();
    let statement = &document.statements[0];
    assert_eq!(
        statement.text.as_str(),
        "First line\nsecond line\n\n- not a key\n- Factor: text"
    );
    assert_eq!(statement.without_this.as_str(), "one\ntwo\n\nthree\nlazy");
    assert_eq!(document.no_commitments_because.as_str(), "of *reasons*.");
    assert_eq!(parse(&write(&document)), Ok(document));
}

#[test]
fn the_demonstration_reads_and_comes_back_as_it_was() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/demo/content");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let path = file.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            let document =
                parse(&text).unwrap_or_else(|problems| panic!("{}: {problems:?}", path.display()));
            assert!(document.events.len() > 3 && document.statements.len() > 2);
            assert_eq!(
                parse(&write(&document)).as_ref(),
                Ok(&document),
                "{}",
                path.display()
            );
            assert_eq!(write(&document), write(&parse(&write(&document)).unwrap()));
            read += 1;
        }
    }
    assert_eq!(read, 25);
}

/// Text that tries to be taken for marks of the format.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("## Timeline"),
        Just("### x"),
        Just("- Factor: luck"),
        Just("- Kind: idea"),
        Just("| a | b |"),
        Just("<br>"),
        Just("\\"),
        Just("|"),
        Just("\n"),
        Just("\n\n"),
        Just("  "),
        Just("Unknown: over"),
        Just("---"),
        Just("No commitments, because"),
        Just("More open commitments than the limit, because"),
        Just("```"),
        Just("account of "),
        Just("#1"),
        Just(", "),
        Just("\""),
        Just("é"),
        Just("名"),
        Just("\u{202e}"),
        Just(": "),
        Just("word"),
        Just("\u{feff}"),
        Just("😀"),
        Just("\u{2028}"),
        Just("'"),
        Just("\t"),
        Just(" = unknown"),
        Just("The engineer should have tested the restore."),
        Just("The nurse failed to act. "),
        Just("<!-- second-story keep: counterfactual, because it is a quotation -->"),
        Just(" <!-- second-story keep: omission, because nobody | knew -->"),
        Just("-->"),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// A document of any text in every place, brought to the form that a document has.
fn documents() -> impl Strategy<Value = Document> {
    prop::collection::vec(nasty(), 24).prop_map(|texts| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/demo/content/");
        let text = std::fs::read_to_string(format!("{folder}02-gitlab-backups.md")).unwrap();
        let mut document = parse(&text).unwrap();
        fill(&mut document, &texts);
        document
    })
}

fn fill(document: &mut Document, texts: &[String]) {
    use crate::domain::text::{Line, Prose, Title};
    use crate::domain::when::{Precision, When};
    let mut texts = texts.iter().cycle();
    let mut next = || texts.next().unwrap().clone();
    let line = |text: String| Line::parse("", &text.replace('\n', " ")).ok();
    let trimmed = |text: String| Prose::parse("", text.trim()).unwrap();
    document.title = Title::parse(&next().replace('\n', " ")).unwrap_or(document.title.clone());
    document.source = line(next()).map(|line| line.as_str().to_owned());
    document.facilitator = line(next());
    document.roles = line(next()).into_iter().collect();
    let key = next();
    if line(key.clone()).is_some() {
        document.others = vec![(key, "\"x\"".to_owned())];
    }
    document.no_commitments_because = trimmed(next());
    document.over_limit_because = trimmed(next());
    for section in &mut document.sections {
        let text = super::prose("", &next()).unwrap();
        section.text = if text.is_blank() {
            Prose::parse("", "x").unwrap()
        } else {
            text
        };
    }
    for account in &mut document.accounts {
        account.text = super::prose("", &next()).unwrap();
        account.role = line(next()).unwrap_or(account.role.clone());
    }
    for event in &mut document.events {
        event.text = trimmed(next());
        event.role = line(next());
        let typed = next().replace('\n', " ");
        event.when =
            When::from_parts(&typed, None, None, Precision::Unknown).unwrap_or(event.when.clone());
    }
    for statement in &mut document.statements {
        let text = trimmed(next());
        statement.text = if text.is_blank() {
            statement.text.clone()
        } else {
            text
        };
        statement.without_this = trimmed(next());
        statement.component = line(next());
        let role = line(next()).map(DocumentEvidence::Account);
        statement
            .evidence
            .insert(0, DocumentEvidence::Link("https://x.example/a,".to_owned()));
        statement.evidence.extend(role);
    }
    for action in &mut document.actions {
        action.title = line(next()).unwrap_or(action.title.clone());
        action.known_by = trimmed(next());
        action.reach = trimmed(next());
        action.owner = line(next());
    }
    // Some of what can be asked about is answered, the rest is not.
    let mut answers = Vec::new();
    super::texts::visit(document, &mut |place, text, _| {
        for found in in_sentences(text, &Words::new()).into_iter().step_by(2) {
            let words = line(next().replace("-->", "--"));
            answers.push(DocumentKept {
                place: place.to_owned(),
                rule: found.located.finding.rule.to_owned(),
                sentence: found.sentence,
                reason: if words.is_some() {
                    Reason::Other
                } else {
                    Reason::System
                },
                words,
            });
        }
        None
    });
    super::kept::settle(document, &answers);
}

/// The first place in which a document did not come back, for the report of a failing test.
fn difference(document: &Document, again: Result<Document, Vec<DocumentProblem>>) -> String {
    let again = match again {
        Ok(again) => format!("{again:#?}"),
        Err(problems) => return format!("{problems:#?}"),
    };
    let document = format!("{document:#?}");
    let differs = |(one, other): &(&str, &str)| one != other;
    format!("{:?}", document.lines().zip(again.lines()).find(differs))
}

const KEPT: &str = "\
---
title: The engineer should have asked the night shift
kind: incident
tier: note
kept_wording:
  - {place: title, rule: counterfactual, because: quotation, sentence: The engineer should have asked the night shift, words: said by the press}
---

## Summary

It was late. The engineer should have tested the restore. <!-- second-story keep: counterfactual, because it is an agreed expectation -->
The nurse failed to act.

## Timeline

| When | What |
|---|---|
| 2026-10-14 09:00 | The clerk forgot the form <!-- second-story keep: omission, because it is a quotation: of the log --> |

## Actions

### Remind everyone to be more careful <!-- second-story keep: punitive, because the board wrote it -->
- Kind: idea
- Known by: The team should have noticed it. <!-- second-story keep: counterfactual, because it is about a system -->
";

#[test]
fn kept_wording_is_read_and_comes_back_where_it_stood() {
    let document = parse(KEPT).unwrap();
    let kept: Vec<(&str, &str, Reason)> = document
        .kept
        .iter()
        .map(|kept| (kept.place.as_str(), kept.rule.as_str(), kept.reason))
        .collect();
    let expected = [
        ("title", "counterfactual", Reason::Quotation),
        ("section/summary", "counterfactual", Reason::Expectation),
        ("event/1", "omission", Reason::Quotation),
        ("action/1", "punitive", Reason::Other),
        ("action/1/known-by", "counterfactual", Reason::System),
    ];
    assert_eq!(kept, expected);
    assert!(!document.sections[0].text.as_str().contains("<!--"));
    assert_eq!(
        document.actions[0].title.as_str(),
        "Remind everyone to be more careful"
    );
    let written = write(&document);
    assert_eq!(
        written.matches("<!-- second-story keep").count(),
        4,
        "{written}"
    );
    assert_eq!(parse(&written).as_ref(), Ok(&document));
    assert_eq!(write(&parse(&written).unwrap()), written);
    let typo = KEPT.replace("because: quotation,", "because: quote,");
    check(&typo, &[(6, "quotation")]);
}

#[test]
fn what_no_comment_can_say_goes_to_the_front_matter() {
    let mut document = parse(KEPT).unwrap();
    for kept in &mut document.kept {
        kept.reason = Reason::Other;
        kept.words = crate::domain::text::Line::optional("", "it --> ends").unwrap();
    }
    let written = write(&document);
    assert_eq!(written.matches("<!--").count(), 0, "{written}");
    assert_eq!(parse(&written), Ok(document));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_document_comes_back_as_it_was_whatever_stands_in_it(document in documents()) {
        let text = write(&document);
        let again = parse(&text);
        prop_assert!(again.as_ref() == Ok(&document), "{}", difference(&document, again));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}", pieces in prop::collection::vec(nasty(), 0..20)) {
        let _ = parse(&text);
        let _ = parse(&format!("---\ntitle: x\n---\n## Timeline\n| When | What |\n{}\n## Factors\n### {}", pieces.concat(), text));
        let _ = parse(&format!("---\n{}\n---\n", pieces.concat()));
    }
}

#[test]
fn a_post_mortem_becomes_a_document_and_another_post_mortem_the_same_document() {
    use super::Founding;
    use crate::domain::ids::PersonId;
    use crate::domain::postmortem::Status;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/demo/content/");
    let text = std::fs::read_to_string(format!("{folder}09-crowdstrike-channel-file.md")).unwrap();
    let document = parse(&text).unwrap();
    let now = "2026-11-01T08:00:00Z".parse().unwrap();
    let founding = Founding {
        shepherd: PersonId::new(),
        status: Status::Draft,
        now,
    };
    let made = document.found(&founding);
    assert_eq!(made.facts.filed_on, document.happened_on.unwrap());
    let again = Document::of(&made);
    assert_eq!(again.statements, document.statements);
    assert_eq!(again.actions, document.actions);
    assert_eq!(again.events, document.events);
    assert_eq!(again.sections, document.sections);
    assert_eq!(again.status, Some(Status::Draft));
}
