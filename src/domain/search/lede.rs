//! The first sentence of a summary, for lists.

/// A longer first sentence is cut at a word.
const CHARACTERS: usize = 240;
/// Words that end with a full stop and do not end a sentence.
const ABBREVIATIONS: [&str; 12] = [
    "e.g", "i.e", "etc", "approx", "ca", "no", "vs", "cf", "mr", "ms", "dr", "st",
];

/// The first sentence of a plain text, on one line; empty if there is none.
#[must_use]
pub fn first_sentence(plain: &str) -> String {
    let line = plain
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let end = line
        .char_indices()
        .find(|(at, c)| matches!(c, '.' | '!' | '?' | '…') && ends_here(line, *at, *c))
        .map_or(line.len(), |(at, c)| at + c.len_utf8());
    shortened(line.get(..end).unwrap_or(line))
}

fn ends_here(line: &str, at: usize, mark: char) -> bool {
    let after = line.get(at + mark.len_utf8()..).unwrap_or_default();
    let begins_another = after.is_empty()
        || after.starts_with(char::is_whitespace)
            && !after.trim_start().starts_with(char::is_lowercase);
    let word = line
        .get(..at)
        .unwrap_or_default()
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let short = ABBREVIATIONS.contains(&word.to_lowercase().as_str())
        || word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    begins_another && !(mark == '.' && short)
}

fn shortened(sentence: &str) -> String {
    let Some((cut, _)) = sentence.char_indices().nth(CHARACTERS) else {
        return sentence.to_owned();
    };
    let head = sentence.get(..cut).unwrap_or(sentence);
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{head} …")
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn the_first_sentence_ends_where_a_reader_ends_it() {
        for (plain, first) in [
            ("The queue stopped. Nobody saw it.", "The queue stopped."),
            (
                "It ran v1.2.3 of the job, e.g. the old one. Then not.",
                "It ran v1.2.3 of the job, e.g. the old one.",
            ),
            ("Who may halt it? Nobody knew.", "Who may halt it?"),
            (
                "\n\n One line without an end\nand another",
                "One line without an end",
            ),
            ("At 10 p. m. it stopped. Yes.", "At 10 p. m. it stopped."),
            ("", ""),
            ("日本。", "日本。"),
        ] {
            assert_eq!(first_sentence(plain), first);
        }
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let long = first_sentence(&"été ".repeat(200));
        assert!(
            long.ends_with("été …") && long.chars().count() <= 242,
            "{long}"
        );
    }
}
