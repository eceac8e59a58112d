//! The names in one post-mortem: where they stand, what was answered, and which role may stand for them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{Role, Roles, key, replace};
use crate::domain::codes::coded;
use crate::domain::ids::Version;
use crate::domain::language::{Spellings, Words, names_in};
use crate::domain::postmortem::PostMortem;
use crate::domain::text::Line;
use crate::domain::wording::{Place, texts};

coded! {
    /// Why a name stays.
    NameReason {
        /// It is a product, a place, a word.
        Nobody = "nobody", "Not a person";
        /// That person was asked.
        Agreed = "agreed", "They agreed to be named";
        /// Everybody knows who it was.
        PublicFigure = "public-figure", "A public figure";
        /// Whoever wrote what is cited.
        Source = "source", "The author of a source";
    }
}

/// A name that stays in a post-mortem, and why. It does not know who decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameAnswer {
    /// The name.
    pub name: Line,
    /// Why it stays.
    pub reason: NameReason,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// A text in which a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Which text.
    pub place: Place,
    /// Whether it stands there in somebody else's words.
    pub quoted: bool,
    /// Whether the text can be changed: a sealed first story cannot.
    pub open: bool,
    /// The version of the record that holds the text.
    pub version: Version,
}

impl Spot {
    /// How a form names it: `section/summary:3`, with `:quoted` behind it in somebody else's words.
    #[must_use]
    pub fn code(&self) -> String {
        let quoted = if self.quoted { ":quoted" } else { "" };
        format!("{}:{}{quoted}", self.place, self.version)
    }
}

/// A name in a post-mortem, in every spelling in which it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameHere {
    /// The longest spelling.
    pub name: String,
    /// All of them, the longest first.
    pub spellings: Vec<String>,
    /// Where it stands, in the order of the editor.
    pub spots: Vec<Spot>,
    /// Why it stays, if that was answered.
    pub answer: Option<NameAnswer>,
    /// The role that the organisation remembers for it.
    pub role: Option<Role>,
}

impl NameHere {
    /// A name for addresses that stays while the spelling does.
    #[must_use]
    pub fn key(&self) -> String {
        let name = key(&self.name);
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }

    /// Whether it is written like this somewhere.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        let name = key(name);
        self.spellings.iter().any(|spelling| key(spelling) == name)
    }
}

/// The names in a post-mortem, in the order in which they first stand there. `members` are the names of the people with
/// an account, `answers` what was said about names here.
#[must_use]
pub fn names_here<'a>(
    postmortem: &PostMortem,
    members: impl IntoIterator<Item = &'a str>,
    roles: &Roles,
    answers: &[NameAnswer],
) -> (Vec<NameHere>, Spellings) {
    let mut known = roles.spellings().clone();
    for name in members {
        known.add(name);
    }
    let texts = written(postmortem);
    // "Jordan Miller" in the summary says who Jordan is in the timeline.
    let mut whole = HashSet::new();
    for (_, text) in &texts {
        let names = names_in(text, &postmortem.words, &known);
        whole.extend(
            names
                .into_iter()
                .map(|named| named.name)
                .filter(|name| name.contains(' ')),
        );
    }
    for name in &whole {
        known.add(name);
    }
    let mut found: Vec<NameHere> = Vec::new();
    for (place, text) in &texts {
        for named in names_in(text, &postmortem.words, &known) {
            let spot = Spot {
                quoted: named.quoted || is_first_story(place),
                open: !is_first_story(place) || postmortem.facts.first_story_sealed_at.is_none(),
                version: version_at(postmortem, place),
                place: place.clone(),
            };
            let same = found.iter().position(|one| one.is(&named.name));
            match same.and_then(|at| found.get_mut(at)) {
                Some(one) if one.spots.contains(&spot) => {}
                Some(one) => one.spots.push(spot),
                None => found.push(NameHere {
                    spellings: vec![named.name.clone()],
                    name: named.name,
                    spots: vec![spot],
                    answer: None,
                    role: None,
                }),
            }
        }
    }
    let mut grouped = group(found, roles);
    let order = |place: &Place| texts.iter().position(|(other, _)| other == place);
    for one in &mut grouped {
        one.spots
            .sort_by_key(|spot| (order(&spot.place), spot.quoted));
        one.answer = answers
            .iter()
            .find(|answer| one.is(answer.name.as_str()))
            .cloned();
        one.role = one
            .spellings
            .iter()
            .find_map(|name| roles.role_of(name))
            .cloned();
    }
    (grouped, known)
}

/// Every text in which a name may stand, in the order of the editor: more than wording is looked at.
fn written(postmortem: &PostMortem) -> Vec<(Place, &str)> {
    let mut all = Vec::new();
    let first = postmortem.section("first-story");
    for (place, text) in texts(postmortem) {
        all.push((place.record(), text));
        if let Some(label) = label(postmortem, &place) {
            all.push((place, label));
        }
    }
    if !first.is_empty() {
        all.push((Place::Section("first-story".to_owned()), first));
    }
    all
}

