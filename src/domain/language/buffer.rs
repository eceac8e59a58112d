//! A list that is filled again for every sentence.

/// Values that are noted one after the other. Its room is kept from sentence to sentence.
#[derive(Debug)]
pub(super) struct Buffer<T> {
    room: Vec<T>,
    count: usize,
}

impl<T: Copy + Default> Default for Buffer<T> {
    fn default() -> Self {
        Self {
            room: vec![T::default(); USUAL],
            count: 0,
        }
    }
}

/// More words than most sentences have.
const USUAL: usize = 128;

impl<T: Copy + Default> Buffer<T> {
    /// Forgets what was noted.
    pub(super) const fn clear(&mut self) {
        self.count = 0;
    }

    /// Notes a value if it is wanted.
    ///
    /// It is written in any case, and written over by the next one if it is not wanted: for a processor to guess which
    /// ones are would take longer.
    #[inline]
    pub(super) fn push_if(&mut self, wanted: bool, value: T) {
        match self.room.get_mut(self.count) {
            Some(place) => *place = value,
            None => self.room.push(value),
        }
        self.count += usize::from(wanted);
    }

    /// Forgets what was noted and notes those of some values that are wanted.
    ///
    /// There is room for all of them before the first is noted: so it is not asked for each, and the count of them is
    /// not written and read again.
    #[inline]
    pub(super) fn refill(&mut self, values: impl ExactSizeIterator<Item = (bool, T)>) {
        self.reserve(values.len());
        let mut count = 0;
        for (wanted, value) in values {
            if let Some(place) = self.room.get_mut(count) {
                *place = value;
            }
            count += usize::from(wanted);
        }
        self.count = count;
    }

    /// Forgets what is not wanted.
    #[inline]
    pub(super) fn keep(&mut self, wanted: impl Fn(T) -> bool) {
        let noted = self.room.get_mut(..self.count).unwrap_or_default();
        let mut count = 0;
        for at in 0..noted.len() {
            let value = noted.get(at).copied().unwrap_or_default();
            if let Some(place) = noted.get_mut(count) {
                *place = value;
            }
            count += usize::from(wanted(value));
        }
        self.count = count;
    }

    /// Makes room for so many values.
    #[inline]
    fn reserve(&mut self, count: usize) {
        if self.room.len() < count {
            self.room.resize(2 * count, T::default());
        }
    }

    /// Notes several values, of which only the first ones are wanted.
    #[inline]
    pub(super) fn push_first<const N: usize>(
        &mut self,
        wanted: usize,
        values: impl FnOnce() -> [T; N],
    ) {
        self.reserve(self.count + N);
        let room = self.room.get_mut(self.count..);
        if let Some(place) = room.and_then(|room| room.first_chunk_mut()) {
            *place = values();
        }
        self.count += wanted.min(N);
    }

    /// What was noted.
    #[inline]
    pub(super) fn get(&self) -> &[T] {
        self.room.get(..self.count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_kept_in_its_order() {
        let mut buffer = Buffer::default();
        for round in [3, 1_000, 7_u32] {
            buffer.clear();
            for number in 0..round {
                buffer.push_if(number % 3 == 1, number);
                buffer.push_first(2, || [number; 4]);
            }
            let expected = (0..round).flat_map(|number| {
                let times = if number % 3 == 1 { 3 } else { 2 };
                vec![number; times]
            });
            assert_eq!(buffer.get(), expected.clone().collect::<Vec<_>>());
            buffer.keep(|number| number % 4 == 3);
            let kept = expected.filter(|number| number % 4 == 3);
            assert_eq!(buffer.get(), kept.collect::<Vec<_>>());
            buffer.refill((0..round).map(|number| (number % 5 < 2, number)));
            let wanted = (0..round).filter(|number| number % 5 < 2);
            assert_eq!(buffer.get(), wanted.collect::<Vec<_>>());
        }
    }
}
