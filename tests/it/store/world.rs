//! People and post-mortems for tests below the doors, made by the use cases.

use second_story::app::Ctx;
use second_story::app::actions::{self, ActionInput};
use second_story::app::factors::{self, StatementInput};
use second_story::app::listing::FiltersInput;
use second_story::app::members::{self, MemberInput};
use second_story::app::postmortems::{self, FactsInput};
use second_story::app::search::{self, Answer, SearchInput};
use second_story::app::sections::{self, SaveSection};
use second_story::app::timeline::{self, EventInput};
use second_story::domain::ids::{PersonId, PostMortemId};
use second_story::domain::people::{Actor, EmailAddress, Person, Role, name};
use second_story::domain::search::Piece;
use second_story::store::{self, Store, StoreError};

use crate::harness::{Database, now};

/// A store of one test.
pub(super) struct World {
    pub(super) store: Store,
    /// Writes what the tests read.
    pub(super) writer: Ctx,
    /// Another person.
    pub(super) other: Ctx,
    database: Database,
}

/// A post-mortem being written.
pub(super) struct Draft<'a> {
    world: &'a World,
    by: Ctx,
    pub(super) id: PostMortemId,
}

impl World {
    pub(super) fn new() -> Self {
        let database = Database::fresh();
        let store = Store::open(&database.address).expect("the fresh database opens");
        let writer = person(&store, "Wanda Okafor");
        let other = person(&store, "Sefa Tanaka");
        Self {
            store,
            writer,
            other,
            database,
        }
    }

    /// Where the database lies.
    pub(super) fn address(&self) -> &str {
        &self.database.address
    }

    /// A draft that the organisation may read, filed on a day.
    pub(super) fn draft(&self, title: &str, day: &str) -> Draft<'_> {
        self.draft_with(self.writer, facts(title, day))
    }

    /// A draft that only its writer may read.
    pub(super) fn restricted(&self, title: &str, day: &str) -> Draft<'_> {
        let facts = FactsInput {
            visibility: "restricted".to_owned(),
            ..facts(title, day)
        };
        self.draft_with(self.writer, facts)
    }

    pub(super) fn draft_with(&self, by: Ctx, facts: FactsInput) -> Draft<'_> {
        let facts = postmortems::create(&self.store, &by, &facts).expect("a draft is made");
        Draft {
            world: self,
            by,
            id: facts.id,
        }
    }

    /// What somebody finds for what they type.
    pub(super) fn ask(&self, who: &Ctx, q: &str) -> Answer {
        let input = SearchInput {
            q: q.to_owned(),
            ..SearchInput::default()
        };
        search::search(&self.store, who, &input).expect("words are never refused")
    }

    /// The titles that somebody finds, best first.
    pub(super) fn titles(&self, who: &Ctx, q: &str) -> Vec<String> {
        titles(&self.ask(who, q))
    }

    /// The titles that somebody finds with filters beside the box, in alphabetical order.
    pub(super) fn narrowed(&self, q: &str, filters: FiltersInput) -> Vec<String> {
        let input = SearchInput {
            q: q.to_owned(),
            filters,
            ..SearchInput::default()
        };
        let answer =
            search::search(&self.store, &self.writer, &input).expect("the filters are good");
        let mut titles = titles(&answer);
        titles.sort();
        titles
    }
}

pub(super) fn titles(answer: &Answer) -> Vec<String> {
    let hits = answer.found.hits.iter();
    hits.map(|hit| hit.card.title.as_str().to_owned()).collect()
}

/// A quote with the found words in brackets.
pub(super) fn say(pieces: &[Piece]) -> String {
    let say = |piece: &Piece| match piece.found {
        true => format!("[{}]", piece.text),
        false => piece.text.clone(),
    };
    pieces.iter().map(say).collect()
}

pub(super) fn facts(title: &str, day: &str) -> FactsInput {
    FactsInput {
        title: title.to_owned(),
        kind: "incident".to_owned(),
        tier: "standard".to_owned(),
        system: "computer".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        visibility: "organisation".to_owned(),
        happened_on: Some(day.to_owned()),
        ..FactsInput::default()
    }
}

/// Somebody who may write; their password is of no interest.
pub(super) fn person(store: &Store, called: &str) -> Ctx {
    let email = format!("{}@example.org", called.to_lowercase().replace(' ', "."));
    let person = Person {
        id: PersonId::new(),
        email: EmailAddress::parse(&email).unwrap(),
        name: name(called).unwrap(),
        role: Role::Writer,
        active: true,
    };
    let now = now();
    let kept: Result<(), StoreError> =
        store.write(|tx| store::people::insert(tx, &person, "no password", now));
    kept.expect("a person is kept");
    let actor = Actor {
        person: person.id,
        role: person.role,
        read_only: false,
    };
    Ctx::new(actor, now)
}

impl Draft<'_> {
    pub(super) fn section(self, key: &str, text: &str) -> Self {
        let section = SaveSection {
            key,
            text,
            expected: None,
            note: "",
        };
        sections::save(&self.world.store, &self.by, self.id, &section).expect("a section is kept");
        self
    }

    pub(super) fn event(self, when: &str, lane: &str, text: &str) -> Self {
        let event = EventInput {
            when: when.to_owned(),
            lane: lane.to_owned(),
            text: text.to_owned(),
            ..EventInput::default()
        };
        timeline::add(&self.world.store, &self.by, self.id, &event).expect("an event is kept");
        self
    }

    pub(super) fn factor(self, statement: &str, factor: &str, component: &str) -> Self {
        let statement = StatementInput {
            statement: statement.to_owned(),
            factor: Some(factor.to_owned()),
            role: "contributing".to_owned(),
            component: Some(component.to_owned()),
            ..StatementInput::default()
        };
        factors::add(&self.world.store, &self.by, self.id, &statement)
            .expect("a statement is kept");
        self
    }

    pub(super) fn idea(self, title: &str) -> Self {
        let action = ActionInput {
            title: title.to_owned(),
            kind: "idea".to_owned(),
            ..ActionInput::default()
        };
        actions::add(&self.world.store, &self.by, self.id, &action).expect("an action is kept");
        self
    }

    pub(super) fn member(self, who: &Ctx, access: &str) -> Self {
        let member = MemberInput {
            person: who.actor.person.to_string(),
            role: None,
            access: Some(access.to_owned()),
        };
        members::put(&self.world.store, &self.by, self.id, &member).expect("a member is kept");
        self
    }
}
