//! Reads patterns as they are written in the rules.

use std::collections::HashMap;
use std::sync::Arc;

use super::inflect::Form;
use super::lexicon::{Classes, Lexicon};
use super::near;
use super::pattern::{Ask, Element, Pattern, Phrase, Test};
use super::seen::Seen;
use super::tokens::Kind;

/// Reads patterns.
pub(super) struct Parser<'a> {
    lexicon: &'a mut Lexicon,
    /// Tests by how they are written. Many patterns ask the same, and what is kept once is at hand more often.
    tests: HashMap<String, Arc<Test>>,
    /// The numbers of conditions, by how they are written.
    pub(super) numbers: HashMap<String, usize>,
}

impl<'a> Parser<'a> {
    /// A parser that adds the words of patterns to a lexicon.
    pub(super) fn new(lexicon: &'a mut Lexicon) -> Self {
        Self {
            lexicon,
            tests: HashMap::new(),
            numbers: HashMap::new(),
        }
    }

    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// A sentence that says what cannot be read, with the pattern.
    pub(super) fn parse(&mut self, written: &str) -> Result<Pattern, String> {
        let mut elements = Vec::new();
        let mut best: Option<(usize, usize, Vec<u32>)> = None;
        for word in written.split_whitespace() {
            let element =
                element(word, self).map_err(|problem| format!("{problem} in “{written}”"))?;
            if let Some((cost, words)) = anchor(&element, self.lexicon)
                && best.as_ref().is_none_or(|(known, ..)| cost < *known)
            {
                best = Some((cost, elements.len(), words));
            }
            elements.push(element);
        }
        let (_, at, anchors) = best.unwrap_or_default();
        elements.shrink_to_fit();
        let lexicon = &*self.lexicon;
        let mut needed: Vec<(usize, usize, Seen)> = elements
            .iter()
            .enumerate()
            .filter_map(|(other, element)| Some((cost(element, lexicon), other, need(element)?)))
            .collect();
        needed.sort_unstable_by_key(|(cost, other, _)| (*cost, *other));
        Ok(Pattern {
            reach: near::taken(elements.get(..at).unwrap_or_default()),
            first: first(&elements),
            near: Box::new(near::near(&elements, at, &needed)),
            needs: needed.into_iter().map(|(.., need)| need).collect(),
            elements,
            anchors,
            number: 0,
        })
    }

    fn test(&mut self, word: &str) -> Result<Arc<Test>, String> {
        if let Some(known) = self.tests.get(word) {
            return Ok(Arc::clone(known));
        }
        let test = Arc::new(test(word, self.lexicon)?);
        self.tests.insert(word.to_owned(), Arc::clone(&test));
        Ok(test)
    }
}

/// What must stand where a pattern begins, if that can be told.
fn first(elements: &[Element]) -> Seen {
    let takes = |element: &&Element| {
        !element.absent && matches!(element.ask, Ask::Token(_) | Ask::Phrase(_))
    };
    let first = elements.iter().find(takes);
    first.and_then(need).unwrap_or(Seen::ANYTHING)
}

/// What must be in a sentence for an element to fit anywhere, if that can be told.
fn need(element: &Element) -> Option<Seen> {
    let Ask::Token(test) = &element.ask else {
        return None;
    };
    let needed = element.least > 0 && !element.absent;
    (needed && !test.any && !test.end).then_some(test.seen)
}

/// The words an element stands for and how common they are, if they can be looked for.
fn anchor(element: &Element, lexicon: &Lexicon) -> Option<(usize, Vec<u32>)> {
    let Ask::Token(test) = &element.ask else {
        return None;
    };
    if element.least == 0 || element.absent || test.forms != 0 {
        return None;
    }
    if test.is_mocking() {
        let mocked = lexicon.class("mocked").unwrap_or_default();
        return Some((RARE, lexicon.members(mocked, 0).collect()));
    }
    if test.is_open() {
        return None;
    }
    let mut words = test.words.clone();
    for (classes, forms) in &test.classes {
        words.extend(lexicon.members(*classes, *forms));
    }
    Some((rarity(words.iter().copied(), lexicon), words))
}

/// How common the words are for which an element stands.
fn cost(element: &Element, lexicon: &Lexicon) -> usize {
    match &element.ask {
        Ask::Token(test) if test.is_open() => COMMON_KIND,
        Ask::Token(test) if test.forms == 0 => {
            let members = test.classes.iter();
            let members = members.flat_map(|(classes, forms)| lexicon.members(*classes, *forms));
            rarity(test.words.iter().copied().chain(members), lexicon)
        }
        _ => COMMON_FORM,
    }
}

/// Roughly how often a quotation that mocks stands in fifty thousand words.
const RARE: usize = 4;

