//! Looks for bytes in a text.

/// Some bytes. To ask a table is quicker than to compare, and nearly every byte of a text is asked about.
#[derive(Debug)]
pub(super) struct Set([bool; 256]);

impl Set {
    /// These bytes.
    pub(super) const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut rest = bytes;
        while let [first, others @ ..] = rest {
            // A byte is below 256.
            let (_, from) = set.split_at_mut(place(*first));
            if let [one, ..] = from {
                *one = true;
            }
            rest = others;
        }
        Self(set)
    }

    /// Whether a byte is one of them.
    pub(super) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }

    /// Where the first of them stands.
    pub(super) fn first(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| self.has(*byte))
    }

    /// Where the first byte stands that is none of them.
    pub(super) fn first_other(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| !self.has(*byte))
    }
}

#[expect(
    clippy::as_conversions,
    reason = "`From` cannot be called while constants are made"
)]
const fn place(byte: u8) -> usize {
    byte as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_bytes_and_no_others() {
        let set = Set::of(b"a.\xff\0");
        let has: Vec<u8> = (0..=255).filter(|byte| set.has(*byte)).collect();
        assert_eq!(has, [0, b'.', b'a', 255]);
        assert_eq!(set.first_other(b".a\xffb"), Some(3));
        assert_eq!(set.first_other(b"a."), None);
        assert_eq!(set.first(b"bc.a"), Some(2));
        assert_eq!(set.first(b"bc"), None);
    }
}
