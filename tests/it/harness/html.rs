//! Reads our own pages: what a person sees, and what a browser would send. Not a parser for other people's HTML.

/// A start or end tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) closes: bool,
    attributes: Vec<(&'a str, String)>,
    /// Where the text after the tag begins.
    pub(super) end: usize,
    /// Where the tag itself begins.
    pub(super) start: usize,
}

impl Tag<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Every tag of a page, in order.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = html[rest..].find('<').map(|at| rest + at) {
        let inside = &html[start + 1..];
        let closes = inside.starts_with('/');
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let length = inside
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(inside.len());
        rest = start + 1;
        if length == 0 {
            continue;
        }
        let (name, mut after) = inside.split_at(length);
        let mut attributes = Vec::new();
        while let Some((attribute, left)) = attribute(after) {
            attributes.push(attribute);
            after = left;
        }
        let close = after.find('>').map_or(after.len(), |at| at + 1);
        rest = html.len() - after.len() + close;
        found.push(Tag {
            name,
            closes,
            attributes,
            end: rest,
            start,
        });
    }
    found
}

/// The next attribute of a tag, and what follows it.
fn attribute(text: &str) -> Option<((&str, String), &str)> {
    let text = text.trim_start();
    let length = text
        .find(|c: char| c.is_whitespace() || "=>/".contains(c))
        .unwrap_or(text.len());
    if length == 0 {
        return None;
    }
    let (name, after) = text.split_at(length);
    let Some(value) = after.strip_prefix('=') else {
        return Some(((name, String::new()), after));
    };
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => value.split_at(value.find([' ', '>']).unwrap_or(value.len())),
    };
    Some(((name, plain(value)), after))
}

/// Text without its character references.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (name, left) = after.split_once(';').unwrap_or((after, ""));
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some('\u{a0}'),
            _ => name
                .strip_prefix('#')
                .and_then(|number| number.parse().ok())
                .and_then(char::from_u32),
        };
        match known {
            Some(c) => {
                text.push(c);
                rest = left;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text + rest
}

/// The words between tags, each run of white space as one space.
pub(super) fn words(html: &str) -> String {
    let mut text = String::new();
    let mut from = 0;
    for tag in tags(html) {
        text.push_str(&html[from..tag.start.max(from)]);
        text.push(' ');
        from = tag.end;
    }
    text.push_str(&html[from..]);
    plain(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What lies inside the first element that the test picks.
pub(super) fn inside(html: &str, picks: impl Fn(&Tag<'_>) -> bool) -> Option<&str> {
    let all = tags(html);
    let at = all.iter().position(|tag| !tag.closes && picks(tag))?;
    let first = &all[at];
    let mut depth = 0_usize;
    for tag in all[at + 1..].iter().filter(|tag| tag.name == first.name) {
        match (tag.closes, depth) {
            (true, 0) => return Some(&html[first.end..tag.start]),
            (true, _) => depth -= 1,
            (false, _) => depth += 1,
        }
    }
    None
}

/// What a browser would send for a form that nobody touched.
pub(super) fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut select: Option<(String, bool)> = None;
    for tag in tags(form) {
        let name = tag.get("name").unwrap_or_default().to_owned();
        let value = tag.get("value");
        match (tag.name, tag.closes) {
            ("input", false) if !name.is_empty() => {
                let chosen =
                    !matches!(tag.get("type"), Some("checkbox" | "radio")) || tag.has("checked");
                if chosen {
                    fields.push((name, value.unwrap_or_default().to_owned()));
                }
            }
            ("textarea", false) if !name.is_empty() => {
                let rest = &form[tag.end..];
                let text = rest.split("</textarea").next().unwrap_or_default();
                fields.push((name, plain(text.strip_prefix('\n').unwrap_or(text))));
            }
            ("select", false) => select = Some((name, false)),
            ("select", true) => select = None,
            ("option", false) => {
                if let Some((name, any)) = &mut select {
                    // The first one counts until another says that it is selected.
                    if !*any || tag.has("selected") {
                        if *any {
                            fields.pop();
                        }
                        fields.push((name.clone(), value.unwrap_or_default().to_owned()));
                        *any = true;
                    }
                }
            }
            _ => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{fields, inside, words};

    const FORM: &str = r#"<form><input type="hidden" name="csrf" value="a&#38;b"><input type="radio" name="kind" value="x">
        <input type="radio" name="kind" value="y" checked><select name="s"><option value="1">One</option>
        <option value="2" selected>Two</option></select><textarea name="t">
first &lt;b&gt;</textarea></form>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let pairs: Vec<String> = fields(FORM)
            .into_iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        assert_eq!(pairs, ["csrf=a&b", "kind=y", "s=2", "t=first <b>"]);
    }

    #[test]
    fn an_element_ends_where_its_own_end_is() {
        let html = r#"<p>a</p><div id="x">b <div>c</div> d</div><div>e</div>"#;
        let found = inside(html, |tag| tag.get("id") == Some("x")).unwrap();
        assert_eq!(words(found), "b c d");
    }
}
