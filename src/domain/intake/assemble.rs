//! Puts the parts of a text together: sections, events, statements, follow-up items.

use chrono::NaiveDate;

use super::days::{self, Days, Piece};
use super::events::{self, Eagerness};
use super::front_matter::Front;
use super::headings::Role;
use super::hints;
use super::lines::{Kind, Line};
use super::links::Links;
use super::parts::{self, Part};
use super::title::{self, Title};
use super::zones::{self, Zone};
use super::{Flag, Intake, IntakeEvent, IntakeSection, Remark, actions, factors};

/// Makes an intake of the lines of a text.
pub(super) fn intake(path: &str, front: Front, lines: &[Line<'_>]) -> Intake {
    let plain = !lines
        .iter()
        .any(|line| matches!(line.kind, Kind::Heading(_)));
    let title = title::title(path, &front, lines);
    let (links, rest, definitions) = Links::collect(lines.to_vec());
    let parts = parts::cut(&rest, title.line);
    let below: Vec<bool> = parts
        .iter()
        .skip(1)
        .map(|part| part.level == parts::LABEL)
        .chain([false])
        .collect();
    let mut taken: Vec<Taken<'_>> = parts
        .iter()
        .zip(below)
        .map(|(part, below)| take(part, plain, below))
        .collect();
    let mut intake = Intake {
        title: title.text.clone(),
        remarks: front.remarks.clone(),
        ..Intake::default()
    };
    intake.frame.extend(definitions.iter().map(|line| Remark {
        line: line.number,
        text: line.raw.trim().to_owned(),
    }));
    if title.typed != title.text && title.line.is_none() {
        intake.frame.push(Remark {
            line: title.line.unwrap_or(0),
            text: title.typed.clone(),
        });
    }
    if let Some(line) = title
        .line
        .and_then(|number| lines.iter().find(|line| line.number == number))
    {
        intake.frame.push(Remark {
            line: line.number,
            text: line.text.to_owned(),
        });
    }
    day(path, &title, &front, lines, &mut taken, &mut intake);
    let zone = stated_zone(lines);
    let mut clock = Days::new(intake.happened_on, zone);
    for taken in &mut taken {
        place(taken, &mut clock, &mut intake.events);
    }
    days::mark_far(&mut intake.events);
    settle_zone(&mut intake, zone);
    sections(&parts, taken, plain, &mut intake);
    write_out(&mut intake, &links, plain);
    remarks(&mut intake);
    intake.front_matter = front
        .values
        .into_iter()
        .filter(|(key, value)| key != "title" && !value.is_empty())
        .collect();
    intake
}

/// What was taken out of a part.
#[derive(Default)]
struct Taken<'a> {
    /// Whether the day of the part above still holds.
    continues: bool,
    /// Whether the heading is only a label, below which the day of the part above may be needed again.
    is_label: bool,
    pieces: Vec<Piece>,
    left: Vec<String>,
    frame: Vec<Remark>,
    actions: Vec<super::IntakeAction>,
    factors: Vec<super::IntakeFactor>,
    heading: &'a str,
}

/// `labels_below`: whether the next part is only a label's, so that what is said here still holds there.
fn take<'a>(part: &Part<'a>, plain: bool, labels_below: bool) -> Taken<'a> {
    let mut taken = Taken {
        heading: part.heading,
        continues: part.inherited || part.level == parts::LABEL,
        is_label: part.level >= parts::LABEL,
        ..Taken::default()
    };
    if part.role == Role::Actions {
        let found = actions::find(part);
        taken.actions = found.actions;
        taken.left = found.left;
        taken.frame = found.frame;
        return taken;
    }
    let eagerness = match part.role {
        Role::Timeline => Eagerness::Timeline,
        _ if plain => Eagerness::Plain,
        _ => Eagerness::Careful,
    };
    let found = events::find(part, eagerness, labels_below);
    if part.role == Role::Timeline && !part.prompted {
        taken
            .pieces
            .extend(zones::stated(part.heading).map(Piece::Zone));
        taken
            .pieces
            .extend(hints::date_in(part.heading).map(Piece::Day));
    }
    taken.pieces.extend(found.pieces);
    taken.left = found.left;
    taken.frame = found.frame;
    if part.role == Role::Causes {
        taken.factors = factors::find(&part.lines);
    }
    taken
}

