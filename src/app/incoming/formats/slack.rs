//! Slack: one channel of an export, within a window of time. The archive is read entry by entry, message by message.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufReader, Read};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::forgiving;
use super::json::Id;
use super::slack_text::{Message, text};
use super::zip::Archive;
use super::{File, Options, Record, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story};
use crate::domain::timeline::Lane;
use crate::domain::when::iso;

/// The most messages of a window: more than that is no timeline.
const MESSAGES: usize = 2_000;
/// The most bytes of a message that is looked at.
const MESSAGE_BYTES: usize = 200_000;
/// The most messages without a time that wait for the first one with a time.
const PENDING: usize = 100;
/// What a channel says about itself, and not about what happened.
const SILENT: [&str; 14] = [
    "channel_join",
    "channel_leave",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "group_join",
    "group_leave",
    "group_name",
    "bot_add",
    "bot_remove",
    "pinned_item",
    "unpinned_item",
    "tombstone",
    "channel_convert_to_private",
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Channel {
    id: Id,
    name: Option<String>,
}

pub(super) fn read(
    files: &mut [File<'_>],
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Record>, Unreadable> {
    let [file] = files else {
        return Err(Unreadable::new("Choose one export of Slack at a time."));
    };
    let mut archive = Archive::open(file.name, file.input)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let top = top(&names)?;
    let (channel, private) = channel(&mut archive, &names, &top, options)?;
    let mut window = Window::new(options);
    let folder = format!("{top}{channel}/");
    let days = names.iter().filter(|name| {
        let day = name
            .strip_prefix(&folder)
            .and_then(|rest| rest.strip_suffix(".json"));
        day.is_some_and(|day| window.may_hold(day))
    });
    let days: Vec<&String> = days.collect();
    let many = u64::try_from(days.len()).unwrap_or(u64::MAX);
    for (place, name) in (1..).zip(days) {
        archive.read(name, |entry| window.take(name, entry))?;
        progress(place, many);
    }
    Ok(vec![window.told(&channel, private, options)])
}

/// The folder in which everything lies, if there is one.
fn top(names: &[String]) -> Result<String, Unreadable> {
    let lists = names
        .iter()
        .find_map(|name| name.strip_suffix("channels.json"));
    let lists = lists.or_else(|| {
        names
            .iter()
            .find_map(|name| name.strip_suffix("users.json"))
    });
    lists.map(str::to_owned).ok_or_else(|| {
        Unreadable::new("The archive has no channels.json. It is no export of Slack.")
    })
}

/// The channel that was asked for, and whether it was not open to everyone.
fn channel(
    archive: &mut Archive<'_>,
    names: &[String],
    top: &str,
    options: &Options,
) -> Result<(String, bool), Unreadable> {
    let wanted = options.channel.trim().trim_start_matches('#');
    let mut days: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        if let Some((folder, day)) = name.strip_prefix(top).and_then(|name| name.split_once('/'))
            && day.ends_with(".json")
        {
            *days.entry(folder).or_default() += 1;
        }
    }
    let mut open = Vec::new();
    let list = format!("{top}channels.json");
    if names.contains(&list) {
        let read = |entry: &mut dyn Read| -> Result<Vec<Channel>, Unreadable> {
            let read: Result<Box<RawValue>, _> = serde_json::from_reader(BufReader::new(entry));
            read.and_then(|raw| forgiving::read(raw.get()))
                .map_err(|error| broken(&list, &error))
        };
        open = archive.read(&list, read)?;
    }
    let known = open
        .iter()
        .find(|it| it.id.0 == wanted || it.name.as_deref() == Some(wanted));
    let folder = known.and_then(|it| it.name.as_deref()).unwrap_or(wanted);
    if !wanted.is_empty() && days.contains_key(folder) {
        return Ok((folder.to_owned(), known.is_none()));
    }
    let offered: Vec<String> = days
        .iter()
        .take(60)
        .map(|(name, days)| match days {
            1 => format!("{name} (1 day)"),
            many => format!("{name} ({many} days)"),
        })
        .collect();
    let why = if wanted.is_empty() {
        "Say which channel tells the story, and from when to when.".to_owned()
    } else {
        format!("There is no channel \"{wanted}\" in it. Choose another one.")
    };
    Err(Unreadable::new(format!(
        "{why} The export has: {}.",
        offered.join(", ")
    )))
}

fn broken(name: &str, error: &serde_json::Error) -> Unreadable {
    Unreadable::new(format!(
        "{name} of the export cannot be read: {error}. Export it again."
    ))
}

/// The messages of a window of time.
struct Window {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    /// By instant, so that a reply that was exported twice is there once; messages without a time behind the one above them.
    messages: BTreeMap<(DateTime<Utc>, usize), (Message, Box<RawValue>)>,
    /// What is in the original alone.
    silent: BTreeMap<DateTime<Utc>, Box<RawValue>>,
    /// The instant of the message above.
    above: Option<DateTime<Utc>>,
    /// Messages without a time above the first one with a time.
    pending: Vec<(Message, Box<RawValue>)>,
    untimed: usize,
    unread: usize,
}

impl Window {
    const fn new(options: &Options) -> Self {
        Self {
            from: options.from,
            to: options.to,
            messages: BTreeMap::new(),
            silent: BTreeMap::new(),
            above: None,
            pending: Vec::new(),
            untimed: 0,
            unread: 0,
        }
    }

    /// Whether a day may hold messages of the window. Days are cut in the zone of the workspace, which is not written.
    fn may_hold(&self, day: &str) -> bool {
        let Ok(day) = day.parse::<NaiveDate>() else {
            return false;
        };
        let margin = TimeDelta::days(1);
        self.from
            .is_none_or(|from| day >= (from - margin).date_naive())
            && self.to.is_none_or(|to| day <= (to + margin).date_naive())
    }

    fn take(&mut self, name: &str, entry: &mut dyn Read) -> Result<(), Unreadable> {
        self.above = None;
        let mut reader = serde_json::Deserializer::from_reader(BufReader::new(entry));
        Each(self)
            .deserialize(&mut reader)
            .map_err(|error| broken(name, &error))?;
        reader.end().map_err(|error| broken(name, &error))?;
        self.unread += std::mem::take(&mut self.pending).len();
        if self.messages.len() > MESSAGES {
            return Err(Unreadable::new(format!(
                "There are more than {MESSAGES} messages in this window. Nobody reads a timeline of that length: choose a later beginning or an earlier end."
            )));
        }
        Ok(())
    }

    fn message(&mut self, raw: Box<RawValue>) {
        let read = Some(raw.get()).filter(|raw| raw.len() <= MESSAGE_BYTES);
        let read = read.filter(|raw| raw.starts_with('{'));
        let Some(message) = read.and_then(|raw| forgiving::read::<Message>(raw).ok()) else {
            self.unread += 1;
            return;
        };
        let known = moment(&message.ts.0);
        let Some(at) = known.or(self.above) else {
            if self.pending.len() < PENDING {
                self.pending.push((message, raw));
            } else {
                self.unread += 1;
            }
            return;
        };
        self.above = Some(at);
        let pending = std::mem::take(&mut self.pending);
        if self.from.is_some_and(|from| at < from) || self.to.is_some_and(|to| at > to) {
            return;
        }
        let silent = message.subtype.as_deref();
        if silent.is_some_and(|it| SILENT.contains(&it)) {
            if self.silent.len() < MESSAGES {
                self.silent.insert(at, raw);
            }
        } else {
            self.keep(at, known.is_none(), message, raw);
        }
        for (message, raw) in pending {
            self.keep(at, true, message, raw);
        }
    }

    fn keep(&mut self, at: DateTime<Utc>, untimed: bool, message: Message, raw: Box<RawValue>) {
        if self.messages.len() <= MESSAGES {
            self.untimed += usize::from(untimed);
            let behind = if untimed { self.untimed } else { 0 };
            self.messages.insert((at, behind), (message, raw));
        }
    }

    fn told(self, channel: &str, private: bool, options: &Options) -> Record {
        let Some(((first, _), _)) = self.messages.first_key_value() else {
            return Err(Unreadable::new(format!(
                "There is no message in {channel} within this window. Choose another one."
            )));
        };
        let begins = options
            .from
            .map_or_else(|| "from the start".to_owned(), iso);
        let title = if options.title.trim().is_empty() {
            format!("#{channel}, {}", first.format("%-d %B %Y"))
        } else {
            options.title.clone()
        };
        let mut story = Story::new(Format::Slack, &format!("{channel} {begins}"), &title)?;
        story.zone(options.zone.map(|zone| zone.name()));
        if private {
            story.restricted();
        }
        let mut raws: Vec<(DateTime<Utc>, &str)> = Vec::new();
        for ((at, behind), (message, raw)) in &self.messages {
            let text = text(message);
            let lane = if message.user.is_none() {
                Lane::Happened
            } else {
                Lane::Saw
            };
            let key = message.ts.0.clone();
            match behind {
                0 => story.event(NewEvent::new(key, *at, lane, &text)),
                _ => story.unreadable(format!("untimed {key}"), "?", lane, &text),
            }
            for field in message.attachments.iter().flat_map(|it| &it.fields) {
                if let (Some(name), Some(value)) = (&field.title, &field.value) {
                    story.cause(name, value);
                }
            }
            raws.push((*at, raw.get()));
        }
        story.remark("Each message is a row under “People saw”, or under “Happened” where a program wrote it. Remove what is not part of the story, and say what people did.");
        if !self.silent.is_empty() {
            story.remark(format!(
                "In the original alone, as it is about the channel itself (who joined, its name): {}.",
                messages(self.silent.len())
            ));
            raws.extend(self.silent.iter().map(|(at, raw)| (*at, raw.get())));
            raws.sort_by_key(|(at, _)| *at);
        }
        if self.untimed > 0 {
            story.remark(format!(
                "In the order of the export, as no time is given: {}.",
                messages(self.untimed)
            ));
        }
        if self.unread > 0 {
            story.remark(format!(
                "Left out, as it could not be read: {}.",
                messages(self.unread)
            ));
        }
        let raws: Vec<&str> = raws.into_iter().map(|(_, raw)| raw).collect();
        Ok(story.finish(&super::joined(&raws)))
    }
}

fn messages(many: usize) -> String {
    match many {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    }
}

/// `1452837318.000002`: seconds and microseconds, without a detour through a floating point.
fn moment(ts: &str) -> Option<DateTime<Utc>> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, ""));
    let micros: u32 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, micros.checked_mul(1_000)?)
}

