//! One text, checked.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::LazyLock;

use super::evidence::Evidence;
use super::grammar::Grammar;
use super::index::{Chosen, Index};
use super::inflect::Form;
use super::lexicon::{Classes, Lexicon};
use super::mask::{self, Masked};
use super::matching::{self, Match};
use super::merge::{self, Candidate};
use super::phrases::{Phrase, Who};
use super::reader::{Read, Reader};
use super::rules::{Row, Rule, Rules, Subject};
use super::sentence::{Found, Sentence};
use super::sentences::Sentences;
use super::tokens::Token;
use super::words::{Vocabulary, Words};
use super::{Finding, scope, subject};

/// Everything that is made once from the data.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) lexicon: Lexicon,
    pub(super) grammar: Grammar,
    pub(super) rules: Rules,
    /// For each word, the rows whose patterns look for it.
    index: Index,
    by: u32,
}

impl Engine {
    /// Reads the data.
    ///
    /// # Errors
    ///
    /// What is wrong with it: a sentence for whoever edits it. A test reads it on every run.
    pub(super) fn load() -> Result<Self, String> {
        let mut lexicon = Lexicon::load()?;
        let mut rules = Rules::load(&mut lexicon)?;
        let grammar = Grammar::of(&lexicon)?;
        let (index, lists) = Index::of(&rules.rows)?;
        rules.finish();
        for (id, list) in lists {
            lexicon.want(id, list);
        }
        let by = lexicon.add("by", Classes::default(), None);
        lexicon.finish()?;
        Ok(Self {
            lexicon,
            grammar,
            rules,
            index,
            by,
        })
    }
}

/// The data, read once.
static ENGINE: LazyLock<Result<Engine, String>> = LazyLock::new(Engine::load);

/// The one engine, or what is wrong with its data.
pub(super) fn engine() -> Result<&'static Engine, &'static str> {
    ENGINE.as_ref().map_err(String::as_str)
}

/// Its rules.
pub(super) fn rules() -> &'static [Rule] {
    engine().map_or(&[], |engine| &engine.rules.rules)
}

/// Finds wording to look at again.
pub(super) fn findings(source: &str, own: &Words) -> Vec<Finding> {
    // Commands that check wording ask `ready` before they start, so that this is never the answer to anybody.
    let Ok(engine) = engine() else {
        return Vec::new();
    };
    let masked = mask::mask(source);
    let check = Check {
        engine,
        source,
        masked: &masked,
        words: Vocabulary::new(&engine.lexicon, own),
        evidence: RefCell::default(),
    };
    let mut found = Vec::new();
    let mut room = ROOM.take().unwrap_or_default();
    for block in &masked.blocks {
        check.block(block.clone(), &mut room, &mut found);
    }
    ROOM.set(Some(room));
    merge::finish(found, &engine.rules)
}

/// What is written anew for each sentence.
#[derive(Debug, Default)]
struct Room {
    read: Read,
    found: Found,
    chosen: Chosen,
}

thread_local! {
    /// Kept from text to text: to make it takes as long as to read a few sentences, and many texts are short.
    static ROOM: Cell<Option<Box<Room>>> = const { Cell::new(None) };
}

struct Check<'a> {
    engine: &'static Engine,
    source: &'a str,
    masked: &'a Masked,
    words: Vocabulary<'a>,
    evidence: RefCell<Evidence>,
}

