//! Full text: the same answers on both databases, and only to those who may read.

use second_story::app::listing::FiltersInput;
use second_story::app::postmortems::FactsInput;
use second_story::app::search::{Relaxed, SearchError, SearchInput, search};

use super::world::{World, facts, person, say, titles};

/// A small library: four post-mortems that the organisation may read.
fn library() -> World {
    let world = World::new();
    world
        .draft("Customers were charged twice", "2026-10-14")
        .section("summary", "The billing job waited for a backup. On the first night with retries, **956 customers** were charged twice.")
        .event("2026-10-14 05:30", "did", "Follows step 4 of the runbook and stops the scheduler; the run page turns to \"stopped\".")
        .event("2026-10-14 05:40", "saw", "The dashboard is green.")
        .factor("The run page says stopped about the schedule while a job is still running.", "misleading-signal", "Run page")
        .idea("Show the running job on the run page");
    world
        .draft("Nobody could halt the payment run", "2025-11-08")
        .section(
            "summary",
            "The clerk on duty read that the run was stopped and went home.",
        )
        .event(
            "2025-11-08 18:10",
            "saw",
            "The clerk reads that the run is stopped.",
        )
        .factor(
            "Nobody knew who may halt the payment run.",
            "unclear-authority",
            "Payment run",
        );
    world.draft_with(world.writer, FactsInput {
        kind: "crisis".to_owned(),
        system: "people".to_owned(),
        severity: Some("sev2".to_owned()),
        ..facts("A hiring pause that half the house did not hear of", "2025-05-02")
    })
        .section("surprise", "The intranet page said \"paused\", and the interviews of that week went on in the Café.");
    world
        .draft("Kubernetes nodes were deleted by mistake", "2024-01-20")
        .section(
            "summary",
            "The culler removed node-pool PM2021-007, see https://x.example/a.b and C++ code.",
        );
    world
}

#[test]
fn words_are_found_in_every_form_and_the_best_row_is_quoted() {
    let world = library();
    let answer = world.ask(&world.writer, "page stopping");
    assert_eq!(titles(&answer)[0], "Customers were charged twice");
    assert_eq!((answer.relaxed, answer.holding_all), (None, Some(1)));
    assert_eq!((answer.found.total.count, answer.found.whole), (3, 1));
    let quotes = &answer.found.hits[0].quotes;
    let said: Vec<String> = quotes
        .best
        .iter()
        .map(|quote| format!("{}: {}", quote.place, say(&quote.pieces)))
        .collect();
    assert_eq!(
        said,
        [
            "Finding: The signal pointed elsewhere: The run [page] says [stopped] about the schedule while a job is still running.",
            "Timeline, 05:30, people did: Follows step 4 of the runbook and [stops] the scheduler; the run [page] turns to \"[stopped]\"."
        ]
    );
    assert_eq!(quotes.more, 2);
}

#[test]
fn titles_come_before_findings_and_findings_before_other_words() {
    let world = World::new();
    world.draft("One", "2026-01-01").section(
        "summary",
        "Long before anything else the payroll was mentioned here in passing.",
    );
    world.draft("Two", "2026-01-02").factor(
        "The payroll had no owner.",
        "unclear-authority",
        "Payroll",
    );
    world.draft("Three: payroll", "2026-01-03");
    assert_eq!(
        world.titles(&world.writer, "payroll"),
        ["Three: payroll", "Two", "One"]
    );
}

