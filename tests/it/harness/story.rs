//! A post-mortem in which every part has something, written by the use cases.

use second_story::app::accounts::{self, AccountInput};
use second_story::app::actions::{self, ActionInput};
use second_story::app::factors::{self, StatementInput};
use second_story::app::members::{self, MemberInput};
use second_story::app::postmortems::{self, FactsInput};
use second_story::app::sections::{self, SaveSection};
use second_story::app::timeline::{self, EventInput};
use second_story::app::{Ctx, publication};
use second_story::domain::ids::{AccountId, ActionId, EventId, PostMortemId, StatementId};
use second_story::store::Store;

use super::{App, Client};

/// What a story is told of, and by whom.
pub(crate) struct Telling<'a> {
    /// Its shepherd.
    pub(crate) by: &'a Client,
    /// A word that stands in every text, so that a test finds it wherever it shows.
    pub(crate) word: &'a str,
    /// Whether only named people may read it.
    pub(crate) restricted: bool,
}

/// A post-mortem with all of its parts.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) id: PostMortemId,
    pub(crate) events: Vec<EventId>,
    pub(crate) statements: Vec<StatementId>,
    pub(crate) action: ActionId,
    pub(crate) account: AccountId,
}

impl App {
    /// A standard post-mortem that lacks nothing but its second reader.
    pub(crate) fn story(&self, telling: &Telling<'_>) -> Story {
        let (store, ctx) = (&self.store, telling.by.ctx());
        let facts = FactsInput {
            title: format!(
                "The {} queue filled while the panel was green",
                telling.word
            ),
            kind: "incident".to_owned(),
            tier: "standard".to_owned(),
            system: "both".to_owned(),
            zone: "Europe/Vienna".to_owned(),
            visibility: if telling.restricted {
                "restricted"
            } else {
                "organisation"
            }
            .to_owned(),
            impacts: vec![],
            happened_on: Some("2026-03-14".to_owned()),
            ..FactsInput::default()
        };
        let id = postmortems::create(store, &ctx, &facts).unwrap().id;
        write_sections(store, &ctx, id, telling.word);
        let events = tell(store, &ctx, id, telling.word);
        let statements = find_factors(store, &ctx, id, telling.word, events[1]);
        let account = AccountInput {
            role: "on-call engineer".to_owned(),
            text: format!("The {} panel was green all the time.", telling.word),
            ..AccountInput::default()
        };
        let action = ActionInput {
            title: format!("Show the age of the oldest {} message", telling.word),
            kind: "commitment".to_owned(),
            factor_statement: Some(statements[0].to_string()),
            strength: Some("signal".to_owned()),
            owner: Some("Queues team".to_owned()),
            due_on: Some("2026-05-01".to_owned()),
            known_by: Some("The alarm rings in a rehearsal".to_owned()),
            ..ActionInput::default()
        };
        Story {
            account: accounts::add(store, &ctx, id, &account).unwrap().id,
            action: actions::add(store, &ctx, id, &action).unwrap().id,
            id,
            events,
            statements,
        }
    }

    /// A standard post-mortem by the writer that passes the gate.
    pub(crate) fn approved_story(&self) -> Story {
        let story = self.story(&Telling {
            by: &self.writer(),
            word: "letter",
            restricted: false,
        });
        let reader = self.second_writer().ctx();
        publication::approve(&self.store, &reader, story.id).unwrap();
        story
    }

    /// Lets a person read, or write, a post-mortem of somebody.
    pub(crate) fn invite(&self, by: &Client, story: &Story, guest: &Client, access: &str) {
        let input = MemberInput {
            person: guest.ctx().actor.person.to_string(),
            role: None,
            access: Some(access.to_owned()),
        };
        members::put(&self.store, &by.ctx(), story.id, &input).unwrap();
    }
}

fn write_sections(store: &Store, ctx: &Ctx, id: PostMortemId, word: &str) {
    for (key, text) in [
        (
            "summary",
            format!("{word} messages waited for an hour, then all of them went out."),
        ),
        (
            "surprise",
            format!("The {word} alarm had been quiet because its source was quiet."),
        ),
        (
            "impact",
            format!("Two hundred people got their {word} twice."),
        ),
        (
            "first-story",
            format!("On day one it was said that the {word} restart was slow."),
        ),
    ] {
        let input = SaveSection {
            key,
            text: &text,
            expected: None,
            note: "",
        };
        sections::save(store, ctx, id, &input).unwrap();
    }
}

fn tell(store: &Store, ctx: &Ctx, id: PostMortemId, word: &str) -> Vec<EventId> {
    [
        (
            "2026-03-14 09:00",
            "happened",
            Some("first-sign"),
            "messages began to wait",
        ),
        ("2026-03-14 09:20", "saw", None, "panel showed green"),
        (
            "2026-03-14 10:00",
            "did",
            Some("over"),
            "worker was started again",
        ),
    ]
    .into_iter()
    .map(|(when, lane, marker, text)| {
        let input = EventInput {
            when: when.to_owned(),
            lane: lane.to_owned(),
            marker: marker.map(str::to_owned),
            text: format!("The {word} {text}"),
            ..EventInput::default()
        };
        timeline::add(store, ctx, id, &input).unwrap().event.id
    })
    .collect()
}

fn find_factors(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    word: &str,
    seen: EventId,
) -> Vec<StatementId> {
    [
        (
            "capacity-headroom",
            "contributing",
            "worker had no room for a second sender",
        ),
        (
            "single-point",
            "contributing",
            "queue had one worker and no stand-in",
        ),
        (
            "tight-coupling",
            "mitigating",
            "retry held the messages until they could go",
        ),
    ]
    .into_iter()
    .map(|(factor, role, text)| {
        let input = StatementInput {
            statement: format!("The {word} {text}."),
            factor: Some(factor.to_owned()),
            role: role.to_owned(),
            component: Some(format!("{word} queue")),
            evidence: vec![seen.to_string()],
            ..StatementInput::default()
        };
        factors::add(store, ctx, id, &input).unwrap().id
    })
    .collect()
}
