//! How the letters of a file are written as bytes.

use crate::domain::codes::coded;

coded! {
    /// How the letters of a file are written.
    Encoding {
        /// The usual one.
        Utf8 = "utf-8", "UTF-8";
        /// The usual one, behind a mark, as spreadsheets write it.
        Utf8Marked = "utf-8-bom", "UTF-8 with a mark";
        /// Two bytes for a letter, the lower one first.
        Utf16Le = "utf-16le", "UTF-16LE";
        /// Two bytes for a letter, the higher one first.
        Utf16Be = "utf-16be", "UTF-16BE";
        /// One byte for a letter of western Europe.
        Windows1252 = "windows-1252", "Windows-1252";
        /// None of these alone: its bytes are kept as Base64.
        Bytes = "bytes", "bytes in Base64";
    }
}

impl Encoding {
    /// The name of a kept file, with how it is written behind it unless that is the usual one.
    #[must_use]
    pub fn noted(self, name: &str) -> String {
        if self == Self::Utf8 && Self::of_note(name).1 == Self::Utf8 {
            return name.to_owned();
        }
        format!("{name} ({})", self.label())
    }

    /// The name of a kept file, and how it is written.
    #[must_use]
    pub fn of_note(note: &str) -> (&str, Self) {
        let found = Self::ALL.iter().find_map(|encoding| {
            let rest = note.strip_suffix(')')?.strip_suffix(encoding.label())?;
            Some((rest.strip_suffix(" (")?, *encoding))
        });
        found.unwrap_or((note, Self::Utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[test]
    fn a_note_gives_back_the_name_and_the_encoding() {
        for encoding in Encoding::ALL {
            for name in ["a.csv", "a (Windows-1252)", ""] {
                let note = encoding.noted(name);
                assert_eq!(Encoding::of_note(&note), (name, *encoding), "{note}");
            }
        }
    }
}
