//! The rules, as data: one file for each category, with its own passing and failing examples.

use std::collections::HashMap;

use serde::Deserialize;

use super::FindingSeverity;
use super::conditions::Conditions;
use super::lexicon::Lexicon;
use super::parse::Parser;
use super::pattern::Pattern;

/// The files. Their order is that of the guide.
const FILES: [&str; 15] = [
    include_str!("rules/person-cause.toml"),
    include_str!("rules/human-error.toml"),
    include_str!("rules/counterfactual.toml"),
    include_str!("rules/omission.toml"),
    include_str!("rules/judgement.toml"),
    include_str!("rules/hindsight.toml"),
    include_str!("rules/procedure.toml"),
    include_str!("rules/single-cause.toml"),
    include_str!("rules/named-individual.toml"),
    include_str!("rules/punitive.toml"),
    include_str!("rules/overcertain.toml"),
    include_str!("rules/minimiser.toml"),
    include_str!("rules/absolute.toml"),
    include_str!("rules/passive-blame.toml"),
    include_str!("rules/sarcasm.toml"),
];

/// What cancels a finding, by name.
const FILTERS: &str = include_str!("rules/filters.toml");

/// Who the subject of the verb must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Subject {
    /// Anybody and anything.
    #[default]
    Any,
    /// A person or group.
    Person,
    /// A person by name.
    Name,
    /// A person, or a word with a capital that may be a name: for verbs that only people can be the subject of.
    Human,
    /// Anything but a system.
    NotSystem,
    /// A person, or no subject at all: "engineers must be careful", "be careful".
    PersonOrNone,
    /// A person or something done ("Pushing on a Friday was"), not a system.
    PersonOrAct,
}

/// Where a filter looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    /// In the same clause, before the words.
    Before,
    /// Directly before them.
    Near,
    /// The next word.
    Next,
    /// Directly after them.
    After,
    /// Anywhere after them in the sentence.
    Later,
    /// Anywhere in the sentence.
    Sentence,
}

/// What cancels a finding.
#[derive(Debug)]
pub(super) struct Filter {
    /// Where it looks, and for what.
    pub(super) find: Vec<(Place, usize)>,
}

/// One row of patterns with the same conditions.
#[derive(Debug)]
pub(super) struct Row {
    /// The rule.
    pub(super) rule: usize,
    /// The pattern.
    pub(super) pattern: Pattern,
    /// Who the subject must be.
    pub(super) subject: Subject,
    /// Whether a system as agent ("by the installer") cancels it.
    pub(super) agent: bool,
    /// The filters that cancel it.
    pub(super) unless: Vec<usize>,
    /// Conditions that cancel it, anywhere in the sentence.
    pub(super) never: Vec<usize>,
    /// Conditions of which one must hold in the sentence.
    pub(super) needs: Vec<usize>,
    /// What can stand instead, where that is safe.
    pub(super) rewrite: Option<String>,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its slug: the category of the guide.
    pub(super) id: String,
    /// How it weighs.
    pub(super) severity: FindingSeverity,
    /// Which finding stays when several fall into one clause: the highest.
    pub(super) rank: u8,
    /// Whether it is said once for a document.
    pub(super) once: bool,
    /// Why this wording closes learning.
    pub(super) reason: String,
    /// What to ask instead.
    pub(super) question: String,
    /// The same, more gently, where people write of themselves.
    pub(super) self_question: Option<String>,
    /// Texts in which it finds something.
    #[cfg(test)]
    pub(super) finds: Vec<String>,
    /// Texts in which nothing is found.
    #[cfg(test)]
    pub(super) passes: Vec<String>,
}

/// All rules.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// The rules.
    pub(super) rules: Vec<Rule>,
    /// Their patterns.
    pub(super) rows: Vec<Row>,
    /// The filters.
    pub(super) filters: Vec<Filter>,
    /// The patterns of filters, `never` and `needs`.
    pub(super) conditions: Conditions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    category: String,
    severity: String,
    rank: u8,
    #[serde(default)]
    once: bool,
    reason: String,
    question: String,
    self_question: Option<String>,
    pattern: Vec<RowFile>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
    examples: Examples,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    find: Vec<String>,
    #[serde(default)]
    subject: Subject,
    #[serde(default)]
    agent: bool,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    rewrite: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples are tests"))]
struct Examples {
    finds: Vec<String>,
    passes: Vec<String>,
}

#[derive(Deserialize)]
struct FilterFile {
    filter: Vec<FilterRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilterRow {
    name: String,
    place: Place,
    find: Vec<String>,
}

impl Rules {
    /// Reads the files; words that only patterns know are added to the lexicon.
    ///
    /// # Errors
    ///
    /// What is wrong with a file.
    pub(super) fn load(lexicon: &mut Lexicon) -> Result<Self, String> {
        let mut rules = Self::default();
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut parser = Parser::new(lexicon);
        let filters: FilterFile = toml::from_str(FILTERS).map_err(|error| error.to_string())?;
        for row in filters.filter {
            let at = *names.entry(row.name).or_insert_with(|| {
                rules.filters.push(Filter { find: Vec::new() });
                rules.filters.len() - 1
            });
            let parsed = rules.conditions.numbers(&row.find, &mut parser)?;
            if let Some(filter) = rules.filters.get_mut(at) {
                filter
                    .find
                    .extend(parsed.into_iter().map(|number| (row.place, number)));
            }
        }
        for text in FILES {
            let file: RuleFile = toml::from_str(text).map_err(|error| error.to_string())?;
            rules.add(file, &names, &mut parser)?;
        }
        Ok(rules)
    }

    /// Ends the reading: the words of patterns are in the index now, and what was kept for more is given back.
    pub(super) fn finish(&mut self) {
        self.conditions.finish();
        self.rows.shrink_to_fit();
        for row in &mut self.rows {
            row.pattern.anchors = Vec::new();
        }
    }

    fn add(
        &mut self,
        file: RuleFile,
        names: &HashMap<String, usize>,
        parser: &mut Parser<'_>,
    ) -> Result<(), String> {
        let rule = self.rules.len();
        for row in file.pattern {
            let unless: Vec<usize> = row
                .unless
                .iter()
                .map(|name| {
                    let known = names.get(name).copied();
                    known.ok_or_else(|| format!("there is no filter {name}"))
                })
                .collect::<Result<_, _>>()?;
            let never = self.conditions.numbers(&row.never, parser)?;
            let needs = self.conditions.numbers(&row.needs, parser)?;
            for find in &row.find {
                let pattern = parser.parse(find)?;
                if pattern.anchors.is_empty() {
                    return Err(format!("{}: no word to look for in “{find}”", file.id));
                }
                self.rows.push(Row {
                    rule,
                    pattern,
                    subject: row.subject,
                    agent: row.agent,
                    unless: unless.clone(),
                    never: never.clone(),
                    needs: needs.clone(),
                    rewrite: row.rewrite.clone(),
                });
            }
        }
        let severity = FindingSeverity::from_code(&file.severity)
            .ok_or_else(|| format!("there is no severity {}", file.severity))?;
        if file.id != file.category {
            return Err(format!("{} is filed under {}", file.id, file.category));
        }
        self.rules.push(Rule {
            id: file.id,
            severity,
            rank: file.rank,
            once: file.once,
            reason: file.reason,
            question: file.question,
            self_question: file.self_question,
            #[cfg(test)]
            finds: file.examples.finds,
            #[cfg(test)]
            passes: file.examples.passes,
        });
        Ok(())
    }
}
