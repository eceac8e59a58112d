//! A message of Slack in words without people: its text, its blocks, its attachments, its files.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::json::{Id, or_default};

/// What stands for a person, a channel and everybody.
const STANDS: [&str; 6] = ["a", "responder", "another", "channel", "everyone", "here"];

/// A message of a channel.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Message {
    pub(super) ts: Id,
    pub(super) thread_ts: Option<Id>,
    pub(super) user: Option<String>,
    pub(super) subtype: Option<String>,
    #[serde(deserialize_with = "or_default")]
    text: String,
    #[serde(deserialize_with = "or_default")]
    blocks: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub(super) attachments: Vec<Attachment>,
    #[serde(deserialize_with = "or_default")]
    files: Vec<Shared>,
    file: Option<Shared>,
    comment: Option<Comment>,
}

/// What a program added to a message, or what a link leads to.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Attachment {
    pretext: Option<String>,
    title: Option<String>,
    title_link: Option<String>,
    from_url: Option<String>,
    text: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub(super) fields: Vec<Field>,
    #[serde(deserialize_with = "or_default")]
    blocks: Vec<Value>,
    image_url: Option<String>,
    footer: Option<String>,
    fallback: Option<String>,
}

/// A named value.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Field {
    pub(super) title: Option<String>,
    pub(super) value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Shared {
    title: Option<String>,
    name: Option<String>,
    permalink: Option<String>,
    url_private: Option<String>,
    /// What a text that was pasted as a file says, or how it begins.
    plain_text: Option<String>,
    preview: Option<String>,
    initial_comment: Option<Comment>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Comment {
    comment: Option<String>,
}

/// A message in words without people.
pub(super) fn text(message: &Message) -> String {
    let mut told = Told::default();
    told.add(plain(&message.text));
    for block in &message.blocks {
        told.add_new(&block_text(block));
    }
    for attachment in &message.attachments {
        attached(attachment, &mut told);
    }
    for file in message.files.iter().chain(&message.file) {
        told.add(shared(file));
        let words = file.plain_text.as_ref().or(file.preview.as_ref());
        told.add_new(&said(words));
        let comment = file.initial_comment.as_ref();
        told.add_new(&said(comment.and_then(|it| it.comment.as_ref())));
    }
    let comment = message.comment.as_ref();
    told.add_new(&said(comment.and_then(|it| it.comment.as_ref())));
    let text = told.parts.join("\n");
    let reply = message
        .thread_ts
        .as_ref()
        .is_some_and(|thread| *thread != message.ts);
    if reply && !text.is_empty() {
        format!("(reply) {text}")
    } else {
        text
    }
}

/// What was told of a message so far.
#[derive(Default)]
struct Told {
    parts: Vec<String>,
    seen: HashSet<String>,
    words: HashSet<String>,
}

impl Told {
    fn add(&mut self, part: String) {
        if !part.trim().is_empty() && self.seen.insert(part.clone()) {
            self.words.extend(words(&part));
            self.parts.push(part);
        }
    }

    /// Adds what was not told yet: a program writes a message in two ways, one for the screen and one for the list.
    fn add_new(&mut self, part: &str) {
        let known = |word: &String| self.words.contains(word) || STANDS.contains(&word.as_str());
        if !words(part).all(|word| known(&word)) {
            self.add(part.trim().to_owned());
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn said(text: Option<&String>) -> String {
    text.map(|it| plain(it)).unwrap_or_default()
}

fn attached(attachment: &Attachment, told: &mut Told) {
    let before = told.parts.len();
    told.add_new(&said(attachment.pretext.as_ref()));
    let link = attachment
        .title_link
        .as_ref()
        .or(attachment.from_url.as_ref());
    let title = said(attachment.title.as_ref());
    let title = match link {
        Some(link) if !title.is_empty() => format!("[{title}]({link})"),
        _ => title,
    };
    let text = said(attachment.text.as_ref());
    let both = [title, text].into_iter().filter(|it| !it.trim().is_empty());
    told.add_new(&both.collect::<Vec<_>>().join(": "));
    for block in &attachment.blocks {
        told.add_new(&block_text(block));
    }
    for field in &attachment.fields {
        let (title, value) = (said(field.title.as_ref()), said(field.value.as_ref()));
        let both = [title, value]
            .into_iter()
            .filter(|it| !it.trim().is_empty());
        told.add(both.collect::<Vec<_>>().join(": "));
    }
    if let Some(address) = &attachment.image_url {
        told.add_new(&format!("(Image: {})", bare(address)));
    }
    told.add_new(&said(attachment.footer.as_ref()));
    if told.parts.len() == before {
        told.add_new(&said(attachment.fallback.as_ref()));
    }
}

fn shared(file: &Shared) -> String {
    let name = file.name.as_deref();
    let title = file.title.as_deref().filter(|it| !it.is_empty());
    let called = title.or(name).unwrap_or("without a name");
    let beside = name
        .filter(|name| *name != called && !name.is_empty())
        .map(|name| format!(", {name}"))
        .unwrap_or_default();
    let address = file.permalink.as_deref().or(file.url_private.as_deref());
    match address.map(bare) {
        Some(address) if address.starts_with("http") => {
            format!("(File: [{called}]({address}){beside})")
        }
        _ => format!("(File: {called}{beside})"),
    }
}

/// An address without what stands behind it: in exports that lets anybody read the file.
fn bare(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map_or(&[][..], Vec::as_slice)
}

/// A block in words. (How deep it may be is looked at while it is read.)
fn block_text(block: &Value) -> String {
    let joined = |parts: &[Value], between: &str| {
        let parts = parts.iter().map(block_text);
        let parts: Vec<_> = parts.filter(|it| !it.trim().is_empty()).collect();
        parts.join(between)
    };
    match string(block, "type") {
        "mrkdwn" | "plain_text" => plain(string(block, "text")),
        "text" => string(block, "text").to_owned(),
        "link" => match (string(block, "text"), string(block, "url")) {
            ("", address) => address.to_owned(),
            (words, address) => format!("[{words}]({address})"),
        },
        "emoji" => format!(":{}:", string(block, "name")),
        "user" => "a responder".to_owned(),
        "channel" => "#another channel".to_owned(),
        "usergroup" | "broadcast" => "everyone here".to_owned(),
        "date" => string(block, "fallback").to_owned(),
        // Buttons say nothing of what happened.
        "actions" | "divider" => String::new(),
        "rich_text_section" => list(block, "elements").iter().map(block_text).collect(),
        "rich_text_preformatted" => {
            let code: String = list(block, "elements").iter().map(block_text).collect();
            format!("```\n{code}\n```")
        }
        "rich_text_quote" => {
            let quoted: String = list(block, "elements").iter().map(block_text).collect();
            format!("> {}", quoted.replace('\n', "\n> "))
        }
        "rich_text_list" => {
            let items = list(block, "elements").iter().map(block_text);
            let items: Vec<_> = items.map(|item| format!("- {item}")).collect();
            items.join("\n")
        }
        "image" | "video" => {
            let title = block.get("title").map(block_text).unwrap_or_default();
            let called = Some(title).filter(|it| !it.is_empty());
            let called = called.unwrap_or_else(|| string(block, "alt_text").to_owned());
            format!("(Image: {called})")
        }
        _ => {
            let single = ["label", "text", "title", "description"];
            let single = single.iter().filter_map(|key| block.get(*key));
            let mut parts: Vec<String> = single.map(block_text).collect();
            parts.push(joined(list(block, "fields"), "\n"));
            parts.push(joined(list(block, "elements"), "\n"));
            parts.retain(|it| !it.trim().is_empty());
            parts.join("\n")
        }
    }
}

/// Slack's own marks, as text: `<@U1>` is a person, `<https://x|words>` a link, `&lt;` a sign.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        written.push_str(before);
        let Some((inside, behind)) = after.split_once('>') else {
            written.push('<');
            rest = after;
            continue;
        };
        let (target, words) = inside
            .split_once('|')
            .map_or((inside, None), |(target, words)| (target, Some(words)));
        match target.chars().next() {
            Some('@') => written.push_str("a responder"),
            Some('#') => written.push_str(&format!("#{}", words.unwrap_or("another channel"))),
            Some('!') => written.push_str(words.unwrap_or("everyone here")),
            _ => match words {
                Some(words) if words != target && target.starts_with("http") => {
                    written.push_str(&format!("[{words}]({target})"))
                }
                _ => written.push_str(target),
            },
        }
        rest = behind;
    }
    written.push_str(rest);
    written
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::incoming::formats::forgiving;

    fn told(message: &str) -> String {
        text(&forgiving::read(message).unwrap())
    }

    #[test]
    fn blocks_are_told_where_the_text_does_not_say_them() {
        let only = r#"{"ts":"1.0","text":"","blocks":[{"type":"header","text":{"type":"plain_text","text":"Disk full"}},{"type":"divider"},
          {"type":"section","text":{"type":"mrkdwn","text":"On <https://example.org/h|host one> &amp; more"},"fields":[{"type":"mrkdwn","text":"*Area:* west"}]},
          {"type":"context","elements":[{"type":"mrkdwn","text":"Seen by <@U1>"},{"type":"image","alt_text":"a graph","image_url":"https://example.org/g"}]},
          {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Acknowledge"}}]}]}"#;
        assert_eq!(
            told(only),
            "Disk full\nOn [host one](https://example.org/h) & more\n*Area:* west\nSeen by a responder\n(Image: a graph)"
        );
        let rich = r##"{"ts":"1.0","blocks":[{"type":"rich_text","elements":[
          {"type":"rich_text_section","elements":[{"type":"text","text":"Look at "},{"type":"link","url":"https://example.org/a","text":"this"},{"type":"user","user_id":"U1"}]},
          {"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]},
          {"type":"rich_text_preformatted","elements":[{"type":"text","text":"# df"}]},
          {"type":"rich_text_quote","elements":[{"type":"text","text":"a\nb"}]}]}]}"##;
        assert_eq!(
            told(rich),
            "Look at [this](https://example.org/a)a responder\n- one\n- two\n```\n# df\n```\n> a\n> b"
        );
        let twice = r##"{"ts":"1.0","text":"*Look*, <@U1> in <#C1|ops>","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Look"},{"type":"text","text":", "},{"type":"user","user_id":"U1"},{"type":"text","text":" in "},{"type":"channel","channel_id":"C1"}]}]},
          {"type":"section","text":{"type":"mrkdwn","text":"and what is new"}}]}"##;
        assert_eq!(told(twice), "*Look*, a responder in #ops\nand what is new");
    }

    #[test]
    fn attachments_and_files_are_told_whole() {
        let message = r#"{"ts":"1.0","text":"Alert","attachments":[
          {"pretext":"From the north","title":"Queue","title_link":"https://example.org/q","text":"is full","fields":[{"title":"Level","value":9},{"value":"alone"}],"footer":"Grid","fallback":"never told"},
          {"fallback":"Only this"},{"text":null}],
          "files":[{"title":"Graph","name":"graph.png","url_private":"https://example.org/f?t=secret","initial_comment":{"comment":"See the peak"}},{"title":"Log","mode":"snippet","preview":"queue: 9 waiting"},{"mode":"tombstone"}]}"#;
        assert_eq!(
            told(message),
            "Alert\nFrom the north\n[Queue](https://example.org/q): is full\nLevel: 9\nalone\nGrid\nOnly this\n(File: [Graph](https://example.org/f), graph.png)\nSee the peak\n(File: Log)\nqueue: 9 waiting\n(File: without a name)"
        );
    }
}
