//! Every row of the gate, met and unmet, through one post-mortem that keeps every promise and small changes to it.

mod levels;
mod promises;
mod rows;
mod wording;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Check, CheckCode, Surroundings, checks};
use crate::domain::actions::{Action, ActionKind, ActionState};
use crate::domain::factors::{Confidence, Evidence, FactorRole, Statement};
use crate::domain::ids::{
    AccountId, ActionId, EventId, PersonId, PostMortemId, SectionId, StatementId, Version,
};
use crate::domain::language::Words;
use crate::domain::naming::KnownPeople;
use crate::domain::postmortem::{
    Approval, Facts, Kind, PostMortem, Status, SystemKind, Tier, Visibility,
};
use crate::domain::sections::{Account, Section};
use crate::domain::taxonomy;
use crate::domain::text::{Line, Prose, Title};
use crate::domain::timeline::{Event, Lane, Marker};
use crate::domain::when::{Precision, When};

fn prose(text: &str) -> Prose {
    Prose::parse("text", text).unwrap()
}

fn line(text: &str) -> Line {
    Line::parse("text", text).unwrap()
}

fn minute(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_791_950_400, 0).unwrap() + TimeDelta::minutes(minute)
}

fn section(key: &str, text: &str) -> Section {
    Section {
        id: SectionId::new(),
        key: key.to_owned(),
        text: prose(text),
        html: String::new(),
        version: Version::FIRST,
        updated_at: minute(0),
    }
}

fn event(at: i64, lane: Lane, marker: Option<Marker>, text: &str) -> Event {
    Event {
        id: EventId::new(),
        position: 0,
        when: When::from_parts("typed", Some(minute(at)), None, Precision::Minute).unwrap(),
        lane,
        marker,
        text: prose(text),
        role: None,
        source: None,
        effect: None,
        known_at_the_time: None,
        version: Version::FIRST,
    }
}

fn statement(factor: &str, role: FactorRole, text: &str) -> Statement {
    Statement {
        id: StatementId::new(),
        position: 0,
        text: prose(text),
        factor: Some(taxonomy::core().resolve(factor).unwrap().id.clone()),
        taxonomy_version: "1.0.0".to_owned(),
        role,
        confidence: Confidence::Shown,
        system: None,
        component: None,
        without_this: Prose::default(),
        scale: None,
        evidence: vec![Evidence::Link("https://example.org/log".to_owned())],
        version: Version::FIRST,
    }
}

fn account(role: &str, text: &str) -> Account {
    Account {
        id: AccountId::new(),
        role: line(role),
        text: prose(text),
        html: String::new(),
        version: Version::FIRST,
    }
}

fn commitment(title: &str, statement: StatementId) -> Action {
    Action {
        id: ActionId::new(),
        position: 0,
        title: line(title),
        kind: ActionKind::Commitment,
        statement: Some(statement),
        strength: None,
        owner: Some(line("Payments team")),
        due_on: NaiveDate::from_ymd_opt(2026, 11, 30),
        known_by: prose("A run with the table held charges nobody twice."),
        reach: Prose::default(),
        reversibility: None,
        expires_on: None,
        state: ActionState::Open,
        state_reason: Prose::default(),
        tracker: None,
        version: Version::FIRST,
    }
}

fn facts() -> Facts {
    Facts {
        id: PostMortemId::new(),
        number: None,
        title: Title::parse("Customers were charged twice").unwrap(),
        kind: Kind::Incident,
        tier: Tier::Deep,
        system: SystemKind::Computer,
        severity: None,
        status: Status::InReview,
        visibility: Visibility::Organisation,
        zone: chrono_tz::Europe::Vienna,
        shepherd: PersonId::new(),
        facilitator: None,
        template_version: 1,
        trigger: None,
        detection: None,
        impacts: Vec::new(),
        unknown_markers: Vec::new(),
        first_story_sealed_at: Some(minute(0)),
        no_commitments_because: Prose::default(),
        over_limit_because: Prose::default(),
        readers_confirmed_at: Some(minute(0)),
        happened_on: None,
        filed_on: minute(0).date_naive(),
        source: None,
        created_at: minute(0),
        updated_at: minute(0),
        published_at: None,
        version: Version::FIRST,
    }
}

/// A post-mortem that meets every row, in every tier and kind.
fn a_ready_postmortem() -> PostMortem {
    use FactorRole::{Considered, Contributing, Mitigating, WeakenedResponse};
    let statements = vec![
        statement(
            "unhandled-case",
            Contributing,
            "A retried batch carries no mark.",
        ),
        statement(
            "unclear-authority",
            WeakenedResponse,
            "Nobody on night duty may end a process on the second host.",
        ),
        statement(
            "lesson-not-carried",
            Considered,
            "The earlier event had another path.",
        ),
        statement(
            "coordination-gap",
            Considered,
            "The two calendars were compared each Friday.",
        ),
        statement(
            "recovery-path-untested",
            Mitigating,
            "Refunds had been rehearsed in June.",
        ),
    ];
    let addressed = statements.first().unwrap().id;
    PostMortem {
        facts: facts(),
        sections: vec![
            section(
                "summary",
                "On the first night with retries, 956 customers were charged twice.",
            ),
            section(
                "surprise",
                "The word stopped meant that no new run will start.",
            ),
            section("impact", "956 people were charged twice."),
            section("first-story", "Release 318 was faulty."),
        ],
        accounts: vec![
            account(
                "On-call engineer",
                "I saw twice the charges and a green page.",
            ),
            account(
                "Finance lead",
                "I was asked whether a second run was planned.",
            ),
        ],
        events: vec![
            event(0, Lane::Happened, None, "The batch waits for a table."),
            event(
                10,
                Lane::Saw,
                Some(Marker::FirstSign),
                "A warning arrives in the shared mailbox.",
            ),
            event(
                43,
                Lane::Did,
                Some(Marker::Over),
                "The process on the second host ends.",
            ),
        ],
        statements,
        actions: vec![commitment("Give each batch a key", addressed)],
        members: Vec::new(),
        approvals: vec![Approval {
            person: PersonId::new(),
            at: minute(60),
        }],
        links: Vec::new(),
        answers: Vec::new(),
        words: Words::new(),
    }
}

fn evaluated(postmortem: &PostMortem, open_elsewhere: usize) -> Vec<Check> {
    let people = KnownPeople::new(["Ana Lima"]);
    let surroundings = Surroundings {
        taxonomy: taxonomy::core(),
        people: &people,
        open_commitments_elsewhere: open_elsewhere,
        commitment_limit: 8,
    };
    checks(postmortem, &surroundings)
}

fn unmet(postmortem: &PostMortem) -> Vec<CheckCode> {
    evaluated(postmortem, 0)
        .iter()
        .filter(|check| !check.met)
        .map(|check| check.code)
        .collect()
}

/// After the change exactly these rows are unmet.
fn check(what: &str, change: impl FnOnce(&mut PostMortem), expected: &[CheckCode]) {
    let mut postmortem = a_ready_postmortem();
    change(&mut postmortem);
    assert_eq!(unmet(&postmortem), expected, "{what}");
}

fn write(postmortem: &mut PostMortem, key: &str, text: &str) {
    postmortem.sections.retain(|section| section.key != key);
    postmortem.sections.push(section(key, text));
}
