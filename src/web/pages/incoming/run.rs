//! Reads what was sent, and looks at its records or imports them.

use std::fs::File as Opened;
use std::io::Read as _;

use super::said::{Said, options};
use crate::app::incoming::formats::{self, File, Record, Unreadable, detect};
use crate::app::incoming::{self, Outcome, Report};
use crate::app::{Ctx, import};
use crate::domain::incoming::Format;
use crate::store::Store;
use crate::web::State;
use crate::web::problem::Problem;
use crate::web::uploads::Upload;

/// How many bytes of a file tell its format.
const HEAD: u64 = 65_536;

/// What the first file that tells anything tells.
pub(super) fn detected(upload: &Upload) -> Option<Format> {
    upload.files.iter().find_map(|(name, file)| {
        let mut head = Vec::new();
        file.reopen().ok()?.take(HEAD).read_to_end(&mut head).ok()?;
        detect(name, &head)
    })
}

pub(super) type Reports = Result<Vec<Report>, Unreadable>;

pub(super) fn records(
    store: &Store,
    ctx: &Ctx,
    upload: &Upload,
    format: Format,
    said: &Said,
    done: bool,
) -> Result<Reports, Problem> {
    let options = match options(said, ctx.now) {
        Ok(options) => options,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut inputs: Vec<(&str, Opened)> = Vec::new();
    for (name, file) in upload.files.iter() {
        inputs.push((
            name,
            file.reopen()
                .map_err(|error| Problem::busy().because(error))?,
        ));
    }
    let mut files: Vec<File<'_>> = inputs
        .iter_mut()
        .map(|(name, input)| File { name, input })
        .collect();
    let records = match formats::read(format, &mut files, &options, &mut |_, _| {}) {
        Ok(records) => records,
        Err(refused) => return Ok(Err(refused)),
    };
    let name = upload.files.first().map_or("", |(name, _)| name);
    let mut reports = Vec::new();
    for record in records {
        reports.push(one(store, ctx, name, record, done)?);
    }
    Ok(Ok(reports))
}

fn one(
    store: &Store,
    ctx: &Ctx,
    name: &str,
    record: Record,
    done: bool,
) -> Result<Report, Problem> {
    let incoming = match record {
        Ok(incoming) => incoming,
        Err(Unreadable(sentence)) => return Ok(unreadable(String::new(), sentence)),
    };
    if done {
        let ctx = Ctx::new(ctx.actor, State::now());
        return Ok(incoming::apply(store, &ctx, name, &incoming, false)?);
    }
    let reports = incoming::preview(store, ctx, std::slice::from_ref(&incoming))?;
    Ok(reports
        .into_iter()
        .next()
        .unwrap_or_else(|| incoming::failed(&incoming, String::new())))
}

fn unreadable(source: String, sentence: String) -> Report {
    Report {
        title: "A record that cannot be read".to_owned(),
        source,
        outcome: Outcome::Failed,
        id: None,
        number: None,
        events: 0,
        statements: 0,
        actions: 0,
        unsure: Vec::new(),
        remarks: vec![sentence],
    }
}

/// Markdown files go the way that they always went.
pub(super) fn markdown(
    store: &Store,
    ctx: &Ctx,
    upload: &Upload,
    done: bool,
) -> Result<Reports, Problem> {
    let mut texts = Vec::new();
    for (name, file) in upload.files.iter() {
        let mut bytes = Vec::new();
        let read = file
            .reopen()
            .and_then(|file| file.take(formats::BYTES).read_to_end(&mut bytes));
        read.map_err(|error| Problem::busy().because(error))?;
        texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    let files: Vec<import::File<'_>> = texts
        .iter()
        .map(|(source, text)| import::File { source, text })
        .collect();
    let results = if done {
        import::import(store, ctx, &files)?
    } else {
        import::preview(store, ctx, &files)?
    };
    let reports = texts
        .iter()
        .zip(results)
        .map(|((name, _), result)| match result {
            Ok(imported) => of_markdown(name, imported),
            Err(error) => unreadable((*name).clone(), error.to_string()),
        });
    Ok(Ok(reports.collect()))
}

fn of_markdown(name: &str, imported: import::Imported) -> Report {
    let (outcome, unsure) = match imported.outcome {
        import::Outcome::Created => (Outcome::Created, Vec::new()),
        import::Outcome::Updated => (Outcome::Updated, Vec::new()),
        import::Outcome::Unchanged => (Outcome::Unchanged, Vec::new()),
        import::Outcome::LeftAlone(why) => (Outcome::Unsure, vec![why.to_owned()]),
    };
    Report {
        source: name.to_owned(),
        outcome,
        id: None,
        number: imported.number,
        title: imported.title,
        events: imported.events,
        statements: imported.statements,
        actions: imported.actions,
        unsure,
        remarks: imported
            .remarks
            .into_iter()
            .map(|remark| remark.text)
            .collect(),
    }
}
