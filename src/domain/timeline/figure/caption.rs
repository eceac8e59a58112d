//! Where the time went, in a sentence computed from the markers. What is not marked is named, never invented.

use chrono::TimeDelta;

use super::phases::{BOUNDARIES, known, reversed};
use crate::domain::timeline::{Event, Marker, marked};
use crate::domain::when::{Precision, duration};

/// "10 min passed before anyone could see it; 33 min until it was mitigated." with a second sentence for markers that
/// are missing. `unknown` are the markers of which the writers say that nobody knows the moment.
///
/// `None` if nothing is marked and nothing said.
#[must_use]
pub fn caption(events: &[Event], unknown: &[Marker]) -> Option<String> {
    let any = BOUNDARIES
        .into_iter()
        .any(|marker| marked(events, marker).is_some() || unknown.contains(&marker));
    if !any {
        return None;
    }
    let sentences: Vec<String> = [stretches(events), missing(events, unknown)]
        .into_iter()
        .flatten()
        .collect();
    Some(sentences.join(" "))
}

fn stretches(events: &[Event]) -> Option<String> {
    let known = known(events);
    if let Some((later, earlier)) = reversed(&known) {
        let name = |index: usize| BOUNDARIES.get(index).map_or("", |marker| marker.label());
        return Some(format!(
            "“{}” is marked at an earlier moment than “{}”, so how long things took is not told. If it was not so, move one of the two marks.",
            name(later),
            name(earlier)
        ));
    }
    let pairs = known.iter().zip(known.iter().skip(1));
    let parts = pairs
        .enumerate()
        .map(|(place, ((from, start), (to, end)))| {
            let vague = is_vague(events, *from) || is_vague(events, *to);
            stretch(place == 0, (*from, *to), *end - *start, vague)
        });
    let sentence = parts.collect::<Vec<_>>().join("; ");
    let mut characters = sentence.chars();
    let first = characters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), characters.as_str()))
}

/// One stretch between two boundaries; the first one names both, the others go on from it.
fn stretch(first: bool, between: (usize, usize), length: TimeDelta, vague: bool) -> String {
    let about = if vague { "about " } else { "" };
    let time = match length.num_seconds() {
        0 => "no time".to_owned(),
        _ => format!("{about}{}", duration(length)),
    };
    match (between, first) {
        ((1, 0), _) => format!("the first sign came {time} before impact began"),
        ((0, 1), _) => format!("{time} passed before anyone could see it"),
        // An early warning stands before it.
        ((0, 2), false) => format!("{time} from then until it was mitigated"),
        ((0, 3), false) => format!("{time} from then until it was over"),
        ((0, 2), _) => format!("{time} passed until it was mitigated"),
        ((0, _), _) => format!("{time} passed from beginning to end"),
        ((1, 2), true) => format!("{time} passed from the first sign until it was mitigated"),
        ((1, _), true) => format!("{time} passed from the first sign until it was over"),
        ((_, _), true) => format!("{time} passed from when it was mitigated until it was over"),
        ((1, 2), false) => format!("{time} until it was mitigated"),
        ((_, _), false) => format!("{time} more until it was over"),
    }
}

fn is_vague(events: &[Event], boundary: usize) -> bool {
    let event = BOUNDARIES
        .get(boundary)
        .and_then(|marker| marked(events, *marker));
    let precision = event.map(|event| event.when.precision());
    matches!(precision, Some(Precision::About | Precision::Range))
}

