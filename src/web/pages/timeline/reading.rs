//! The timeline on the reading page: what it comes to, the figure, the list.

use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::rows::{Line, Words, lines};
use crate::domain::postmortem::PostMortem;
use crate::domain::timeline::Event;
use crate::domain::timeline::figure::{
    Figure, Mark, Number, PhaseKind, Shape, View, caption, figure, has_breaks, windows,
};
use crate::domain::when;
use crate::web::pages::comments::Remarks;

/// What the address of the reading page says about the timeline. What cannot be read is passed over: a link to a
/// story must not break over its zoom.
#[derive(Debug, Default, Clone, Deserialize)]
pub(in crate::web) struct TimelineQuery {
    /// RFC 3339.
    #[serde(default)]
    from: String,
    /// RFC 3339.
    #[serde(default)]
    to: String,
    /// `true` for an axis that is true to time.
    #[serde(default)]
    scale: String,
    /// The zone in which times are shown, instead of the story's.
    #[serde(default)]
    zone: String,
}

impl TimelineQuery {
    fn view(&self) -> View {
        let instant = |typed: &str| typed.parse::<DateTime<Utc>>().ok();
        View {
            from: instant(&self.from),
            to: instant(&self.to),
            uncollapsed: self.scale == "true",
        }
    }
}

/// The figure with what there is to say about its signs.
#[derive(Template)]
#[template(path = "timeline/figure.html")]
pub(super) struct FigurePart {
    figure: Figure,
    legend: String,
}

impl FigurePart {
    /// Draws a timeline; `None` if there is nothing to draw.
    pub(super) fn new(events: &[Event], zone: Tz, view: &View) -> Option<Self> {
        let figure = figure(events, zone, view)?;
        let legend = legend(&figure);
        Some(Self { figure, legend })
    }
}

/// Explains the signs that occur.
fn legend(figure: &Figure) -> String {
    let any = |is: fn(&Mark) -> bool| figure.marks.iter().any(is);
    let mut sentences: Vec<String> = Vec::new();
    if !figure.breaks.is_empty() {
        sentences.push("Long quiet stretches are drawn short and say how long they were.".into());
    }
    if any(|mark| mark.hollow) {
        sentences.push("Hollow marks are approximate times.".into());
    }
    if any(|mark| matches!(mark.shape, Shape::Bar { .. })) {
        sentences.push("Bars last from one time to another, or lie somewhere between.".into());
    }
    if any(|mark| mark.events.len() > 1) {
        sentences.push("A mark with ×5 stands for five events.".into());
    }
    let numbered = |number: &Number| !number.text.starts_with('×');
    let mut numbers = figure.marks.iter().filter_map(|mark| mark.number.as_ref());
    if numbers.any(numbered) {
        sentences.push("Numbers stand beside the same moments in the list.".into());
    }
    match figure.undated {
        0 => {}
        1 => sentences.push("One event of unknown time stands in the list only.".into()),
        count => sentences.push(format!(
            "{count} events of unknown time stand in the list only."
        )),
    }
    sentences.join(" ")
}

/// A link that shows the figure otherwise.
struct ViewLink {
    label: &'static str,
    href: String,
    current: bool,
}

/// The timeline as one reads it.
#[derive(Template)]
#[template(path = "timeline/list.html")]
pub(in crate::web) struct Reading {
    caption: Option<String>,
    figure: Option<FigurePart>,
    views: Vec<ViewLink>,
    story_zone: &'static str,
    zone_name: &'static str,
    zone_text: Option<String>,
    other_zone: Option<(String, &'static str)>,
    lines: Vec<Line>,
    remarks: Remarks,
}

impl Reading {
    /// The timeline of a post-mortem; `None` if it has none.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        query: &TimelineQuery,
        remarks: &Remarks,
    ) -> Option<Self> {
        let (facts, events) = (&postmortem.facts, &postmortem.events);
        if events.is_empty() {
            return None;
        }
        let zone = when::zone(&query.zone).unwrap_or(facts.zone);
        let view = query.view();
        let other_zone = if zone != facts.zone {
            Some(("?#timeline".to_owned(), "Show the story’s zone"))
        } else {
            let utc = chrono_tz::Etc::UTC;
            let is_utc = first(events).is_none_or(|at| when::zone_text(zone, at) == "UTC");
            (!is_utc).then(|| (format!("?zone={}#timeline", utc.name()), "Show UTC"))
        };
        Some(Self {
            caption: caption(events, &facts.unknown_markers),
            figure: FigurePart::new(events, zone, &view),
            views: views(events, &view, &query.zone),
            story_zone: facts.zone.name(),
            zone_name: zone.name(),
            zone_text: zone_text(events, zone),
            other_zone,
            lines: lines(events, zone),
            remarks: remarks.clone(),
        })
    }
}

fn first(events: &[Event]) -> Option<DateTime<Utc>> {
    events.iter().filter_map(|event| event.when.at()).min()
}

/// "CEST, UTC+2", or both where the clocks changed in the course of the story.
fn zone_text(events: &[Event], zone: Tz) -> Option<String> {
    let last = events.iter().filter_map(|event| event.when.at()).max()?;
    let (first, last) = (
        when::zone_text(zone, first(events)?),
        when::zone_text(zone, last),
    );
    if first == zone.name() {
        return None;
    }
    Some(if first == last {
        first
    } else {
        format!("{first}, then {last}")
    })
}

/// The whole story, its parts, and the axis that is true to time.
fn views(events: &[Event], current: &View, zone: &str) -> Vec<ViewLink> {
    let link = |label, view: View| {
        let mut fields: Vec<(&str, String)> = Vec::new();
        fields.extend(view.from.map(|from| ("from", when::iso(from))));
        fields.extend(view.to.map(|to| ("to", when::iso(to))));
        fields.extend(view.uncollapsed.then(|| ("scale", "true".to_owned())));
        fields.extend((!zone.is_empty()).then(|| ("zone", zone.to_owned())));
        let fields = serde_html_form::to_string(&fields).unwrap_or_default();
        ViewLink {
            label,
            href: format!("?{fields}#timeline"),
            current: view == *current,
        }
    };
    let mut views = vec![link("whole story", View::default())];
    views.extend(windows(events).into_iter().map(|window| {
        let view = View {
            from: Some(window.from),
            to: Some(window.to),
            uncollapsed: false,
        };
        link(window.label, view)
    }));
    if has_breaks(events) {
        let view = View {
            uncollapsed: true,
            ..View::default()
        };
        views.push(link("true to time", view));
    }
    views
}
