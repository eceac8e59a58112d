//! Found words in quoted text. Every piece is escaped by itself, so that nothing typed can become markup.

use crate::domain::search::Piece;

/// The text alone.
pub(in crate::web) fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// The text as HTML, with the found words in `<mark>`.
pub(in crate::web) fn with_marks(pieces: &[Piece]) -> String {
    let mut html = String::new();
    for piece in pieces {
        let (before, after) = if piece.found {
            ("<mark>", "</mark>")
        } else {
            ("", "")
        };
        html.push_str(before);
        for c in piece.text.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        html.push_str(after);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::with_marks;
    use crate::domain::search::Piece;

    #[test]
    fn what_was_typed_never_becomes_markup() {
        let piece = |text: &str, found| Piece {
            text: text.to_owned(),
            found,
        };
        assert_eq!(
            with_marks(&[piece("<b>\"&'", false), piece("<mark>", true)]),
            "&lt;b&gt;&quot;&amp;&#39;<mark>&lt;mark&gt;</mark>"
        );
    }
}
