//! The table.

use std::time::Duration;

use super::fill::Filled;
use super::measure::Figure;
use super::report::{Figures, Who};

/// Prints the medians of the rounds as a table in Markdown.
pub(crate) fn table(filled: &Filled, figures: &Figures, connections: &[usize], counted: &str) {
    let (text, disk) = filled.sizes;
    println!(
        "{} post-mortems, {} MB of JSON, {} MB in the database. Medians of the rounds; {counted}.",
        filled.ids.len(),
        text / 1_000_000,
        disk / 1_000_000
    );
    for count in connections {
        println!("\n{count} connections\n");
        println!(
            "| | CPU ms | p50 ms | p99 ms | a second | bytes | first ms | bare SQL, CPU ms | ours/bare | same bytes, CPU ms | ours/same |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|");
        for (who, name) in &figures.order {
            line(figures, *count, *who, name);
        }
    }
    println!();
    for (idle, after) in &figures.memory {
        println!(
            "memory (PSS): {} MB after a start, {} MB after all this",
            mb(*idle),
            mb(*after)
        );
    }
}

fn mb(kib: u64) -> u64 {
    (kib * 1_024).div_ceil(1_000_000)
}

fn line(figures: &Figures, connections: usize, who: Who, name: &'static str) {
    let Some(rounds) = figures.by.get(&(connections, name, who)) else {
        return;
    };
    let cpu = median(rounds, |figure| figure.cpu);
    // Bare SQL is asked over one connection; its CPU time does not depend on it.
    let beside = |connections, who| {
        let other = figures.by.get(&(connections, name, who));
        other.map_or_else(
            || "| |".to_owned(),
            |rounds| {
                let other = median(rounds, |figure| figure.cpu);
                format!("| {other:.3} | {:.2} ", cpu / other)
            },
        )
    };
    let found = figures
        .found
        .get(name)
        .map_or(String::new(), |found| format!(" ({found})"));
    let first = (figures.first.get(name)).map_or(String::new(), |first| {
        format!("{:.1}", milliseconds(*first))
    });
    let mut speeds: Vec<f64> = rounds.iter().map(|figure| figure.per_second).collect();
    speeds.sort_by(f64::total_cmp);
    println!(
        "| {name}{found} | {cpu:.3} | {:.3} | {:.3} | {:.0} | {} | {first} {}{}|",
        median(rounds, |figure| figure.p50),
        median(rounds, |figure| figure.p99),
        speeds[speeds.len() / 2],
        rounds.iter().map(|figure| figure.bytes).max().unwrap_or(0),
        beside(1, Who::Bare),
        beside(connections, Who::Same),
    );
}

fn median(figures: &[Figure], of: fn(&Figure) -> Duration) -> f64 {
    let mut values: Vec<Duration> = figures.iter().map(of).collect();
    values.sort_unstable();
    milliseconds(values[values.len() / 2])
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
