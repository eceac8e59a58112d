//! Post-mortems: start one, read one, change its facts.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use crate::app::postmortems::{self, FactsInput};
use crate::app::{EditError, FieldProblem, listing};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{
    Detection, Facts, Impact, Kind, PostMortem, Severity, Status, SystemKind, Tier, Trigger,
    Visibility,
};
use crate::domain::sections::Section;
use crate::domain::templates::core;
use crate::domain::timeline::Marker;
use crate::domain::when;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::{Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::{accounts, actions, factors, links, timeline};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The fields of the facts as a form sends them.
#[derive(Debug, Clone, Deserialize, Default)]
pub(in crate::web) struct FactsForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    tier: String,
    #[serde(default)]
    system: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    visibility: String,
    #[serde(default)]
    facilitator: String,
    #[serde(default)]
    trigger: String,
    #[serde(default)]
    detection: String,
    #[serde(default)]
    impacts: Vec<String>,
    #[serde(default)]
    unknown_markers: Vec<String>,
    #[serde(default)]
    no_commitments_because: String,
    #[serde(default)]
    over_limit_because: String,
    #[serde(default)]
    happened_on: String,
    #[serde(default)]
    version: i32,
    #[serde(default)]
    note: String,
}

impl FactsForm {
    /// What a new post-mortem is until somebody says otherwise.
    fn blank(tier: Tier) -> Self {
        Self {
            kind: Kind::Incident.as_code().to_owned(),
            tier: tier.as_code().to_owned(),
            system: SystemKind::Both.as_code().to_owned(),
            zone: "Etc/UTC".to_owned(),
            visibility: Visibility::Organisation.as_code().to_owned(),
            ..Self::default()
        }
    }

    fn of(facts: &Facts) -> Self {
        Self {
            title: facts.title.as_str().to_owned(),
            kind: facts.kind.as_code().to_owned(),
            tier: facts.tier.as_code().to_owned(),
            system: facts.system.as_code().to_owned(),
            severity: facts.severity.map_or("", Severity::as_code).to_owned(),
            zone: facts.zone.name().to_owned(),
            visibility: facts.visibility.as_code().to_owned(),
            facilitator: facts
                .facilitator
                .as_ref()
                .map_or("", |line| line.as_str())
                .to_owned(),
            trigger: facts.trigger.map_or("", Trigger::as_code).to_owned(),
            detection: facts.detection.map_or("", Detection::as_code).to_owned(),
            impacts: facts
                .impacts
                .iter()
                .map(|impact| impact.as_code().to_owned())
                .collect(),
            unknown_markers: facts
                .unknown_markers
                .iter()
                .map(|marker| marker.as_code().to_owned())
                .collect(),
            no_commitments_because: facts.no_commitments_because.as_str().to_owned(),
            over_limit_because: facts.over_limit_because.as_str().to_owned(),
            happened_on: facts
                .happened_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            version: facts.version.0,
            note: String::new(),
        }
    }

    fn input(&self) -> FactsInput {
        FactsInput {
            title: self.title.clone(),
            kind: self.kind.clone(),
            tier: self.tier.clone(),
            system: self.system.clone(),
            severity: Some(self.severity.clone()),
            zone: self.zone.clone(),
            visibility: self.visibility.clone(),
            facilitator: Some(self.facilitator.clone()),
            trigger: Some(self.trigger.clone()),
            detection: Some(self.detection.clone()),
            impacts: self.impacts.clone(),
            unknown_markers: self.unknown_markers.clone(),
            no_commitments_because: Some(self.no_commitments_because.clone()),
            over_limit_because: Some(self.over_limit_because.clone()),
            happened_on: Some(self.happened_on.clone()),
        }
    }
}

