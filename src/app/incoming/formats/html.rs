//! Text with the marks of web pages, as Markdown. What is no mark that is known stays as it is.

/// Marks, and what stands for each.
const MARKS: [(&str, &str); 30] = [
    ("br", "\n"),
    ("p", ""),
    ("/p", "\n\n"),
    ("div", ""),
    ("/div", "\n"),
    ("strong", "**"),
    ("/strong", "**"),
    ("b", "**"),
    ("/b", "**"),
    ("em", "*"),
    ("/em", "*"),
    ("i", "*"),
    ("/i", "*"),
    ("var", ""),
    ("/var", ""),
    ("small", ""),
    ("/small", ""),
    ("span", ""),
    ("/span", ""),
    ("u", ""),
    ("/u", ""),
    ("ul", "\n"),
    ("/ul", "\n"),
    ("ol", "\n"),
    ("/ol", "\n"),
    ("li", "- "),
    ("/li", "\n"),
    ("hr", "\n---\n"),
    ("code", "`"),
    ("/code", "`"),
];
/// Signs that web pages write by their names.
const SIGNS: [(&str, &str); 8] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&amp;", "&"),
];

/// Text of a web page as Markdown.
pub(super) fn markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    let mut address: Option<&str> = None;
    while let Some((before, after)) = rest.split_once('<') {
        written.push_str(before);
        let end = after
            .find(['<', '>'])
            .filter(|end| after.get(*end..=*end) == Some(">"));
        let inside = end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        let Some((inside, behind)) = inside else {
            written.push('<');
            rest = after;
            continue;
        };
        match stands_for(inside, &mut address) {
            Some(words) => written.push_str(&words),
            None => written.push_str(&format!("<{inside}>")),
        }
        rest = behind;
    }
    written.push_str(rest);
    for (name, sign) in SIGNS {
        if written.contains(name) {
            written = written.replace(name, sign);
        }
    }
    written
}

/// What stands for a mark; `address` is where the words of a link lead.
fn stands_for<'a>(inside: &'a str, address: &mut Option<&'a str>) -> Option<String> {
    let lower = inside.trim_end_matches('/').trim().to_lowercase();
    let name = lower.split_whitespace().next()?;
    match name {
        "a" => {
            let (_, target) = inside.split_once("href=")?;
            let sign = target.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let target = target.split(sign).nth(1)?;
            *address = Some(target);
            Some("[".to_owned())
        }
        "/a" => {
            let target = address.take()?;
            Some(format!("]({target})"))
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.get(1..)?.parse().unwrap_or(2);
            Some(format!("\n\n{} ", "#".repeat(level)))
        }
        "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => Some("\n\n".to_owned()),
        _ => {
            let known = MARKS.iter().find(|(mark, _)| *mark == name)?;
            Some(known.1.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn marks_of_web_pages_read_as_markdown_and_others_stay() {
        assert_eq!(
            markdown(
                "Fixed &amp; done<br />Second <b>line</b>: <a href=\"https://example.org/a\">here</a>"
            ),
            "Fixed & done\nSecond **line**: [here](https://example.org/a)"
        );
        assert_eq!(
            markdown("<p>One</p><h2>Two</h2><ul><li>a</li><li>b</li></ul>"),
            "One\n\n\n\n## Two\n\n\n- a\n- b\n\n"
        );
        assert_eq!(markdown("a < b <nick> &lt;x"), "a < b <nick> <x");
    }
}
