//! Archives and files that do harm: refused with a sentence, within two seconds.

use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use second_story::app::incoming::formats::Options;
use second_story::domain::incoming::Format;
use zip::write::SimpleFileOptions;

use super::{read, zipped};

const CHANNELS: &[u8] = br#"[{"id":"C1","name":"ops"}]"#;
const DAY: &[u8] = br#"[{"type":"message","user":"U1","text":"Alarm","ts":"1760443800.000200"}]"#;

/// Demands that files are refused with these words, soon.
#[track_caller]
fn refuses(format: Format, name: &str, bytes: Vec<u8>, words: &str) {
    let options = Options {
        channel: "ops".to_owned(),
        ..Options::default()
    };
    let started = Instant::now();
    let refused = match read(format, &[(name, bytes)], &options) {
        Err(refused) => refused,
        Ok(records) => records
            .into_iter()
            .find_map(Result::err)
            .expect("it is refused"),
    };
    let took = started.elapsed();
    assert!(refused.0.contains(words), "{refused}");
    assert!(refused.0.ends_with('.'), "{refused}");
    assert!(took < Duration::from_secs(2), "it took {took:?}");
}

#[test]
fn names_that_lead_outside_are_refused() {
    for name in [
        "../../etc/cron.d/x",
        "/etc/passwd",
        "ops/..\\..\\x.json",
        "C:x.json",
    ] {
        let zip = zipped(&[("channels.json", CHANNELS), (name, DAY)]);
        refuses(Format::Slack, "export.zip", zip, "outside itself");
    }
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let mut zip = zipped(&[
        ("channels.json", CHANNELS),
        ("ops/a.json", DAY),
        ("ops/b.json", DAY),
    ]);
    let name = b"ops/b.json";
    while let Some(at) = zip.windows(name.len()).position(|part| part == name) {
        zip[at + 4] = b'a';
    }
    refuses(
        Format::Slack,
        "export.zip",
        zip,
        "two files of the same name",
    );
}

#[test]
fn tables_that_are_made_to_take_long_are_read_or_refused_soon() {
    let started = Instant::now();
    let wide = format!("When,What{}\n2026-10-14 10:00,x\n", ",y".repeat(100_000));
    let open = format!("When,What\n2026-10-14 10:00,\"{}", "x,y\n".repeat(500_000));
    let many = format!("When,What\n{}", "2026-10-14 10:00,x,more\n".repeat(190_000));
    for text in [wide, open, many] {
        let size = text.len();
        let took = Instant::now();
        drop(read(
            Format::Csv,
            &[("x.csv", text.into_bytes())],
            &Options::default(),
        ));
        eprintln!("{size} bytes of a table took {:?}", took.elapsed());
    }
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "in a debug build"
    );
}

#[test]
fn what_would_become_far_larger_is_refused() {
    let zeros = vec![b' '; 50_000_000];
    let zip = zipped(&[("channels.json", CHANNELS), ("ops/2025-10-14.json", &zeros)]);
    assert!(zip.len() < 100_000);
    refuses(Format::Slack, "export.zip", zip, "far larger");
    let list = zipped(&[("channels.json", &zeros), ("ops/2025-10-14.json", DAY)]);
    refuses(Format::Slack, "export.zip", list, "far larger");
}

#[test]
fn a_million_entries_are_refused_before_they_are_listed() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for entry in 0..120_000 {
        zip.start_file(format!("ops/{entry}.json"), stored).unwrap();
    }
    let real = zip.finish().unwrap().into_inner();
    refuses(Format::Slack, "export.zip", real, "120000 entries");
    // One that only says so, in the way that archives with so many say it.
    let mut said = zipped(&[("channels.json", CHANNELS)]);
    let end = said.len() - 22;
    let mut wide = b"PK\x06\x06".to_vec();
    wide.extend(44_u64.to_le_bytes());
    wide.extend([0; 12]);
    wide.extend(1_000_000_u64.to_le_bytes());
    wide.extend(1_000_000_u64.to_le_bytes());
    wide.extend(46_000_000_u64.to_le_bytes());
    wide.extend(0_u64.to_le_bytes());
    wide.extend(b"PK\x06\x07\0\0\0\0");
    wide.extend(u64::try_from(end).unwrap().to_le_bytes());
    wide.extend(1_u32.to_le_bytes());
    let tail = said.split_off(end);
    said.extend(wide);
    said.extend(tail);
    refuses(Format::Slack, "export.zip", said, "1000000 entries");
}

#[test]
fn damaged_archives_are_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("channels.json", CHANNELS), ("ops/2025-10-14.json", DAY)] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let good = zip.finish().unwrap().into_inner();
    let place = good.windows(5).position(|five| five == b"Alarm").unwrap();
    let mut wrong = good.clone();
    wrong[place] = b'X';
    refuses(Format::Slack, "export.zip", wrong, "damaged");
    refuses(
        Format::Slack,
        "export.zip",
        good[..good.len() / 2].to_vec(),
        "no zip archive",
    );
    refuses(
        Format::Slack,
        "export.zip",
        b"PK\x05\x06".to_vec(),
        "no zip archive",
    );
    refuses(Format::Slack, "export.zip", Vec::new(), "no zip archive");
    refuses(
        Format::Slack,
        "export.zip",
        zipped(&[("notes.txt", b"x")]),
        "no export of Slack",
    );
    let broken = zipped(&[
        ("channels.json", CHANNELS),
        ("ops/2025-10-14.json", b"[{\"ts\":"),
    ]);
    refuses(Format::Slack, "export.zip", broken, "cannot be read");
    let deep = "[".repeat(900_000).into_bytes();
    let deep = zipped(&[("channels.json", CHANNELS), ("ops/2025-10-14.json", &deep)]);
    refuses(Format::Slack, "export.zip", deep, "");
}

#[test]
fn deep_broken_and_foreign_files_are_refused_by_every_format() {
    let formats = Format::ALL
        .iter()
        .filter(|format| !matches!(format, Format::Slack | Format::Markdown));
    for format in formats {
        let deep = format!("{{\"groupKey\":\"x\",\"incidents\":{}", "[".repeat(200_000));
        if !matches!(format, Format::Csv | Format::Morgue) {
            refuses(*format, "x.json", deep.clone().into_bytes(), "levels deep");
        }
        refuses(*format, "x.json", deep.into_bytes(), "");
        for bytes in [
            &b""[..],
            b"{",
            b"[]",
            b"nothing",
            b"\xff\xfe\0\xd8",
            b"{\"a\":1}",
            b"[1,2]",
            b"\0\0\0\0",
        ] {
            refuses(*format, "x.json", bytes.to_vec(), "");
        }
    }
}

#[test]
fn too_many_bytes_are_refused() {
    let long = format!("[\"{}\"]", "x".repeat(64_000_001));
    refuses(
        Format::PagerDuty,
        "x.json",
        long.into_bytes(),
        "more than 64000000 bytes",
    );
}
