//! The bytes of a file as text, and the text as the bytes that it was.
//!
//! UTF-8 is read as it is, UTF-16 by its mark. What is neither is read as Windows-1252, which has a letter for every byte:
//! so no letter of a German or French spreadsheet is lost, and the bytes can be had back.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::domain::incoming::Encoding;

/// One in so many bytes that no text has makes a file something else than a text, unless they are few.
const NO_TEXT: usize = 20;
const FEW: usize = 20;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a mark in front.
    pub text: String,
    /// How it was written.
    pub encoding: Encoding,
    /// The bytes themselves, where the text does not give them back.
    pub bytes: Option<Vec<u8>>,
}

impl Decoded {
    /// What is said about it to the person who imports; nothing, if it is UTF-8.
    #[must_use]
    pub fn remark(&self) -> Option<&'static str> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Marked => None,
            Encoding::Utf16Le | Encoding::Utf16Be => {
                Some("It is written in UTF-16 and was read so.")
            }
            Encoding::Windows1252 => Some(
                "It is not UTF-8. It was read as Windows-1252, as spreadsheets of western Europe write it. If letters look wrong, save it as UTF-8 and import it again.",
            ),
            Encoding::Bytes => Some(
                "Some bytes of it are not UTF-8, or no text. They were read as Windows-1252; check the letters around them.",
            ),
        }
    }

    /// Whether it is something else than a text: too many of its bytes stand for no letter.
    #[must_use]
    pub fn is_no_text(&self) -> bool {
        let strange = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) || *c == '\u{fffd}'
        };
        let many = self.text.chars().filter(strange).count();
        self.encoding != Encoding::Utf8 && many > FEW && many > self.text.len() / NO_TEXT
    }

    /// What is kept of the file, and how it is written: [`bytes`] makes the file of it again.
    #[must_use]
    pub fn kept(&self) -> (Cow<'_, str>, Encoding) {
        match &self.bytes {
            Some(bytes) => (STANDARD.encode(bytes).into(), Encoding::Bytes),
            None => (self.text.as_str().into(), self.encoding),
        }
    }
}

/// Reads bytes as text. No byte of any file is refused, and the bytes can be had back.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let (text, encoding) = read(&bytes);
    // Both databases keep every letter but one.
    let same = !text.contains('\0') && encode(&text, encoding).as_deref() == Some(bytes.as_slice());
    Decoded {
        encoding: match encoding {
            _ if same => encoding,
            Encoding::Utf16Le | Encoding::Utf16Be => encoding,
            _ => Encoding::Bytes,
        },
        text,
        bytes: (!same).then_some(bytes),
    }
}

fn read(bytes: &[u8]) -> (String, Encoding) {
    let wide = |encoding: &'static encoding_rs::Encoding| {
        let rest = bytes.get(2..).unwrap_or_default();
        encoding.decode_without_bom_handling(rest).0.into_owned()
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return (wide(UTF_16LE), Encoding::Utf16Le);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return (wide(UTF_16BE), Encoding::Utf16Be);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return match text.strip_prefix('\u{feff}') {
            Some(rest) => (rest.to_owned(), Encoding::Utf8Marked),
            None => (text.to_owned(), Encoding::Utf8),
        };
    }
    let chunks = || bytes.utf8_chunks();
    let good: usize = chunks()
        .map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count())
        .sum();
    let bad: usize = chunks().map(|chunk| chunk.invalid().len()).sum();
    let narrow = |bytes: &[u8]| {
        WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
    };
    if good <= bad {
        return (narrow(bytes), Encoding::Windows1252);
    }
    let mixed = chunks().map(|chunk| format!("{}{}", chunk.valid(), narrow(chunk.invalid())));
    (mixed.collect(), Encoding::Bytes)
}

/// The bytes of a kept file.
#[must_use]
pub fn bytes(kept: &str, encoding: Encoding) -> Vec<u8> {
    encode(kept, encoding).unwrap_or_else(|| kept.as_bytes().to_vec())
}

fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let wide = |mark: [u8; 2], write: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(write);
        Some(mark.into_iter().chain(units).collect())
    };
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf8Marked => Some(format!("\u{feff}{text}").into_bytes()),
        Encoding::Utf16Le => wide([0xff, 0xfe], u16::to_le_bytes),
        Encoding::Utf16Be => wide([0xfe, 0xff], u16::to_be_bytes),
        Encoding::Windows1252 => {
            let (bytes, _, lost) = WINDOWS_1252.encode(text);
            (!lost).then(|| bytes.into_owned())
        }
        Encoding::Bytes => STANDARD.decode(text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_and_the_bytes_come_back() {
        let wide = |write: fn(u16) -> [u8; 2], mark: &[u8]| {
            [
                mark.to_vec(),
                "Größe €".encode_utf16().flat_map(write).collect(),
            ]
            .concat()
        };
        let every: Vec<u8> = (1..=255).collect();
        let files: [(&[u8], &str, Encoding); 9] = [
            ("Größe".as_bytes(), "Größe", Encoding::Utf8),
            (b"\xef\xbb\xbfa", "a", Encoding::Utf8Marked),
            (b"Gr\xf6\xdfe", "Größe", Encoding::Windows1252),
            (b"\x80 5", "€ 5", Encoding::Windows1252),
            (&every, "", Encoding::Windows1252),
            (
                &wide(u16::to_le_bytes, b"\xff\xfe"),
                "Größe €",
                Encoding::Utf16Le,
            ),
            (
                &wide(u16::to_be_bytes, b"\xfe\xff"),
                "Größe €",
                Encoding::Utf16Be,
            ),
            (
                "Ärger, Größe, \u{a0}".as_bytes(),
                "Ärger, Größe, \u{a0}",
                Encoding::Utf8,
            ),
            (
                b"\xc3\x84rger, \xc3\x96l, f\xfcr",
                "Ärger, Öl, für",
                Encoding::Bytes,
            ),
        ];
        for (file, text, encoding) in files {
            let decoded = decode(file.to_vec());
            assert_eq!(decoded.encoding, encoding, "{text}");
            assert!(text.is_empty() || decoded.text == text, "{}", decoded.text);
            assert_eq!(back(&decoded), file, "{text}");
        }
    }

    fn back(decoded: &Decoded) -> Vec<u8> {
        let (kept, encoding) = decoded.kept();
        bytes(&kept, encoding)
    }

    #[test]
    fn what_no_database_keeps_comes_back_too() {
        for file in [&b"a\0b"[..], b"\xff\xfea\0\0\xd8", b"\xff\xfea", b"\xff"] {
            assert_eq!(back(&decode(file.to_vec())), file);
        }
        let noise: Vec<u8> = (0..=255).cycle().take(4_096).collect();
        assert!(decode(noise).is_no_text());
        assert!(!decode(b"f\xfcr ".repeat(100)).is_no_text());
    }
}