/// The kinds with a line that helps to choose.
fn kinds() -> [(Kind, &'static str); 4] {
    [
        (
            Kind::Incident,
            "Something broke, slowed down or went wrong, for minutes to days.",
        ),
        (
            Kind::Crisis,
            "A launch, a reorganisation, a departure, a public matter: weeks rather than minutes.",
        ),
        (
            Kind::NearMiss,
            "Nothing happened, and it could have. What stood in between?",
        ),
        (
            Kind::Success,
            "It went well. What would we not want to lose?",
        ),
    ]
}

/// The tiers with a line that helps to choose.
fn tiers() -> [(Tier, &'static str); 3] {
    [
        (
            Tier::Note,
            "Five minutes: what happened, what surprised us, what next. Good for a first one.",
        ),
        (
            Tier::Standard,
            "Timeline, factors, actions. An hour, and a second reader.",
        ),
        (
            Tier::Deep,
            "For what will be spoken about for years. Several accounts, several sittings.",
        ),
    ]
}

#[derive(Template)]
#[template(path = "postmortems/new.html")]
struct New {
    frame: Frame,
    input: FactsForm,
    errors: Vec<FieldProblem>,
}

/// The form for a new post-mortem.
pub(in crate::web) async fn new(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, |store, signed| {
        require(&signed.ctx.actor, Permission::Write)?;
        // The first one is the hardest: where nothing is published yet, the lightest form is offered.
        let tier = if listing::is_first(store, &signed.ctx)? {
            Tier::Note
        } else {
            Tier::Standard
        };
        Ok(New {
            frame: Frame::of(signed, Part::PostMortems),
            input: FactsForm::blank(tier),
            errors: Vec::new(),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Starts a post-mortem and goes on to writing it.
pub(in crate::web) async fn create(
    state: Data<State>,
    form: Form<FactsForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let made = blocking::write(
        &state,
        form.visitor,
        move |store, signed| match postmortems::create(store, &signed.ctx, &typed.input()) {
            Ok(facts) => Ok(Ok(facts.id)),
            Err(EditError::Invalid(errors)) => Ok(Err(New {
                frame: Frame::of(signed, Part::PostMortems),
                input: typed,
                errors,
            })),
            Err(error) => Err(error.into()),
        },
    )
    .await?;
    Ok(match made {
        Ok(id) => frame::see(&format!("/postmortems/{id}/edit")),
        Err(page) => frame::again(&page),
    })
}

#[derive(Template)]
#[template(path = "postmortems/facts.html")]
struct EditFacts {
    frame: Frame,
    id: PostMortemId,
    version: Version,
    stale: bool,
    input: FactsForm,
    errors: Vec<FieldProblem>,
}

/// The form with title and facts.
pub(in crate::web) async fn edit_facts(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let facts =
            postmortems::for_editing(store, &signed.ctx, find(store, &signed.ctx, &path)?)?.facts;
        Ok(EditFacts {
            frame: Frame::of(signed, Part::PostMortems),
            id: facts.id,
            version: facts.version,
            stale: false,
            input: FactsForm::of(&facts),
            errors: Vec::new(),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Changes the facts over the version that the form was made from.
pub(in crate::web) async fn update_facts(
    state: Data<State>,
    path: Path<String>,
    form: Form<FactsForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let place = format!("/postmortems/{path}/edit");
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let expected = Version(typed.version);
        let again = |version, stale, input, errors| EditFacts {
            frame: Frame::of(signed, Part::PostMortems),
            id,
            version,
            stale,
            input,
            errors,
        };
        match postmortems::change(
            store,
            &signed.ctx,
            id,
            &typed.input(),
            Some(expected),
            &typed.note,
        ) {
            Ok(_) => Ok(None),
            Err(EditError::Invalid(errors)) => Ok(Some(again(expected, false, typed, errors))),
            Err(EditError::Conflict(conflict)) => {
                Ok(Some(again(conflict.current, true, typed, Vec::new())))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see(&place), |page| frame::again(&page)))
}

/// A section as the reading page shows it.
struct ReadSection {
    key: String,
    heading: String,
    html: String,
}

/// A line of the contents.
pub(in crate::web) struct PagePart {
    pub(in crate::web) anchor: String,
    pub(in crate::web) heading: String,
    pub(in crate::web) filled: bool,
}

/// What the address of the reading page says.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct ShowQuery {
    /// Whether one comes from publishing it. Believed for a few minutes only, and only of what is published.
    published: Option<String>,
    #[serde(flatten)]
    timeline: timeline::TimelineQuery,
}

/// How long it is news to whoever published it that it is published.
const NEWS: TimeDelta = TimeDelta::minutes(5);

#[derive(Template)]
#[template(path = "postmortems/show.html")]
struct Show {
    frame: Frame,
    just_published: bool,
    filed_on: String,
    updated_on: String,
    may_edit: bool,
    summary: Option<Section>,
    surprise: Option<Section>,
    sections: Vec<ReadSection>,
    closing: Vec<ReadSection>,
    timeline: Option<timeline::Reading>,
    accounts: accounts::Reading,
    factors: factors::Reading,
    actions: actions::Reading,
    links: links::Reading,
    parts: Vec<PagePart>,
    facts: Facts,
}

/// Sections that close the reading page, after factors and actions.
const CLOSING: [&str; 5] = [
    "first-story",
    "external",
    "open-questions",
    "lessons",
    "notes",
];

impl Show {
    fn new(
        signed: &Signed,
        postmortem: PostMortem,
        linked: &factors::Linked,
        may_edit: bool,
        query: &ShowQuery,
    ) -> Self {
        let frame = Frame::of(signed, Part::PostMortems);
        let timeline = timeline::Reading::new(&postmortem, &query.timeline);
        let accounts = accounts::Reading::new(&postmortem);
        let factors = factors::Reading::new(&postmortem, linked, frame.writes);
        let actions = actions::Reading::new(&postmortem);
        let links = links::Reading::new(&postmortem);
        let mut shown: Vec<ReadSection> = Vec::new();
        let mut closing: Vec<ReadSection> = Vec::new();
        let (mut summary, mut surprise) = (None, None);
        for section in postmortem
            .sections
            .into_iter()
            .filter(|section| !section.text.is_blank())
        {
            match section.key.as_str() {
                "summary" => summary = Some(section),
                "surprise" => surprise = Some(section),
                key => {
                    let heading = core()
                        .section(key)
                        .map_or_else(|| key.to_owned(), |section| section.heading.clone());
                    let list = if CLOSING.contains(&key) {
                        &mut closing
                    } else {
                        &mut shown
                    };
                    list.push(ReadSection {
                        key: section.key,
                        heading,
                        html: section.html,
                    });
                }
            }
        }
        let part = |section: &ReadSection| PagePart {
            anchor: format!("section-{}", section.key),
            heading: section.heading.clone(),
            filled: true,
        };
        let what_happened = timeline.as_ref().map(|_| PagePart {
            anchor: "timeline".to_owned(),
            heading: "What happened".to_owned(),
            filled: true,
        });
        let middle = [
            ("accounts", "From where people stood", !accounts.is_empty()),
            ("factors", "What made it possible", !factors.is_empty()),
            ("actions", "What we decided", actions.has_decided()),
            ("ideas", "Ideas, nothing promised", actions.has_ideas()),
        ]
        .into_iter()
        .filter(|(.., filled)| *filled)
        .map(|(anchor, heading, filled)| PagePart {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            filled,
        });
        let parts = what_happened
            .into_iter()
            .chain(shown.iter().map(part))
            .chain(middle)
            .chain(closing.iter().map(part))
            .collect();
        let just_published = query.published.is_some()
            && postmortem.facts.status == Status::Published
            && postmortem
                .facts
                .published_at
                .is_some_and(|at| signed.ctx.now - at < NEWS);
        Self {
            frame,
            just_published,
            filed_on: when::day_text(postmortem.facts.filed_on),
            updated_on: when::day_text(postmortem.facts.updated_at.date_naive()),
            may_edit,
            summary,
            surprise,
            sections: shown,
            closing,
            timeline,
            accounts,
            factors,
            actions,
            links,
            parts,
            facts: postmortem.facts,
        }
    }
}

/// The reading page.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    query: Query<ShowQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let (postmortem, linked) = postmortems::read_linked(store, &signed.ctx, id)?;
        let may_edit = postmortems::may_edit(&signed.ctx, &postmortem);
        Ok(Show::new(signed, postmortem, &linked, may_edit, &query.0))
    })
    .await?;
    Ok(frame::ok(&page))
}
