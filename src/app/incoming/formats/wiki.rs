//! The two ways in which Jira keeps text, as Markdown: wiki markup, and a tree of nodes.

use std::borrow::Cow;

use serde_json::Value;

/// Wiki markup as Markdown. Only what would be read wrongly is changed.
pub(super) fn markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

fn line(line: &str) -> String {
    let line = line
        .replace("{quote}", "")
        .replace("{noformat}", "```")
        .replace("{code}", "```");
    let mut written: Cow<'_, str> = Cow::Borrowed(&line);
    for level in 1..=6 {
        if let Some(heading) = line.trim_start().strip_prefix(&format!("h{level}. ")) {
            written = Cow::Owned(format!("{} {heading}", "#".repeat(level)));
        }
    }
    mentions(&written)
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
    let children = node
        .get("content")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
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
        "codeBlock" => written.push_str(&format!("```\n{}\n```\n\n", inline(children))),
        "listItem" | "taskItem" => {
            let mut inside = String::new();
            for child in children {
                match child.get("type").and_then(Value::as_str) {
                    Some("text" | "mention") => {
                        inside.push_str(&inline(std::slice::from_ref(child)))
                    }
                    _ => block(child, &format!("{indent}  "), &mut inside),
                }
            }
            written.push_str(&format!("{indent}- {}\n", inside.trim()));
        }
        "tableRow" => {
            let mut cells = Vec::new();
            for cell in children {
                let mut inside = String::new();
                block(cell, "", &mut inside);
                cells.push(inside.trim().replace('\n', " "));
            }
            written.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        _ => {
            for child in children {
                block(child, indent, written);
            }
            if kind.ends_with("List") || kind == "table" {
                written.push('\n');
            }
        }
    }
}

fn inline(nodes: &[Value]) -> String {
    let text = |node: &Value| match node.get("type").and_then(Value::as_str) {
        Some("hardBreak") => "\n".to_owned(),
        Some("mention") => "a responder".to_owned(),
        Some("inlineCard") => node
            .pointer("/attrs/url")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        Some("emoji") => node
            .pointer("/attrs/text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => node
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    };
    nodes.iter().map(text).collect()
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
}
