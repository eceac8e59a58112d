//! What CEST, PST or ET mean: they are ambiguous, and often typed in the wrong season.

use chrono::{FixedOffset, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::local::{Doubt, Frame, abbreviation_at, offset_at};
use super::problem::{Note, Problem};

/// Settles an abbreviation for a clock time in a story.
///
/// First the story's own zone is asked: what its clocks showed just then, which also tells the
/// first from the second 02:30, and what they show in the other season, because CET is typed in
/// summer. Then come the well-known ones of America, Europe and elsewhere. A note says which
/// distance to UTC was taken, unless the clocks of the story showed just that.
pub(super) fn settle(
    abbreviation: &str,
    clocks: NaiveDateTime,
    story: Tz,
) -> Result<(Frame, Option<Note>), Problem> {
    if let Some(tz) = zone_of_both_seasons(abbreviation) {
        let frame = Frame::Zone(tz);
        let taken = frame
            .locate(clocks)
            .instants
            .first()
            .map(|at| offset_at(tz, *at));
        let note = taken
            .filter(|_| tz != story)
            .map(|offset| taken_note(abbreviation, offset));
        return Ok((frame, note));
    }
    let located = Frame::Zone(story).locate(clocks);
    if located.doubt != Some(Doubt::Gap)
        && let Some(shown) = located
            .instants
            .iter()
            .find(|at| is_shown(abbreviation, story, at.naive_utc()))
    {
        return Ok((Frame::Fixed(offset_at(story, *shown)), None));
    }
    let offset = other_season(abbreviation, clocks, story)
        .or_else(|| well_known(abbreviation))
        .ok_or_else(|| Problem::UnknownZone {
            name: abbreviation.to_ascii_uppercase(),
        })?;
    Ok((Frame::Fixed(offset), Some(taken_note(abbreviation, offset))))
}

fn taken_note(abbreviation: &str, offset: FixedOffset) -> Note {
    Note::OffsetTaken {
        abbreviation: abbreviation.to_ascii_uppercase(),
        offset,
    }
}

fn is_shown(abbreviation: &str, tz: Tz, utc: NaiveDateTime) -> bool {
    abbreviation_at(tz, utc.and_utc()).is_some_and(|shown| shown.eq_ignore_ascii_case(abbreviation))
}

/// The distance of an abbreviation of the story's zone that was shown within a year.
fn other_season(abbreviation: &str, clocks: NaiveDateTime, story: Tz) -> Option<FixedOffset> {
    nearby(clocks)
        .find(|utc| is_shown(abbreviation, story, *utc))
        .map(|utc| offset_at(story, utc.and_utc()))
}

/// Times within a year of one, the nearest first.
fn nearby(clocks: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
    let weeks = (0..=26).flat_map(|n| [2 * n, -2 * n]);
    weeks.map(move |weeks| clocks + TimeDelta::weeks(weeks))
}

/// Whether a zone shows this abbreviation within a year of a time.
pub(super) fn is_shown_near(abbreviation: &str, tz: Tz, utc: NaiveDateTime) -> bool {
    nearby(utc).any(|utc| is_shown(abbreviation, tz, utc))
}

/// Whether an abbreviation in lower case is known whatever the story's zone.
pub(super) fn is_known_elsewhere(abbreviation: &str) -> bool {
    zone_of_both_seasons(abbreviation).is_some() || well_known(abbreviation).is_some()
}

/// "ET" means the time in New York, in summer and in winter.
fn zone_of_both_seasons(abbreviation: &str) -> Option<Tz> {
    Some(match abbreviation {
        "et" => Tz::America__New_York,
        "ct" => Tz::America__Chicago,
        "mt" => Tz::America__Denver,
        "pt" => Tz::America__Los_Angeles,
        _ => return None,
    })
}

/// Those with one meaning to nearly everybody; IST has three and is not among them.
fn well_known(abbreviation: &str) -> Option<FixedOffset> {
    let minutes = match abbreviation {
        "hst" => -600,
        "akst" => -540,
        "akdt" | "pst" => -480,
        "pdt" | "mst" => -420,
        "mdt" | "cst" => -360,
        "cdt" | "est" => -300,
        "edt" => -240,
        "wet" => 0,
        "bst" | "cet" | "mez" | "west" => 60,
        "cest" | "mesz" | "eet" => 120,
        "eest" | "msk" => 180,
        "awst" => 480,
        "jst" | "kst" => 540,
        "acst" => 570,
        "aest" => 600,
        "acdt" => 630,
        "aedt" => 660,
        "nzst" => 720,
        "nzdt" => 780,
        _ => return None,
    };
    FixedOffset::east_opt(minutes * 60)
}
