//! What holds for every text.

use chrono::SubsecRound;
use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(&TZ_VARIANTS[..])
}

/// Instants from the year 1000 to 2999, in microseconds.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (-30_610_224_000_000_000..32_503_680_000_000_000_i64)
        .prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn contexts() -> impl Strategy<Value = Context> {
    let row = prop::option::of(instants());
    let day = prop::option::of(instants().prop_map(|at| at.date_naive()));
    (zones(), row, day, instants()).prop_map(|(zone, previous, day, now)| Context {
        zone,
        previous,
        day,
        now,
    })
}

/// Texts made of the pieces of times, which come further than arbitrary ones.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "14",
        "32",
        "02:30",
        "1432",
        "2017",
        "00",
        "24",
        "31",
        "2026-10-25",
        "1",
        "+",
        "-",
        "–",
        ":",
        ".",
        "/",
        ",",
        "~",
        " ",
        " to ",
        "between ",
        "T",
        "Z",
        "pm",
        "h",
        "m",
        "d",
        "later",
        "Oct",
        "June",
        "Tue",
        "??",
        "xx",
        "CEST",
        "ET",
        "UTC",
        "yesterday",
        "p1718271498073800",
        "1718271498",
        "Europe/Berlin",
        "in ",
        "(",
        ")",
        "99999",
        "é",
        "٣",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..9)
        .prop_map(|chosen| chosen.concat())
}

/// Whatever came of a text can be said and shown, and every choice leads to an answer.
fn check(typed: &str, context: &Context) -> Result<(), TestCaseError> {
    match parse(typed, context) {
        Ok(read) => {
            let (when, zone) = (&read.when, context.zone);
            prop_assert!(!clock(when, zone).is_empty());
            prop_assert!(!full(when, zone).is_empty());
            prop_assert_eq!(day(when, zone).is_some(), when.at().is_some());
            let again = When::from_parts(when.typed(), when.at(), when.until(), when.precision());
            prop_assert_eq!(again.as_ref(), Ok(when));
            for note in &read.notes {
                prop_assert!(note.sentence().ends_with('.'));
            }
        }
        Err(problem) => {
            prop_assert!(problem.to_string().ends_with('.'));
            for choice in problem.choices() {
                let chosen = parse(&choice.typed, context);
                let is_settled = match (&problem, &chosen) {
                    (_, Ok(_)) => true,
                    // The date is settled; its clock time may be in doubt on that day.
                    (Problem::AmbiguousDate { .. }, Err(other)) => {
                        !matches!(other, Problem::AmbiguousDate { .. })
                    }
                    (_, Err(Problem::OutOfRange)) => true,
                    _ => false,
                };
                prop_assert!(is_settled, "{} became {:?}", choice.typed, chosen);
            }
        }
    }
    Ok(())
}

/// A line is cut into two pieces of itself, and the first is a time.
fn check_split(line: &str, context: &Context) -> Result<(), TestCaseError> {
    let Some((time, text)) = split(line, context) else {
        return Ok(());
    };
    prop_assert!(line.contains(time) && line.contains(text));
    let read = parse(time, context);
    let is_time = !matches!(read, Err(Problem::Unreadable { .. } | Problem::Empty));
    prop_assert!(is_time, "{line:?} was cut into {time:?} and {text:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_panics(typed in "\\PC{0,40}", context in contexts()) {
        check(&typed, &context)?;
        check_split(&typed, &context)?;
    }

    #[test]
    fn no_characters_panic(characters in prop::collection::vec(any::<char>(), 0..300), context in contexts()) {
        let typed: String = characters.into_iter().collect();
        check(&typed, &context)?;
        check_split(&typed, &context)?;
    }

    #[test]
    fn no_text_made_of_pieces_of_times_panics(typed in pieces(), context in contexts()) {
        check(&typed, &context)?;
        check_split(&typed, &context)?;
    }

    #[test]
    fn an_instant_is_read_again_from_its_iso_text(at in instants(), context in contexts()) {
        let read = parse(&iso(at), &context).unwrap();
        prop_assert_eq!(read.when.at(), Some(at));
        prop_assert_eq!(read.when.precision(), Precision::Exact);
    }

    #[test]
    fn an_instant_is_read_again_from_what_the_clocks_showed(at in instants(), zone in zones()) {
        let at = at.trunc_subsecs(0);
        let context = Context { zone, previous: None, day: None, now: at };
        let local = at.with_timezone(&zone).naive_local();
        let typed = local.format("%Y-%m-%d %H:%M:%S").to_string();
        match parse(&typed, &context) {
            Ok(read) => prop_assert_eq!(read.when.at(), Some(at)),
            Err(Problem::OutOfRange) => prop_assert!(!typed.starts_with(['1', '2'])),
            Err(problem) => {
                let read = problem.choices().iter().map(|c| parse(&c.typed, &context).unwrap());
                let instants: Vec<_> = read.map(|read| read.when.at()).collect();
                prop_assert!(instants.contains(&Some(at)), "{} {:?}", typed, instants);
            }
        }
    }

    #[test]
    fn every_clock_time_near_every_change_is_read_or_asked_about(
        zone in zones(),
        hour in 0_i64..(300 * 366 * 24),
        kind in 0_usize..4,
    ) {
        let clocks = NaiveDate::from_ymd_opt(1840, 1, 1).unwrap().and_hms_opt(0, 30, 0).unwrap();
        let clocks = clocks + chrono::TimeDelta::hours(hour);
        let context = Context { zone, previous: None, day: None, now: clocks.and_utc() };
        let format = ["%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m-%d %H:??", "%Y-%m-%d %H:%M - 23:59"];
        check(&clocks.format(format[kind]).to_string(), &context)?;
    }
}
