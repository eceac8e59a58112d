//! Which words of a text are people's names.

use super::super::{Spellings, Words, names_in, work};

fn check_known(known: &[&str], text: &str, expected: &[&str]) {
    let names = names_in(text, &Words::new(), &Spellings::new(known.iter().copied()));
    let names: Vec<&str> = names.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, expected, "{text}");
}

fn check(text: &str, expected: &[&str]) {
    check_known(&[], text, expected);
}

#[test]
fn names_of_many_cultures_are_found() {
    for name in [
        "Tomasz",
        "Siobhán",
        "Aisha",
        "Yuki",
        "Chidi",
        "Ngozi",
        "Björn",
        "José",
        "Priya",
        "Mehmet",
        "Olena",
        "Thandiwe",
        "Mara O'Neill",
        "Ana de Souza",
        "Ludwig van Beethoven",
        "Thi Nguyen",
        "Jean-Luc Picard",
        "Xolani Dlamini",
        "Kofi Mensah",
        "Mary J. Blige",
        "Giulia D'Angelo",
        "Anna-Lena Schmidt",
        "Omar al Rashid",
    ] {
        check(&format!("Later we asked {name} about it."), &[name]);
        check(&format!("{name} noticed it at 9."), &[name]);
        check(&format!("It was {name}'s turn."), &[name]);
    }
}

#[test]
fn titles_and_handles_name_people() {
    check("Mr Brown and Dr. Okonkwo left.", &["Brown", "Okonkwo"]);
    check(
        "cc @mara, @bo-li and @jan.kowalski.",
        &["@mara", "@bo-li", "@jan.kowalski"],
    );
    for text in [
        "cc @here and @channel",
        "`@mara`",
        "Pinned @types/node",
        "x@example.org",
        "The 10@5 rate",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_place_or_a_product_is_a_person_by_evidence_only() {
    for text in [
        "Jenkins failed at 9.",
        "Then Jordan failed over.",
        "In Georgia the lights went out.",
        "Cassandra was slow.",
        "We met in April and in May.",
        "The Victoria line stopped.",
        "May this help.",
        "Ada cluster restarted.",
        "The Alexa skill broke.",
        "Marvin, our chat bot, posted it.",
        "Marvin posted it. Marvin is our chat bot.",
    ] {
        check(text, &[]);
    }
    check("Then Jordan said no. ", &["Jordan"]);
    check(
        "Jordan Miller was on call. At 9 Jordan restarted it.",
        &["Jordan Miller", "Jordan"],
    );
    check("We asked our engineer Jenkins about it.", &["Jenkins"]);
    check_known(&["Jordan"], "Then Jordan restarted it.", &["Jordan"]);
    check_known(&["Jordan Abara"], "Then Jordan restarted it.", &["Jordan"]);
}

#[test]
fn words_are_no_names() {
    for text in [
        "Will this work? Mark the row. Grace period ended.",
        "The API team and HR met on Monday.",
        "Kafka, Redis and Platform",
        "Update: Resolved. Root Cause Analysis.",
        "On Tuesday the Database Team called Payments.",
        "# What Went Well",
        "Thanks to everybody. Owner: Payments.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn somebody_elses_words_are_told_apart() {
    let quoted = |text: &str| {
        let names = names_in(text, &Words::new(), &Spellings::default());
        names.iter().map(|named| named.quoted).collect::<Vec<_>>()
    };
    assert_eq!(
        quoted("Tomasz wrote \"ask Tomasz first\", so Tomasz did."),
        [false, true, false]
    );
    assert_eq!(quoted("> Tomasz wrote\n\nThen Tomasz left."), [true, false]);
    assert_eq!(quoted("“Tomasz knows”"), [true]);
}

#[test]
fn an_organisations_own_words_count_more_than_the_lists() {
    let own = Words::new().system("marta").name("Zazu");
    let names = |text: &str| names_in(text, &own, &Spellings::default()).len();
    assert_eq!(names("Then Marta restarted it."), 0);
    assert_eq!(names("Then Zazu restarted it."), 1);
}

#[test]
fn twice_the_text_takes_twice_the_work() {
    for piece in [
        "Tomasz/",
        "Mara O'Neill ",
        "@a.",
        "'Tomasz ",
        "> ",
        "Mr ",
        "de la ",
    ] {
        let done = |times: usize| {
            let text = piece.repeat(times);
            work::of(|| drop(names_in(&text, &Words::new(), &Spellings::default())))
        };
        let (short, long) = (done(4_000), done(8_000));
        assert!(
            long <= short * 2 + short / 5 + 20_000,
            "{piece}: {short}, {long}"
        );
    }
}
