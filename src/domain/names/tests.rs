//! Roles in the place of names.

use super::*;
use crate::domain::text::Line;

fn roles(pairs: &[(&str, &str)]) -> Roles {
    let mapped: Vec<Mapped> = pairs
        .iter()
        .map(|(names, role)| Mapped {
            spellings: names
                .split('|')
                .map(|name| Line::parse("The name", name).unwrap())
                .collect(),
            role: Role::parse(role).unwrap(),
        })
        .collect();
    Roles::new(&mapped)
}

fn check(pairs: &[(&str, &str)], text: &str, expected: &str) {
    assert_eq!(roles(pairs).put_in(text, &Words::new()), expected, "{text}");
}

#[test]
fn a_role_reads_as_the_name_did() {
    let on_call = [("Tomasz|@tomasz", "the on-call engineer")];
    for (text, expected) in [
        ("Asked Tomasz twice.", "Asked the on-call engineer twice."),
        ("Tomasz saw it.", "The on-call engineer saw it."),
        ("13:04 Tomasz saw it", "13:04 The on-call engineer saw it"),
        ("- Tomasz saw it", "- The on-call engineer saw it"),
        (
            "It broke. Tomasz saw it.",
            "It broke. The on-call engineer saw it.",
        ),
        ("## Tomasz", "## The on-call engineer"),
        (
            "| a | b |\n|---|---|\n| Tomasz | x |\n",
            "| a | b |\n|---|---|\n| The on-call engineer | x |\n",
        ),
        (
            "It was Tomasz's change",
            "It was the on-call engineer's change",
        ),
        (
            "It was Tomasz’s change",
            "It was the on-call engineer’s change",
        ),
        ("Then Tomasz'll look", "Then the on-call engineer'll look"),
        ("ask @tomasz.", "ask the on-call engineer."),
        ("ask @Tomasz?", "ask the on-call engineer?"),
        ("**Tomasz** saw it", "**The on-call engineer** saw it"),
        ("(Tomasz, on call)", "(The on-call engineer, on call)"),
        ("With Mr Tomasz there", "With the on-call engineer there"),
        (
            "He said \"Tomasz saw it\"",
            "He said \"the on-call engineer saw it\"",
        ),
    ] {
        check(&on_call, text, expected);
    }
}

#[test]
fn nothing_but_the_whole_name_is_replaced() {
    for text in [
        "Tomaszek saw it",
        "Was it tomasz, in small letters",
        "`Tomasz`",
        "```\nTomasz\n```",
        "https://example.org/Tomasz",
        "<https://example.org/Tomasz>",
        "[x](https://example.org/Tomasz)",
        "Mail Tomasz@example.org",
        "See home/Tomasz/x.txt",
        "In Tomasz_2",
        "See Tomasz.txt",
        "Asked Tomasz Nowak",
        "Asked O'Tomasz",
        "Asked Jean-Tomasz",
        "Tagged #Tomasz",
        "@tomasz.nowak saw it",
        "<!-- Tomasz -->",
    ] {
        check(&[("Tomasz", "the pilot")], text, text);
    }
}

#[test]
fn a_whole_name_goes_before_its_parts() {
    let both = [
        ("Mara O'Neill|Mara", "the nurse"),
        ("O'Neill", "the doctor"),
    ];
    check(
        &both,
        "Asked Mara O'Neill and Mara.",
        "Asked the nurse and the nurse.",
    );
    check(
        &both,
        "Asked MARA O’NEILL, then O’Neill's deputy.",
        "Asked the nurse, then the doctor's deputy.",
    );
    check(&both, "Asked Mara\nO'Neill.", "Asked the nurse.");
}

#[test]
fn owning_follows_the_last_letter() {
    check(
        &[("James", "the clerk")],
        "James' desk, James's chair",
        "The clerk's desk, the clerk's chair",
    );
    check(
        &[("Ana", "the facilities")],
        "Saw Ana's desk",
        "Saw the facilities' desk",
    );
    check(
        &[("James", "the clerk")],
        "Called 'James' by all",
        "Called 'the clerk' by all",
    );
}

#[test]
fn a_word_that_is_also_a_name_keeps_its_place_as_a_word() {
    let will = [
        ("Will", "the pilot"),
        ("Mark", "the clerk"),
        ("Grace", "the nurse"),
    ];
    for text in [
        "Will this work?",
        "Mark the row.",
        "It will mark it with grace.",
    ] {
        check(&will, text, text);
    }
    check(
        &will,
        "Will was late, so Mark left.",
        "The pilot was late, so the clerk left.",
    );
    check(&will, "Mark's row", "The clerk's row");
}

#[test]
fn names_of_any_script_are_replaced_where_they_are_mapped() {
    check(
        &[("Наталья", "the editor")],
        "Тут Наталья была",
        "Тут the editor была",
    );
    check(
        &[("Nguyễn Thị Hà", "the nurse")],
        "Asked Nguyễn Thị Hà.",
        "Asked the nurse.",
    );
    check(
        &[("Ömer", "the guard")],
        "Asked Ömer's team",
        "Asked the guard's team",
    );
}

#[test]
fn a_role_is_kept_as_it_reads_within_a_sentence() {
    assert_eq!(Role::parse(" The nurse ").unwrap().as_str(), "the nurse");
    assert_eq!(Role::parse("A-team lead").unwrap().as_str(), "A-team lead");
    assert_eq!(
        Role::parse("the on-call engineer").unwrap().label(),
        "On-call engineer"
    );
    assert!(Role::parse("  ").is_err());
}