/// Reads an array message by message: a day is never in memory as a whole.
struct Each<'a>(&'a mut Window);

impl<'de> DeserializeSeed<'de> for Each<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of messages")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut messages: A) -> Result<(), A::Error> {
        while let Some(raw) = messages.next_element::<Box<RawValue>>()? {
            self.0.message(raw);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(messages: &str) -> Result<Window, Unreadable> {
        let mut window = Window::new(&Options::default());
        window.take("day", &mut messages.as_bytes())?;
        Ok(window)
    }

    #[test]
    fn messages_are_told_in_order_without_people() {
        let day = r#"[{"type":"message","user":"U9","text":"reply &lt;x&gt; by <@U1|mira> see <https://example.org/a|graph> <#C1|ops> <!here> <","ts":"1760443800.000200","thread_ts":"1760443900.000100"},
          {"type":"message","user":"U2","text":"parent","ts":"1760443900.000100","thread_ts":"1760443900.000100"},
          {"type":"message","subtype":"bot_message","bot_id":"B1","text":"","ts":"1760443700.000001","attachments":[{"fallback":"old","title":"Disk","text":"full"}]},
          {"type":"message","subtype":"channel_join","user":"U3","text":"<@U3> has joined","ts":"1760443701.0"},
          {"type":"message","user":"U2","text":"parent","ts":"1760443900.000100"},
          {"type":"message","text":"no time","ts":"x"},
          {"type":"message","subtype":"file_share","user":"U4","text":"","ts":"1760443950","file":{"title":"Graph"}}]"#;
        let incoming = window(day)
            .unwrap()
            .told("ops", false, &Options::default())
            .unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "Disk: full",
                "(reply) reply <x> by a responder see [graph](https://example.org/a) #ops everyone here <",
                "parent",
                "no time",
                "(File: Graph)"
            ]
        );
        assert_eq!(incoming.document.events[0].lane, Lane::Happened);
        assert_eq!(
            incoming.document.events[1].when.typed(),
            "2025-10-14T12:10:00.000200Z"
        );
        assert_eq!(incoming.remarks.len(), 3);
        assert_eq!(incoming.document.events[3].when.at(), None);
        assert!(incoming.original.contains("<@U1|mira>"));
        assert!(incoming.original.contains("has joined"));
    }

    #[test]
    fn topics_are_told_and_odd_values_cost_no_message() {
        let day = r#"[{"type":"message","user":"U1","text":"before all"},{"type":"message","subtype":"channel_topic","user":"U1","topic":"Mail is late","text":"<@U1> set the channel topic: Mail is late","ts":1760443700.000100},
          {"type":"message","user":7,"text":"cut \ud83d here","ts":"1760443701.000100","attachments":[{"fields":[{"title":"Root cause","value":"The disk was full"}]}]},
          {"type":"message","text":null,"user":"U1","ts":"1760443702.000100","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Only here"}}]},
          "nonsense"]"#;
        let told = window(day).unwrap().told("ops", false, &Options::default());
        let incoming = told.unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "a responder set the channel topic: Mail is late",
                "before all",
                "cut \u{fffd} here\nRoot cause: The disk was full",
                "Only here"
            ]
        );
        let said = &incoming.document.statements[0];
        assert_eq!(said.text.as_str(), "The disk was full");
        assert_eq!(incoming.remarks.len(), 3, "{:?}", incoming.remarks);
        assert!(incoming.remarks[1].starts_with("In the order of the export"));
        assert!(incoming.remarks[2].starts_with("Left out, as it could not be read: 1 message."));
    }

    #[test]
    fn too_many_messages_and_broken_days_are_refused() {
        let many: Vec<String> = (0..=MESSAGES)
            .map(|n| format!(r#"{{"user":"U","text":"x","ts":"17604{n:05}.0"}}"#))
            .collect();
        let refused = window(&format!("[{}]", many.join(","))).err().unwrap();
        assert!(refused.0.contains("more than 2000 messages"), "{refused}");
        for broken in ["", "{}", "[{\"ts\":\"1\"}", "[] x", "nonsense"] {
            assert!(window(broken).is_err(), "{broken}");
        }
    }
}
