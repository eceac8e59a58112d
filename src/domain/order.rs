//! Moving one of several things in their order. Every list that people arrange by hand is moved by this.

/// Where something is moved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One place towards the beginning.
    Up,
    /// One place towards the end.
    Down,
    /// To this place, counted from 0; beyond the end is the end.
    At(usize),
}

impl Place {
    /// Reads `up`, `down`, or a place counted from 1 as people count.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        match typed.trim() {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            typed => typed
                .parse::<usize>()
                .ok()
                .and_then(|place| place.checked_sub(1))
                .map(Self::At),
        }
    }
}

/// The ids in their new order; `None` if the one to be moved is not among them.
///
/// Moving beyond either end changes nothing.
#[must_use]
pub fn moved<T: Copy + PartialEq>(ids: &[T], id: T, to: Place) -> Option<Vec<T>> {
    let from = ids.iter().position(|other| *other == id)?;
    let mut order: Vec<T> = ids.iter().copied().filter(|other| *other != id).collect();
    let to = match to {
        Place::Up => from.saturating_sub(1),
        Place::Down => from.saturating_add(1),
        Place::At(place) => place,
    };
    order.insert(to.min(order.len()), id);
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::{Place, moved};

    #[test]
    fn one_thing_moves_and_the_others_keep_their_order() {
        for (id, to, expected) in [
            ('b', Place::Up, "bacd"),
            ('b', Place::Down, "acbd"),
            ('a', Place::Up, "abcd"),
            ('d', Place::Down, "abcd"),
            ('d', Place::At(0), "dabc"),
            ('a', Place::At(99), "bcda"),
            ('c', Place::At(2), "abcd"),
        ] {
            let order: String = moved(&['a', 'b', 'c', 'd'], id, to)
                .unwrap()
                .iter()
                .collect();
            assert_eq!(order, expected, "{id} {to:?}");
        }
        assert_eq!(moved(&['a'], 'z', Place::Up), None);
    }

    #[test]
    fn a_place_is_a_word_or_a_number_from_one() {
        for (typed, place) in [
            ("up", Some(Place::Up)),
            (" down ", Some(Place::Down)),
            ("1", Some(Place::At(0))),
            ("0", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(Place::parse(typed), place, "{typed}");
        }
    }
}
