//! Lists, newest first, and the home page.

use second_story::app::listing::{self, FiltersInput, List, ListError, ListInput};
use second_story::app::postmortems::FactsInput;
use second_story::app::publication;
use second_story::domain::listing::Card;

use super::world::{World, facts};

fn titles(cards: &[Card]) -> Vec<&str> {
    cards.iter().map(|card| card.title.as_str()).collect()
}

fn page(world: &World, input: &ListInput) -> List {
    listing::list(&world.store, &world.writer, input).expect("the filters are good")
}

#[test]
fn a_card_tells_the_first_sentence_and_the_factors() {
    let world = World::new();
    world
        .draft("Charged twice", "2026-10-14")
        .section(
            "summary",
            "On the *first* night 956 customers were charged twice. Then it went on.",
        )
        .factor("The page says stopped.", "misleading-signal", "Run page")
        .factor(
            "The page says stopped again.",
            "misleading-signal",
            "Run page",
        );
    let list = page(&world, &ListInput::default());
    let card = &list.cards[0];
    assert_eq!(
        card.lede,
        "On the first night 956 customers were charged twice."
    );
    let factors: Vec<&str> = card.factors.iter().map(|id| id.as_str()).collect();
    assert_eq!(factors, ["misleading-signal"]);
    assert_eq!(card.filed_on.to_string(), "2026-10-14");
    assert_eq!((list.total.count, list.next), (1, None));
}

#[test]
fn pages_are_newest_first_and_a_day_with_many_is_not_cut() {
    let world = World::new();
    for (title, day) in [
        ("a", "2026-01-02"),
        ("b", "2026-01-01"),
        ("c", "2026-01-01"),
        ("d", "2026-01-01"),
        ("e", "2025-12-31"),
    ] {
        world.draft(title, day);
    }
    world.restricted("secret", "2026-01-01");
    let mut input = ListInput {
        limit: Some(2),
        ..ListInput::default()
    };
    let mut seen: Vec<String> = Vec::new();
    loop {
        let list = listing::list(&world.store, &world.other, &input).unwrap();
        assert_eq!(list.total.count, 5);
        seen.extend(titles(&list.cards).into_iter().map(str::to_owned));
        match list.next {
            Some(next) => input.cursor = Some(next.to_string()),
            None => break,
        }
    }
    assert_eq!(seen, ["a", "d", "c", "b", "e"]);
}

#[test]
fn a_list_is_narrowed_as_a_search_is() {
    let world = World::new();
    world
        .draft("Incident", "2026-03-01")
        .factor("Found.", "misleading-signal", "Run page");
    world.draft_with(
        world.writer,
        FactsInput {
            kind: "near-miss".to_owned(),
            severity: Some("sev3".to_owned()),
            ..facts("Near miss", "2026-04-01")
        },
    );
    let narrowed = |filters: FiltersInput| {
        let list = page(
            &world,
            &ListInput {
                filters,
                ..ListInput::default()
            },
        );
        assert_eq!(list.total.count, list.cards.len());
        titles(&list.cards).join(", ")
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        narrowed(FiltersInput {
            kind: some("near-miss"),
            ..FiltersInput::default()
        }),
        "Near miss"
    );
    assert_eq!(
        narrowed(FiltersInput {
            severity: some("sev3"),
            ..FiltersInput::default()
        }),
        "Near miss"
    );
    assert_eq!(
        narrowed(FiltersInput {
            component: some("run page"),
            ..FiltersInput::default()
        }),
        "Incident"
    );
    assert_eq!(
        narrowed(FiltersInput {
            factor: some("misleading-signal"),
            ..FiltersInput::default()
        }),
        "Incident"
    );
    assert_eq!(
        narrowed(FiltersInput {
            before: some("2026-04"),
            ..FiltersInput::default()
        }),
        "Incident"
    );
    assert_eq!(
        narrowed(FiltersInput {
            after: some("2026-04"),
            ..FiltersInput::default()
        }),
        "Near miss"
    );
    assert_eq!(
        narrowed(FiltersInput {
            status: some("draft"),
            ..FiltersInput::default()
        }),
        "Near miss, Incident"
    );
    assert_eq!(
        narrowed(FiltersInput {
            status: some(""),
            ..FiltersInput::default()
        }),
        "Near miss, Incident"
    );
    let bad = ListInput {
        cursor: some("2026"),
        filters: FiltersInput {
            status: some("lost"),
            ..FiltersInput::default()
        },
        ..ListInput::default()
    };
    assert!(
        matches!(listing::list(&world.store, &world.writer, &bad), Err(ListError::Invalid(problems)) if problems.len() == 2)
    );
}

#[test]
fn home_shows_what_waits_what_is_new_and_what_was_a_year_ago() {
    let world = World::new();
    assert!(listing::home(&world.store, &world.writer).unwrap().empty);
    let year_ago = world.writer.now.date_naive() - chrono::Days::new(364);
    let _ = world.draft("A year ago", &year_ago.to_string());
    let note = FactsInput {
        tier: "note".to_owned(),
        ..facts("Published", "2026-01-01")
    };
    let note = world
        .draft_with(world.writer, note)
        .section(
            "summary",
            "The queue stopped for an hour, and then all of it went out at once.",
        )
        .section(
            "surprise",
            "The alarm had been quiet because its source was quiet.",
        );
    publication::publish(&world.store, &world.writer, note.id).expect("a note needs no more");
    let reviewed = world.draft("In review", "2026-02-01");
    publication::open_review(&world.store, &world.writer, reviewed.id).unwrap();
    let _ = world
        .restricted("Shared draft", "2026-02-02")
        .event("2026-02-02 10:00", "saw", "Something.")
        .member(&world.other, "write");
    let _ = world
        .restricted("Only read", "2026-02-03")
        .member(&world.other, "read");

    let mine = listing::home(&world.store, &world.writer).unwrap();
    let waiting: Vec<&str> = mine
        .unfinished
        .iter()
        .map(|one| one.card.title.as_str())
        .collect();
    assert_eq!(waiting.len(), 4, "{waiting:?}");
    assert!(mine.to_read.is_empty() && !mine.empty);
    assert_eq!(titles(&mine.new_lessons), ["Published"]);

    let theirs = listing::home(&world.store, &world.other).unwrap();
    let waiting: Vec<(&str, usize)> = theirs
        .unfinished
        .iter()
        .map(|one| (one.card.title.as_str(), one.events))
        .collect();
    assert_eq!(waiting, [("Shared draft", 1)]);
    assert!(theirs.unfinished[0].empty_parts > 5);
    assert_eq!(titles(&theirs.to_read), ["In review"]);
    assert!(theirs.year_ago.is_empty(), "a draft is no lesson");
}
