//! Markdown to safe HTML and to plain text.
//!
//! HTML is made when a text is saved, and sanitised after rendering: no script, style, frame, form, SVG or
//! MathML, and no image from elsewhere (it would tell somebody who reads).

use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// How deep blocks may nest; deeper text is shown as it is typed (rendering is recursive in browsers).
const NESTING: usize = 64;

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "del",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
        "kbd",
        "abbr",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
    ];
    let mut builder = Builder::default();
    builder
        .tags(tags.into())
        .clean_content_tags(
            [
                "script", "style", "svg", "math", "iframe", "form", "template", "object",
            ]
            .into(),
        )
        .generic_attributes(["title", "lang", "dir"].into())
        .tag_attributes([("a", ["href"].into()), ("ol", ["start"].into())].into())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Renders Markdown to HTML that is safe to show.
///
/// Headings start at level 3, because a section stands under a heading of level 2.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    if too_deep(markdown) {
        let mut escaped = String::from("<pre>");
        escaped.push_str(&ammonia::clean_text(markdown));
        escaped.push_str("</pre>");
        return escaped;
    }
    let events = Parser::new_ext(markdown, options()).map(lower_heading);
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    SANITISER.clean(&rendered).to_string()
}

/// The same for a row of a list, such as an event: people paste `connection to <primary> refused`, and mean the word.
/// So what looks like a tag is text here.
#[must_use]
pub fn row_to_html(markdown: &str) -> String {
    if let Some(html) = plain_html(markdown) {
        return html;
    }
    if too_deep(markdown) {
        return to_html(markdown);
    }
    let events = Parser::new_ext(markdown, options()).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => lower_heading(other),
    });
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    SANITISER.clean(&rendered).to_string()
}

/// The HTML of a line of plain words, perhaps with `code` in it, which needs no parser; `None` for anything else. Most
/// rows are such lines, and a page shows many: parsing and sanitising each took more time than everything else on it.
fn plain_html(text: &str) -> Option<String> {
    let mut pieces = text.split('`');
    let first = pieces
        .next()
        .filter(|words| words.starts_with(char::is_alphabetic) && words.chars().all(is_plain))?;
    let mut html = String::with_capacity(text.len() + 32);
    html.push_str("<p>");
    html.push_str(first);
    let mut pieces = pieces.peekable();
    while let Some(code) = pieces.next() {
        // A mark that is not closed, or two in a row, mean something else.
        let words = pieces.next()?;
        if words.is_empty() && pieces.peek().is_some() {
            return None;
        }
        let is_code = !code.is_empty() && !code.starts_with(' ') && !code.ends_with(' ');
        if !is_code || !code.chars().chain(words.chars()).all(is_plain) {
            return None;
        }
        html.push_str("<code>");
        html.push_str(code);
        html.push_str("</code>");
        html.push_str(words);
    }
    if text.ends_with(' ') {
        return None;
    }
    html.push_str("</p>\n");
    Some(html)
}

/// Whether a character is only itself, wherever it stands in a line that begins with a letter.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || " .,;:()/-%?'\"=+–—“”‘’…→".contains(c)
}

/// The words of a Markdown text, a line per block; for search, quotes and cards.
#[must_use]
pub fn to_plain(markdown: &str) -> String {
    if too_deep(markdown) {
        return markdown.to_owned();
    }
    let mut plain = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::End(TagEnd::TableCell) => plain.push_str("  "),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) if !plain.ends_with('\n') => {
                plain.push('\n');
            }
            _ => {}
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn lower_heading(event: Event<'_>) -> Event<'_> {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    let lower = |level| match level {
        H1 => H3,
        H2 => H4,
        H3 => H5,
        H4 | H5 | H6 => H6,
    };
    match event {
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: lower(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

/// Whether a text nests deeper than a page should.
fn too_deep(markdown: &str) -> bool {
    let mut depth = 0_usize;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{plain_html, row_to_html, to_html, to_plain};

    proptest! {
        #[test]
        fn a_plain_line_is_what_the_parser_would_make_of_it(
            text in "[a-zA-Zäß] ?[a-zé0-9 .,;:()/%?'\"=+–—“”…→`-]{0,60}",
        ) {
            if plain_html(&text).is_some() {
                prop_assert_eq!(row_to_html(&text), to_html(&text));
            }
        }
    }

    #[test]
    fn what_markdown_or_html_would_read_is_not_plain() {
        for marked in [
            "a *b*", "a <b", "a & b", "1. a", "- a", "a\nb", "# a", "a `b", "a ``b``", "a `<b`",
            "a_b_", "", " a", "a  ", "a `b``c`",
        ] {
            assert_eq!(plain_html(marked), None, "{marked}");
        }
        for plain in [
            "Traffic moved to Ohio (us-east-2), 40 % of it; the rest didn't",
            "The primary runs `iptables -A` and sees \"ok\"",
        ] {
            assert_eq!(plain_html(plain), Some(to_html(plain)));
        }
    }

    #[test]
    fn scripts_styles_frames_and_foreign_images_do_not_survive() {
        for bad in [
            "<script>alert(1)</script>",
            "<img src=https://x.example/p.gif onerror=alert(1)>",
            "![x](https://x.example/p.gif)",
            "[x](javascript:alert(1))",
            "<svg><script>1</script></svg>",
            "<iframe src=https://x.example></iframe>",
            "<form action=https://x.example><button>x</button></form>",
            "<p style=\"position:fixed\" onclick=alert(1)>x</p>",
        ] {
            let html = to_html(bad);
            for word in [
                "script", "onerror", "<img", "<svg", "iframe", "<form", "style=", "onclick",
            ] {
                assert!(!html.contains(word), "{bad} became {html}");
            }
        }
    }

    #[test]
    fn headings_start_below_the_section() {
        assert_eq!(to_html("# A\n\ntext"), "<h3>A</h3>\n<p>text</p>\n");
    }

    #[test]
    fn plain_text_keeps_the_words_and_drops_the_marks() {
        assert_eq!(
            to_plain(
                "# A *b*\n\n- one `two`\n- [three](https://x.example)\n\n| a | b |\n|---|---|\n| c | d |"
            ),
            "A b\none two\nthree\na  b  \nc  d"
        );
    }

    #[test]
    fn deep_nesting_is_shown_as_typed() {
        let deep = format!("{}x", "> ".repeat(1_000));
        assert!(to_html(&deep).starts_with("<pre>"));
        assert!(to_html(&"[".repeat(50_000)).contains('['));
    }
}
