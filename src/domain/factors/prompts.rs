//! Questions about the side that is usually missed.

use super::Statement;
use crate::domain::postmortem::SystemKind;
use crate::domain::taxonomy::{Category, Factor, Taxonomy};

/// How many questions are offered at once (taxonomy, section 6: three).
const OFFERED: usize = 3;

/// A question from a category that no statement touches yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlindSidePrompt<'a> {
    /// The category that is looked into.
    pub category: &'a Category,
    /// The factor that the question belongs to.
    pub factor: &'a Factor,
    /// The question.
    pub question: &'a str,
}

/// Three questions from the categories on the blind side of this kind of system which no coded statement touches yet,
/// whatever its role: "considered, not supported" is an answer too. Fewer or none when little is left untouched.
///
/// One factor of each category in turn, in the order of the taxonomy. The example that goes with a question is the
/// factor's form in a people system: the blind side of a computer system *is* the people around it, and a people
/// system has no other form.
#[must_use]
pub fn blind_side_prompts<'a>(
    system: SystemKind,
    statements: &[Statement],
    taxonomy: &'a Taxonomy,
) -> Vec<BlindSidePrompt<'a>> {
    let touched: Vec<&str> = statements
        .iter()
        .filter_map(|statement| statement.factor.as_ref())
        .filter_map(|id| taxonomy.category_of(id))
        .map(|category| category.id.as_str())
        .collect();
    let untouched: Vec<&Category> = Taxonomy::blind_side(system)
        .iter()
        .filter(|id| !touched.contains(id))
        .filter_map(|id| taxonomy.category(id))
        .collect();
    (0..OFFERED)
        .flat_map(|round| {
            untouched
                .iter()
                .filter_map(move |category| nth_prompt(taxonomy, category, round))
        })
        .take(OFFERED)
        .collect()
}

/// The first question of the n-th factor of a category, counted from 0. Factors that need a companion come from where
/// people stood, not from what put them there, so they open no question here.
fn nth_prompt<'a>(
    taxonomy: &'a Taxonomy,
    category: &'a Category,
    n: usize,
) -> Option<BlindSidePrompt<'a>> {
    let factor = taxonomy
        .factors_of(&category.id)
        .filter(|factor| !factor.needs_companion)
        .nth(n)?;
    let question = factor.prompts.first()?;
    Some(BlindSidePrompt {
        category,
        factor,
        question,
    })
}

#[cfg(test)]
mod tests {
    use super::blind_side_prompts;
    use crate::domain::factors::{Confidence, FactorRole, Statement};
    use crate::domain::ids::{StatementId, Version};
    use crate::domain::postmortem::SystemKind;
    use crate::domain::taxonomy;
    use crate::domain::text::Prose;

    fn statement(factor: &str, role: FactorRole) -> Statement {
        Statement {
            id: StatementId::new(),
            position: 0,
            text: Prose::default(),
            factor: Some(taxonomy::core().resolve(factor).unwrap().id.clone()),
            taxonomy_version: String::new(),
            role,
            confidence: Confidence::Shown,
            system: None,
            component: None,
            without_this: Prose::default(),
            scale: None,
            evidence: Vec::new(),
            version: Version::FIRST,
        }
    }

    fn check(system: SystemKind, named: &[&str], expected: &[&str]) {
        let statements: Vec<Statement> = named
            .iter()
            .map(|factor| statement(factor, FactorRole::Considered))
            .collect();
        let found: Vec<&str> = blind_side_prompts(system, &statements, taxonomy::core())
            .iter()
            .map(|prompt| prompt.category.id.as_str())
            .collect();
        assert_eq!(found, expected, "{system:?} {named:?}");
    }

    #[test]
    fn each_kind_of_system_is_asked_about_what_it_usually_misses() {
        check(
            SystemKind::Computer,
            &["latent-defect"],
            &["steering", "learning", "knowledge"],
        );
        check(
            SystemKind::People,
            &["unclear-authority"],
            &["structure", "sensing", "change"],
        );
        check(
            SystemKind::Both,
            &[],
            &["steering", "learning", "knowledge"],
        );
    }

    #[test]
    fn a_category_that_was_looked_into_is_asked_about_no_more() {
        check(
            SystemKind::Computer,
            &["unclear-authority"],
            &["learning", "knowledge", "learning"],
        );
        check(
            SystemKind::Both,
            &["unclear-authority", "guidance-gap"],
            &["learning", "structure", "sensing"],
        );
        check(
            SystemKind::Computer,
            &["unclear-authority", "guidance-gap", "normalized-risk"],
            &[],
        );
    }

    #[test]
    fn no_question_is_asked_twice() {
        let statements = [
            statement("unclear-authority", FactorRole::Contributing),
            statement("guidance-gap", FactorRole::Contributing),
        ];
        let prompts = blind_side_prompts(SystemKind::Computer, &statements, taxonomy::core());
        let factors: std::collections::BTreeSet<_> =
            prompts.iter().map(|prompt| &prompt.factor.id).collect();
        assert_eq!((prompts.len(), factors.len()), (3, 3));
    }
}
