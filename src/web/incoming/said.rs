//! What a person says about the files that they sent.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::app::incoming::formats::{Options, Unreadable};
use crate::domain::when::{self, Context};

/// What is to be done with what was sent: what it is, and what a person says about it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::web) struct Said {
    pub(in crate::web) format: String,
    pub(in crate::web) channel: String,
    pub(in crate::web) from: String,
    pub(in crate::web) to: String,
    pub(in crate::web) zone: String,
    pub(in crate::web) title: String,
    pub(in crate::web) map: String,
}

impl Said {
    /// The fields that say something.
    pub(in crate::web) const FIELDS: [&str; 7] =
        ["format", "channel", "from", "to", "zone", "title", "map"];

    /// What the fields of a form say.
    pub(in crate::web) fn of(fields: &HashMap<String, String>) -> Self {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        Self {
            format: field("format"),
            channel: field("channel"),
            from: field("from"),
            to: field("to"),
            zone: field("zone"),
            title: field("title"),
            map: field("map"),
        }
    }

    /// Whether nothing but the format is said.
    pub(in crate::web) fn is_blank(&self) -> bool {
        let said = [
            &self.channel,
            &self.from,
            &self.to,
            &self.zone,
            &self.title,
            &self.map,
        ];
        said.iter().all(|said| said.trim().is_empty())
    }
}

/// Reads what was said about the files.
pub(super) fn options(said: &Said, now: DateTime<Utc>) -> Result<Options, Unreadable> {
    let zone = match said.zone.trim() {
        "" => None,
        typed => Some(when::zone(typed).map_err(|problem| Unreadable(problem.to_string()))?),
    };
    let (from, _) = bound(&said.from, zone, now)?;
    let (to, until) = bound(&said.to, zone, now)?;
    let pairs = said
        .map
        .split([',', '\n'])
        .filter(|pair| !pair.trim().is_empty());
    let map = pairs.map(|pair| {
        let halves = pair.split_once('=');
        let halves =
            halves.map(|(what, column)| (what.trim().to_owned(), column.trim().to_owned()));
        halves.ok_or_else(|| {
            Unreadable(format!(
                "\"{}\" names no column. Write it as when=Time.",
                pair.trim()
            ))
        })
    });
    Ok(Options {
        channel: said.channel.clone(),
        from,
        // A day that is named as the end belongs to the window.
        to: until.or(to),
        zone,
        title: said.title.clone(),
        map: map.collect::<Result<_, _>>()?,
        now,
        ..Options::default()
    })
}

type Bound = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

fn bound(typed: &str, zone: Option<Tz>, now: DateTime<Utc>) -> Result<Bound, Unreadable> {
    if typed.trim().is_empty() {
        return Ok((None, None));
    }
    let context = Context {
        zone: zone.unwrap_or(Tz::Etc__UTC),
        previous: None,
        day: None,
        now,
    };
    let read = when::parse(typed, &context)
        .map_err(|problem| Unreadable(format!("\"{typed}\": {problem}")))?;
    if read.when.at().is_none() {
        return Err(Unreadable(format!(
            "\"{typed}\" names no moment. Write it as 2026-10-14 14:00, or a day as 2026-10-14."
        )));
    }
    Ok((read.when.at(), read.when.until()))
}
