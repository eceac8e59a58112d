use proptest::prelude::*;

use super::*;
use crate::domain::timeline::samples::{ZONE, billing, event, marked as at, times};
use crate::domain::when::Precision;

fn drawn(events: &[Event]) -> Figure {
    figure(events, ZONE, &View::default()).unwrap()
}

fn ticks_of(figure: &Figure) -> Vec<String> {
    let text = |tick: &Tick| format!("{} {}", tick.text, tick.below.as_deref().unwrap_or(""));
    let ticks = figure.ticks.iter().map(text);
    ticks.map(|text| text.trim().to_owned()).collect()
}

#[test]
fn the_billing_night_is_drawn_as_it_was_designed() {
    let figure = drawn(&billing());
    assert_eq!(
        figure.title,
        "Timeline, Tue 13 Oct 2026 22:41 to Wed 14 Oct 2026 07:30, Europe/Vienna"
    );
    let breaks: Vec<(String, &str)> = figure
        .breaks
        .iter()
        .map(|pause| (pause.from.to_string(), pause.length.as_str()))
        .collect();
    assert_eq!(
        breaks,
        [
            ("166".to_owned(), "6 h 25 min"),
            ("788".to_owned(), "21 min"),
            ("842".to_owned(), "25 min"),
            ("896".to_owned(), "55 min"),
        ]
    );
    assert!(figure.breaks.iter().all(|pause| pause.label_x.is_some()));
    let numbers: Vec<&str> = figure
        .marks
        .iter()
        .filter_map(|mark| mark.number.as_ref().map(|number| number.text.as_str()))
        .collect();
    assert_eq!(numbers, ["1", "5", "2", "3", "4"]);
    assert_eq!(figure.marks.iter().filter(|mark| mark.hollow).count(), 1);
    assert_eq!(
        ticks_of(&figure),
        [
            "22:41 13 Oct",
            "05:06 14 Oct",
            "05:13",
            "05:24",
            "05:30",
            "05:36",
            "05:41",
            "05:47",
            "06:10",
            "06:35",
            "07:30",
        ]
    );
}

#[test]
fn phases_lie_between_their_moments_and_carry_their_names() {
    let figure = drawn(&billing());
    let phases: Vec<(PhaseKind, &str, String, String)> = figure
        .phases
        .iter()
        .map(|phase| {
            let name = phase.label.as_ref().map_or("", |(name, _)| name);
            (
                phase.kind,
                name,
                phase.x.to_string(),
                phase.end().to_string(),
            )
        })
        .collect();
    let row = |kind, name, x: &str, end: &str| (kind, name, x.to_owned(), end.to_owned());
    assert_eq!(
        phases,
        [
            row(PhaseKind::Unseen, "not yet seen", "202", "334.1"),
            row(PhaseKind::Responding, "responding", "334.1", "770"),
            row(PhaseKind::Recovering, "recovering", "770", "932"),
        ]
    );
    assert!(figure.phases.iter().all(|phase| phase.starts && phase.ends));
}

#[test]
fn a_missing_moment_leaves_the_bar_open() {
    let check = |rows: &[Event], expected: &[(PhaseKind, bool, bool)]| {
        let figure = drawn(rows);
        let phases: Vec<_> = figure
            .phases
            .iter()
            .map(|phase| (phase.kind, phase.starts, phase.ends))
            .collect();
        assert_eq!(phases, expected);
    };
    use Marker::{FirstSign, ImpactBegan, Mitigated, Over};
    use PhaseKind::{Recovering, Responding, Undivided, Unseen, Warned};
    check(
        &[at("14:00", ImpactBegan), at("14:10", FirstSign)],
        &[(Unseen, true, true), (Responding, true, false)],
    );
    check(
        &[at("14:00", FirstSign), at("14:10", Mitigated)],
        &[
            (Unseen, false, true),
            (Responding, true, true),
            (Recovering, true, false),
        ],
    );
    check(
        &[at("14:00", ImpactBegan), at("14:10", Over)],
        &[(Undivided, true, true)],
    );
    check(&[event("14:00")], &[]);
    check(&[at("14:10", ImpactBegan), at("14:00", Over)], &[]);
    // A sign before the harm is drawn before it.
    check(
        &[at("14:00", FirstSign), at("14:10", ImpactBegan)],
        &[(Warned, true, true), (Responding, true, false)],
    );
    check(
        &[
            at("14:00", FirstSign),
            at("14:10", ImpactBegan),
            at("14:40", Mitigated),
            at("15:00", Over),
        ],
        &[
            (Warned, true, true),
            (Responding, true, true),
            (Recovering, true, true),
        ],
    );
}

