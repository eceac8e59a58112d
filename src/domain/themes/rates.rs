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

/// How many of `themes` would be seen in `times` or more of `postmortems` if each named `mean` of them by chance.
#[must_use]
pub fn expected_repeats(themes: u32, mean: f64, postmortems: u32, times: u32) -> f64 {
    if themes == 0 {
        return 0.0;
    }
    let chances = binomial(postmortems, (mean / f64::from(themes)).clamp(0.0, 1.0));
    let fewer = usize::try_from(times).unwrap_or(usize::MAX);
    let at_least: f64 = chances.iter().skip(fewer).sum();
    f64::from(themes) * at_least
}

/// The chances of 0, 1, ... `n` successes in `n` trials.
fn binomial(n: u32, p: f64) -> Vec<f64> {
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return (0..=n)
            .map(|k| if k == certain { 1.0 } else { 0.0 })
            .collect();
    }
    // In logarithms, one from the one before: nothing grows too great or vanishes before its time.
    let odds = (p / (1.0 - p)).ln();
    let mut log = f64::from(n) * (1.0 - p).ln();
    let mut chances = vec![log.exp()];
    for k in 1..=n {
        log += (f64::from(n - k + 1) / f64::from(k)).ln() + odds;
        chances.push(log.exp());
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::{expected_repeats, share_interval, two_rates};

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
        assert!((expected_repeats(58, 5.0, 10, 2) - 12.2).abs() < 0.05);
        assert!((expected_repeats(58, 5.0, 10, 3) - 2.81).abs() < 0.005);
        assert!((expected_repeats(58, 6.0, 25, 3) - 28.2).abs() < 0.05);
        assert!((expected_repeats(58, 6.0, 25, 5) - 6.35).abs() < 0.005);
        close(expected_repeats(58, 58.0, 7, 7), 58.0);
        close(expected_repeats(0, 1.0, 7, 1), 0.0);
    }
}