#[test]
fn phrases_exclusions_beginnings_and_odd_words_mean_the_same_on_both_databases() {
    let world = library();
    let twice = "Customers were charged twice";
    let halt = "Nobody could halt the payment run";
    let pause = "A hiring pause that half the house did not hear of";
    let nodes = "Kubernetes nodes were deleted by mistake";
    for (q, mut expected) in [
        ("\"page said\"", vec![pause]),
        ("\"run page\"", vec![twice]),
        ("run -clerk", vec![twice]),
        ("stopped -\"run page\"", vec![halt]),
        ("kub*", vec![nodes]),
        ("KUBERNETES", vec![nodes]),
        ("cafe", vec![pause]),
        ("CAFÉ", vec![pause]),
        ("PM2021-007", vec![nodes]),
        ("node-pool", vec![nodes]),
        ("x.example", vec![nodes]),
        ("C++", vec![nodes]),
        ("charge customer", vec![twice]),
        ("the run was", vec![twice, halt]),
        ("\"was stopped and went\"", vec![halt]),
        ("\"stopped was\"", vec![]),
        ("misleading signal", vec![]),
        ("signal pointed elsewhere", vec![twice]),
        ("kind:crisis", vec![pause]),
        ("kind:incident -clerk", vec![twice, nodes]),
        ("-clerk -kubernetes", vec![twice, pause]),
        ("severity:sev2 page", vec![pause]),
        ("system:people", vec![pause]),
        ("factor:misleading-signal", vec![twice]),
        ("component:run", vec![twice, halt]),
        ("component:\"payment run\"", vec![halt]),
        ("component:\"payment_run\"", vec![]),
        ("component:%", vec![]),
        ("lane:did stopped", vec![twice]),
        ("lane:saw stopped", vec![halt]),
        ("lane:saw", vec![twice, halt]),
        ("has:action", vec![twice]),
        ("has:commitment", vec![]),
        ("has:factor", vec![twice, halt]),
        ("is:draft before:2025", vec![nodes]),
        ("is:published", vec![]),
        ("after:2025-05-02 before:2025-11-08", vec![pause]),
        ("tier:standard", vec![twice, halt, pause, nodes]),
        ("", vec![twice, halt, pause, nodes]),
    ] {
        let answer = world.ask(&world.writer, q);
        let mut found = if answer.relaxed.is_some() {
            Vec::new()
        } else {
            titles(&answer)
        };
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{q}");
        assert_eq!(answer.query.notes, Vec::<String>::new(), "{q}");
    }
}

#[test]
fn nothing_that_is_typed_breaks_the_search() {
    let world = library();
    let long: String = (0..2_000).map(|n| format!("stopped{n} ")).collect();
    let quotes = "\"".repeat(10_000);
    let unbroken = "é".repeat(10_000);
    for q in [
        "\"",
        "\"\"",
        "\"a",
        "AND",
        "OR NOT",
        "NEAR(",
        "NEAR(a b)",
        "*",
        "a*b",
        "^a",
        "a:b",
        "{title}: x",
        "(a",
        "-",
        "--",
        "-\"",
        "日本",
        "C++",
        "a\u{0}b",
        "\u{1}\u{2}",
        "'; DROP TABLE people; --",
        "%",
        "_",
        "\\",
        "a & b | !c <-> d:*",
        "''",
        "':*",
        "e\u{301}",
        "ﬁ",
        "İ",
        "ß",
        "\u{200d}",
        "💥",
        "x'y",
        &long,
        &quotes,
        &unbroken,
    ] {
        let answer = world.ask(&world.writer, q);
        assert!(answer.found.total.count <= 4, "{q}");
    }
}

#[test]
fn what_nothing_holds_is_looked_for_otherwise_and_the_answer_says_how() {
    let world = library();
    let ask = |q: &str| {
        let answer = world.ask(&world.writer, q);
        (
            titles(&answer).first().cloned(),
            answer.relaxed,
            answer.did_you_mean,
        )
    };
    let some = |title: &str| Some(title.to_owned());
    assert_eq!(
        ask("kub"),
        (
            some("Kubernetes nodes were deleted by mistake"),
            Some(Relaxed::Beginning),
            None
        )
    );
    assert_eq!(
        ask("kubrenetes"),
        (
            some("Kubernetes nodes were deleted by mistake"),
            Some(Relaxed::Spelling),
            some("kubernetes")
        )
    );
    assert_eq!(
        ask("kind:incident Stoped clerk"),
        (
            some("Nobody could halt the payment run"),
            Some(Relaxed::Spelling),
            some("kind:incident stopped clerk")
        )
    );
    assert_eq!(
        ask("has this happened before: nodes deleted by an intern"),
        (
            some("Kubernetes nodes were deleted by mistake"),
            Some(Relaxed::AnyWord),
            None
        )
    );
    assert_eq!(ask("zzzz"), (None, None, None));
}

#[test]
fn a_number_and_a_source_find_what_they_name() {
    let world = library();
    let card = world.ask(&world.writer, "halt payment").found.hits[0]
        .card
        .clone();
    let number = card.number.unwrap().to_string();
    assert_eq!(
        world.titles(&world.writer, &number).first(),
        Some(&card.title.as_str().to_owned())
    );
}

#[test]
fn a_change_is_found_at_once_and_what_it_replaced_is_not() {
    let world = World::new();
    let draft = world
        .draft("A title", "2026-01-01")
        .section("summary", "Alpha happened.")
        .section("summary", "Beta happened.");
    assert_eq!(world.titles(&world.writer, "beta"), ["A title"]);
    assert!(world.titles(&world.writer, "alpha").is_empty());
    let _ = draft.section("summary", "");
    assert!(world.titles(&world.writer, "beta").is_empty());
}