#[test]
fn marks_that_are_near_to_each_other_take_two_rows_and_many_become_one() {
    let check = |rows: &str, expected: &[(usize, f64)]| {
        let figure = drawn(&times(rows));
        let marks: Vec<(usize, f64)> = figure
            .marks
            .iter()
            .map(|mark| (mark.events.len(), mark.y.0))
            .collect();
        assert_eq!(marks, expected, "{rows}");
    };
    check("14:00", &[(1, 84.0)]);
    check("14:00 14:00", &[(1, 77.0), (1, 91.0)]);
    check(
        "14:00 14:00 14:00 14:00",
        &[(1, 77.0), (1, 91.0), (1, 77.0), (1, 91.0)],
    );
    check("14:00 14:00 14:00 14:00 14:00", &[(5, 88.0)]);
    check("14:00 15:00", &[(1, 84.0), (1, 84.0)]);
}

#[test]
fn bars_make_way_for_marks_and_for_each_other() {
    let figure = drawn(&times("14:00-15:00 14:30 14:20-14:40 16:00-17:00"));
    let bars: Vec<f64> = figure
        .marks
        .iter()
        .filter(|mark| matches!(mark.shape, Shape::Bar { .. }))
        .map(|mark| mark.y.0)
        .collect();
    assert_eq!(bars, [101.0, 67.0, 84.0]);
}

#[test]
fn a_view_shows_a_part_of_the_story() {
    let rows = billing();
    let windows = windows(&rows);
    let labels: Vec<&str> = windows.iter().map(|window| window.label).collect();
    assert_eq!(labels, ["Impact only"]);
    let part = View {
        from: windows.first().map(|window| window.from),
        to: windows.first().map(|window| window.to),
        uncollapsed: true,
    };
    let figure = figure(&rows, ZONE, &part).unwrap();
    assert_eq!(figure.marks.len(), 13);
    assert!(figure.breaks.is_empty());
    assert_eq!(figure.phases.len(), 3);
}

#[test]
fn what_lies_beyond_the_view_has_no_edge_there() {
    let rows = [
        at("14:00", Marker::ImpactBegan),
        at("15:00", Marker::FirstSign),
        event("15:10"),
        event("15:20"),
        at("16:00", Marker::Mitigated),
    ];
    let part = View {
        from: event("15:05").when.at(),
        to: event("15:30").when.at(),
        uncollapsed: false,
    };
    let figure = figure(&rows, ZONE, &part).unwrap();
    let phases: Vec<_> = figure
        .phases
        .iter()
        .map(|phase| {
            (
                phase.kind,
                phase.x.0,
                phase.end().0,
                phase.starts,
                phase.ends,
            )
        })
        .collect();
    assert_eq!(phases, [(PhaseKind::Responding, LEFT, RIGHT, false, false)]);
}

#[test]
fn nothing_dated_is_no_figure() {
    assert!(figure(&times("? ?"), ZONE, &View::default()).is_none());
    assert!(figure(&[], ZONE, &View::default()).is_none());
    assert_eq!(drawn(&times("14:00 ? ?")).undated, 2);
}

#[test]
fn ticks_show_days_years_and_seconds_as_the_story_needs_them() {
    let check = |rows: &str, expected: &[&str]| {
        assert_eq!(ticks_of(&drawn(&times(rows))), expected, "{rows}");
    };
    check(
        "14:00:01 14:00:21 14:00:41",
        &["14:00:01 14 Oct", "14:00:21", "14:00:41"],
    );
    check("2026-10-14 2026-10-16", &["14 Oct 2026", "16 Oct"]);
    check(
        "2025-12-31T23:50 2026-01-01T00:10 2026-01-01T00:20",
        &["31 Dec 2025", "1 Jan 2026", "00:20"],
    );
    check(
        "2026-10-14T23:50 2026-10-15T00:10",
        &["23:50 14 Oct", "00:10 15 Oct"],
    );
}

#[test]
fn a_story_before_1970_and_one_of_years_are_drawn() {
    let figure = drawn(&times(
        "1889-05-31T15:10 1889-05-31T16:07 1889-06-01 1967 1989",
    ));
    assert_eq!(figure.marks.len(), 5);
    within(&figure);
}