fn missing(events: &[Event], unknown: &[Marker]) -> Option<String> {
    let timeless =
        |marker: &Marker| marked(events, *marker).is_some_and(|event| event.when.at().is_none());
    let (nobody, unmarked): (Vec<Marker>, Vec<Marker>) = BOUNDARIES
        .into_iter()
        .filter(|marker| marked(events, *marker).is_none() || timeless(marker))
        .partition(|marker| unknown.contains(marker) || timeless(marker));
    let nobody = quoted(&nobody).map(|list| format!("Nobody knows the time of {list}."));
    let unmarked = quoted(&unmarked).map(|list| format!("Not marked: {list}."));
    let sentences: Vec<String> = [nobody, unmarked].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn quoted(markers: &[Marker]) -> Option<String> {
    let words: Vec<String> = markers
        .iter()
        .map(|marker| format!("“{}”", marker.label().to_lowercase()))
        .collect();
    let (last, rest) = words.split_last()?;
    if rest.is_empty() {
        return Some(last.clone());
    }
    Some(format!("{} and {last}", rest.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeline::samples::{billing, event, marked as at};
    use Marker::{FirstSign, ImpactBegan, Mitigated, Over};

    fn check(rows: &[Event], unknown: &[Marker], expected: Option<&str>) {
        assert_eq!(caption(rows, unknown).as_deref(), expected);
    }

    #[test]
    fn the_caption_says_where_the_time_went() {
        check(
            &billing(),
            &[],
            Some(
                "10 min passed before anyone could see it; 33 min until it was mitigated; \
                 1 h 41 min more until it was over.",
            ),
        );
    }

    #[test]
    fn a_missing_marker_is_named_and_never_invented() {
        check(
            &[at("14:00", ImpactBegan), at("14:43", Mitigated)],
            &[Over],
            Some(
                "43 min passed until it was mitigated. Nobody knows the time of “over”. \
                 Not marked: “first sign”.",
            ),
        );
        check(
            &[at("14:10", FirstSign)],
            &[],
            Some("Not marked: “impact began”, “mitigated” and “over”."),
        );
        check(
            &[
                at("14:10", FirstSign),
                at("16:00", Over),
                at("?", ImpactBegan),
            ],
            &[Mitigated],
            Some(
                "1 h 50 min passed from the first sign until it was over. \
                 Nobody knows the time of “impact began” and “mitigated”.",
            ),
        );
    }

    #[test]
    fn a_timeline_without_markers_has_no_caption() {
        check(&[event("14:00")], &[], None);
        check(&[], &[], None);
        check(&[at("14:00", Marker::SomeoneKnew)], &[], None);
    }

    #[test]
    fn markers_out_of_order_are_told_and_not_subtracted() {
        for (later, earlier) in [
            (Over, FirstSign),
            (Mitigated, ImpactBegan),
            (Over, ImpactBegan),
        ] {
            let rows = [at("14:10", earlier), at("14:00", later)];
            let text = caption(&rows, &[]).unwrap();
            let told = format!(
                "“{}” is marked at an earlier moment than “{}”",
                later.label(),
                earlier.label()
            );
            assert!(text.starts_with(&told), "{text}");
            assert!(!text.contains("10 min"), "{text}");
        }
    }

    #[test]
    fn a_sign_before_the_harm_is_a_warning_and_no_mistake() {
        let signs = [at("14:00", FirstSign), at("14:10", ImpactBegan)];
        check(
            &signs,
            &[Mitigated, Over],
            Some(
                "The first sign came 10 min before impact began. \
                 Nobody knows the time of “mitigated” and “over”.",
            ),
        );
        let [sign, harm] = signs;
        check(
            &[
                sign.clone(),
                harm.clone(),
                at("14:43", Mitigated),
                at("16:00", Over),
            ],
            &[],
            Some(
                "The first sign came 10 min before impact began; 33 min from then until it was mitigated; \
                 1 h 17 min more until it was over.",
            ),
        );
        check(
            &[sign.clone(), harm.clone(), at("16:00", Over)],
            &[Mitigated],
            Some(
                "The first sign came 10 min before impact began; 1 h 50 min from then until it was over. \
                 Nobody knows the time of “mitigated”.",
            ),
        );
        // A mitigation before the harm that it mitigates is still told.
        let rows = [sign, at("14:05", Mitigated), harm];
        let text = caption(&rows, &[Over]).unwrap();
        assert!(
            text.starts_with("“Mitigated” is marked at an earlier moment than “Impact began”"),
            "{text}"
        );
    }

    #[test]
    fn approximate_ends_make_approximate_lengths_and_none_is_none() {
        check(
            &[
                at("14:00", ImpactBegan),
                at("14:00", FirstSign),
                at("~14:30", Mitigated),
                at("15:00", Over),
            ],
            &[],
            Some(
                "No time passed before anyone could see it; about 30 min until it was mitigated; \
                 about 30 min more until it was over.",
            ),
        );
    }
}
