//! Times of day in front of a line: `10:41 Uhr`, `11 Uhr`, `10 h 32`, `18:10ish`, `midi`.

use super::scan::Scan;
use super::tongues;
use crate::domain::timeline::paste::halves;

/// A time of day, or a range of two.
pub(super) struct Clocks {
    pub(super) from: String,
    pub(super) until: Option<String>,
    pub(super) about: bool,
    /// Whether the readers do not know its notation.
    pub(super) odd: bool,
}

/// What stands between the two ends of a range.
const TO: [&str; 9] = ["bis", "à", "et", "und", "y", "to", "tot", "en", "hasta"];
/// What stands in front of a range.
const FROM: [&str; 8] = [
    "von", "zwischen", "entre", "tussen", "desde", "van", "between", "from",
];

/// Reads a time. `marked`: something in front of it says already that one follows.
pub(super) fn read(scan: &mut Scan<'_>, marked: bool) -> Option<Clocks> {
    if let Some(found) = scan.attempt(range).or_else(|| scan.attempt(halved)) {
        return Some(found);
    }
    let (from, mut odd) = one(scan, marked)?;
    let about = ish(scan);
    odd |= about;
    let until = scan.attempt(|scan| {
        let apart = scan.spaces();
        let sign = scan.sign(&['-', '–', '—']).is_some();
        let word = !sign && apart && scan.word_of(&TO).is_some();
        scan.spaces();
        let (until, other) = one(scan, sign || word)?;
        odd |= other || word;
        Some(until)
    });
    Some(Clocks {
        from,
        until,
        about,
        odd,
    })
}

/// `von 10 bis 11 Uhr`, `entre 10h et 11h`
fn range(scan: &mut Scan<'_>) -> Option<Clocks> {
    let word = scan.word_of(&FROM)?;
    let english = word == "between" || word == "from";
    scan.spaces();
    let (from, one_odd) = scan
        .attempt(|scan| one(scan, true))
        .or_else(|| scan.attempt(bare_hour).map(|hour| (hour, true)))?;
    scan.spaces();
    scan.word_of(&TO)?;
    scan.spaces();
    let (until, other_odd) = one(scan, true)?;
    Some(Clocks {
        from,
        until: Some(until),
        about: false,
        odd: !english || one_odd || other_odd,
    })
}

/// `2–3pm`, `11:30-1pm`: the end says in which half of the day both lie.
fn halved(scan: &mut Scan<'_>) -> Option<Clocks> {
    let hour = scan.digits(1, 2)?;
    let minute = scan.attempt(|scan| {
        scan.sign(&[':'])?;
        scan.digits(2, 2)
    });
    let minute = minute.unwrap_or("00");
    scan.spaces();
    scan.sign(&['-', '–', '—'])?;
    scan.spaces();
    let (until, _) = one(scan, true)?;
    let from = halves::beside(hour, minute, halves::of(&until)?.earlier())?;
    Some(Clocks {
        from,
        until: Some(until),
        about: false,
        odd: true,
    })
}

fn bare_hour(scan: &mut Scan<'_>) -> Option<String> {
    let hour = scan.digits(1, 2)?;
    (!scan.in_word()).then(|| written(hour, "00")).flatten()
}

/// Whether a mark of the hour follows a number: `Uhr`, `h`, am or pm.
pub(super) fn is_marked(scan: &Scan<'_>) -> bool {
    let mut ahead = *scan;
    ahead.spaces();
    ahead.word_of(&["uhr", "h", "am", "pm"]).is_some()
}

/// One time, in the form that is read, and whether the readers do not know its notation.
fn one(scan: &mut Scan<'_>, marked: bool) -> Option<(String, bool)> {
    if tongues::noon(scan) {
        return Some(("12:00".to_owned(), true));
    }
    scan.attempt(colon)
        .or_else(|| scan.attempt(|scan| dot(scan, marked)))
        .or_else(|| scan.attempt(letter_h))
        .or_else(|| scan.attempt(|scan| hour(scan, marked)))
}

