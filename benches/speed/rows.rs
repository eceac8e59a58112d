//! One generated post-mortem, as rows.

use chrono::{DateTime, NaiveDate, Utc};
use second_story::domain::factors::{Confidence, Evidence, FactorRole, Statement};
use second_story::domain::ids::{EventId, PersonId, PostMortemId, SectionId, StatementId, Version};
use second_story::domain::markdown;
use second_story::domain::postmortem::{
    Facts, Kind, Severity, Status, SystemKind, Tier, Visibility,
};
use second_story::domain::sections::Section;
use second_story::domain::taxonomy;
use second_story::domain::text::{Prose, Title};
use second_story::domain::timeline::{Event, Lane};
use second_story::domain::when::When;
use second_story::store;
use serde_json::Value;

/// Inserts one and indexes it.
pub(crate) fn insert(
    tx: &mut store::Conn,
    shepherd: PersonId,
    json: &Value,
    status: Status,
    now: DateTime<Utc>,
) -> Result<PostMortemId, store::StoreError> {
    let text = |value: &Value| {
        Prose::parse(
            "text",
            &value.as_str().unwrap_or_default().replace('\0', ""),
        )
        .unwrap()
    };
    let day = json["started_at"]
        .as_str()
        .and_then(|at| NaiveDate::parse_from_str(&at[..10], "%Y-%m-%d").ok());
    let facts = facts(tx, shepherd, json, status, day, now)?;
    let id = facts.id;
    store::postmortems::insert(tx, &facts)?;
    for (key, body) in written(json, text) {
        let html = markdown::to_html(body.as_str());
        let section = Section {
            id: SectionId::new(),
            key: key.to_owned(),
            text: body,
            html,
            version: Version::FIRST,
            updated_at: now,
        };
        store::sections::insert(tx, id, &section)?;
    }
    let mut first = None;
    for (position, event) in (0_i32..).zip(json["timeline"].as_array().unwrap()) {
        let at = event["at"].as_str().and_then(|at| {
            DateTime::parse_from_rfc3339(at)
                .or_else(|_| DateTime::parse_from_str(at, "%Y-%m-%dT%H:%M%:z"))
                .ok()
        });
        let Some(when) = at.and_then(|at| When::of_instant(at.with_timezone(&Utc)).ok()) else {
            continue;
        };
        let lane = Lane::ALL[usize::try_from(position).unwrap() % 3];
        let event = Event {
            id: EventId::new(),
            position,
            when,
            lane,
            marker: None,
            text: text(&event["text"]),
            role: None,
            source: None,
            effect: None,
            known_at_the_time: None,
            version: Version::FIRST,
        };
        first = first.or(Some(event.id));
        store::timeline::insert(tx, id, &event)?;
    }
    for (position, factor) in (0_i32..).zip(json["factors"].as_array().unwrap()) {
        store::factors::insert(
            tx,
            id,
            &statement(position, text(&factor["text"]), first),
            now,
        )?;
    }
    let postmortem = store::aggregate::load(tx, shepherd, id)?;
    store::search::index(tx, &postmortem)?;
    Ok(id)
}

/// The generator's sections under our keys, and a surprise where it tells none: the gate asks for one.
fn written(json: &Value, text: impl Fn(&Value) -> Prose) -> Vec<(&'static str, Prose)> {
    let mut sections: Vec<(&str, Prose)> = json["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| {
            (
                key(section["heading"].as_str().unwrap()),
                text(&section["markdown"]),
            )
        })
        .collect();
    if sections.iter().all(|(key, _)| *key != "surprise") {
        let surprise = Value::from("The page showed green while the queue stood still.");
        sections.push(("surprise", text(&surprise)));
    }
    sections
}

fn key(heading: &str) -> &'static str {
    match heading {
        "Summary" => "summary",
        "Impact" => "impact",
        "What happened" => "background",
        "How we noticed" => "detection",
        "How we responded" => "response",
        "What surprised us" => "surprise",
        "What helped" => "went-well",
        "Lessons" => "lessons",
        "Open questions" => "open-questions",
        other => panic!("the generator has a new section: {other}"),
    }
}

fn facts(
    tx: &mut store::Conn,
    shepherd: PersonId,
    json: &Value,
    status: Status,
    day: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Facts, store::StoreError> {
    let title: String = json["title"].as_str().unwrap().chars().take(200).collect();
    Ok(Facts {
        id: PostMortemId::new(),
        number: Some(store::postmortems::next_number(tx)?),
        title: Title::parse(&title).unwrap(),
        kind: if json["kind"] == "crisis" {
            Kind::Crisis
        } else {
            Kind::Incident
        },
        tier: Tier::Note,
        system: SystemKind::Both,
        severity: json["severity"]
            .as_u64()
            .and_then(|severity| Severity::from_code(&format!("sev{severity}"))),
        status,
        visibility: Visibility::Organisation,
        zone: chrono_tz::UTC,
        shepherd,
        facilitator: None,
        template_version: 1,
        trigger: None,
        detection: None,
        impacts: Vec::new(),
        unknown_markers: Vec::new(),
        first_story_sealed_at: None,
        no_commitments_because: Prose::default(),
        over_limit_because: Prose::default(),
        readers_confirmed_at: None,
        happened_on: day,
        filed_on: day.unwrap_or_else(|| now.date_naive()),
        source: None,
        created_at: now,
        updated_at: now,
        published_at: (status == Status::Published).then_some(now),
        version: Version::FIRST,
    })
}

fn statement(position: i32, text: Prose, event: Option<EventId>) -> Statement {
    let factors = &taxonomy::core().factors;
    let factor = &factors[usize::try_from(position).unwrap() * 7 % factors.len()];
    Statement {
        id: StatementId::new(),
        position,
        text,
        factor: Some(factor.id.clone()),
        taxonomy_version: taxonomy::core().version.clone(),
        role: FactorRole::Contributing,
        confidence: Confidence::Shown,
        system: None,
        component: None,
        without_this: Prose::default(),
        scale: None,
        evidence: event.into_iter().map(Evidence::Event).collect(),
        version: Version::FIRST,
    }
}
