//! Importing what other programs hold: again and again, without losing what a person wrote; and what does harm.

mod again; // the same record twice, changed on one side or on both
mod doors; // the page, the endpoint for alerts, the command line
mod files; // files over the API, and archives of Markdown
mod hostile; // archives and files that do harm
mod odd; // odd values, other letters, answers that are errors
pub(crate) mod samples; // the shared samples, where they lie
mod slack; // exports of a workspace
mod tables; // timelines and actions, again and again

use std::io::{Cursor, Write as _};

use second_story::app::Ctx;
use second_story::app::incoming::formats::{self, File, Options, Record, Unreadable};
use second_story::app::incoming::{self, Report};
use second_story::domain::incoming::Format;
use second_story::store::Store;
use zip::write::SimpleFileOptions;

/// Reads files of a format.
pub(crate) fn read(
    format: Format,
    files: &[(&str, Vec<u8>)],
    options: &Options,
) -> Result<Vec<Record>, Unreadable> {
    let mut inputs: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (*name, Cursor::new(bytes.as_slice())))
        .collect();
    let mut files: Vec<File<'_>> = inputs
        .iter_mut()
        .map(|(name, input)| File { name, input })
        .collect();
    formats::read(format, &mut files, options, &mut |_, _| {})
}

/// Imports one file of one record.
pub(crate) fn import(store: &Store, ctx: &Ctx, format: Format, text: &str) -> Report {
    let files = [("file.json", text.as_bytes().to_vec())];
    let mut records = read(format, &files, &Options::default()).unwrap();
    let incoming = records.remove(0).unwrap();
    let shown = incoming::preview(store, ctx, std::slice::from_ref(&incoming)).unwrap();
    // Each import has its own moment, as in the doors.
    let ctx = Ctx::new(ctx.actor, crate::harness::now());
    let report = incoming::apply(store, &ctx, "file.json", &incoming, false).unwrap();
    assert_eq!(
        shown[0].outcome, report.outcome,
        "the preview says what is done"
    );
    assert_eq!(shown[0].unsure, report.unsure);
    report
}

/// A zip archive of these files.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
