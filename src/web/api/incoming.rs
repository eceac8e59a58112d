//! What programs send by themselves.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::incoming::{Report, webhook};
use crate::web::body::Json;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What became of what was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ReceivedJson {
    /// `created`, `updated`, `unchanged`, `unsure` or `failed`.
    outcome: &'static str,
    /// The post-mortem that stands for it.
    id: Option<String>,
    /// Its number.
    number: Option<String>,
    /// Its title.
    title: String,
    /// What a person decides about.
    unsure: Vec<String>,
    /// What was left out or assumed.
    remarks: Vec<String>,
}

impl From<Report> for ReceivedJson {
    fn from(report: Report) -> Self {
        Self {
            outcome: report.outcome.as_code(),
            id: report.id.map(|id| id.to_string()),
            number: report.number.map(|number| number.to_string()),
            title: report.title,
            unsure: report.unsure,
            remarks: report.remarks,
        }
    }
}

/// Takes what Alertmanager's webhook sends: one waiting draft for each group of alerts.
#[utoipa::path(post, path = "/api/v1/webhooks/alertmanager", request_body = serde_json::Value,
    responses((status = 200, body = ReceivedJson), (status = 400, body = ProblemJson), (status = 401, body = ProblemJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn receive_alerts(
    state: Data<State>,
    visitor: Visitor,
    body: Json<Box<RawValue>>,
) -> Result<HttpResponse, ApiError> {
    let report = blocking::write(&state, visitor, move |store, signed| {
        Ok(webhook::alertmanager(store, &signed.ctx, body.0.get())?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ReceivedJson::from(report)))
}