/// Roughly how often some mark, and some word of a form, stands in fifty thousand words.
const COMMON_KIND: usize = 2_500;
const COMMON_FORM: usize = 5_000;

fn rarity(words: impl Iterator<Item = u32>, lexicon: &Lexicon) -> usize {
    let common = lexicon.class("common").unwrap_or_default();
    let frequent = lexicon.class("frequent").unwrap_or_default();
    words
        .filter_map(|id| lexicon.by_id(id))
        .map(|entry| {
            // Roughly how often such a word stands in fifty thousand.
            if entry.classes.any(frequent) {
                4000
            } else if entry.classes.any(common) {
                400
            } else {
                4
            }
        })
        .sum()
}

fn element(word: &str, parser: &mut Parser<'_>) -> Result<Element, String> {
    let marker = |ask| Element {
        ask,
        least: 1,
        most: 0,
        absent: false,
    };
    match word {
        "^" => return Ok(marker(Ask::Begin)),
        "$" => return Ok(marker(Ask::End)),
        "%" => return Ok(marker(Ask::Verb)),
        "[" => return Ok(marker(Ask::Open)),
        "]" => return Ok(marker(Ask::Close)),
        _ => {}
    }
    let (absent, word) = match word.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    let (word, least, most) = if word.len() == 1 {
        (word, 1, 1)
    } else if let Some(rest) = word.strip_suffix('?') {
        (rest, 0, 1)
    } else if let Some(rest) = word.strip_suffix('*') {
        (rest, 0, 4)
    } else if let Some((rest, count)) = word.strip_suffix('}').and_then(|w| w.split_once('{')) {
        let count = count
            .parse()
            .map_err(|_| format!("“{count}” is no number"))?;
        (rest, 0, count)
    } else {
        (word, 1, 1)
    };
    let ask = match word {
        "<person>" => Ask::Phrase(Phrase::Person),
        "<name>" => Ask::Phrase(Phrase::Name),
        "<system>" => Ask::Phrase(Phrase::System),
        "<we>" => Ask::Phrase(Phrase::We),
        "<np>" => Ask::Phrase(Phrase::Any),
        _ => Ask::Token(parser.test(word)?),
    };
    Ok(Element {
        ask,
        least,
        most,
        absent,
    })
}

fn test(word: &str, lexicon: &mut Lexicon) -> Result<Test, String> {
    let mut test = Test::default();
    for choice in word.split('|') {
        match choice {
            "_" => test.any = true,
            "#num" => test.kinds.push(Kind::Number),
            "#code" => test.kinds.push(Kind::Code),
            "#quote" => test.kinds.push(Kind::Quote),
            "#link" => test.kinds.push(Kind::Link),
            "#handle" => test.kinds.push(Kind::Handle),
            "#cap" => test.capital = true,
            "#mock" => test.mocking = true,
            "$" => test.end = true,
            "," => test.kinds.push(Kind::Comma),
            ":" => test.kinds.push(Kind::Break),
            "/" => test.kinds.push(Kind::Other),
            "?" => test.kinds.push(Kind::Question),
            "(" => test.kinds.push(Kind::Open),
            ")" => test.kinds.push(Kind::Close),
            _ => choose(choice, lexicon, &mut test)?,
        }
    }
    test.seen = test.told(lexicon);
    Ok(test)
}

fn choose(choice: &str, lexicon: &mut Lexicon, test: &mut Test) -> Result<(), String> {
    let form = |written: &str| match written {
        "b" => Ok(Form::BASE.0),
        "s" => Ok(Form::THIRD.0),
        "d" => Ok(Form::PAST.0 | Form::PARTICIPLE.0),
        "p" => Ok(Form::PAST.0),
        "n" => Ok(Form::PARTICIPLE.0),
        "g" => Ok(Form::ING.0),
        other => Err(format!("“{other}” is no form")),
    };
    if let Some(written) = choice.strip_prefix('#') {
        test.forms |= form(written)?;
        return Ok(());
    }
    let (name, forms) = match choice.split_once('.') {
        Some((name, written)) => (name, form(written)?),
        None => (choice, 0),
    };
    if let Some(name) = name.strip_prefix('@') {
        let classes = lexicon
            .class(name)
            .ok_or_else(|| format!("there is no class @{name}"))?;
        test.classes.push((classes, forms));
    } else if let Some(base) = name.strip_prefix('~') {
        let of = lexicon.lemma(base);
        test.words.extend(
            of.iter()
                .filter(|(_, form)| forms == 0 || forms & form.0 != 0)
                .map(|(id, _)| *id),
        );
    } else {
        test.words
            .push(lexicon.add(choice, Classes::default(), None));
    }
    Ok(())
}
