//! Takes rows, follow-up items and statements out of a part; the rest is text.

use super::days::Piece;
use super::events::{self, Eagerness};
use super::headings::Role;
use super::lines::{Kind, Line};
use super::parts::{self, Part};
use super::{IntakeAction, IntakeFactor, Remark, actions, factors, hints, zones};

/// What was taken out of a part.
#[derive(Default)]
pub(super) struct Taken<'a> {
    /// Whether the day of the part above still holds.
    pub(super) continues: bool,
    /// Whether the heading is only a label, below which the day of the part above may be needed again.
    pub(super) is_label: bool,
    pub(super) pieces: Vec<Piece>,
    pub(super) left: Vec<String>,
    pub(super) frame: Vec<Remark>,
    pub(super) actions: Vec<IntakeAction>,
    pub(super) factors: Vec<IntakeFactor>,
    pub(super) heading: &'a str,
}

/// `labels_below`: whether the next part is only a label's, so that what is said here still holds there.
pub(super) fn take<'a>(part: &Part<'a>, plain: bool, labels_below: bool) -> Taken<'a> {
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
    if !part.role.tells_the_story() {
        let (comments, text): (Vec<&Line<'_>>, Vec<&Line<'_>>) = part
            .lines
            .iter()
            .partition(|line| line.kind == Kind::Comment);
        taken.left = text.into_iter().map(|line| line.raw.to_owned()).collect();
        taken.frame = comments
            .into_iter()
            .map(|line| Remark {
                line: line.number,
                text: line.raw.trim().to_owned(),
            })
            .collect();
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
