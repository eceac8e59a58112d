//! The aggregate: one post-mortem with all that belongs to it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::actions::Action;
use super::codes::coded;
use super::factors::Statement;
use super::ids::{LinkId, Number, PersonId, PostMortemId, Version};
use super::language::Words;
use super::people::Actor;
use super::permissions::Forbidden;
use super::sections::{Account, Section};
use super::text::{Line, Prose, Title};
use super::timeline::{Event, Marker};
use super::wording::Answer;

coded! {
    /// What happened, seen from the organisation.
    Kind {
        /// Something in a system stopped working as people relied on it.
        Incident = "incident", "Incident";
        /// A crisis of the organisation itself: a reorganisation, a launch, a loss, a dispute.
        Crisis = "crisis", "Organisational crisis";
        /// Harm was close and did not come.
        NearMiss = "near-miss", "Near miss";
        /// Something went right that could be learned from.
        Success = "success", "Success";
    }
}

coded! {
    /// How much form a post-mortem takes.
    Tier {
        /// A short note: what happened, what surprised us, what next.
        Note = "note", "Note";
        /// The usual form.
        Standard = "standard", "Standard";
        /// The full form, with accounts and the blind side.
        Deep = "deep", "Deep";
    }
}

coded! {
    /// The kind of system in which something happened.
    SystemKind {
        /// Software, hardware, data, automation.
        Computer = "computer", "Computer system";
        /// Roles, teams, agreements, rules.
        People = "people", "People system";
        /// People working through or around the machine.
        Both = "both", "Computers and people";
    }
}

coded! {
    /// How grave the effect was. Used to find and to choose a tier, never for a score.
    Severity {
        /// The gravest.
        Sev1 = "sev1", "Severity 1";
        /// Grave.
        Sev2 = "sev2", "Severity 2";
        /// Noticeable.
        Sev3 = "sev3", "Severity 3";
        /// Slight.
        Sev4 = "sev4", "Severity 4";
    }
}

coded! {
    /// Where a post-mortem stands in its life.
    Status {
        /// Being written; owes nothing.
        Draft = "draft", "Draft";
        /// Somebody else is asked to read it; the first story is sealed.
        InReview = "in-review", "In review";
        /// Keeps its promise: it passed the gate.
        Published = "published", "Published";
        /// Brought in from elsewhere as it was; counted apart.
        Archived = "archived", "Archived";
        /// Was published and is not any more.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl Status {
    /// Whether it has something to teach: it is written to its end, and was not withdrawn.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Published | Self::Archived)
    }
}

coded! {
    /// Who may read.
    Visibility {
        /// Everyone who can sign in.
        Organisation = "organisation", "Everyone in the organisation";
        /// The shepherd and the people named, nobody else.
        Restricted = "restricted", "Only the people named";
    }
}

coded! {
    /// What a member of a post-mortem may do.
    Access {
        /// Read it.
        Read = "read", "May read";
        /// Read and change it.
        Write = "write", "May write";
    }
}

coded! {
    /// How one post-mortem stands to another.
    Relation {
        /// The same story, told from another side.
        SameEvent = "same-event", "tells of the same event as";
        /// It happened again.
        Recurrence = "recurrence", "is a recurrence of";
        /// One led to the other.
        FollowsFrom = "follows-from", "follows from";
        /// Worth reading together.
        Related = "related", "is worth reading with";
    }
}

coded! {
    /// What set an event off: an event itself, never a cause. Taxonomy core 1.0.0, facet `trigger`.
    Trigger {
        /// A planned release.
        ChangeDeploy = "change-deploy", "A planned release";
        /// A change of settings.
        ChangeConfig = "change-config", "A change of configuration, policy value or data";
        /// Manual or maintenance work.
        ChangeOperation = "change-operation", "An operation on the running system";
        /// A decision of the organisation.
        ChangeOrganizational = "change-organizational", "A reorganisation, policy or announcement";
        /// Load.
        LoadDemand = "load-demand", "A rise or shift in demand";
        /// Something broke or someone left.
        ComponentFailure = "component-failure", "A part broke, or someone became unavailable";
        /// A limit in time.
        TimeExpiry = "time-expiry", "A date, counter or limit was reached";
        /// Somebody outside.
        ThirdPartyEvent = "third-party-event", "An outside party changed, stopped or withdrew";
        /// The world.
        ExternalEvent = "external-event", "Weather, market, law, disaster";
        /// On purpose.
        HostileAct = "hostile-act", "An intruder, fraud or deliberate leak";
        /// Nothing special.
        RoutineActivity = "routine-activity", "Ordinary work, nothing special changed";
        /// Not established.
        Unknown = "unknown", "Not established";
    }
}

