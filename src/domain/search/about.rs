//! What a post-mortem is about: the factors and components of its statements, as one text that is stored beside what ranking
//! knows of it. Hundreds of these are read for one search; asking for the statements of as many costs more than the search.

use std::collections::HashMap;

use super::found::Facets;
use crate::domain::factors::{FactorRole, Statement};
use crate::domain::taxonomy::FactorId;
use crate::domain::text::folded;

/// How many factors, and how many components, are told.
const TOLD: usize = 6;
/// What stands before each in the text.
const FACTOR: char = '=';
const COMPONENT: char = '@';

/// What one statement names: its role, its factor, its component.
pub type Named<'a> = (FactorRole, Option<&'a str>, Option<&'a str>);

/// The text for one post-mortem: a line for each factor and component, each once.
///
/// A factor that was looked into and not supported is left out: what was ruled out is not what it was about, and a link that
/// narrows by a factor leaves it out too.
pub fn about<'a>(statements: impl Iterator<Item = Named<'a>>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (role, factor, component) in statements {
        let factor = factor.filter(|_| role != FactorRole::Considered);
        let named = [(FACTOR, factor), (COMPONENT, component)];
        for line in named
            .into_iter()
            .filter_map(|(sign, name)| Some(format!("{sign}{}", name?)))
        {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}

/// What statements name.
pub(super) fn named(statements: &[Statement]) -> impl Iterator<Item = Named<'_>> {
    statements.iter().map(|statement| {
        let factor = statement.factor.as_ref().map(FactorId::as_str);
        let component = statement.component.as_ref();
        (
            statement.role,
            factor,
            component.map(|component| component.name.as_str()),
        )
    })
}

impl Facets {
    /// Adds the factors and components that stand most often in what these texts are about.
    pub fn add_about<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut often: HashMap<&str, usize> = HashMap::new();
        for line in texts.flat_map(str::lines) {
            *often.entry(line).or_default() += 1;
        }
        self.factors = most(&often, FACTOR, str::to_owned)
            .map(|(id, many)| (FactorId::stored(id), many))
            .collect();
        self.components = most(&often, COMPONENT, folded)
            .map(|(name, many)| (name.to_owned(), many))
            .collect();
    }
}

/// Those after a sign, the most frequent first; among equals in the order of what `by` makes of them.
fn most<'a>(
    often: &HashMap<&'a str, usize>,
    sign: char,
    by: fn(&str) -> String,
) -> impl Iterator<Item = (&'a str, usize)> {
    let mut told: Vec<(&str, usize)> = often
        .iter()
        .filter_map(|(line, many)| Some((line.strip_prefix(sign)?, *many)))
        .collect();
    told.sort_by(|(one, many), (other, others)| {
        others
            .cmp(many)
            .then_with(|| by(one).cmp(&by(other)))
            .then_with(|| one.cmp(other))
    });
    told.into_iter().take(TOLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_counted_once_in_a_post_mortem_and_never_where_it_was_ruled_out() {
        let one = about(
            [
                (FactorRole::Contributing, Some("backlog"), Some("Queue")),
                (FactorRole::Luck, Some("backlog"), Some("Ledger")),
                (FactorRole::Considered, Some("load"), Some("Queue")),
                (FactorRole::Contributing, None, None),
            ]
            .into_iter(),
        );
        assert_eq!(one, "=backlog\n@Queue\n@Ledger");
        let other = about([(FactorRole::Contributing, Some("load"), Some("Ledger"))].into_iter());
        let third = about([(FactorRole::Contributing, Some("backlog"), Some("audit"))].into_iter());
        let mut facets = Facets::default();
        facets.add_about([one.as_str(), &other, &third].into_iter());
        let factors = facets.factors.iter().map(|(id, many)| (id.as_str(), *many));
        assert_eq!(factors.collect::<Vec<_>>(), [("backlog", 2), ("load", 1)]);
        let components: Vec<(&str, usize)> = facets
            .components
            .iter()
            .map(|(name, many)| (name.as_str(), *many))
            .collect();
        assert_eq!(components, [("Ledger", 2), ("audit", 1), ("Queue", 1)]);
    }

    #[test]
    fn no_more_than_a_few_are_told() {
        let many: Vec<String> = (0..20)
            .map(|number| format!("factor-{number:02}"))
            .collect();
        let statements = many
            .iter()
            .map(|id| (FactorRole::Contributing, Some(id.as_str()), None));
        let text = about(statements);
        let mut facets = Facets::default();
        facets.add_about(std::iter::once(text.as_str()));
        assert_eq!(facets.factors.len(), TOLD);
        assert!(facets.components.is_empty());
    }
}
