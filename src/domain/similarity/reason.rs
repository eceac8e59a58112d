//! Why something is shown as similar.

use std::fmt;

/// One thing that two records share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Words, as they stand in the text that was asked for.
    Words(Vec<String>),
    /// A factor, by its name.
    Factor(String),
    /// A component, by its name.
    Component(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => {
                f.write_str("shares ")?;
                for (place, word) in words.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}\u{201c}{word}\u{201d}")?;
                }
                Ok(())
            }
            Self::Factor(name) => write!(f, "same factor: {name}"),
            Self::Component(name) => write!(f, "same component: {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn a_reason_reads_as_words() {
        let words = Reason::Words(vec!["restore".into(), "never tried".into()]);
        assert_eq!(words.to_string(), "shares “restore”, “never tried”");
        assert_eq!(
            Reason::Factor("Recovery was never rehearsed".into()).to_string(),
            "same factor: Recovery was never rehearsed"
        );
    }
}