coded! {
    /// How it first became known. Taxonomy core 1.0.0, facet `detection`.
    Detection {
        /// A monitor.
        AutomatedAlert = "automated-alert", "A monitor or rule raised it";
        /// A colleague.
        InternalObserver = "internal-observer", "Someone inside noticed";
        /// A planned check.
        PlannedCheck = "planned-check", "A test, audit or review found it";
        /// Those concerned.
        AffectedParty = "affected-party", "An affected person reported it";
        /// A partner.
        ThirdPartyNotice = "third-party-notice", "A vendor, partner or researcher gave notice";
        /// An authority.
        Authority = "authority", "A regulator or authority raised it";
        /// The public.
        PublicMedia = "public-media", "Press or social media made it known";
        /// By the way.
        OtherInvestigation = "other-investigation", "Found while looking into something else";
        /// Not established.
        Unknown = "unknown", "Not established";
    }
}

coded! {
    /// What was affected; any number. Taxonomy core 1.0.0, facet `impact`.
    Impact {
        /// Stopped.
        ServiceLoss = "service-loss", "A service or function stopped";
        /// Worse.
        ServiceDegraded = "service-degraded", "Slower, partial or wrong service";
        /// Lost data.
        DataLoss = "data-loss", "Data could not be recovered";
        /// Wrong data.
        DataIntegrity = "data-integrity", "Data was wrong";
        /// Seen by others.
        Confidentiality = "confidentiality", "Information reached people it was not for";
        /// Money.
        Money = "money", "Financial loss or wrong payment";
        /// Harm.
        SafetyWellbeing = "safety-wellbeing", "Harm or risk to health or well-being";
        /// Strain.
        PeopleStrain = "people-strain", "Overwork, distress, lost recovery time";
        /// Leaving.
        PeopleLoss = "people-loss", "People left, or could not be hired";
        /// Trust.
        TrustReputation = "trust-reputation", "Trust of customers, staff or public";
        /// Law.
        LegalRegulatory = "legal-regulatory", "Legal or regulatory exposure";
        /// Late.
        DeliveryDelay = "delivery-delay", "Planned work delayed";
        /// The purpose.
        MissionLoss = "mission-loss", "The purpose of the undertaking was lost";
        /// Nothing.
        NoneNearMiss = "none-near-miss", "None: nothing was harmed";
    }
}

/// The facts of a post-mortem: everything that is not prose of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Who it is in addresses.
    pub id: PostMortemId,
    /// The number people say; given when the organisation may read it, so that gaps tell nothing.
    pub number: Option<Number>,
    /// A plain sentence about what happened.
    pub title: Title,
    /// Incident, crisis, near miss or success.
    pub kind: Kind,
    /// How much form it takes.
    pub tier: Tier,
    /// Computer, people or both.
    pub system: SystemKind,
    /// How grave; `None` if nobody said.
    pub severity: Option<Severity>,
    /// Where it stands.
    pub status: Status,
    /// Who may read it.
    pub visibility: Visibility,
    /// The one zone of its times.
    pub zone: Tz,
    /// Who sees it through.
    pub shepherd: PersonId,
    /// The role that facilitates the debrief.
    pub facilitator: Option<Line>,
    /// The version of the templates it was started with.
    pub template_version: i32,
    /// What set it off.
    pub trigger: Option<Trigger>,
    /// How it became known.
    pub detection: Option<Detection>,
    /// What was affected.
    pub impacts: Vec<Impact>,
    /// Markers of which the writers say that nobody knows the moment.
    pub unknown_markers: Vec<Marker>,
    /// When the first story was sealed, if it was.
    pub first_story_sealed_at: Option<DateTime<Utc>>,
    /// Why there are no commitments, where there are none.
    pub no_commitments_because: Prose,
    /// Why more commitments are open than the limit, where they are.
    pub over_limit_because: Prose,
    /// When somebody confirmed who may read this and what it will not be used for.
    pub readers_confirmed_at: Option<DateTime<Utc>>,
    /// The day people gave for it; `None` if it follows from the timeline.
    pub happened_on: Option<NaiveDate>,
    /// The day by which it is listed and counted: given, or of the first event, or of its making.
    pub filed_on: NaiveDate,
    /// Where it was imported from.
    pub source: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When anything in it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Counts changes of these facts.
    pub version: Version,
}

