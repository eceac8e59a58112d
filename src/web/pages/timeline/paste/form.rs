//! What the page of pasted lines sends: the text, the answers, the rows, the names.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::app::timeline::{Batch, BatchRow, EventInput, Renamed};
use crate::domain::when::{Precision, When};

/// The whole page as one form: as many of each field as there are rows and names, and the ticked ones by their place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct PasteForm {
    /// The text as it was pasted.
    pub(super) paste: String,
    pub(super) day: String,
    pub(super) zone: String,
    pub(super) when: Vec<String>,
    /// What each time was read as, by [`stands`].
    pub(super) read: Vec<String>,
    pub(super) lane: Vec<String>,
    pub(super) text: Vec<String>,
    pub(super) speaker: Vec<String>,
    pub(super) take: BTreeSet<usize>,
    pub(super) name: Vec<String>,
    pub(super) role: Vec<String>,
    pub(super) keep: BTreeSet<usize>,
    /// Names that stay where no role is given.
    pub(super) within: BTreeSet<usize>,
    /// `all` and `none` only tick; anything else adds.
    #[serde(rename = "do")]
    asked: String,
}

impl PasteForm {
    pub(super) fn of(paste: String, day: String) -> Self {
        Self {
            paste,
            day,
            ..Self::default()
        }
    }

    /// Ticks all or none if that is what the button said; tells whether it was.
    pub(super) fn ticks(&mut self) -> bool {
        match self.asked.as_str() {
            "all" => self.take = (0..self.when.len()).collect(),
            "none" => self.take.clear(),
            _ => return false,
        }
        true
    }

    pub(super) fn batch(&self) -> Batch {
        let fields = self.when.iter().zip(&self.lane).zip(&self.text).enumerate();
        let rows = fields.map(|(index, ((when, lane), text))| BatchRow {
            input: EventInput {
                when: when.clone(),
                lane: lane.clone(),
                text: text.clone(),
                ..EventInput::default()
            },
            read: self.read.get(index).and_then(|read| stood(read)),
            speaker: self.speaker.get(index).cloned().unwrap_or_default(),
            taken: self.take.contains(&index),
        });
        Batch {
            rows: rows.collect(),
            day: self.day.clone(),
            zone: self.zone.clone(),
            names: self.names(),
        }
    }

    /// The names with the roles that were typed for them.
    pub(super) fn names(&self) -> Vec<Renamed> {
        let names = self.name.iter().enumerate();
        let names = names.map(|(index, name)| {
            let role = self.role.get(index).cloned().unwrap_or_default();
            let stays = self.within.contains(&index) && role.trim().is_empty();
            Renamed {
                name: name.clone(),
                keep: stays || self.keep.contains(&index),
                role,
            }
        });
        names.collect()
    }
}

/// A moment as one field, so that it stands while its text is not changed.
pub(super) fn stands(when: &When) -> String {
    let iso = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let precision = when.precision().as_code();
    format!(
        "{}|{}|{precision}|{}",
        iso(when.at()),
        iso(when.until()),
        when.typed()
    )
}

/// The moment of such a field; `None` if somebody tampered with it, and the text is read anew.
fn stood(field: &str) -> Option<When> {
    let mut parts = field.splitn(4, '|');
    let mut instant = || {
        let part = parts.next()?;
        match part {
            "" => Some(None),
            part => DateTime::parse_from_rfc3339(part)
                .map(|at| Some(at.to_utc()))
                .ok(),
        }
    };
    let (at, until) = (instant()?, instant()?);
    let precision = Precision::from_code(parts.next()?)?;
    When::from_parts(parts.next()?, at, until, precision).ok()
}
