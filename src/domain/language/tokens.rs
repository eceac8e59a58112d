//! Words and punctuation of one sentence.

use super::inflect::Form;
use super::lexicon::{Classes, Entry};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Begins with a digit.
    Number,
    /// "@maria"
    Handle,
    /// Hidden code.
    Code,
    /// A hidden quotation.
    Quote,
    /// A hidden address.
    Link,
    /// ","
    Comma,
    /// Ends a clause: ";", ":", a dash, a bar.
    Break,
    /// "("
    Open,
    /// ")"
    Close,
    /// "?"
    Question,
    /// "." and "!"
    Stop,
    /// Anything else: "/", "%".
    Other,
}

impl Kind {
    /// A bit of its own.
    pub(super) const fn bit(self) -> u16 {
        match self {
            Self::Word => 1,
            Self::Number => 1 << 1,
            Self::Handle => 1 << 2,
            Self::Code => 1 << 3,
            Self::Quote => 1 << 4,
            Self::Link => 1 << 5,
            Self::Comma => 1 << 6,
            Self::Break => 1 << 7,
            Self::Open => 1 << 8,
            Self::Close => 1 << 9,
            Self::Question => 1 << 10,
            Self::Stop => 1 << 11,
            Self::Other => 1 << 12,
        }
    }
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Where it starts, in bytes of the source.
    pub(super) start: usize,
    /// Where it ends, exclusive.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// What is known of the word.
    pub(super) entry: Entry,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it has a small letter.
    pub(super) small: bool,
}

impl Token {
    /// What is no word.
    pub(super) fn mark(kind: Kind, start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            kind,
            entry: Entry::default(),
            capital: false,
            small: false,
        }
    }

    /// Whether it is in one of these classes.
    pub(super) const fn is(&self, classes: Classes) -> bool {
        self.entry.classes.any(classes)
    }

    /// Whether it can be this form of a verb or noun.
    pub(super) const fn can_be(&self, form: Form) -> bool {
        self.entry.forms & form.0 != 0
    }

    /// Whether it carries meaning of its own, as a word or something that stands for one.
    pub(super) const fn is_word(&self) -> bool {
        matches!(
            self.kind,
            Kind::Word | Kind::Number | Kind::Handle | Kind::Code | Kind::Quote | Kind::Link
        )
    }
}
