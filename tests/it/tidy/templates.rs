//! Rules of the pages: they work without scripts, carry no inline code, and their forms prove where they come from.

use super::assert_none;
use super::sources::sources;

/// Forms that somebody sends who has no session yet.
const BEFORE_SIGNING_IN: [&str; 2] = ["/session", "/setup"];

#[test]
fn no_template_holds_inline_code() {
    let mut offenders = Vec::new();
    for template in sources("templates", &["html", "svg"]) {
        let text = template.text.to_lowercase();
        for word in [
            "style=",
            "<style",
            "javascript:",
            "http-equiv",
            "<iframe",
            "<object",
            "<base",
        ] {
            if text.contains(word) {
                offenders.push(format!("{}: {word}", template.path));
            }
        }
        for script in text.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap_or((script, ""));
            if !tag.contains(" src=") || !rest.trim_start().starts_with("</script>") {
                offenders.push(format!("{}: <script{tag}>", template.path));
            }
        }
        // onclick= and its kind: " on", letters, "=".
        for rest in text
            .split([' ', '\n', '"'])
            .filter_map(|word| word.strip_prefix("on"))
        {
            if let Some((name, _)) = rest.split_once('=')
                && !name.is_empty()
                && name.chars().all(|c| c.is_ascii_lowercase())
            {
                offenders.push(format!("{}: on{name}=", template.path));
            }
        }
    }
    assert_none("The content policy refuses it, and so do we", &offenders);
}

#[test]
fn every_form_that_changes_something_carries_the_key() {
    let mut offenders = Vec::new();
    let mut seen = 0;
    for template in sources("templates", &["html"]) {
        for form in template.text.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let tag = form.split('>').next().unwrap_or_default();
            if !tag.contains("method=\"post\"") {
                continue;
            }
            seen += 1;
            let free = BEFORE_SIGNING_IN
                .iter()
                .any(|action| tag.contains(&format!("action=\"{action}\"")));
            if !free && !form.contains("name=\"csrf\"") {
                offenders.push(format!("{}: <form{tag}>", template.path));
            }
        }
    }
    assert!(seen > 10, "the templates have {seen} forms: are they read?");
    assert_none("Add <input type=\"hidden\" name=\"csrf\" …>", &offenders);
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    let mut offenders = Vec::new();
    for template in sources("templates", &["html"]) {
        for attribute in ["src=\"", "href=\"http", "action=\"http"] {
            for rest in template.text.split(attribute).skip(1) {
                let value = rest.split('"').next().unwrap_or_default();
                let elsewhere = attribute != "src=\"" || value.contains("//");
                // A link that people follow is theirs to follow; what is loaded is ours.
                if elsewhere && !attribute.starts_with("href") {
                    offenders.push(format!("{}: {attribute}{value}", template.path));
                }
            }
        }
    }
    for sheet in sources("src/web/assets", &["css", "js"]) {
        for word in ["@import", "url(http", "url(//", "https://", "http://"] {
            if sheet.text.contains(word) {
                offenders.push(format!("{}: {word}", sheet.path));
            }
        }
    }
    assert_none("Everything a page needs is in the program", &offenders);
}