/// Every number of a figure is finite and lies within the view box.
fn within(figure: &Figure) {
    let x = |x: f64| assert!((0.0..=WIDTH).contains(&x), "{x} in {figure:?}");
    let y = |y: f64| assert!((0.0..=HEIGHT).contains(&y), "{y} in {figure:?}");
    for pause in &figure.breaks {
        x(pause.from.0);
        x(pause.to.0);
        assert!(pause.from < pause.to);
        let half = labels::small(&pause.length) / 2.0;
        if let Some(label) = pause.label_x {
            x(label.0 - half);
            x(label.0 + half);
        }
    }
    for phase in &figure.phases {
        x(phase.x.0);
        x(phase.end().0);
        assert!(phase.plate() >= phase.x || phase.label.is_none());
    }
    for mark in &figure.marks {
        let width = match mark.shape {
            Shape::Bar { width } => width.0,
            _ => 7.0,
        };
        x(mark.x.0 - if width == 7.0 { 7.0 } else { 0.0 });
        x(mark.x.0 + width);
        y(mark.y.0 - 7.0);
        y(mark.y.0 + 7.0);
        if let Some(number) = &mark.number {
            let length = labels::small(&number.text);
            let (left, right) = match number.anchor {
                "start" => (0.0, length),
                "end" => (length, 0.0),
                _ => (length / 2.0, length / 2.0),
            };
            x(number.x.0 - left);
            x(number.x.0 + right);
            y(number.y.0 - 9.0);
            y(number.y.0);
        }
    }
    for tick in &figure.ticks {
        let half = labels::small(&tick.text) / 2.0;
        x(tick.x.0 - half);
        x(tick.x.0 + half);
    }
}

/// No two marks lie on top of each other, and no two ticks run into each other.
fn apart(figure: &Figure) {
    let marks: Vec<&Mark> = figure
        .marks
        .iter()
        .filter(|mark| !matches!(mark.shape, Shape::Bar { .. }))
        .collect();
    for (index, one) in marks.iter().enumerate() {
        for other in marks.iter().skip(index + 1) {
            let distance = (one.x.0 - other.x.0).abs();
            let beside = distance > 8.99;
            let below = (one.y.0 - other.y.0).abs() > 13.9;
            assert!(beside || below, "{one:?} {other:?}");
        }
    }
    let places: Vec<f64> = figure.ticks.iter().map(|tick| tick.x.0).collect();
    for (one, other) in places.iter().zip(places.iter().skip(1)) {
        assert!(other - one >= 51.9, "{places:?}");
    }
}

/// Rows around a beginning, at distances from nothing to years, some of them vague, long, marked or unknown.
fn stories() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![
        Just(0_i64),
        1..100_i64,
        60..7_200_i64,
        3_600..1_000_000_i64,
        Just(40_000_000_i64)
    ];
    let row = (step, 0..3_usize, 0..12_usize, 0..40_usize);
    let begin = -30_000_000_000_i64..30_000_000_000_i64;
    (begin, prop::collection::vec(row, 1..60)).prop_map(|(begin, rows)| {
        let mut seconds = begin;
        let rows = rows.into_iter().map(|(step, lane, kind, marker)| {
            seconds += step;
            let from = DateTime::from_timestamp(seconds, 0).unwrap();
            let (at, until, precision) = match kind {
                0 => (None, None, Precision::Unknown),
                1 | 2 => (
                    Some(from),
                    Some(from + TimeDelta::seconds(step + 1)),
                    Precision::Range,
                ),
                3 => (Some(from), None, Precision::About),
                4 => (Some(from), None, Precision::Exact),
                _ => (Some(from), None, Precision::Minute),
            };
            Event {
                when: crate::domain::when::When::from_parts("x", at, until, precision).unwrap(),
                lane: Lane::ALL[lane],
                marker: Marker::ALL.get(marker).copied(),
                ..event("14:00")
            }
        });
        rows.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_story_is_drawn_within_the_view_box(rows in stories(), uncollapsed: bool, mixed: bool) {
        let mut rows = rows;
        if mixed {
            rows.reverse();
        }
        let view = View { uncollapsed, ..View::default() };
        match figure(&rows, chrono_tz::America::St_Johns, &view) {
            Some(figure) => {
                within(&figure);
                apart(&figure);
                let shown: usize = figure.marks.iter().map(|mark| mark.events.len()).sum();
                prop_assert_eq!(shown + figure.undated, rows.len());
                prop_assert!(figure.breaks.is_empty() || !uncollapsed);
            }
            None => prop_assert!(rows.iter().all(|row| row.when.at().is_none())),
        }
        prop_assert!(caption(&rows, &[]).is_none_or(|caption| caption.ends_with('.')));
        let entries = story::story(&rows, chrono_tz::America::St_Johns);
        prop_assert!(entries.len() >= rows.len());
    }

    #[test]
    fn every_part_of_a_story_is_drawn_within_the_view_box(rows in stories(), from in 0..60_usize, to in 0..60_usize) {
        let moment = |index: usize| rows.get(index).and_then(|row| row.when.at());
        let view = View { from: moment(from), to: moment(to), uncollapsed: false };
        if let Some(figure) = figure(&rows, chrono_tz::Asia::Kathmandu, &view) {
            within(&figure);
            apart(&figure);
        }
    }
}
