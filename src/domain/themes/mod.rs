//! What keeps coming back: in how many post-mortems a factor, category or component contributed, quarter by quarter.
//!
//! A theme counts once per post-mortem. Only what contributed or weakened the response counts: not what helped, was luck,
//! or was ruled out. What is said follows from how much there is: below eight post-mortems they are listed and nothing is
//! drawn; below twenty everything is provisional; a tendency is named only beyond that, and only where a test of two rates
//! says so. Nothing here knows of persons.

mod cover;
mod quarter;
mod rates;
mod tendency;

use std::collections::{BTreeMap, HashMap};

pub use cover::Cover;
pub use quarter::Quarter;
pub use rates::{expected_repeats, share_interval, two_rates};

use super::codes::coded;
use tendency::Tested;

/// The fewest post-mortems about which anything is drawn.
pub const LEAST: usize = 8;
/// The fewest from which counts are more than provisional.
pub const SETTLED: usize = 20;
/// The fewest of a quarter whose shares are coloured.
const LEAST_OF_QUARTER: usize = 5;
/// How many quarters a tendency compares: the last two with the four before them.
pub const COMPARED: u32 = 6;

coded! {
    /// What is counted.
    By {
        /// A factor of the taxonomy.
        Factor = "factor", "Factor";
        /// A category of the taxonomy.
        Category = "category", "Category";
        /// A component; never a person.
        Component = "component", "Component";
    }
}

coded! {
    /// What may be said about a theme's rate, the last two quarters compared with the four before.
    Tendency {
        /// It came more often than chance explains.
        Rising = "rising", "rising";
        /// It came less often than chance explains.
        Fading = "fading", "fading";
        /// There would be enough to tell, and nothing tells.
        Steady = "steady", "steady";
        /// Too little to tell.
        TooFew = "too-few", "too few to tell";
    }
}

coded! {
    /// What may be said at all.
    Rung {
        /// Fewer than eight post-mortems: they are listed.
        List = "list", "a list";
        /// Fewer than twenty: counts, with their intervals.
        Provisional = "provisional", "provisional";
        /// Twenty or more.
        Settled = "settled", "settled";
    }
}

/// A post-mortem that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Which one.
    pub postmortem: i32,
    /// When it is filed.
    pub quarter: Quarter,
}

/// A contributing statement of a post-mortem that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited<'a> {
    /// The post-mortem.
    pub postmortem: i32,
    /// The theme; `None` if the statement names none.
    pub theme: Option<&'a str>,
    /// Whether it was reasoned from other facts.
    pub inferred: bool,
}

/// What is drawn in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// The quarter has fewer than five post-mortems: no colour.
    Few,
    /// From 0, none, to 5, the greatest share in the table.
    Step(u8),
}

/// A theme in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// In how many post-mortems of the quarter it contributed.
    pub count: usize,
    /// How it is drawn.
    pub shade: Shade,
}

/// A theme over the period.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The theme.
    pub theme: String,
    /// Quarter by quarter.
    pub cells: Vec<Cell>,
    /// In how many post-mortems of the period.
    pub total: usize,
    /// Its share of the period's post-mortems lies here with 95 % confidence.
    pub interval: (f64, f64),
    /// Where it tends.
    pub tendency: Tendency,
}

/// A quarter of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Which one.
    pub quarter: Quarter,
    /// How many post-mortems count in it.
    pub n: usize,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq)]
pub struct Themes {
    /// The quarters.
    pub columns: Vec<Column>,
    /// How many post-mortems count.
    pub n: usize,
    /// The themes, the most frequent first; of equal ones by name.
    pub rows: Vec<Row>,
    /// Where attention would reach most.
    pub cover: Cover,
    /// How many statements contributed.
    pub statements: usize,
    /// How many of them name no theme.
    pub without: usize,
    /// How many of them are inferred. They count, and are left out of every test.
    pub inferred: usize,
    /// How many rows a tendency was looked for in: one in ten of them would show one by chance alone.
    pub tested: usize,
}

impl Themes {
    /// What may be said.
    #[must_use]
    pub const fn rung(&self) -> Rung {
        if self.n < LEAST {
            Rung::List
        } else if self.n < SETTLED {
            Rung::Provisional
        } else {
            Rung::Settled
        }
    }

    /// How often a theme is seen that at most one would reach by chance alone, if `themes` were named evenly, and how many
    /// reached it.
    #[must_use]
    pub fn by_chance(&self, themes: u32) -> Option<(u32, usize)> {
        if self.n < LEAST {
            return None;
        }
        let citations: usize = self.rows.iter().map(|row| row.total).sum();
        let mean = f64::from(small(citations)) / f64::from(small(self.n));
        let expected = expected_repeats(themes, mean, small(self.n));
        let times = (0..).zip(expected).skip(2);
        let (times, _) = times.into_iter().find(|(_, expected)| *expected <= 1.0)?;
        let reached = self.rows.iter().filter(|row| small(row.total) >= times);
        Some((times, reached.count()))
    }
}