/// A person who belongs to a post-mortem, shown as a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who may read it through this.
    pub person: PersonId,
    /// The name, for the people page of the post-mortem only.
    pub name: Line,
    /// The role in which they took part, as it is shown.
    pub role: Option<Line>,
    /// What they may do.
    pub access: Access,
}

/// A second person read it and approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A link to another post-mortem which the reader may read.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The link.
    pub id: LinkId,
    /// How they stand to each other.
    pub relation: Relation,
    /// The other one.
    pub to: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
}

/// One post-mortem with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct PostMortem {
    /// Everything that is not prose of its own.
    pub facts: Facts,
    /// The written sections, in the template's order; empty ones are not stored.
    pub sections: Vec<Section>,
    /// What roles saw and thought.
    pub accounts: Vec<Account>,
    /// The timeline, in its order.
    pub events: Vec<Event>,
    /// The factor statements, in their order.
    pub statements: Vec<Statement>,
    /// Ideas and commitments, in their order.
    pub actions: Vec<Action>,
    /// The people who belong to it.
    pub members: Vec<Member>,
    /// Who approved it.
    pub approvals: Vec<Approval>,
    /// Other post-mortems it points at.
    pub links: Vec<Link>,
    /// Wording that is kept, and why.
    pub answers: Vec<Answer>,
    /// The organisation's own words, by which its wording is looked at. They come with the post-mortem, so that nobody who
    /// looks at wording can leave them out.
    pub words: Words,
}

impl PostMortem {
    /// The text of a section, empty if it has none.
    #[must_use]
    pub fn section(&self, key: &str) -> &str {
        self.sections
            .iter()
            .find(|section| section.key == key)
            .map_or("", |section| section.text.as_str())
    }

    /// What a person may do here as a member; `None` for one who is none.
    #[must_use]
    pub fn access_of(&self, person: PersonId) -> Option<Access> {
        let member = self.members.iter().find(|one| one.person == person);
        member.map(|member| member.access)
    }
}

impl Facts {
    /// Refuses an actor who may read this post-mortem but not change it.
    ///
    /// `access` is the actor's membership, `None` for one who is no member.
    ///
    /// # Errors
    /// [`Forbidden`] with the sentence for the person.
    pub fn require_editor(&self, actor: &Actor, access: Option<Access>) -> Result<(), Forbidden> {
        super::permissions::require(actor, super::permissions::Permission::Write)?;
        let named = actor.person == self.shepherd || access == Some(Access::Write);
        if self.visibility == Visibility::Organisation || named {
            Ok(())
        } else {
            Err(Forbidden::NotAnEditor)
        }
    }

    /// Whether somebody decides who is named here: the shepherd, and members who may write.
    ///
    /// `access` is their membership, `None` for one who is no member.
    #[must_use]
    pub fn keeps_members(&self, actor: &Actor, access: Option<Access>) -> bool {
        actor.person == self.shepherd || access == Some(Access::Write)
    }

    /// The day by which it is filed: given, or of the first event, or of its making.
    #[must_use]
    pub fn filing_day(&self, events: &[Event]) -> NaiveDate {
        self.happened_on
            .or_else(|| {
                events
                    .iter()
                    .filter_map(|event| event.when.at())
                    .min()
                    .map(|at| at.with_timezone(&self.zone).date_naive())
            })
            .unwrap_or_else(|| self.created_at.with_timezone(&self.zone).date_naive())
    }
}
