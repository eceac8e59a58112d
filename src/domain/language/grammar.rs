//! The classes that the grammar itself asks for, looked up once.

use super::lexicon::{Classes, Lexicon};

/// Classes by name.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// engineer, nurse
    pub(super) role: Classes,
    /// team, board, HR
    pub(super) group: Classes,
    /// Words that are departments only with a capital: Platform, Support.
    pub(super) capital_group: Classes,
    /// operator, manager: roles and software
    pub(super) double: Classes,
    /// server, script
    pub(super) system: Classes,
    /// Kafka, Jenkins
    pub(super) product: Classes,
    /// Given names.
    pub(super) name: Classes,
    /// Mr, Dr
    pub(super) title: Classes,
    /// he, she, who
    pub(super) person_pronoun: Classes,
    /// they
    pub(super) they: Classes,
    /// I, we
    pub(super) we: Classes,
    /// it, this, which
    pub(super) thing_pronoun: Classes,
    /// someone, everybody
    pub(super) someone: Classes,
    /// nobody, none, neither
    pub(super) nobody: Classes,
    /// the, a
    pub(super) det: Classes,
    /// my, their
    pub(super) possessive: Classes,
    /// of, in
    pub(super) prep: Classes,
    /// and, but
    pub(super) conj: Classes,
    /// because, when
    pub(super) sub: Classes,
    /// who, which, that
    pub(super) relative: Classes,
    /// was, had, did
    pub(super) aux: Classes,
    /// should, could
    pub(super) modal: Classes,
    /// quickly, also
    pub(super) adv: Classes,
    /// not, never
    pub(super) neg: Classes,
    /// Kubernetes, merge, queue: what makes an "operator" software
    pub(super) tech: Classes,
    /// on-call, line, plant: what makes a "manager" a person
    pub(super) human: Classes,
    /// "'s"
    pub(super) of: Classes,
    /// is, was
    pub(super) be: Classes,
    /// one, most: what is counted stands after "of"
    pub(super) amount: Classes,
    /// owner, participants: what stands before a list of people
    pub(super) listing: Classes,
    /// yesterday, Monday
    pub(super) time: Classes,
    /// expert, leadership: words that mock in quotation marks
    pub(super) mocked: Classes,
}

impl Grammar {
    /// Looks the classes up.
    ///
    /// # Errors
    ///
    /// The name of a class that the data does not have.
    pub(super) fn of(lexicon: &Lexicon) -> Result<Self, String> {
        let class = |name: &str| {
            lexicon
                .class(name)
                .ok_or_else(|| format!("there is no class @{name}"))
        };
        Ok(Self {
            role: class("role")?,
            group: class("group")?,
            capital_group: class("capital-group")?,
            double: class("double")?,
            system: class("system")?,
            product: class("product")?,
            name: class("name")?,
            title: class("title")?,
            person_pronoun: class("person-pronoun")?,
            they: class("they")?,
            we: class("we")?,
            thing_pronoun: class("thing-pronoun")?,
            someone: class("someone")?,
            nobody: class("nobody")?,
            det: class("det")?,
            possessive: class("possessive")?,
            prep: class("prep")?,
            conj: class("conj")?,
            sub: class("sub")?,
            relative: class("relative")?,
            aux: class("aux")?,
            modal: class("modal")?,
            adv: class("adv")?,
            neg: class("neg")?,
            tech: class("tech")?,
            human: class("human")?,
            of: class("of")?,
            be: class("be")?,
            amount: class("amount")?,
            listing: class("listing")?,
            time: class("time")?,
            mocked: class("mocked")?,
        })
    }
}
