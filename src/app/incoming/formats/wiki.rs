//! The two ways in which Jira keeps text, as Markdown: wiki markup, and a tree of nodes.

use chrono::DateTime;
use serde_json::Value;

use super::forgiving::words;
use crate::domain::text::PROSE_BYTES;

/// Wiki markup as Markdown. Only what would be read wrongly is changed.
pub(super) fn markdown(text: &str) -> String {
    // A text of such a length is cut where it is kept, and the original has it whole.
    if text.len() > PROSE_BYTES.saturating_mul(2) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    let mut written = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, code, behind)) = fenced(rest) {
        prose(before, &mut written);
        let lines = code.trim_matches('\n').trim_end().contains('\n');
        fence(code, lines, &mut written);
        if lines && !behind.is_empty() && !behind.starts_with('\n') {
            written.push('\n');
        }
        rest = behind;
    }
    prose(rest, &mut written);
    written
}

/// The next stretch of code: what stands before it, the code, what stands behind it. Code that never ends goes on to the end.
fn fenced(text: &str) -> Option<(&str, &str, &str)> {
    let found = ["{code", "{noformat"].into_iter().filter_map(|mark| {
        let (before, rest) = text.split_once(mark)?;
        let (options, inside) = rest.split_once('}')?;
        let opens = options.is_empty() || options.starts_with(':');
        opens.then_some((before, mark, inside))
    });
    let (before, mark, inside) = found.min_by_key(|(before, ..)| before.len())?;
    let (code, behind) = inside
        .split_once(&format!("{mark}}}"))
        .unwrap_or((inside, ""));
    Some((before, code, behind))
}

/// Code as it is: within its line, or on lines of its own between fences that are longer than any in it.
fn fence(code: &str, lines: bool, written: &mut String) {
    let code = code.trim_matches('\n').trim_end();
    let mut signs = "`".to_owned();
    if lines {
        signs = "```".to_owned();
        if !written.is_empty() && !written.ends_with('\n') {
            written.push('\n');
        }
    }
    while code.contains(&signs) {
        signs.push('`');
    }
    if lines {
        written.push_str(&format!("{signs}\n{code}\n{signs}"));
    } else if !code.is_empty() {
        written.push_str(&format!("{signs}{code}{signs}"));
    }
}

/// Text between stretches of code, line by line.
fn prose(text: &str, written: &mut String) {
    let mut quoted = false;
    let mut table = false;
    for (place, raw) in text.split('\n').enumerate() {
        if place > 0 {
            written.push('\n');
        }
        // The first line goes on behind code that stands within it.
        let begins = written.is_empty() || written.ends_with('\n');
        let marks = raw.matches("{quote}").count();
        let is_quoted = quoted || marks > 0;
        quoted ^= marks % 2 == 1;
        let line = unmarked(&raw.replace("{quote}", ""));
        let line = if begins {
            line_start(&line, &mut table)
        } else {
            line
        };
        if is_quoted && begins && marks < 2 && !line.trim().is_empty() {
            written.push_str("> ");
        }
        written.push_str(&mentions(&line));
    }
}

/// A line without the marks of colours and boxes; the title of a box stays.
fn unmarked(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        let known = ["color", "panel", "{"]
            .iter()
            .find(|it| after.starts_with(**it));
        let inside = known.and_then(|_| after.split_once('}'));
        match inside {
            Some((inside, behind)) if !inside.starts_with('{') => {
                if let Some((_, title)) = inside.split_once("title=") {
                    let title = title.split('|').next().unwrap_or(title);
                    written.push_str(&format!("**{title}**"));
                }
                rest = behind;
            }
            // Two brackets are code within a line.
            Some((inside, behind)) => {
                let code = inside.trim_start_matches('{');
                written.push_str(&format!("`{code}`"));
                rest = behind.strip_prefix('}').unwrap_or(behind);
            }
            None => {
                written.push('{');
                rest = after;
            }
        }
    }
    written.push_str(rest);
    written
}

/// The sign at the start of a line: a heading, a list, a quotation, the head of a table.
fn line_start(line: &str, table: &mut bool) -> String {
    let trimmed = line.trim_start();
    for level in 1..=6 {
        if let Some(heading) = trimmed.strip_prefix(&format!("h{level}. ")) {
            return format!("{} {heading}", "#".repeat(level));
        }
    }
    if let Some(quoted) = trimmed.strip_prefix("bq. ") {
        return format!("> {quoted}");
    }
    let was_table = std::mem::replace(table, trimmed.starts_with('|'));
    if let Some(cells) = trimmed.strip_prefix("||") {
        let cells: Vec<&str> = cells.trim_end().trim_end_matches('|').split("||").collect();
        let below = if was_table {
            String::new()
        } else {
            format!("\n|{}", " --- |".repeat(cells.len()))
        };
        return format!("| {} |{below}", cells.join(" | "));
    }
    let signs = trimmed
        .find(|c: char| !matches!(c, '*' | '#' | '-'))
        .unwrap_or(0);
    let (signs, rest) = trimmed.split_at(signs);
    match (signs.chars().last(), rest.strip_prefix(' ')) {
        (Some('#'), Some(item)) => format!("{}1. {item}", "   ".repeat(signs.len() - 1)),
        (Some(sign @ ('*' | '-')), Some(item)) if signs.len() > 1 && signs != "--" => {
            format!("{}{sign} {item}", "  ".repeat(signs.len() - 1))
        }
        _ => line.to_owned(),
    }
}

