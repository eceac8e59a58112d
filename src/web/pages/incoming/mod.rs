//! Bringing in what other programs hold: choose files, look at what would become of them, import, see what became.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::web::{Data, Path, Payload};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse};
use askama::Template;

use crate::app::incoming::formats::Unreadable;
use crate::app::incoming::{self, Outcome, Report};
use crate::domain::incoming::Format;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::{Button, Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::incoming::{Counts, Said, allowed, detected, import};
use crate::web::problem::{PageError, Problem};
use crate::web::uploads::{Upload, receive};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many rows of a table are shown; all of them are imported.
const SHOWN: usize = 200;
#[derive(Template)]
#[template(path = "incoming/new.html")]
struct New {
    frame: Frame,
    missing: bool,
    chosen: &'static str,
    said: Said,
}

impl New {
    fn page(signed: &Signed, missing: bool) -> Self {
        Self {
            frame: Frame::of(signed, Part::PostMortems),
            missing,
            chosen: "",
            said: Said::default(),
        }
    }
}

#[derive(Template)]
#[template(path = "incoming/show.html")]
struct Show {
    frame: Frame,
    upload: String,
    names: String,
    said: Said,
    format: Option<Format>,
    chosen: &'static str,
    refused: Option<String>,
    done: bool,
    rows: Vec<Row>,
    more: usize,
    counts: Counts,
}

/// A record in the table.
struct Row {
    title: String,
    source: String,
    /// Where it stands, once it does.
    address: Option<String>,
    outcome: &'static str,
    holds: String,
    sentences: Vec<String>,
}

impl Row {
    fn of(report: Report, done: bool) -> Self {
        let outcome = match (report.outcome, done) {
            (Outcome::Created, false) => "Would be made",
            (Outcome::Created, true) => "Made",
            (Outcome::Updated, false) => "Would follow the file",
            (Outcome::Updated, true) => "Follows the file",
            (Outcome::Unchanged, _) => "Here already, unchanged",
            (Outcome::Unsure, _) => "Left as it is",
            (Outcome::Failed, _) => "Cannot be kept",
        };
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let holds = [
            counted(report.events, "event", "events"),
            counted(report.statements, "statement", "statements"),
            counted(report.actions, "idea", "ideas"),
        ];
        Self {
            title: report.title,
            source: report.source,
            address: report.id.map(|id| format!("/postmortems/{id}")),
            outcome,
            holds: holds.into_iter().flatten().collect::<Vec<_>>().join(", "),
            sentences: report.unsure.into_iter().chain(report.remarks).collect(),
        }
    }
}

/// The page on which one chooses files.
pub(in crate::web) async fn new(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        allowed(store, signed)?;
        Ok(New::page(signed, false))
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Takes the files, and leads to what would become of them.
pub(in crate::web) async fn create(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageError> {
    let mut visitor = Visitor::of(&request);
    let mut payload = payload.into_inner();
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        // Something else than our form: it is answered as every form is.
        let form = Form::<Button>::from_request(&request, &mut payload).await?;
        blocking::write(&state, form.visitor, allowed).await?;
        return Err(Problem::wrong_kind("multipart/form-data").into());
    }
    blocking::read(&state, visitor.clone(), allowed).await?;
    let sent = receive(Multipart::new(request.headers(), payload)).await?;
    visitor.proof = sent.fields.get("csrf").cloned().or(visitor.proof);
    let uploads = state.uploads.clone();
    let (fields, files) = (sent.fields, sent.files);
    let answer = blocking::write(&state, visitor, move |store, signed| {
        allowed(store, signed)?;
        if files.is_empty() {
            return Ok(Err(New::page(signed, true)));
        }
        let id = uploads.keep(signed.ctx.actor.person, signed.ctx.now, files);
        let query = serde_html_form::to_string(Said::of(&fields)).unwrap_or_default();
        Ok(Ok(format!("/import/{id}?{query}")))
    })
    .await?;
    Ok(match answer {
        Ok(place) => frame::see(&place),
        Err(page) => frame::again(&page),
    })
}

/// Says what would become of what was sent.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    query: Query<Said>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let uploads = state.uploads.clone();
    let page = blocking::read(&state, visitor, move |store, signed| {
        allowed(store, signed)?;
        let upload = uploads.of(signed.ctx.actor.person, &path)?;
        page(store, signed, &path, &upload, query.0, false)
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Imports what was sent, and says what became of it.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<String>,
    form: Form<Said>,
) -> Result<HttpResponse, PageError> {
    let uploads = state.uploads.clone();
    let (said, visitor) = (form.input, form.visitor);
    let page = blocking::write(&state, visitor, move |store, signed| {
        allowed(store, signed)?;
        let upload = uploads.of(signed.ctx.actor.person, &path)?;
        page(store, signed, &path, &upload, said, true)
    })
    .await?;
    Ok(match page.refused {
        Some(_) => frame::again(&page),
        None => frame::ok(&page),
    })
}

/// The original of an imported post-mortem, as a file.
pub(in crate::web) async fn original(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let (name, bytes) = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(incoming::original(store, &signed.ctx, id)?)
    })
    .await?;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    // Its bytes, as they were: no browser shall take them for anything but a file.
    let kind = match std::str::from_utf8(&bytes) {
        Ok(_) => "text/plain; charset=utf-8",
        Err(_) => "application/octet-stream",
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"original-{plain}.txt\""),
        ))
        .body(bytes))
}

fn page(
    store: &Store,
    signed: &Signed,
    id: &str,
    upload: &Upload,
    said: Said,
    done: bool,
) -> Result<Show, Problem> {
    let format = Format::from_code(&said.format).or_else(|| detected(&upload.files));
    let names: Vec<&str> = upload.files.iter().map(|(name, _)| name.as_str()).collect();
    let mut page = Show {
        frame: Frame::of(signed, Part::PostMortems),
        upload: id.to_owned(),
        names: names.join(", "),
        format,
        chosen: format.map_or("", Format::as_code),
        refused: None,
        done,
        rows: Vec::new(),
        more: 0,
        counts: Counts::default(),
        said,
    };
    let reports = match format {
        None => Err(Unreadable(
            "Nothing in it tells which program it comes from. Choose its format.".to_owned(),
        )),
        Some(format) => import(store, signed, &upload.files, format, &page.said, done)?,
    };
    match reports {
        Ok(reports) => page.count(reports),
        Err(Unreadable(sentence)) => page.refused = Some(sentence),
    }
    Ok(page)
}

impl Show {
    fn count(&mut self, reports: Vec<Report>) {
        self.counts = Counts::of(&reports);
        self.more = reports.len().saturating_sub(SHOWN);
        let shown = reports.into_iter().take(SHOWN);
        self.rows = shown.map(|report| Row::of(report, self.done)).collect();
    }

    /// Whether there is anything that an import would do.
    fn does_something(&self) -> bool {
        self.counts.created + self.counts.updated > 0
    }
}