/// The role or team that stands beside a text.
fn label<'a>(postmortem: &'a PostMortem, place: &Place) -> Option<&'a str> {
    let label = match place {
        Place::Event(id) => {
            let mut events = postmortem.events.iter();
            events.find(|event| event.id == *id)?.role.as_ref()?
        }
        Place::Account(id) => {
            let mut accounts = postmortem.accounts.iter();
            &accounts.find(|account| account.id == *id)?.role
        }
        Place::Action(id) => {
            let mut actions = postmortem.actions.iter();
            actions.find(|action| action.id == *id)?.owner.as_ref()?
        }
        _ => return None,
    };
    Some(label.as_str())
}

/// The version of the record that holds a text.
#[must_use]
pub fn version_at(postmortem: &PostMortem, place: &Place) -> Version {
    let found = match place {
        Place::Title => Some(postmortem.facts.version),
        Place::Section(key) => {
            let mut all = postmortem.sections.iter().filter(|one| one.key == *key);
            all.next().map(|one| one.version)
        }
        Place::Event(id) => {
            let mut all = postmortem.events.iter().filter(|one| one.id == *id);
            all.next().map(|one| one.version)
        }
        Place::Account(id) => {
            let mut all = postmortem.accounts.iter().filter(|one| one.id == *id);
            all.next().map(|one| one.version)
        }
        Place::Factor(id) => {
            let mut all = postmortem.statements.iter().filter(|one| one.id == *id);
            all.next().map(|one| one.version)
        }
        Place::Action(id) => {
            let mut all = postmortem.actions.iter().filter(|one| one.id == *id);
            all.next().map(|one| one.version)
        }
        // These are saved by the record of another place.
        _ => None,
    };
    found.unwrap_or(Version(0))
}

fn is_first_story(place: &Place) -> bool {
    *place == Place::Section("first-story".to_owned())
}

/// Joins spellings of one name: those that are remembered together, "Mara" and "@mara" with the one "Mara O'Neill".
fn group(found: Vec<NameHere>, roles: &Roles) -> Vec<NameHere> {
    let whole: Vec<String> = found
        .iter()
        .map(|one| key(&one.name))
        .filter(|name| name.contains(' '))
        .collect();
    let belongs = |name: &str| -> String {
        let name = key(name);
        if name.contains(' ') {
            return name;
        }
        let mut fits = whole.iter().filter(|whole| is_part(&name, whole));
        match (fits.next(), fits.next()) {
            (Some(one), None) => one.clone(),
            _ => name,
        }
    };
    let mut grouped: Vec<(String, NameHere)> = Vec::new();
    for one in found {
        let home = belongs(&one.name);
        let same = grouped.iter().position(|(other, held)| {
            *other == home
                || held
                    .spellings
                    .iter()
                    .any(|name| roles.are_one(name, &one.name))
        });
        match same.and_then(|at| grouped.get_mut(at)) {
            Some((_, held)) => {
                held.spellings.extend(one.spellings);
                for spot in one.spots {
                    if !held.spots.contains(&spot) {
                        held.spots.push(spot);
                    }
                }
            }
            None => grouped.push((home, one)),
        }
    }
    grouped
        .into_iter()
        .map(|(_, mut one)| {
            one.spellings
                .sort_by_key(|name| std::cmp::Reverse(name.len()));
            one.name = one.spellings.first().cloned().unwrap_or_default();
            one
        })
        .collect()
}

/// Whether a name of one word, or a handle, is short for a whole name.
fn is_part(name: &str, whole: &str) -> bool {
    let words: Vec<&str> = whole.split(' ').collect();
    let Some(handle) = name.strip_prefix('@') else {
        return words.contains(&name);
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (handle, first, last) = (letters(handle), letters(first), letters(last));
    let initial: String = first.chars().take(1).collect();
    handle == first
        || handle == last
        || handle == format!("{first}{last}")
        || handle == format!("{initial}{last}")
}

/// A role on its way into the place of a name.
#[derive(Debug)]
pub struct Replacing<'a> {
    /// The name, in its spellings.
    pub name: &'a NameHere,
    /// The role.
    pub role: &'a Role,
    /// The organisation's own words.
    pub own: &'a Words,
    /// What is known of names, as [`names_here`] hands it over.
    pub known: &'a Spellings,
}

impl Replacing<'_> {
    /// A text with the role in it: in the writer's own words, in somebody else's, or both.
    #[must_use]
    pub fn text(&self, text: &str, (own, quoted): (bool, bool)) -> String {
        let names = names_in(text, self.own, self.known);
        replace(text, &names, |named| {
            let wanted = if named.quoted { quoted } else { own };
            (wanted && self.name.is(&named.name)).then_some(self.role)
        })
    }

    /// A label with the role in it: "Mara" beside a row becomes "On-call engineer".
    #[must_use]
    pub fn label(&self, text: &str) -> String {
        if self.name.is(text) {
            self.role.label()
        } else {
            self.text(text, (true, true))
        }
    }
}
