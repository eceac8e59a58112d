//! What other programs hold: sent by them, or as files.

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use crate::app::incoming::formats::Unreadable;
use crate::app::incoming::{Report, webhook};
use crate::domain::incoming::Format;
use crate::web::body::{Json, Query};
use crate::web::incoming::{Counts, Said, allowed, import};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::uploads::{Sent, receive, receive_one};
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

/// How files are to be imported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ImportParams {
    /// Whether nothing is to be kept: then it is said what would become of each record.
    #[serde(default)]
    dry_run: bool,
    /// What the file is called, where it is sent as the body itself. A post-mortem in Markdown is known again by it.
    name: Option<String>,
}

/// Files as a form sends them.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes a form, which is read field by field"
)]
pub(in crate::web) struct ImportForm {
    /// What belongs together goes at once, at most 20 files.
    #[schema(format = Binary)]
    file: Vec<String>,
    /// The channel of a Slack export.
    channel: Option<String>,
    /// Where the window begins: a day, or a day and a time.
    from: Option<String>,
    /// Where the window ends.
    to: Option<String>,
    /// The zone of times that name none.
    zone: Option<String>,
    /// The title of what becomes one post-mortem.
    title: Option<String>,
    /// Columns of a table by what they hold: `when=Time, what=Text`.
    map: Option<String>,
}

/// What became of the records of files, or would.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ImportJson {
    dry_run: bool,
    created: usize,
    updated: usize,
    unchanged: usize,
    failed: usize,
    /// Records of which something was left for a person to decide.
    unsure: usize,
    items: Vec<ImportedJson>,
    /// Always `null`: files are answered as a whole.
    next: Option<String>,
}

/// What became of a record, or would.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ImportedJson {
    /// What it is called where it comes from.
    source: String,
    #[serde(flatten)]
    received: ReceivedJson,
    /// How many rows of a timeline it has.
    events: usize,
    /// How many statements.
    statements: usize,
    /// How many follow-up items.
    actions: usize,
}

impl ImportJson {
    fn of(reports: Vec<Report>, dry_run: bool) -> Self {
        let counts = Counts::of(&reports);
        let items = reports.into_iter().map(|report| ImportedJson {
            source: report.source.clone(),
            events: report.events,
            statements: report.statements,
            actions: report.actions,
            received: report.into(),
        });
        Self {
            dry_run,
            created: counts.created,
            updated: counts.updated,
            unchanged: counts.unchanged,
            failed: counts.failed,
            unsure: counts.unsure,
            items: items.collect(),
            next: None,
        }
    }
}

/// Imports files of a format: `slack`, `pagerduty`, `alertmanager`, `statuspage`, `opsgenie`, `jira`, `github`,
/// `incident-io`, `dispatch`, `morgue`, `csv` or `markdown`.
///
/// One file is the body itself, of whatever type; several, and what is said about them, come as a form. Nothing is
/// published. A record that cannot be kept does not stop the others.
#[utoipa::path(post, path = "/api/v1/imports/{format}", params(("format" = String, Path), ImportParams),
    request_body(content((ImportForm = "multipart/form-data"), (String = "application/octet-stream"))),
    responses((status = 200, body = ImportJson), (status = 400, body = ProblemJson), (status = 401, body = ProblemJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 413, body = ProblemJson)))]
pub(in crate::web) async fn import_files(
    state: Data<State>,
    request: HttpRequest,
    path: Path<String>,
    query: Query<ImportParams>,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let visitor = Visitor::of(&request);
    // Nothing is taken in of what the sender may not import.
    blocking::write(&state, visitor.clone(), allowed).await?;
    let format = Format::from_code(&path).ok_or_else(unknown_format)?;
    let Query(ImportParams { dry_run, name }) = query;
    let Sent { fields, files } = sent(&request, payload, format, name).await?;
    if files.is_empty() {
        return Err(Problem::unreadable("No file was sent.").into());
    }
    let strange = fields
        .keys()
        .find(|name| !Said::FIELDS.contains(&name.as_str()));
    if let Some(name) = strange {
        let short = crate::domain::text::excerpt(name);
        return Err(Problem::unreadable(format!("There is no field \"{short}\".")).into());
    }
    let json = blocking::write(&state, visitor, move |store, signed| {
        let said = Said::of(&fields);
        match import(store, signed, &files, format, &said, !dry_run)? {
            Ok(reports) => Ok(ImportJson::of(reports, dry_run)),
            Err(Unreadable(sentence)) => Err(Problem::unreadable(sentence)),
        }
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}

fn unknown_format() -> Problem {
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.as_code()).collect();
    let detail = format!(
        "There is no such format. There are: {}.",
        formats.join(", ")
    );
    let title = "There is no such format";
    Problem::new(StatusCode::NOT_FOUND, "not_found", title, detail)
}

/// The files of a request: those of its form, or its body.
async fn sent(
    request: &HttpRequest,
    payload: Payload,
    format: Format,
    name: Option<String>,
) -> Result<Sent, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return receive(Multipart::new(request.headers(), payload)).await;
    }
    let name = name.unwrap_or_default();
    if name.is_empty() && format == Format::Markdown {
        return Err(Problem::unreadable(
            "Say what the file is called, as ?name=queue.md: the post-mortem is known again by it.",
        ));
    }
    let name = if name.is_empty() {
        format.as_code().to_owned()
    } else {
        name
    };
    receive_one(payload, name.chars().take(200).collect()).await
}
