//! Reads what was sent, and looks at its records or imports them.

use std::fs::File as Opened;
use std::io::Read as _;

use super::said::{Said, options};
use super::{Files, Reports};
use crate::app::incoming::formats::{self, File, Record, Unreadable, detect, detect_archive};
use crate::app::incoming::{self, Outcome, Report};
use crate::app::{Ctx, import};
use crate::domain::incoming::Format;
use crate::store::Store;
use crate::web::State;
use crate::web::problem::Problem;

/// How many bytes of a file tell its format.
const HEAD: u64 = 65_536;
/// How many texts are imported in one transaction.
const TOGETHER: usize = 50;

/// What the first file that tells anything tells.
pub(in crate::web) fn detected(files: &Files) -> Option<Format> {
    files.iter().find_map(|(name, file)| {
        let mut head = Vec::new();
        let mut input = file.reopen().ok()?;
        (&mut input).take(HEAD).read_to_end(&mut head).ok()?;
        match detect(name, &head) {
            Some(Format::Slack) => Some(detect_archive(name, &mut input)),
            found => found,
        }
    })
}

/// The files as they lie there, each opened.
fn opened(files: &Files) -> Result<Vec<(&str, Opened)>, Problem> {
    let mut inputs = Vec::new();
    for (name, file) in files {
        let input = file.reopen();
        inputs.push((
            name.as_str(),
            input.map_err(|error| Problem::busy().because(error))?,
        ));
    }
    Ok(inputs)
}

fn named<'a>(inputs: &'a mut [(&str, Opened)]) -> Vec<File<'a>> {
    let files = inputs.iter_mut();
    files.map(|(name, input)| File { name, input }).collect()
}

pub(super) fn records(
    store: &Store,
    ctx: &Ctx,
    files: &Files,
    format: Format,
    said: &Said,
    done: bool,
) -> Result<Reports, Problem> {
    let options = match options(said, ctx.now) {
        Ok(options) => options,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut inputs = opened(files)?;
    let mut inputs = named(&mut inputs);
    let records = match formats::read(format, &mut inputs, &options, &mut |_, _| {}) {
        Ok(records) => records,
        Err(refused) => return Ok(Err(refused)),
    };
    let name = files.first().map_or("", |(name, _)| name);
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

/// Markdown files go the way that they always went, those of an archive by their path within it.
pub(super) fn markdown(
    store: &Store,
    ctx: &Ctx,
    files: &Files,
    done: bool,
) -> Result<Reports, Problem> {
    let mut inputs = opened(files)?;
    let texts = match formats::texts_of(&mut named(&mut inputs)) {
        Ok(texts) => texts,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut reports = Vec::new();
    for texts in texts.chunks(TOGETHER) {
        let kept: Vec<_> = texts.iter().map(|(_, text)| text.kept()).collect();
        let readable: Vec<import::File<'_>> = texts
            .iter()
            .zip(&kept)
            .map(|((source, decoded), (kept, encoding))| import::File {
                source,
                whole: None,
                text: &decoded.text,
                kept: Some((kept, *encoding)),
            })
            .collect();
        // Each transaction has its own moment: what a person changes meanwhile is later than it.
        let results = if done {
            import::import(store, &Ctx::new(ctx.actor, State::now()), &readable)?
        } else {
            import::preview(store, ctx, &readable)?
        };
        let results = texts.iter().zip(results);
        reports.extend(results.map(|((name, text), result)| match result {
            Ok(imported) => of_markdown(name, imported, text.remark()),
            Err(error) => unreadable(name.clone(), error.to_string()),
        }));
    }
    Ok(Ok(reports))
}

fn of_markdown(name: &str, imported: import::Imported, written: Option<&str>) -> Report {
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
        remarks: written
            .map(str::to_owned)
            .into_iter()
            .chain(imported.remarks.into_iter().map(|remark| remark.text))
            .collect(),
    }
}