/// Counts a period. `told` and `cited` hold the quarters of `columns`, and the ones before as far as [`COMPARED`] asks.
#[must_use]
pub fn count(columns: &[Quarter], told: &[Told], cited: &[Cited<'_>]) -> Themes {
    let period = Period::new(columns, told);
    let shown = |cited: &&Cited<'_>| period.places.contains_key(&cited.postmortem);
    let mut touches: Touches<'_> = BTreeMap::new();
    for cited in cited {
        if let (Some(theme), Some(place)) = (cited.theme, period.places.get(&cited.postmortem)) {
            touches.entry(theme).or_default().push(*place);
        }
    }
    once(&mut touches);
    let columns = period.columns();
    let n = period.column_of.len();
    let tested = Tested::new(&columns, told, cited);
    let mut rows: Vec<Row> = touches
        .iter()
        .map(|(theme, seen)| Row {
            theme: (*theme).to_owned(),
            cells: period.cells(seen),
            total: seen.len(),
            interval: share_interval(small(seen.len()), small(n)),
            tendency: tested.tendency(theme),
        })
        .collect();
    rows.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.theme.cmp(&b.theme)));
    shade(&columns, &mut rows);
    let statements: Vec<&Cited<'_>> = cited.iter().filter(shown).collect();
    Themes {
        n,
        cover: cover::cover(&touches, n),
        statements: statements.len(),
        without: statements.iter().filter(|c| c.theme.is_none()).count(),
        inferred: statements.iter().filter(|c| c.inferred).count(),
        tested: rows
            .iter()
            .filter(|row| row.tendency != Tendency::TooFew)
            .count(),
        columns,
        rows,
    }
}

/// Which post-mortems each theme touches.
type Touches<'a> = BTreeMap<&'a str, Vec<usize>>;

/// A theme touches a post-mortem once, however many of its statements name it.
fn once<T: Ord>(touches: &mut BTreeMap<&str, Vec<T>>) {
    for seen in touches.values_mut() {
        seen.sort_unstable();
        seen.dedup();
    }
}

/// The post-mortems of a period, numbered from 0, because thousands are looked up and counted.
struct Period<'a> {
    quarters: &'a [Quarter],
    /// The number of each.
    places: HashMap<i32, usize>,
    /// In which quarter of the period each is.
    column_of: Vec<usize>,
}

impl<'a> Period<'a> {
    fn new(quarters: &'a [Quarter], told: &[Told]) -> Self {
        let mut period = Self {
            quarters,
            places: HashMap::with_capacity(told.len()),
            column_of: Vec::with_capacity(told.len()),
        };
        for told in told {
            let column = quarters.iter().position(|one| *one == told.quarter);
            if let Some(column) = column {
                period
                    .places
                    .insert(told.postmortem, period.column_of.len());
                period.column_of.push(column);
            }
        }
        period
    }

    fn columns(&self) -> Vec<Column> {
        let counts = self.counted(self.column_of.iter());
        let both = self.quarters.iter().zip(counts);
        both.map(|(quarter, n)| Column {
            quarter: *quarter,
            n,
        })
        .collect()
    }

    fn cells(&self, seen: &[usize]) -> Vec<Cell> {
        let columns = seen.iter().filter_map(|place| self.column_of.get(*place));
        let counts = self.counted(columns).into_iter();
        counts
            .map(|count| Cell {
                count,
                shade: Shade::Few,
            })
            .collect()
    }

    /// How often each quarter occurs among some.
    fn counted<'b>(&self, columns: impl Iterator<Item = &'b usize>) -> Vec<usize> {
        let mut counts = vec![0; self.quarters.len()];
        for column in columns {
            if let Some(count) = counts.get_mut(*column) {
                *count += 1;
            }
        }
        counts
    }
}

/// Colours the cells by their share of the quarter, against the greatest share in the table.
fn shade(columns: &[Column], rows: &mut [Row]) {
    let share = |cell: &Cell, column: &Column| {
        (column.n >= LEAST_OF_QUARTER)
            .then(|| f64::from(small(cell.count)) / f64::from(small(column.n)))
    };
    let greatest = rows
        .iter()
        .flat_map(|row| row.cells.iter().zip(columns))
        .filter_map(|(cell, column)| share(cell, column))
        .fold(0.0_f64, f64::max);
    for row in rows {
        for (cell, column) in row.cells.iter_mut().zip(columns) {
            if let Some(share) = share(cell, column) {
                cell.shade = Shade::Step(step(share, greatest));
            }
        }
    }
}

/// 0 for none, otherwise 1 to 5: `1 + floor(4 * share / greatest)`.
fn step(share: f64, greatest: f64) -> u8 {
    if share <= 0.0 {
        return 0;
    }
    let quarters = 4.0 * share / greatest;
    // One share divided by itself may come out a hair below 1.
    let reached = |bound: f64| u8::from(quarters + 1e-9 >= bound);
    1 + reached(1.0) + reached(2.0) + reached(3.0) + reached(4.0)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
