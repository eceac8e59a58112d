//! The demonstration, loaded into a fresh database.

use std::time::Instant;

use second_story::app::demo::{self, DemoError};
use second_story::app::{Ctx, causes, documents, postmortems, publication};
use second_story::domain::document;
use second_story::domain::ids::Number;
use second_story::domain::language::Words;
use second_story::domain::people::{Actor, Role};
use second_story::domain::postmortem::Status;
use second_story::store::Store;

use crate::harness::{Database, now};

#[test]
fn the_demonstration_loads_published_and_keeps_its_promises() {
    let database = Database::fresh();
    let store = Store::open(&database.address).unwrap();
    let started = Instant::now();
    let people = demo::load(&store, now()).unwrap();
    eprintln!("the demonstration was loaded in {:?}", started.elapsed());
    assert_eq!(people.len(), 3);
    assert_eq!(people[0].role, Role::Administrator);

    let actor = second_story::app::people::actor_on_server(&store, None)
        .unwrap()
        .unwrap();
    let ctx = Ctx::new(Actor { ..actor }, now());
    for number in 1..=25 {
        let id = postmortems::id_of(&store, &ctx, Number(number)).unwrap();
        let (postmortem, checks) = publication::preview(&store, &ctx, id).unwrap();
        assert_eq!(postmortem.facts.status, Status::Published, "PM-{number}");
        assert!(second_story::domain::publication::ready(&checks));
        let facts = &postmortem.facts;
        assert!(
            facts.published_at.unwrap() <= now() && facts.created_at < facts.published_at.unwrap()
        );
        let approvers: Vec<_> = postmortem
            .approvals
            .iter()
            .map(|approval| approval.person)
            .collect();
        assert!(!approvers.is_empty() && !approvers.contains(&facts.shepherd));
        // What is exported is judged as well as what was loaded.
        let markdown = documents::markdown(&store, &ctx, id).unwrap();
        let again = document::parse(&markdown).unwrap();
        assert!(
            second_story::domain::publication::ready(&documents::gate(&again, &Words::new())),
            "PM-{number}"
        );
    }
    let causes = causes::list(&store, &ctx).unwrap();
    assert!(
        causes.len() >= 5
            && causes
                .iter()
                .all(|cause| cause.statements >= 2 && cause.decision.is_some())
    );
    assert!(matches!(
        demo::load(&store, now()),
        Err(DemoError::NotEmpty)
    ));
}
