//! Post-mortems over the API: create, read, change facts.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::accounts::AccountJson;
use super::actions::ActionJson;
use super::factors::StatementJson;
use super::links::LinkJson;
use super::members::{ApprovalJson, MemberJson};
use super::sections::SectionJson;
use super::timeline::EventJson;
use crate::app::postmortems::{self, FactsInput};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::templates::core;
use crate::web::address::find;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The facts of a post-mortem, to create or change one. What is left out keeps its value, or its default.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct FactsBody {
    /// A plain sentence about what happened. Required to create.
    title: Option<String>,
    /// `incident`, `crisis`, `near-miss` or `success`.
    kind: Option<String>,
    /// `note`, `standard` or `deep`.
    tier: Option<String>,
    /// `computer`, `people` or `both`.
    system: Option<String>,
    /// `sev1` to `sev4`; empty for none.
    severity: Option<String>,
    /// An IANA zone.
    zone: Option<String>,
    /// `organisation` or `restricted`.
    visibility: Option<String>,
    facilitator: Option<String>,
    trigger: Option<String>,
    detection: Option<String>,
    impacts: Option<Vec<String>>,
    unknown_markers: Option<Vec<String>>,
    no_commitments_because: Option<String>,
    over_limit_because: Option<String>,
    happened_on: Option<String>,
    /// What changed, for the history.
    note: Option<String>,
}

impl FactsBody {
    fn over(self, base: FactsInput) -> FactsInput {
        FactsInput {
            title: self.title.unwrap_or(base.title),
            kind: self.kind.unwrap_or(base.kind),
            tier: self.tier.unwrap_or(base.tier),
            system: self.system.unwrap_or(base.system),
            severity: self.severity.or(base.severity),
            zone: self.zone.unwrap_or(base.zone),
            visibility: self.visibility.unwrap_or(base.visibility),
            facilitator: self.facilitator.or(base.facilitator),
            trigger: self.trigger.or(base.trigger),
            detection: self.detection.or(base.detection),
            impacts: self.impacts.unwrap_or(base.impacts),
            unknown_markers: self.unknown_markers.unwrap_or(base.unknown_markers),
            no_commitments_because: self.no_commitments_because.or(base.no_commitments_because),
            over_limit_because: self.over_limit_because.or(base.over_limit_because),
            happened_on: self.happened_on.or(base.happened_on),
            keeps: Vec::new(),
        }
    }

    fn defaults() -> FactsInput {
        FactsInput {
            kind: "incident".to_owned(),
            tier: "standard".to_owned(),
            system: "both".to_owned(),
            zone: "Etc/UTC".to_owned(),
            visibility: "organisation".to_owned(),
            ..FactsInput::default()
        }
    }
}

/// The facts of a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FactsJson {
    id: String,
    /// `PM-42`, once the organisation may read it.
    number: Option<String>,
    title: String,
    kind: String,
    tier: String,
    system: String,
    severity: Option<String>,
    status: String,
    visibility: String,
    zone: String,
    facilitator: Option<String>,
    trigger: Option<String>,
    detection: Option<String>,
    impacts: Vec<String>,
    unknown_markers: Vec<String>,
    no_commitments_because: String,
    over_limit_because: String,
    readers_confirmed_at: Option<DateTime<Utc>>,
    first_story_sealed_at: Option<DateTime<Utc>>,
    happened_on: Option<NaiveDate>,
    filed_on: NaiveDate,
    source: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<&Facts> for FactsJson {
    fn from(facts: &Facts) -> Self {
        let code = |code: &'static str| code.to_owned();
        Self {
            id: facts.id.to_string(),
            number: facts.number.map(|number| number.to_string()),
            title: facts.title.as_str().to_owned(),
            kind: code(facts.kind.as_code()),
            tier: code(facts.tier.as_code()),
            system: code(facts.system.as_code()),
            severity: facts.severity.map(|severity| code(severity.as_code())),
            status: code(facts.status.as_code()),
            visibility: code(facts.visibility.as_code()),
            zone: facts.zone.name().to_owned(),
            facilitator: facts
                .facilitator
                .as_ref()
                .map(|line| line.as_str().to_owned()),
            trigger: facts.trigger.map(|trigger| code(trigger.as_code())),
            detection: facts.detection.map(|detection| code(detection.as_code())),
            impacts: facts
                .impacts
                .iter()
                .map(|impact| code(impact.as_code()))
                .collect(),
            unknown_markers: facts
                .unknown_markers
                .iter()
                .map(|marker| code(marker.as_code()))
                .collect(),
            no_commitments_because: facts.no_commitments_because.as_str().to_owned(),
            over_limit_because: facts.over_limit_because.as_str().to_owned(),
            readers_confirmed_at: facts.readers_confirmed_at,
            first_story_sealed_at: facts.first_story_sealed_at,
            happened_on: facts.happened_on,
            filed_on: facts.filed_on,
            source: facts.source.clone(),
            created_at: facts.created_at,
            updated_at: facts.updated_at,
            published_at: facts.published_at,
            version: facts.version.0,
        }
    }
}