/// `[~name]` is a person, `[words|address]` a link.
fn mentions(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        written.push_str(before);
        let Some((inside, behind)) = after.split_once(']') else {
            written.push('[');
            rest = after;
            continue;
        };
        if inside.starts_with('~') {
            written.push_str("a responder");
        } else if let Some((words, address)) = inside.split_once('|')
            && address.starts_with("http")
        {
            let address = address.split('|').next().unwrap_or(address);
            written.push_str(&format!("[{words}]({address})"));
        } else {
            written.push('[');
            written.push_str(inside);
            written.push(']');
        }
        rest = behind;
    }
    written.push_str(rest);
    written
}

/// A tree of nodes as Markdown. (How deep it may be is looked at before it is read.)
pub(super) fn adf(node: &Value) -> String {
    let mut written = String::new();
    block(node, "", &mut written);
    written.trim().to_owned()
}

fn block(node: &Value, indent: &str, written: &mut String) {
    let kind = node.get("type").and_then(Value::as_str).unwrap_or_default();
    let children = children(node);
    match kind {
        "heading" => {
            let level = node
                .pointer("/attrs/level")
                .and_then(Value::as_u64)
                .unwrap_or(2)
                .clamp(1, 6);
            let signs = "#".repeat(usize::try_from(level).unwrap_or(2));
            written.push_str(&format!("{signs} {}\n\n", inline(children)));
        }
        "paragraph" => written.push_str(&format!("{}\n\n", inline(children))),
        "codeBlock" => {
            fence(&inline(children), true, written);
            written.push_str("\n\n");
        }
        "blockquote" => {
            let inside = within(children);
            written.push_str(&format!("> {}\n\n", inside.replace('\n', "\n> ")));
        }
        "listItem" | "taskItem" | "decisionItem" => {
            let mut inside = String::new();
            for child in children {
                if is_inline(child) {
                    inside.push_str(&inline(std::slice::from_ref(child)));
                } else {
                    block(child, &format!("{indent}  "), &mut inside);
                }
            }
            let done = match attribute(node, "state").as_str() {
                "DONE" => "[x] ",
                "TODO" => "[ ] ",
                _ => "",
            };
            written.push_str(&format!("{indent}- {done}{}\n", inside.trim()));
        }
        "table" => rows(children, written),
        "expand" | "nestedExpand" => {
            let title = attribute(node, "title");
            if !title.is_empty() {
                written.push_str(&format!("**{title}**\n\n"));
            }
            for child in children {
                block(child, indent, written);
            }
        }
        "rule" => written.push_str("---\n\n"),
        _ if is_inline(node) => {
            written.push_str(&inline(std::slice::from_ref(node)));
            written.push_str("\n\n");
        }
        _ => {
            for child in children {
                block(child, indent, written);
            }
            if kind.ends_with("List") {
                written.push('\n');
            }
        }
    }
}

fn children(node: &Value) -> &[Value] {
    let content = node.get("content").and_then(Value::as_array);
    content.map_or(&[][..], Vec::as_slice)
}

fn within(nodes: &[Value]) -> String {
    let mut inside = String::new();
    for node in nodes {
        block(node, "", &mut inside);
    }
    inside.trim().to_owned()
}

/// The rows of a table, the first one as its head.
fn rows(rows: &[Value], written: &mut String) {
    for (place, row) in rows.iter().enumerate() {
        let cell = |cell| {
            let text = within(children(cell));
            text.replace('|', "\\|")
                .replace("\n\n", " ")
                .replace('\n', " ")
        };
        let cells: Vec<String> = children(row).iter().map(cell).collect();
        written.push_str(&format!("| {} |\n", cells.join(" | ")));
        if place == 0 {
            written.push_str(&format!("|{}\n", " --- |".repeat(cells.len())));
        }
    }
    written.push('\n');
}

/// What has no blocks in it: words, and what stands among words.
fn is_inline(node: &Value) -> bool {
    node.get("content").is_none() && node.get("type").is_some_and(|kind| kind != "paragraph")
}

fn attribute(node: &Value, name: &str) -> String {
    let attribute = node
        .get("attrs")
        .and_then(|attributes| attributes.get(name));
    attribute.map(words).unwrap_or_default()
}

fn inline(nodes: &[Value]) -> String {
    nodes.iter().map(one).collect()
}

