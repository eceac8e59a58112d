//! What the matrix is tried on: one story that everybody may read, one that only its people may, and one that never was.

use std::collections::BTreeMap;

use second_story::app::cause_links::{self, LinkInput as CauseLinkInput};
use second_story::app::causes::{self, CauseInput};
use second_story::app::comments::{self, CommentInput};
use second_story::app::fixes::{self, FixInput};
use second_story::app::history;
use second_story::app::links::{self, LinkInput};
use second_story::domain::people::Role;
use uuid::Uuid;

use crate::harness::{App, Client, Story, Telling, spawn_app};

/// The word that stands in every text of the restricted story, and nowhere else.
pub(crate) const CANARY: &str = "quicksilver";

/// The ids by which addresses name things, by the kind of the thing.
pub(crate) type Ids = BTreeMap<&'static str, String>;

/// Kinds of things that belong to a post-mortem, or to a cause, and are as hidden as it is.
pub(crate) const HIDEABLE: [&str; 12] = [
    "postmortem",
    "event",
    "statement",
    "action",
    "account",
    "link",
    "revision",
    "cause",
    "cause_link",
    "fix",
    "decision",
    "comment",
];

pub(crate) struct World {
    pub(crate) app: App,
    /// The story that everybody may read.
    pub(crate) open: Ids,
    /// The restricted one, once it is told.
    pub(crate) hidden: Ids,
    /// Nothing has these ids.
    pub(crate) never: Ids,
    open_story: Story,
    /// The shepherd of the restricted story.
    pub(crate) insider: Client,
    /// May read the restricted story; a reader by role.
    pub(crate) guest: Client,
}

impl World {
    /// A world in which nothing is restricted yet.
    pub(crate) async fn open() -> Self {
        let app = spawn_app().await;
        let writer = app.writer();
        // Bodies name her.
        app.administrator();
        let open_story = app.story(&Telling {
            by: &writer,
            word: "letter",
            restricted: false,
        });
        Self {
            insider: app.person("Ines Duarte", Role::Writer),
            guest: app.person("Gero Lindt", Role::Reader),
            open: ids(&app, &writer, &open_story, "letter"),
            hidden: Ids::new(),
            never: HIDEABLE
                .into_iter()
                .map(|kind| (kind, Uuid::now_v7().to_string()))
                .collect(),
            open_story,
            app,
        }
    }

    /// Tells the restricted story.
    pub(crate) fn hide(&mut self) -> Story {
        let story = self.app.story(&Telling {
            by: &self.insider,
            word: CANARY,
            restricted: true,
        });
        self.app.invite(&self.insider, &story, &self.guest, "read");
        self.hidden = ids(&self.app, &self.insider, &story, CANARY);
        let to_open = LinkInput {
            to: self.open_story.id.to_string(),
            relation: "related".to_owned(),
        };
        let link = links::add(&self.app.store, &self.insider.ctx(), story.id, &to_open).unwrap();
        self.hidden.insert("link", link.id.to_string());
        story
    }

    /// Points from what everybody may read at what is restricted, as its insiders may.
    pub(crate) fn point_at_hidden(&self, story: &Story) {
        let (store, ctx) = (&self.app.store, self.insider.ctx());
        let to_hidden = LinkInput {
            to: story.id.to_string(),
            relation: "recurrence".to_owned(),
        };
        links::add(store, &ctx, self.open_story.id, &to_hidden).unwrap();
        let same = format!("{CANARY} and letter had one worker.");
        let input = CauseLinkInput {
            statement: story.statements[1],
            same: &same,
            different: "Another team.",
        };
        cause_links::link(
            store,
            &ctx,
            self.open["cause"].parse().map(id_of).unwrap(),
            input,
        )
        .unwrap();
    }

    /// Everybody who has no business with the restricted story, by what they are.
    pub(crate) fn strangers(&self) -> Vec<(&'static str, Client)> {
        vec![
            ("anonymous", self.app.anonymous()),
            ("reader", self.app.reader()),
            ("writer", self.app.writer()),
            ("keeper", self.app.keeper()),
            ("administrator", self.app.administrator()),
        ]
    }
}

fn id_of(uuid: Uuid) -> second_story::domain::ids::CauseId {
    second_story::domain::ids::CauseId(uuid)
}

/// The ids of a story, of a cause that was made from it, and of what belongs to both.
fn ids(app: &App, by: &Client, story: &Story, word: &str) -> Ids {
    let (store, ctx) = (&app.store, by.ctx());
    let statement = format!("One {word} worker carries everything");
    let made = CauseInput {
        statement: &statement,
        description: &format!("The {word} queue again."),
    };
    let cause = causes::create(store, &ctx, made, story.statements[0]).unwrap();
    let same = format!("The {word} worker.");
    let second = CauseLinkInput {
        statement: story.statements[1],
        same: &same,
        different: "The first one had room.",
    };
    let (_, cause_link) = cause_links::link(store, &ctx, cause.id, second).unwrap();
    let tried = FixInput {
        tried: &format!("A second {word} worker"),
        tried_on: None,
        strength: None,
        outcome: None,
    };
    let fix = fixes::add(store, &ctx, cause.id, tried).unwrap();
    let said = CommentInput {
        about: String::new(),
        text: format!("The {word} was new to me."),
    };
    let comment = comments::add(store, &ctx, story.id, &said).unwrap();
    let (_, revisions) = history::list(store, &ctx, story.id).unwrap();
    [
        ("postmortem", story.id.to_string()),
        ("event", story.events[0].to_string()),
        ("statement", story.statements[0].to_string()),
        ("action", story.action.to_string()),
        ("account", story.account.to_string()),
        ("cause", cause.id.to_string()),
        ("cause_link", cause_link.to_string()),
        ("fix", fix.id.to_string()),
        ("comment", comment.id.to_string()),
        ("revision", revisions[0].id.to_string()),
        ("link", Uuid::now_v7().to_string()),
        ("decision", Uuid::now_v7().to_string()),
    ]
    .into_iter()
    .collect()
}
