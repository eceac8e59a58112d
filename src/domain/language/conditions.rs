//! Patterns that say yes or no of a sentence: those of filters, and what a row never stands with or needs.

use super::parse::Parser;
use super::pattern::Pattern;
use super::seen::Seen;
use super::sentence::Sentence;

/// Conditions, each once, by number.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    patterns: Vec<Pattern>,
    /// The rarest of what each of them needs. Nearly all are told by it not to hold, and these lie close together.
    rarest: Vec<Seen>,
}

impl Conditions {
    /// The numbers of conditions; the same words are the same condition wherever they are written.
    ///
    /// # Errors
    ///
    /// A sentence that says what cannot be read.
    pub(super) fn numbers(
        &mut self,
        find: &[String],
        parser: &mut Parser<'_>,
    ) -> Result<Vec<usize>, String> {
        find.iter().map(|find| self.number(find, parser)).collect()
    }

    fn number(&mut self, find: &str, parser: &mut Parser<'_>) -> Result<usize, String> {
        if let Some(number) = parser.numbers.get(find) {
            return Ok(*number);
        }
        let number = self.patterns.len();
        let pattern = parser.parse(find)?;
        let rarest = pattern.needs.first().copied();
        self.rarest.push(rarest.unwrap_or(Seen::ANYTHING));
        // Conditions are looked for at no word of theirs.
        self.patterns.push(Pattern {
            number,
            anchors: Vec::new(),
            ..pattern
        });
        parser.numbers.insert(find.to_owned(), number);
        Ok(number)
    }

    /// Ends the adding of conditions: room for more is given back.
    pub(super) fn finish(&mut self) {
        self.patterns.shrink_to_fit();
        self.rarest.shrink_to_fit();
    }

    /// The pattern of a condition, if a sentence can hold it.
    #[inline]
    pub(super) fn possible(&self, number: usize, sentence: &Sentence<'_>) -> Option<&Pattern> {
        let rarest = self.rarest.get(number)?;
        if !rarest.meets(sentence.places.whole()) {
            return None;
        }
        let pattern = self.patterns.get(number)?;
        sentence.can_hold(pattern).then_some(pattern)
    }
}