impl Check<'_> {
    fn block(&self, block: Range<usize>, room: &mut Room, found: &mut Vec<Candidate>) {
        let reader = Reader::new(&self.masked.text, self.source, &self.words);
        let mut sentences = Sentences::new(&self.masked.text, block);
        while reader.sentence(&mut sentences, &mut room.read) {
            let tokens = &room.read.tokens;
            let sentence = Sentence::new(tokens, &self.engine.grammar, &mut room.found);
            self.sentence(&sentence, &mut room.chosen, found);
        }
    }

    fn sentence(&self, sentence: &Sentence<'_>, chosen: &mut Chosen, found: &mut Vec<Candidate>) {
        let first = found.len();
        self.engine
            .index
            .choose(sentence.anchors, sentence.places, chosen);
        for (row, at) in self.engine.index.fitting(chosen, sentence.places) {
            found.extend(self.row(row, sentence, at));
        }
        merge::sentence(found, first, &self.engine.rules);
    }

    fn row(&self, at: usize, sentence: &Sentence<'_>, anchor: usize) -> Option<Candidate> {
        let row = self.engine.rules.rows.get(at)?;
        let (tokens, grammar) = (sentence.tokens, sentence.grammar);
        let found = matching::around(&row.pattern, sentence, anchor)?;
        let needed = row.subject != Subject::Any;
        let who = needed
            .then(|| subject::of(tokens, found.verb, grammar))
            .flatten()
            .map(|phrase| self.known(phrase, tokens));
        if !self.right_subject(row, who, tokens, found) || !self.in_scope(row, sentence, found) {
            return None;
        }
        let (first, last) = (
            tokens.get(found.from)?,
            tokens.get(found.to.checked_sub(1)?)?,
        );
        Some(Candidate {
            start: first.start,
            end: last.end.max(first.end),
            clause: merge::clause(tokens, found.from, grammar),
            rule: row.rule,
            row: at,
            ourselves: who == Some(Who::We),
        })
    }

    /// Whether the verb is a participle after "was": then its subject did not do it. (A pattern that asks for a passive
    /// begins with its auxiliary.)
    fn passive(&self, tokens: &[Token], found: Match) -> bool {
        let grammar = &self.engine.grammar;
        let Some(verb) = tokens
            .get(found.verb)
            .filter(|token| token.can_be(Form::PARTICIPLE))
        else {
            return false;
        };
        !verb.is(grammar.aux)
            && tokens
                .get(..found.verb)
                .unwrap_or_default()
                .iter()
                .rev()
                .take(4)
                .find(|token| !token.is(grammar.adv) && !token.is(grammar.neg))
                .is_some_and(|token| token.is(grammar.be))
    }

    fn right_subject(&self, row: &Row, who: Option<Who>, tokens: &[Token], found: Match) -> bool {
        if row.subject != Subject::Any && self.passive(tokens, found) {
            return false;
        }
        let name = matches!(who, Some(Who::Name));
        match row.subject {
            Subject::Any => true,
            Subject::Person => who.is_some_and(Who::is_person),
            Subject::Name => name,
            Subject::Human => {
                who.is_some_and(|who| who.is_person() || who == Who::MaybeName)
                    || (who.is_none() && found.verb == 0 && tokens.len() > 2)
            }
            Subject::NotSystem => who != Some(Who::System),
            Subject::PersonOrNone => who.is_none_or(Who::is_person),
            Subject::PersonOrAct => {
                let act = tokens.first().is_some_and(|token| token.can_be(Form::ING));
                who.map_or(act, |who| who.is_person() || (act && who != Who::System))
            }
        }
    }

    fn in_scope(&self, row: &Row, sentence: &Sentence<'_>, found: Match) -> bool {
        let rules = &self.engine.rules;
        let agent =
            row.agent && scope::by_system(sentence.tokens, found, self.engine.by, sentence.grammar);
        let filtered = || {
            row.unless
                .iter()
                .filter_map(|filter| rules.filters.get(*filter))
                .any(|filter| scope::cancels(filter, &rules.conditions, sentence, found))
        };
        let holds = |number: &usize| {
            let pattern = rules.conditions.possible(*number, sentence);
            pattern.is_some_and(|pattern| sentence.last(pattern).is_some())
        };
        !agent
            && !filtered()
            && !row.never.iter().any(holds)
            && (row.needs.is_empty() || row.needs.iter().any(holds))
    }

    /// What the document says about a name changes who is meant.
    fn known(&self, phrase: Phrase, tokens: &[Token]) -> Who {
        if !matches!(phrase.who, Who::Name | Who::MaybeName) {
            return phrase.who;
        }
        let names = || {
            tokens
                .get(phrase.start..phrase.end)
                .into_iter()
                .flatten()
                .filter(|token| token.capital)
                .filter_map(|token| self.source.get(token.start..token.end))
        };
        let mut evidence = self.evidence.borrow_mut();
        for name in names() {
            evidence.ask(
                name,
                self.masked,
                self.source,
                &self.words,
                &self.engine.grammar,
            );
        }
        if names().any(|name| evidence.is_system(name)) {
            Who::System
        } else if phrase.who == Who::MaybeName && names().any(|name| evidence.is_person(name)) {
            Who::Name
        } else {
            phrase.who
        }
    }
}
