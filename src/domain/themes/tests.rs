//! What the table says, on histories small enough to count by hand.

use super::{Cited, Quarter, Rung, Shade, Tendency, Told, count};

fn quarters(first: &str, last: &str) -> Vec<Quarter> {
    let read = |typed| Quarter::parse(typed).unwrap();
    read(first).through(read(last))
}

/// `per_quarter` post-mortems in each quarter, numbered from 0.
fn history(columns: &[Quarter], per_quarter: i32) -> Vec<Told> {
    let all = columns
        .iter()
        .flat_map(|quarter| (0..per_quarter).map(move |_| *quarter));
    (0..)
        .zip(all)
        .map(|(postmortem, quarter)| Told {
            postmortem,
            quarter,
        })
        .collect()
}

fn cited(postmortem: i32, theme: &str) -> Cited<'_> {
    Cited {
        postmortem,
        theme: (!theme.is_empty()).then_some(theme),
        inferred: false,
    }
}

#[test]
fn a_theme_counts_once_per_post_mortem_and_rows_are_sorted() {
    let columns = quarters("2026-Q1", "2026-Q2");
    let told = history(&columns, 5);
    let findings = [
        cited(0, "b"),
        cited(0, "b"),
        cited(1, "b"),
        cited(6, "b"),
        cited(1, "a"),
        cited(2, ""),
    ];
    let table = count(&columns, &told, &findings);
    assert_eq!((table.n, table.statements, table.without), (10, 6, 1));
    let rows: Vec<(&str, usize)> = table
        .rows
        .iter()
        .map(|row| (row.theme.as_str(), row.total))
        .collect();
    assert_eq!(rows, [("b", 3), ("a", 1)]);
    let counts: Vec<usize> = table.rows[0].cells.iter().map(|cell| cell.count).collect();
    assert_eq!(counts, [2, 1]);
    assert_eq!(table.rung(), Rung::Provisional);
}

#[test]
fn colour_goes_by_share_against_the_greatest_share_and_few_have_none() {
    let columns = quarters("2026-Q1", "2026-Q3");
    // Ten in the first quarter, five in the second, four in the third.
    let mut told = history(&columns[..1], 10);
    told.extend((10..15).map(|postmortem| Told {
        postmortem,
        quarter: columns[1],
    }));
    told.extend((15..19).map(|postmortem| Told {
        postmortem,
        quarter: columns[2],
    }));
    let mut findings: Vec<Cited<'_>> = (0..4).map(|p| cited(p, "a")).collect();
    findings.extend([cited(10, "a"), cited(15, "a"), cited(11, "b")]);
    let table = count(&columns, &told, &findings);
    let shades =
        |row: usize| -> Vec<Shade> { table.rows[row].cells.iter().map(|c| c.shade).collect() };
    // Shares: a 0.4, 0.2, few; b 0, 0.2, few. Greatest 0.4.
    assert_eq!(shades(0), [Shade::Step(5), Shade::Step(3), Shade::Few]);
    assert_eq!(shades(1), [Shade::Step(0), Shade::Step(3), Shade::Few]);
}

#[test]
fn a_tendency_is_named_only_where_the_test_of_two_rates_says_so() {
    let columns = quarters("2025-Q1", "2026-Q2");
    let told = history(&columns, 6);
    // 36 post-mortems: 0 to 23 in the four quarters before, 24 to 35 in the last two.
    let rising = (24..30).map(|p| cited(p, "rising"));
    let fading = (0..12).map(|p| cited(p, "fading"));
    let steady = (0..36).step_by(4).map(|p| cited(p, "steady"));
    let rare = (32..36).map(|p| cited(p, "rare"));
    let guessed = (24..30).map(|p| Cited {
        inferred: true,
        ..cited(p, "guessed")
    });
    let findings: Vec<Cited<'_>> = rising
        .chain(fading)
        .chain(steady)
        .chain(rare)
        .chain(guessed)
        .collect();
    let table = count(&columns, &told, &findings);
    let tendency = |theme| {
        let row = table.rows.iter().find(|row| row.theme == theme);
        row.unwrap().tendency
    };
    assert_eq!(tendency("rising"), Tendency::Rising);
    assert_eq!(tendency("fading"), Tendency::Fading);
    assert_eq!(tendency("steady"), Tendency::Steady);
    assert_eq!(tendency("rare"), Tendency::TooFew);
    assert_eq!(tendency("guessed"), Tendency::TooFew);
    assert_eq!((table.tested, table.inferred), (3, 6));
}

#[test]
fn writing_more_post_mortems_makes_no_theme_rise() {
    let columns = quarters("2025-Q1", "2026-Q2");
    let mut told = history(&columns[..4], 5);
    told.extend((20..60).map(|postmortem| Told {
        postmortem,
        quarter: columns[5],
    }));
    // One in five, before and after; twice as many in number.
    let findings: Vec<Cited<'_>> = (0..60).step_by(5).map(|p| cited(p, "a")).collect();
    let table = count(&columns, &told, &findings);
    assert_eq!(table.rows[0].tendency, Tendency::Steady);
}

#[test]
fn quarters_before_the_period_serve_the_comparison_and_nothing_else() {
    let all = quarters("2025-Q1", "2026-Q2");
    let told = history(&all, 6);
    let findings: Vec<Cited<'_>> = (0..12)
        .map(|p| cited(p, "fading"))
        .chain([cited(24, "fading")])
        .collect();
    let table = count(&all[4..], &told, &findings);
    assert_eq!((table.n, table.rows[0].total, table.statements), (12, 1, 1));
    assert_eq!(table.rows[0].tendency, Tendency::Fading);
}

#[test]
fn below_eight_nothing_is_drawn_and_chance_is_not_spoken_of() {
    let columns = quarters("2026-Q1", "2026-Q1");
    let table = count(&columns, &history(&columns, 7), &[cited(0, "a")]);
    assert_eq!((table.rung(), table.by_chance(58)), (Rung::List, None));
    let table = count(&columns, &history(&columns, 20), &[]);
    assert_eq!(table.rung(), Rung::Settled);
    assert_eq!(table.cover.touched, 0);
}

#[test]
fn chance_says_how_often_one_theme_would_be_seen_anyway() {
    let columns = quarters("2026-Q1", "2026-Q1");
    let told = history(&columns, 10);
    // Five themes in each of ten post-mortems, all the same five.
    let findings: Vec<Cited<'_>> = (0..10)
        .flat_map(|p| ["a", "b", "c", "d", "e"].map(|theme| cited(p, theme)))
        .collect();
    let table = count(&columns, &told, &findings);
    // Of 58 themes 2.81 are expected three times, and fewer than one four times.
    assert_eq!(table.by_chance(58), Some((4, 5)));
}
