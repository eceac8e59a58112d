//! Reference links: a text is cut into pieces, so `[words][label]` must carry its address with it.

use std::collections::HashMap;

use super::lines::{Kind, Line};

/// The addresses that labels stand for.
#[derive(Debug, Default)]
pub(super) struct Links {
    addresses: HashMap<String, String>,
}

impl Links {
    /// Collects `[label]: address` lines. Gives the addresses and the lines that are none.
    pub(super) fn collect<'a>(lines: Vec<Line<'a>>) -> (Self, Vec<Line<'a>>, Vec<Line<'a>>) {
        let mut links = Self::default();
        let (definitions, rest): (Vec<_>, Vec<_>) = lines
            .into_iter()
            .partition(|line| line.kind == Kind::Text && definition(line.text).is_some());
        for (label, address) in definitions.iter().filter_map(|line| definition(line.text)) {
            links
                .addresses
                .entry(label.to_lowercase())
                .or_insert_with(|| address.to_owned());
        }
        (links, rest, definitions)
    }

    /// Writes addresses into a text: `[a][b]` and `[b]` become `[a](address)`.
    pub(super) fn resolve(&self, text: &str) -> String {
        if self.addresses.is_empty() || !text.contains('[') {
            return text.to_owned();
        }
        let mut written = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('[') {
            written.push_str(before);
            match self.link(after, before.ends_with('\\')) {
                Some((link, left)) => {
                    written.push_str(&link);
                    rest = left;
                }
                None => {
                    written.push('[');
                    rest = after;
                }
            }
        }
        written.push_str(rest);
        written
    }

    /// The link whose words begin here, and what follows it.
    fn link<'t>(&self, after: &'t str, escaped: bool) -> Option<(String, &'t str)> {
        const LONGEST: usize = 300;
        if escaped {
            return None;
        }
        let window = after.get(..super::stamp::boundary(after, LONGEST))?;
        let (words, _) = window.split_once(']')?;
        let left = after.get(words.len() + 1..)?;
        if left.starts_with('(') || words.contains('[') {
            return None;
        }
        let labelled = left.strip_prefix('[').and_then(|inside| {
            inside
                .get(..super::stamp::boundary(inside, LONGEST))?
                .split_once(']')
                .map(|(label, _)| (label, inside))
        });
        let (label, left) = match labelled {
            Some((label, inside)) => (
                if label.is_empty() { words } else { label },
                inside.get(label.len() + 1..)?,
            ),
            None => (words, left),
        };
        let address = self.addresses.get(&label.to_lowercase())?;
        Some((format!("[{words}]({address})"), left))
    }
}

/// `[label]: address "title"`
fn definition(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_matches(['<', '>']);
    (!label.is_empty()
        && !label.starts_with('^')
        && label.len() < 300
        && !label.contains(']')
        && !address.is_empty())
    .then_some((label, address))
}