fn one(node: &Value) -> String {
    let text = || node.get("text").map(words).unwrap_or_default();
    match node.get("type").and_then(Value::as_str).unwrap_or_default() {
        "text" => linked(node, text()),
        "hardBreak" => "\n".to_owned(),
        "mention" => "a responder".to_owned(),
        "date" => {
            let stamp = attribute(node, "timestamp").parse().ok();
            let day = stamp.and_then(DateTime::from_timestamp_millis);
            day.map(|day| day.date_naive().to_string())
                .unwrap_or_else(|| attribute(node, "timestamp"))
        }
        "media" | "mediaInline" => match attribute(node, "alt") {
            alt if alt.is_empty() => "(Image)".to_owned(),
            alt => format!("(Image: {alt})"),
        },
        // A badge, a card, a small picture, what a plug-in shows.
        _ => {
            let said = ["text", "url", "shortName", "title"].into_iter();
            let said = said.map(|name| attribute(node, name));
            said.chain([text()])
                .find(|it| !it.is_empty())
                .unwrap_or_default()
        }
    }
}

/// Words that lead somewhere.
fn linked(node: &Value, text: String) -> String {
    let marks = node.get("marks").and_then(Value::as_array);
    let address = marks
        .into_iter()
        .flatten()
        .map(|mark| attribute(mark, "href"))
        .find(|address| address.starts_with("http"));
    match address {
        Some(address) if address != text => format!("[{text}]({address})"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiki_markup_reads_as_markdown() {
        let text = "h3. Causes\n* One [here|https://example.org/a|smart-link]\n[~mira] [x] [open";
        assert_eq!(
            markdown(text),
            "### Causes\n* One [here](https://example.org/a)\na responder [x] [open"
        );
    }

    #[test]
    fn a_tree_reads_as_markdown() {
        let tree = serde_json::json!({"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "By "}, {"type": "mention", "attrs": {"text": "@Mira"}}]},
            {"type": "orderedList", "content": [{"type": "listItem", "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": "First"}]},
                {"type": "bulletList", "content": [{"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Inner"}]}]}]}]}]},
            {"type": "codeBlock", "content": [{"type": "text", "text": "x = 1"}]}]});
        assert_eq!(
            adf(&tree),
            "By a responder\n\n- First\n\n  - Inner\n\n```\nx = 1\n```"
        );
    }

    #[test]
    fn code_stays_as_it_is_and_lists_of_the_wiki_are_no_headings() {
        let text = "before {code:java}\n# one\nint x = 1; {code}\nafter\n# first\n## inner\n** deep\nsay {noformat}h1. x{noformat} now\n{quote}\nsaid\n{quote}\nbq. also\n||When||What||\n|10:32|alarm|\n{panel:title=Box|x=y}{color:red}red{color} {{a b}}{panel}\n{code}\nnever\nends";
        assert_eq!(
            markdown(text),
            "before \n```\n# one\nint x = 1;\n```\nafter\n1. first\n   1. inner\n  * deep\nsay `h1. x` now\n\n> said\n\n> also\n| When | What |\n| --- | --- |\n|10:32|alarm|\n**Box**red `a b`\n```\nnever\nends\n```"
        );
        assert_eq!(
            markdown("{code}\na ``` b\nc\n{code}x"),
            "````\na ``` b\nc\n````\nx"
        );
    }

    #[test]
    fn nodes_that_stand_among_words_are_told() {
        let text = |text: &str| serde_json::json!({"type": "text", "text": text});
        let tree = serde_json::json!({"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "status", "attrs": {"text": "DONE"}}, {"type": "text", "text": " see "},
                {"type": "text", "text": "this", "marks": [{"type": "link", "attrs": {"href": "https://example.org/a"}}]}, {"type": "date", "attrs": {"timestamp": "1792000000000"}}]},
            {"type": "expand", "attrs": {"title": "More"}, "content": [{"type": "paragraph", "content": [text("inside")]}]},
            {"type": "decisionList", "content": [{"type": "decisionItem", "attrs": {"state": "DECIDED"}, "content": [text("Stay")]}]},
            {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": [text("Look")]}]},
            {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"alt": "a graph"}}]},
            {"type": "table", "content": [{"type": "tableRow", "content": [{"type": "tableHeader", "content": [{"type": "paragraph", "content": [text("a | b")]}]}]}]},
            {"type": "blockquote", "content": [{"type": "paragraph", "content": [text("said")]}]},
            {"type": "extension", "attrs": {"extensionKey": "x", "text": "plugged"}}]});
        assert_eq!(
            adf(&tree),
            "DONE see [this](https://example.org/a)2026-10-14\n\n**More**\n\ninside\n\n- Stay\n\n- [x] Look\n\n(Image: a graph)\n\n| a \\| b |\n| --- |\n\n> said\n\nplugged"
        );
    }
}
