//! The three figures that say how far a count may be trusted. Formulas: `docs/`, "How we count".

/// How surprising it is that `first` of a kind were seen in `first_in` and `second` in `second_in` of the same exposure,
/// if the rate was the same: the exact conditional test of two Poisson rates, two-sided.
///
/// Given their sum, the first count follows a binomial distribution with the share of the first exposure; the answer is the
/// probability of all outcomes that are no likelier than the one seen. 1 if nothing was exposed.
#[must_use]
pub fn two_rates(first: u32, first_in: u32, second: u32, second_in: u32) -> f64 {
    let (Some(all), Some(exposure)) = (first.checked_add(second), first_in.checked_add(second_in))
    else {
        return 1.0;
    };
    if first_in == 0 || second_in == 0 {
        return 1.0;
    }
    let chances = binomial(all, f64::from(first_in) / f64::from(exposure));
    let seen = usize::try_from(first)
        .ok()
        .and_then(|place| chances.get(place))
        .copied()
        .unwrap_or(1.0);
    // Equal chances differ in their last digits.
    let no_likelier = chances
        .iter()
        .filter(|chance| **chance <= seen * (1.0 + 1e-9));
    no_likelier.sum::<f64>().min(1.0)
}

/// The interval in which a share lies with 95 % confidence, after Wilson; all of it if nothing was asked.
#[must_use]
pub fn share_interval(seen: u32, of: u32) -> (f64, f64) {
    /// The 0.975 quantile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if of == 0 {
        return (0.0, 1.0);
    }
    let (seen, of) = (f64::from(seen), f64::from(of));
    let share = seen / of;
    let middle = share + Z * Z / (2.0 * of);
    let half = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
    let whole = 1.0 + Z * Z / of;
    (
        ((middle - half) / whole).max(0.0),
        ((middle + half) / whole).min(1.0),
    )
}

/// For 0, 1, ... `postmortems` times: how many of `themes` would be seen as often or more often, if each post-mortem named
/// `mean` of them by chance.
#[must_use]
pub fn expected_repeats(themes: u32, mean: f64, postmortems: u32) -> Vec<f64> {
    if themes == 0 {
        return Vec::new();
    }
    let themes = f64::from(themes);
    let mut at_least = binomial(postmortems, (mean / themes).clamp(0.0, 1.0));
    let mut sum = 0.0;
    for chance in at_least.iter_mut().rev() {
        sum += *chance;
        *chance = themes * sum;
    }
    at_least
}

/// The chances of 0, 1, ... `n` successes in `n` trials.
fn binomial(n: u32, p: f64) -> Vec<f64> {
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return (0..=n)
            .map(|k| if k == certain { 1.0 } else { 0.0 })
            .collect();
    }
    // From the likeliest outwards, each from the one before, until they vanish: nothing grows too great, and the sum of all
    // is known.
    let odds = p / (1.0 - p);
    let likeliest = likeliest(n, p);
    let outwards = |ratios: &mut dyn Iterator<Item = f64>| -> Vec<f64> {
        let chances = ratios.scan(1.0, |chance, ratio| {
            *chance *= ratio;
            (*chance > VANISHED).then_some(*chance)
        });
        chances.collect()
    };
    let ratio = |k: u32| f64::from(n - k + 1) / f64::from(k) * odds;
    let above = outwards(&mut (likeliest + 1..=n).map(ratio));
    let below = outwards(&mut (1..=likeliest).rev().map(|k| 1.0 / ratio(k)));
    let vanished = |many: u32, seen: usize| {
        let rest = usize::try_from(many)
            .unwrap_or_default()
            .saturating_sub(seen);
        std::iter::repeat_n(0.0, rest)
    };
    let lower = vanished(likeliest, below.len()).chain(below.iter().rev().copied());
    let upper = above
        .iter()
        .copied()
        .chain(vanished(n - likeliest, above.len()));
    let mut chances: Vec<f64> = lower.chain([1.0]).chain(upper).collect();
    let all: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= all;
    }
    chances
}

/// The outcome that is likeliest: the greatest whole number up to `(n + 1) * p`.
fn likeliest(n: u32, p: f64) -> u32 {
    let bound = f64::from(n) * p + p;
    let (mut least, mut most) = (0, n);
    while least < most {
        let middle = most - (most - least) / 2;
        if f64::from(middle) <= bound {
            least = middle;
        } else {
            most = middle - 1;
        }
    }
    least
}

/// A chance so small, beside the likeliest one, that it counts as none.
const VANISHED: f64 = 1e-60;

#[cfg(test)]
mod tests {
    use super::{binomial, expected_repeats, share_interval, two_rates};

    fn close(found: f64, known: f64) {
        assert!((found - known).abs() < 1e-6, "{found} is not {known}");
    }

    #[test]
    fn two_rates_differ_as_much_as_an_independent_program_says() {
        // Worked with SciPy, as facts about the method.
        close(two_rates(9, 12, 2, 6), 0.356_195_701_9);
        close(two_rates(9, 12, 2, 12), 0.065_429_687_5);
        close(two_rates(9, 12, 0, 12), 0.003_906_25);
        close(two_rates(3, 10, 8, 9), 0.130_426_776_8);
        close(two_rates(0, 10, 0, 9), 1.0);
        close(two_rates(4, 0, 1, 9), 1.0);
    }

    #[test]
    fn a_share_has_the_interval_that_an_independent_program_gives() {
        let (low, high) = share_interval(6, 14);
        assert!((low - 0.214).abs() < 5e-4 && (high - 0.674).abs() < 5e-4);
        assert_eq!(share_interval(0, 0), (0.0, 1.0));
        assert!(share_interval(0, 9).0 < 1e-12 && share_interval(9, 9).1 > 1.0 - 1e-12);
    }

    #[test]
    fn repeats_by_chance_are_as_many_as_an_independent_program_expects() {
        let few = expected_repeats(58, 5.0, 10);
        assert!((few[2] - 12.2).abs() < 0.05 && (few[3] - 2.81).abs() < 0.005);
        let more = expected_repeats(58, 6.0, 25);
        assert!((more[3] - 28.2).abs() < 0.05 && (more[5] - 6.35).abs() < 0.005);
        close(expected_repeats(58, 58.0, 7)[7], 58.0);
        assert!(expected_repeats(0, 1.0, 7).is_empty());
    }

    #[test]
    fn chances_are_as_many_as_outcomes_and_make_one_together() {
        // Those of 3 in 5 at one half, and of 0 in 3 at one third, as fractions.
        close(binomial(5, 0.5)[3], 10.0 / 32.0);
        close(binomial(3, 1.0 / 3.0)[0], 8.0 / 27.0);
        for (n, p) in [
            (0, 0.3),
            (1, 0.001),
            (7, 0.999),
            (5_000, 0.02),
            (100_000, 0.7),
        ] {
            let chances = binomial(n, p);
            assert_eq!(chances.len(), usize::try_from(n).unwrap() + 1);
            close(chances.iter().sum(), 1.0);
            let mean: f64 = (0..)
                .zip(&chances)
                .map(|(k, chance)| f64::from(k) * chance)
                .sum();
            close(
                mean / (f64::from(n) * p).max(1.0),
                (f64::from(n) * p).min(1.0),
            );
        }
    }
}
