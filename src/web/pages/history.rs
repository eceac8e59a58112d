//! The history: saved versions, and the word difference between any two.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::history;
use crate::domain::diff::{Change, Piece};
use crate::domain::ids::RevisionId;
use crate::domain::postmortem::Facts;
use crate::domain::templates::core;
use crate::store::revisions::Revision;
use crate::web::address::find;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::sections::saved_at;
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "postmortems/history.html")]
struct History {
    frame: Frame,
    facts: Facts,
    comparison: Option<Comparison>,
    rows: Vec<Row>,
}

struct Comparison {
    what: String,
    from: String,
    to: String,
    pieces: Vec<Piece>,
}

struct Row {
    id: RevisionId,
    what: String,
    version: String,
    at: String,
    when: String,
    author: String,
    note: String,
    from: bool,
    to: bool,
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct Asked {
    from: Option<String>,
    to: Option<String>,
}

/// What a version is a version of, in words.
fn what(revision: &Revision) -> String {
    match revision.resource.as_str() {
        "section" => core().section(&revision.resource_id).map_or_else(
            || revision.resource_id.clone(),
            |section| section.heading.clone(),
        ),
        "event" => "Timeline event".to_owned(),
        "statement" => "Factor statement".to_owned(),
        "action" => "Action".to_owned(),
        "account" => "Account".to_owned(),
        "wording" => "Wording that was kept".to_owned(),
        "import" => "Imported file".to_owned(),
        "comment" => "Comment".to_owned(),
        _ => "Title and facts".to_owned(),
    }
}

fn version(revision: &Revision) -> String {
    if revision.version == 0 {
        "not in use".to_owned()
    } else {
        format!("version {}", revision.version)
    }
}

/// The history page, with the difference between two versions if the address names them.
pub(in crate::web) async fn index(
    state: Data<State>,
    path: Path<String>,
    query: Query<Asked>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let (facts, revisions) = history::list(store, &signed.ctx, id)?;
        let read = |typed: &Option<String>| {
            typed
                .as_deref()
                .map(|typed| RevisionId::parse(typed).ok_or_else(Problem::not_found))
                .transpose()
        };
        let (from, to) = (read(&query.0.from)?, read(&query.0.to)?);
        let comparison = match (from, to) {
            (Some(from), Some(to)) => {
                let found = history::compare(store, &signed.ctx, id, from, to)?;
                let side = |revision: &Revision| {
                    format!(
                        "{}, {}, {}",
                        what(revision),
                        version(revision),
                        saved_at(revision.saved_at)
                    )
                };
                Some(Comparison {
                    what: what(&found.to),
                    from: side(&found.from),
                    to: side(&found.to),
                    pieces: found.pieces,
                })
            }
            _ => None,
        };
        let row = |revision: Revision| Row {
            id: revision.id,
            what: what(&revision),
            version: version(&revision),
            at: revision.saved_at.to_rfc3339(),
            when: saved_at(revision.saved_at),
            from: from == Some(revision.id),
            to: to == Some(revision.id),
            author: revision.author,
            note: revision.note,
        };
        Ok(History {
            frame: Frame::of(signed, Part::PostMortems),
            facts,
            comparison,
            rows: revisions.into_iter().map(row).collect(),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
