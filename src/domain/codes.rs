//! Enums that people read as a label and machines as a code.

/// Declares an enum whose values have a code (stable, stored and sent) and a label (shown).
///
/// Codes are lower-case with hyphens. `from_code` also reads underscores and any case, because people
/// type codes by hand into front matter and command lines.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* #[doc = $label] $variant,)+ }

        impl $name {
            /// Every value, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code, as stored and sent.
            #[must_use]
            pub const fn as_code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The words a person reads.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// Reads a code; underscores and capitals are forgiven.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                let find = |code: &str| Self::ALL.iter().copied().find(|value| value.as_code() == code);
                // What is stored is written as it should be: a page reads hundreds of codes.
                find(code).or_else(|| find(&code.trim().to_lowercase().replace('_', "-")))
            }
        }
    };
}

pub(crate) use coded;