/// Decides on the day of the incident: the title's, the file name's, the first row's, the front matter's.
fn day(
    path: &str,
    title: &Title,
    front: &Front,
    lines: &[Line<'_>],
    taken: &mut [Taken<'_>],
    intake: &mut Intake,
) {
    let outside = title::days(path, &title.typed, front);
    let candidates = [outside.in_title, outside.in_path, outside.in_front];
    let month_first = taken
        .iter()
        .find_map(|taken| days::month_first(&taken.pieces));
    for taken in taken.iter_mut() {
        days::settle(
            &mut taken.pieces,
            month_first,
            candidates.into_iter().flatten().next(),
        );
    }
    let said: Vec<NaiveDate> = taken
        .iter()
        .flat_map(|taken| days::said(&taken.pieces))
        .collect();
    // The day of a web log's entry is the day of publication; only the first row can confirm it.
    let confirming = if outside.in_front.is_some() {
        said.get(..1).unwrap_or_default()
    } else {
        said.as_slice()
    };
    let near =
        |day: &NaiveDate| said.is_empty() || confirming.iter().any(|row| is_near(*day, *row));
    let found = candidates
        .into_iter()
        .flatten()
        .find(near)
        .or_else(|| days::first_of_most(&said))
        .or_else(|| candidates.into_iter().flatten().next());
    intake.happened_on = found.or_else(|| {
        lines
            .iter()
            .filter(|line| !matches!(line.kind, Kind::Code | Kind::Comment))
            .take(200)
            .find_map(|line| title::find(line.text))
    });
    if let (Some(titled), Some(taken)) = (outside.in_title, intake.happened_on)
        && titled != taken
    {
        intake.remarks.push(Remark {
            line: title.line.unwrap_or(0),
            text: format!(
                "The title says {titled}, but the text begins on {taken}; {taken} was taken."
            ),
        });
    }
}

/// Within a week, or within a week but for a slip in the year.
fn is_near(day: NaiveDate, row: NaiveDate) -> bool {
    let apart = (day - row).num_days().abs();
    apart <= 7 || (358..=373).contains(&apart)
}

/// The zone that a line of the text states for all times.
fn stated_zone(lines: &[Line<'_>]) -> Option<Zone> {
    const PHRASES: [&str; 9] = [
        "all times",
        "times are",
        "times in",
        "timestamps",
        "time zone",
        "timezone",
        "timelines are",
        "events are",
        "timeline",
    ];
    lines
        .iter()
        .filter(|line| {
            !matches!(
                line.kind,
                Kind::Code | Kind::Comment | Kind::Quote | Kind::Blank
            )
        })
        .find_map(|line| {
            let head = line
                .text
                .get(..super::stamp::boundary(line.text, 400))?
                .to_ascii_lowercase();
            let at = PHRASES.iter().find_map(|phrase| head.find(phrase))?;
            let short = line
                .text
                .get(at..super::stamp::boundary(line.text, at + 80))?;
            zones::stated(short)
        })
}

fn place(taken: &mut Taken<'_>, clock: &mut Days, events: &mut Vec<IntakeEvent>) {
    if !(taken.continues || (taken.is_label && taken.pieces.is_empty())) {
        clock.begin();
    }
    events.extend(
        std::mem::take(&mut taken.pieces)
            .into_iter()
            .filter_map(|piece| clock.place(piece)),
    );
}

/// The zone of the whole text: the stated one, else the one that most rows carry.
fn settle_zone(intake: &mut Intake, stated: Option<Zone>) {
    let mut counts: Vec<(Zone, usize)> = Vec::new();
    for zone in intake.events.iter().filter_map(|event| event.zone) {
        match counts.iter_mut().find(|(counted, _)| *counted == zone) {
            Some((_, count)) => *count += 1,
            None => counts.push((zone, 1)),
        }
    }
    let zone = stated.or_else(|| {
        counts
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(zone, _)| zone)
    });
    intake.zone = zone.map(Zone::place);
    intake.zone_said = zone.is_some();
}

/// Joins what was left of the parts into sections, each key once.
fn sections(parts: &[Part<'_>], taken: Vec<Taken<'_>>, plain: bool, intake: &mut Intake) {
    let has_summary = parts.iter().zip(&taken).any(|(part, taken)| {
        part.role == Role::Section("summary")
            && !part.prompted
            && taken.left.iter().any(|line| has_words(line))
    });
    for (part, taken) in parts.iter().zip(taken) {
        intake.actions.extend(taken.actions);
        intake.factors.extend(taken.factors);
        intake.frame.extend(taken.frame);
        let left = taken.left.join("\n");
        if part.prompted || (!has_words(&left) && has_words(taken.heading)) {
            let line = Remark {
                line: part.line,
                text: taken.heading.to_owned(),
            };
            intake
                .frame
                .extend(Some(line).filter(|line| !intake.frame.contains(line)));
        }
        let heading = if part.prompted { "" } else { taken.heading };
        match part.role {
            Role::Opening if has_summary => add(intake, "notes", "", &left, false),
            Role::Opening if plain || parts.len() == 1 => {
                let (first, rest) = first_paragraph(&left);
                add(intake, "summary", "", first, false);
                add(intake, "notes", "", rest, false);
            }
            Role::Opening => add(intake, "summary", "", &left, false),
            role => add(intake, role.key(), heading, &left, part.inherited),
        }
    }
    intake
        .sections
        .sort_by_key(|section| section.key == "notes");
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Text without the indentation that all its lines share, if it is a list's.
fn dedent(text: &str) -> String {
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(spaces)
        .min()
        .unwrap_or(0);
    if shared == 0 || (shared > 3 && !text.trim_start().starts_with(['-', '*', '+'])) {
        return text.to_owned();
    }
    text.lines()
        .map(|line| line.get(shared..).unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

fn first_paragraph(text: &str) -> (&str, &str) {
    let text = text.trim();
    let at = text
        .find("\n\n")
        .into_iter()
        .chain(text.find("\n\u{2022}"))
        .min();
    at.and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

/// Adds text to the section of a key. A further heading is written into the text.
fn add(intake: &mut Intake, key: &'static str, heading: &str, text: &str, inherited: bool) {
    let text = dedent(text.trim_matches('\n').trim_end());
    if !has_words(&text) {
        return;
    }
    let inside = |heading: &str| {
        if heading.is_empty() {
            text.clone()
        } else {
            format!("### {heading}\n\n{text}")
        }
    };
    match intake
        .sections
        .iter_mut()
        .find(|section| section.key == key)
    {
        Some(section) => {
            section.text.push_str("\n\n");
            section.text.push_str(&inside(heading));
        }
        None if inherited || key == "notes" => intake.sections.push(IntakeSection {
            key,
            heading: String::new(),
            text: inside(heading),
        }),
        None => intake.sections.push(IntakeSection {
            key,
            heading: heading.to_owned(),
            text: text.clone(),
        }),
    }
}

/// Writes addresses into reference links and, in plain text, makes Markdown of bullets and angle brackets.
fn write_out(intake: &mut Intake, links: &Links, plain: bool) {
    let write = |text: &mut String| {
        if plain {
            *text = as_markdown(text);
        }
        *text = links.resolve(text);
    };
    intake
        .sections
        .iter_mut()
        .for_each(|section| write(&mut section.text));
    intake
        .events
        .iter_mut()
        .for_each(|event| write(&mut event.text));
    intake
        .factors
        .iter_mut()
        .for_each(|factor| write(&mut factor.text));
    for action in &mut intake.actions {
        write(&mut action.title);
        write(&mut action.note);
    }
}

/// Plain text as Markdown: `•` opens an item, `<nick>` is not a tag.
fn as_markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            written.push('\n');
        }
        match line.trim_start().strip_prefix('\u{2022}') {
            Some(rest) => {
                written.push_str("- ");
                written.push_str(&rest.trim_start().replace('<', "\\<"));
            }
            None => written.push_str(&line.replace('<', "\\<")),
        }
    }
    written
}

/// Says in plain sentences what was assumed about rows: each sentence once, at the first row it holds for.
fn remarks(intake: &mut Intake) {
    const SENTENCES: [(Flag, &str); 5] = [
        (
            Flag::FarAway,
            "This day is more than half a year from the others. Perhaps a slip in year or month; it was kept as typed.",
        ),
        (
            Flag::MidnightAssumed,
            "The clock goes back here without a new day; the next day was assumed.",
        ),
        (
            Flag::Unreadable,
            "The time could not be read; the row was kept in its place.",
        ),
        (
            Flag::WinterNameInSummer,
            "A name of winter time on a summer's day; it was taken as written.",
        ),
        (
            Flag::DayMonthOrder,
            "Day and month could be meant the other way round; check which one was taken.",
        ),
    ];
    for (flag, sentence) in SENTENCES {
        let mut lines = intake
            .events
            .iter()
            .filter(|event| event.flags.contains(&flag))
            .map(|event| event.line);
        let Some(line) = lines.next() else { continue };
        let text = match lines.count() {
            0 => sentence.to_owned(),
            1 => format!("{sentence} (And in one more row.)"),
            more => format!("{sentence} (And in {more} more rows.)"),
        };
        intake.remarks.push(Remark { line, text });
    }
    intake.remarks.sort_by_key(|remark| remark.line);
}