/// `10:41`, `10:41:05,123`, `10:41 Uhr`, `10:41h`, `9:40 AM`
fn colon(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    let hour = scan.digits(1, 2)?;
    scan.sign(&[':'])?;
    let minute = scan.digits(2, 2)?;
    let start = scan.rest;
    scan.attempt(|scan| {
        scan.sign(&[':'])?;
        scan.digits(2, 2)?;
        scan.attempt(|scan| {
            scan.sign(&['.', ','])?;
            scan.digits(1, 9)
        });
        Some(())
    });
    let seconds = start.get(..start.len() - scan.rest.len())?;
    if let Some(half) = half(scan) {
        return written(hour, minute).map(|clock| (format!("{clock}{seconds} {half}"), false));
    }
    let odd = o_clock(scan);
    let clock = written(hour, minute)?;
    (odd || !scan.in_word() || scan.rest.starts_with("ish"))
        .then(|| (format!("{clock}{seconds}"), odd))
}

/// `10.41 Uhr`, `9.40 am`; `9.40` only where something says that a time follows.
fn dot(scan: &mut Scan<'_>, marked: bool) -> Option<(String, bool)> {
    let hour = scan.digits(1, 2)?;
    scan.sign(&['.'])?;
    let minute = scan.digits(2, 2)?;
    if let Some(half) = half(scan) {
        return written(hour, minute).map(|clock| (format!("{clock} {half}"), true));
    }
    let named = o_clock(scan);
    let goes_on = scan.in_word() || scan.rest.starts_with(['.', '%']);
    let clock = written(hour, minute)?;
    (named || (marked && !goes_on)).then_some((clock, true))
}

/// `10h32`, `10 h 32`, `10h`
fn letter_h(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    let hour = scan.digits(1, 2)?;
    let apart = scan.spaces();
    scan.word_of(&["h"])?;
    let minute = scan.attempt(|scan| {
        let apart = scan.spaces();
        let minute = scan.digits(2, 2)?;
        let is_another = apart && scan.rest.starts_with(':');
        (!scan.in_word() && !is_another).then_some((minute, apart))
    });
    if let Some((minute, also)) = minute {
        return written(hour, minute).map(|clock| (clock, apart || also));
    }
    // "10 h de retard" is a length; "10h :" and "à 10h" are times.
    None
}

/// `11 Uhr`, `11 Uhr 30`, `9 am`, and `10h` where something says that a time follows.
fn hour(scan: &mut Scan<'_>, marked: bool) -> Option<(String, bool)> {
    let hour = scan.digits(1, 2)?;
    if let Some(half) = half(scan) {
        return written(hour, "00").map(|_| (format!("{hour} {half}"), false));
    }
    if ish(&mut scan.clone()) {
        return written(hour, "00").map(|clock| (clock, true));
    }
    scan.spaces();
    if scan.word_of(&["uhr"]).is_some() {
        let minute = scan.attempt(|scan| {
            scan.spaces();
            let minute = scan.digits(2, 2)?;
            (!scan.in_word() && !scan.rest.starts_with([':', '.', '%'])).then_some(minute)
        });
        return written(hour, minute.unwrap_or("00")).map(|clock| (clock, true));
    }
    scan.word_of(&["h"])?;
    let mut behind = *scan;
    behind.spaces();
    let ends = behind.rest.is_empty() || behind.sign(&[':', ',', '-', '–', '—']).is_some();
    (marked || ends)
        .then(|| written(hour, "00"))
        .flatten()
        .map(|clock| (clock, true))
}

/// "Uhr" and "h" behind minutes.
fn o_clock(scan: &mut Scan<'_>) -> bool {
    scan.attempt(|scan| {
        scan.spaces();
        scan.word_of(&["uhr", "h", "hs"])
    })
    .is_some()
}

/// "AM" and "p.m." as they are read.
fn half(scan: &mut Scan<'_>) -> Option<&'static str> {
    scan.attempt(|scan| {
        scan.spaces();
        let word = scan.word_of(&["am", "pm", "a", "p"])?;
        if word.len() == 1 {
            scan.sign(&['.'])?;
            scan.word_of(&["m"])?;
            scan.sign(&['.']);
        }
        (!scan.in_word()).then_some(if word.starts_with('a') { "AM" } else { "PM" })
    })
}

/// `18:10ish`, `18:30-ish`
fn ish(scan: &mut Scan<'_>) -> bool {
    scan.attempt(|scan| {
        scan.sign(&['-']);
        scan.word_of(&["ish"])
    })
    .is_some()
}

fn written(hour: &str, minute: &str) -> Option<String> {
    let (of_day, of_hour): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (of_day <= 24 && of_hour < 60).then(|| format!("{of_day:02}:{minute}"))
}
