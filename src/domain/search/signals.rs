//! What ranking knows of a post-mortem: for each stem how often it stands in the title, the statements and the rest.
//!
//! It is stored beside the searched texts, a kilobyte for a post-mortem of usual length, so that both databases are ranked
//! by one formula, which looks at nothing but the post-mortem itself: what one may not read cannot change its place.
//!
//! Six bytes say how many words the three texts have. Then four bytes a stem, in order: three of a hash, one of counts.
//! A longer text's counts are told less exactly.

use std::collections::HashMap;

use super::document::Document;
use super::spelling::is_kept;
use super::words::{folded_word, stem, words};

/// The most different stems that are kept of one post-mortem.
const MOST: usize = 20_000;
const HEADER: usize = 6;
const RECORD: usize = 4;
/// The least count of each of the sixteen steps in which a count in the long text is told.
const STEPS: [u16; 16] = [0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256];

/// How often a stem stands in each text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::domain) struct Counts {
    pub(in crate::domain) title: u16,
    pub(in crate::domain) statements: u16,
    pub(in crate::domain) body: u16,
}

/// Which of the counts one text adds to.
type Field = fn(&mut Counts) -> &mut u16;

/// How many words each text has.
pub(in crate::domain) type Lengths = Counts;

/// By what a stem is found.
#[must_use]
pub(in crate::domain) fn hash(stem: &str) -> u32 {
    // FNV-1a, folded to 24 bits.
    let hash = stem.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 24) ^ (hash & 0x00ff_ffff)
}

/// What is stored of a document beside its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// What ranking knows of it.
    pub signals: Vec<u8>,
    /// Its words, folded, each once and in order: what may be meant by a misspelt one.
    pub vocabulary: Vec<String>,
}

/// Takes from the three texts of a document what is stored beside them.
#[must_use]
pub fn indexed(title: &str, statements: &str, body: &str) -> Indexed {
    let mut stems: HashMap<u32, Counts> = HashMap::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut lengths = Lengths::default();
    let texts: [(&str, Field); 3] = [
        (title, |counts| &mut counts.title),
        (statements, |counts| &mut counts.statements),
        (body, |counts| &mut counts.body),
    ];
    for (text, of) in texts {
        for (_, word) in words(text) {
            let folded = folded_word(word);
            let hash = match known.get(&folded) {
                Some(hash) => *hash,
                None => {
                    let hash = hash(&stem(&folded));
                    known.insert(folded, hash);
                    hash
                }
            };
            let length = of(&mut lengths);
            *length = length.saturating_add(1);
            if stems.len() < MOST || stems.contains_key(&hash) {
                let count = of(stems.entry(hash).or_default());
                *count = count.saturating_add(1);
            }
        }
    }
    let mut vocabulary: Vec<String> = known.into_keys().filter(|word| is_kept(word)).collect();
    vocabulary.sort_unstable();
    Indexed {
        signals: written(lengths, stems),
        vocabulary,
    }
}

/// The lengths and the counts, as they are stored.
fn written(lengths: Lengths, stems: HashMap<u32, Counts>) -> Vec<u8> {
    let mut records: Vec<u32> = stems
        .into_iter()
        .map(|(hash, counts)| (hash << 8) | packed(counts))
        .collect();
    records.sort_unstable();
    let mut bytes = Vec::with_capacity(HEADER + RECORD * records.len());
    for length in [lengths.title, lengths.statements, lengths.body] {
        bytes.extend(length.to_be_bytes());
    }
    for record in records {
        bytes.extend(record.to_be_bytes());
    }
    bytes
}

impl Document {
    /// What is stored beside its texts.
    #[must_use]
    pub fn indexed(&self) -> Indexed {
        indexed(&self.title, &self.statements, &self.body)
    }
}

/// Two bits for the title, two for the statements, four for the rest.
fn packed(counts: Counts) -> u32 {
    let step = STEPS.iter().rposition(|least| counts.body >= *least);
    let step = u32::try_from(step.unwrap_or_default()).unwrap_or_default();
    (u32::from(counts.title.min(3)) << 6) | (u32::from(counts.statements.min(3)) << 4) | step
}

fn unpacked(byte: u8) -> Counts {
    let step = STEPS.get(usize::from(byte & 0x0f));
    Counts {
        title: u16::from(byte >> 6),
        statements: u16::from((byte >> 4) & 0x03),
        body: step.copied().unwrap_or_default(),
    }
}

/// Signals as they are stored.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Signals<'a>(pub(in crate::domain) &'a [u8]);

impl Signals<'_> {
    /// How many words the texts have.
    pub(in crate::domain) fn lengths(self) -> Lengths {
        let at = |from: usize| match self.0.get(from..from + 2) {
            Some([high, low]) => u16::from_be_bytes([*high, *low]),
            _ => 0,
        };
        Lengths {
            title: at(0),
            statements: at(2),
            body: at(4),
        }
    }

    /// How often a stem stands in the texts, by its hash.
    pub(in crate::domain) fn counts(self, hash: u32) -> Counts {
        let (records, _) = self
            .0
            .get(HEADER..)
            .unwrap_or_default()
            .as_chunks::<RECORD>();
        let place = records.binary_search_by_key(&hash, |record| u32::from_be_bytes(*record) >> 8);
        let record = place.ok().and_then(|place| records.get(place));
        record.map_or(Counts::default(), |[.., counts]| unpacked(*counts))
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Signals, hash, indexed};

    #[test]
    fn counts_come_back_and_long_ones_less_exactly() {
        let body = format!("queues {}", "page ".repeat(27));
        let kept = indexed("The queue", "A queue, the queues, queue, queue", &body);
        assert_eq!(kept.vocabulary, ["page", "queue", "queues"]);
        let read = Signals(&kept.signals);
        let counts = |title, statements, body| Counts {
            title,
            statements,
            body,
        };
        assert_eq!(read.counts(hash("queue")), counts(1, 3, 1));
        assert_eq!(read.counts(hash("page")), counts(0, 0, 24));
        assert_eq!(read.counts(hash("kafka")), counts(0, 0, 0));
        assert_eq!(read.lengths(), counts(2, 6, 28));
    }

    #[test]
    fn what_is_no_signal_counts_nothing() {
        for bytes in [&b""[..], b"\x00", b"\x00\x01\x00\x02\x00\x03\xff\xff"] {
            assert_eq!(Signals(bytes).counts(hash("queue")), Counts::default());
            let _ = Signals(bytes).lengths();
        }
    }
}
