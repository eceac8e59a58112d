//! The day of a clock time that stands alone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Context;
use super::local::{Frame, local_day};
use super::problem::{Note, Problem, shorten};
use super::reading::Moment;
use super::spot::frame;

/// How far before the row above a clock time alone may lie and still be taken for one that is
/// merely out of order.
///
/// Among 2,500 rows of published timelines, rows out of order lay up to five and a half hours
/// back and nearly all of them under three; rows of a later day that carried no date lay six
/// hours back or more, with one exception. So a longer way back leads to the next day.
const OUT_OF_ORDER: TimeDelta = TimeDelta::hours(6);

/// How far back over midnight: 23:50 behind 00:10 belongs to the evening before.
const OVER_MIDNIGHT: TimeDelta = TimeDelta::hours(1);

/// When a reading begins and ends, at the latest.
pub(super) type Extent = (DateTime<Utc>, DateTime<Utc>);

/// The day of a moment that names none: the first on which it does not end too far before the
/// row above, beginning with the day before the row's own. `on` tells when it would begin and
/// end on a day.
///
/// # Errors
///
/// [`Problem::NeedsDay`] when there is neither a row above nor a day of the story.
pub(super) fn day_of(
    moment: &Moment,
    typed: &str,
    context: &Context,
    notes: &mut Vec<Note>,
    on: impl Fn(NaiveDate) -> Result<Extent, Problem>,
) -> Result<NaiveDate, Problem> {
    let Some(row) = context.previous else {
        return story_day(typed, context, notes, on);
    };
    let same = own_day(moment, row, context)?;
    let reaches = |day: Option<NaiveDate>, back: TimeDelta| {
        let Some(day) = day else { return Ok(None) };
        let (_, end) = on(day)?;
        Ok((end + back >= row).then_some(day))
    };
    if let Some(day) = reaches(same.pred_opt(), OVER_MIDNIGHT)? {
        return Ok(day);
    }
    if let Some(day) = reaches(Some(same), OUT_OF_ORDER)? {
        return Ok(day);
    }
    let next = same.succ_opt().ok_or(Problem::OutOfRange)?;
    let (start, _) = on(next)?;
    notes.push(Note::RolledPastMidnight {
        day: local_day(context.zone, start),
    });
    Ok(next)
}

/// Without a row above: the day of the story. A time typed in another zone is taken on the day
/// there that brings it onto the story's day here.
fn story_day(
    typed: &str,
    context: &Context,
    notes: &mut Vec<Note>,
    on: impl Fn(NaiveDate) -> Result<Extent, Problem>,
) -> Result<NaiveDate, Problem> {
    let Some(day) = context.day else {
        let today = local_day(context.zone, context.now);
        return Err(Problem::NeedsDay {
            example: format!("{today} {}", shorten(typed)),
        });
    };
    notes.push(Note::DayAssumed { day });
    let near = [Some(day), day.pred_opt(), day.succ_opt()];
    for there in near.into_iter().flatten() {
        let (start, _) = on(there)?;
        if local_day(context.zone, start) == day {
            return Ok(there);
        }
    }
    Ok(day)
}

/// The day on which an instant lies where a moment's clock stands.
pub(super) fn own_day(
    moment: &Moment,
    at: DateTime<Utc>,
    context: &Context,
) -> Result<NaiveDate, Problem> {
    let clocks = Frame::Zone(context.zone).clocks_at(at);
    let (frame, _) = frame(moment, clocks, context.zone)?;
    Ok(frame.clocks_at(at).date())
}
