//! Writing, one after the other over one connection.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_types};
use second_story::domain::ids::PersonId;
use second_story::domain::people::{EmailAddress, Person, Role, name};
use second_story::store::{self, StoreError};

use super::world::World;
use crate::harness::now;

#[test]
fn whoever_panics_while_writing_leaves_nothing_behind_and_the_next_one_writes() {
    let world = World::new();
    let person = Person {
        id: PersonId::new(),
        email: EmailAddress::parse("once@example.org").unwrap(),
        name: name("Once").unwrap(),
        role: Role::Writer,
        active: true,
    };
    for _ in 0..3 {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            world.store.write::<(), StoreError>(|tx| {
                store::people::insert(tx, &person, "no password", now())?;
                panic!("on purpose");
            })
        }));
        assert!(panicked.is_err());
    }
    let written: Result<(), StoreError> = world
        .store
        .write(|tx| store::people::insert(tx, &person, "no password", now()));
    written.expect("the address is still free, and the writer's place too");
}

#[test]
fn whoever_is_refused_while_writing_leaves_nothing_behind_and_the_next_one_writes() {
    let world = World::new();
    for turn in 0..3 {
        let refused: Result<(), StoreError> = world
            .store
            .write(|_| Err(StoreError::Corrupt("on purpose")));
        assert!(refused.is_err());
        world.draft(&format!("Draft {turn}"), "2026-10-14");
    }
    assert_eq!(world.titles(&world.writer, "draft").len(), 3);
}

#[test]
fn a_text_that_is_saved_often_is_found_by_its_last_words_and_leaves_few_parts_in_the_index() {
    const SAVES: usize = 250;
    let world = World::new();
    let mut draft = world.draft("The run page said stopped", "2026-10-14");
    for turn in 1..=SAVES {
        draft = draft.section("summary", &format!("What was saved is turn{turn} of all."));
    }
    let one = ["The run page said stopped"];
    assert_eq!(world.titles(&world.writer, &format!("turn{SAVES}")), one);
    assert_eq!(world.ask(&world.writer, "turn7 saved").holding_all, None);
    if let Some(path) = world.address().strip_prefix("sqlite:") {
        // Without merging there would be ten of the last saves and one for each sixteen before.
        let parts = parts(path);
        assert!(parts <= 12, "{parts} parts");
    }
}

#[derive(QueryableByName)]
struct Parts {
    #[diesel(sql_type = sql_types::BigInt)]
    parts: i64,
}

/// Of how many parts SQLite's index of words consists.
fn parts(path: &str) -> i64 {
    let mut conn = SqliteConnection::establish(path).unwrap();
    let sql = "SELECT count(DISTINCT segid) AS parts FROM search_index_idx";
    let parts: Parts = diesel::sql_query(sql).get_result(&mut conn).unwrap();
    parts.parts
}
