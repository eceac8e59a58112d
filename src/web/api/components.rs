//! What was learned about components, over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::listing::CardJson;
use crate::app::components::{self, ComponentPage};
use crate::domain::components::Lesson;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A component that findings point at; never a person.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ComponentJson {
    name: String,
    /// In how many finished post-mortems that one may read a finding points at it.
    postmortems: usize,
}

/// The components.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ComponentsJson {
    items: Vec<ComponentJson>,
    next: Option<String>,
}

/// What one post-mortem says about a component.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct LessonJson {
    postmortem: CardJson,
    /// The first sentence of what surprised people; empty if nothing is said.
    surprise: String,
    findings: Vec<FindingOfLessonJson>,
}

/// A finding that points at the component.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FindingOfLessonJson {
    id: String,
    statement: String,
    factor: Option<String>,
    role: &'static str,
}

/// A component, and what was learned about it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct LessonsJson {
    name: String,
    /// Newest first.
    items: Vec<LessonJson>,
    next: Option<String>,
    /// The ids of the recurring causes in which its findings show.
    causes: Vec<String>,
    /// The ids of open commitments that address its findings.
    commitments: Vec<String>,
}

impl From<&Lesson> for LessonJson {
    fn from(lesson: &Lesson) -> Self {
        let finding = |finding: &crate::domain::placed::PlacedStatement| FindingOfLessonJson {
            id: finding.id.to_string(),
            statement: finding.text.as_str().to_owned(),
            factor: finding.factor.as_ref().map(|id| id.as_str().to_owned()),
            role: finding.role.as_code(),
        };
        Self {
            postmortem: CardJson::from(&lesson.card),
            surprise: lesson.surprise.clone(),
            findings: lesson.findings.iter().map(finding).collect(),
        }
    }
}

impl From<&ComponentPage> for LessonsJson {
    fn from(page: &ComponentPage) -> Self {
        Self {
            name: page.name.clone(),
            items: page.lessons.iter().map(Into::into).collect(),
            next: None,
            causes: page.causes.iter().map(|(id, _)| id.to_string()).collect(),
            commitments: page
                .commitments
                .iter()
                .map(|listed| listed.action.id.to_string())
                .collect(),
        }
    }
}

/// Lists the components that findings of finished post-mortems point at.
#[utoipa::path(get, path = "/api/v1/components", responses((status = 200, body = ComponentsJson)))]
pub(in crate::web) async fn list_components(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let counted = blocking::read(&state, visitor, move |store, signed| {
        Ok(components::list(store, &signed.ctx)?)
    })
    .await?;
    let items = counted.into_iter().map(|component| ComponentJson {
        name: component.name,
        postmortems: component.postmortems,
    });
    Ok(HttpResponse::Ok().json(ComponentsJson {
        items: items.collect(),
        next: None,
    }))
}

/// Says what was learned about a component, by its name in any spelling.
#[utoipa::path(get, path = "/api/v1/components/{component}", params(("component" = String, Path)),
    responses((status = 200, body = LessonsJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_component(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        Ok(components::read(store, &signed.ctx, &path)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(LessonsJson::from(&page)))
}