#[test]
fn what_one_may_not_read_shows_in_no_hit_total_facet_or_suggestion() {
    let world = World::new();
    world
        .draft("An open one", "2026-01-01")
        .section("summary", "The reorganisation was told to all.");
    let hidden = world
        .restricted(
            "A dispute about reorganisation and Zweibrücken",
            "2026-01-02",
        )
        .factor(
            "The reorganisation met with silence.",
            "unclear-authority",
            "Zweibrücken office",
        );
    for q in [
        "reorganisation",
        "zweibrücken",
        "zweibruken",
        "kind:incident",
        "",
        "component:zweibrücken",
        "factor:unclear-authority",
        "-xyzzy",
    ] {
        let answer = world.ask(&world.other, q);
        let found = titles(&answer);
        assert!(
            found.iter().all(|title| title == "An open one"),
            "{q}: {found:?}"
        );
        assert!(answer.found.total.count <= 1, "{q}");
        assert!(
            answer
                .found
                .facets
                .kinds
                .iter()
                .all(|(_, count)| *count <= 1),
            "{q}"
        );
        assert_eq!(answer.did_you_mean, None, "{q}");
    }
    assert_eq!(
        world.ask(&world.writer, "reorganisation").found.total.count,
        2
    );
    assert_eq!(
        world
            .ask(&world.writer, "zweibruken")
            .did_you_mean
            .as_deref(),
        Some("zweibrucken")
    );
    let _ = hidden.member(&world.other, "read");
    assert_eq!(
        world.ask(&world.other, "reorganisation").found.total.count,
        2
    );
    let third = person(&world.store, "Tove Amundsen");
    assert_eq!(world.ask(&third, "reorganisation").found.total.count, 1);
}

#[test]
fn what_becomes_restricted_is_gone_at_once() {
    let world = World::new();
    let draft = world.draft("Open at first", "2026-01-01");
    assert_eq!(world.titles(&world.other, "first").len(), 1);
    let change = FactsInput {
        visibility: "restricted".to_owned(),
        ..facts("Open at first", "2026-01-01")
    };
    second_story::app::postmortems::change(
        &world.store,
        &world.writer,
        draft.id,
        &change,
        None,
        "",
    )
    .unwrap();
    assert!(world.titles(&world.other, "first").is_empty());
    assert_eq!(world.titles(&world.writer, "first").len(), 1);
}

#[test]
fn pages_follow_each_other_without_gaps_or_repetitions() {
    let world = World::new();
    for n in 0..7 {
        world.draft(&format!("Story {n}"), "2026-01-01");
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    for _ in 0..4 {
        let input = SearchInput {
            q: "story".to_owned(),
            limit: Some(3),
            cursor: cursor.clone(),
            ..SearchInput::default()
        };
        let answer = search(&world.store, &world.writer, &input).unwrap();
        assert_eq!(answer.found.total.count, 7);
        seen.extend(titles(&answer));
        cursor = answer.next;
        if cursor.is_none() {
            break;
        }
    }
    seen.sort();
    assert_eq!(
        seen,
        (0..7).map(|n| format!("Story {n}")).collect::<Vec<_>>()
    );
}

#[test]
fn filters_beside_the_box_narrow_and_bad_ones_are_told() {
    let world = library();
    let kind = |kind: &str| FiltersInput {
        kind: Some(kind.to_owned()),
        ..FiltersInput::default()
    };
    assert_eq!(world.narrowed("page", kind("crisis")).len(), 1);
    assert_eq!(
        world.narrowed("kind:incident page", kind("crisis")).len(),
        1,
        "what stands beside the box wins"
    );
    assert_eq!(
        world.narrowed(
            "page",
            FiltersInput {
                factor: Some("misleading-signal".to_owned()),
                ..FiltersInput::default()
            }
        ),
        ["Customers were charged twice"]
    );
    let bad = FiltersInput {
        kind: Some("riot".to_owned()),
        factor: Some("human-error".to_owned()),
        after: Some("yesterday".to_owned()),
        ..FiltersInput::default()
    };
    let input = SearchInput {
        filters: bad,
        cursor: Some("x".to_owned()),
        ..SearchInput::default()
    };
    let Err(SearchError::Invalid(problems)) = search(&world.store, &world.writer, &input) else {
        panic!("bad filters must be told");
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["kind", "factor", "after", "cursor"]);
}