/// A whole post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PostMortemJson {
    #[serde(flatten)]
    facts: FactsJson,
    /// Every section that its template offers, and every other that was saved.
    sections: Vec<SectionJson>,
    /// What roles saw and thought.
    accounts: Vec<AccountJson>,
    /// The timeline, in its order.
    events: Vec<EventJson>,
    /// The factor statements, in their order.
    factors: Vec<StatementJson>,
    /// Ideas and commitments, in their order.
    actions: Vec<ActionJson>,
    /// Who is named, by id and role.
    members: Vec<MemberJson>,
    /// Who approved it.
    approvals: Vec<ApprovalJson>,
    /// Other post-mortems it points at, as far as one may read them.
    links: Vec<LinkJson>,
}

impl From<&PostMortem> for PostMortemJson {
    fn from(postmortem: &PostMortem) -> Self {
        let facts = &postmortem.facts;
        let saved = |key: &str| {
            postmortem
                .sections
                .iter()
                .find(|section| section.key == key)
        };
        let offered = |key: &str| {
            core()
                .offered(facts.kind, facts.tier)
                .any(|section| section.key == key)
        };
        let sections = core()
            .sections
            .iter()
            .filter(|section| offered(&section.key) || saved(&section.key).is_some())
            .map(|section| {
                saved(&section.key)
                    .map_or_else(|| SectionJson::empty(&section.key), SectionJson::from)
            })
            .collect();
        Self {
            facts: facts.into(),
            sections,
            accounts: postmortem.accounts.iter().map(Into::into).collect(),
            events: postmortem.events.iter().map(Into::into).collect(),
            factors: postmortem.statements.iter().map(Into::into).collect(),
            actions: postmortem.actions.iter().map(Into::into).collect(),
            members: postmortem.members.iter().map(Into::into).collect(),
            approvals: postmortem.approvals.iter().map(Into::into).collect(),
            links: postmortem.links.iter().map(Into::into).collect(),
        }
    }
}

/// Starts a post-mortem; the token's person is its shepherd.
#[utoipa::path(post, path = "/api/v1/postmortems", request_body = FactsBody,
    responses((status = 201, body = FactsJson), (status = 422, body = ProblemJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn create_postmortem(
    state: Data<State>,
    visitor: Visitor,
    body: Json<FactsBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let facts = blocking::write(&state, visitor, move |store, signed| {
        Ok(postmortems::create(
            store,
            &signed.ctx,
            &body.over(FactsBody::defaults()),
        )?)
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", format!("/api/v1/postmortems/{}", facts.id)))
        .insert_header(etag(facts.version))
        .json(FactsJson::from(&facts)))
}

/// Reads a whole post-mortem. The `ETag` is that of its facts.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}", params(("id" = String, Path, description = "Its id, or its number: PM-42")),
    responses((status = 200, body = PostMortemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let postmortem = blocking::short_read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(postmortems::read(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(postmortem.facts.version))
        .json(PostMortemJson::from(&postmortem)))
}

/// Changes facts over the version named by `If-Match`; what is left out keeps its value.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = FactsBody,
    responses((status = 200, body = FactsJson), (status = 409, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<FactsBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(mut body) = body;
    let facts = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let current = postmortems::read(store, &signed.ctx, id)?.facts;
        let note = body.note.take().unwrap_or_default();
        Ok(postmortems::change(
            store,
            &signed.ctx,
            id,
            &body.over(FactsInput::from(&current)),
            expected,
            &note,
        )?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(facts.version))
        .json(FactsJson::from(&facts)))
}
