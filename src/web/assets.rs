//! Style sheets and scripts inside the binary. Each address holds a hash of all of them and is cached for a year.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::problem::{PageError, Problem};

#[derive(RustEmbed)]
#[folder = "src/web/assets"]
struct Files;

/// The style sheets, in the order in which they build on each other.
const SHEETS: [&str; 8] = [
    "base", "layout", "forms", "editor", "timeline", "reading", "tables", "print",
];

struct Bundle {
    style: String,
    style_place: String,
    scripts_place: String,
    hash: String,
}

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let mut style = String::new();
    for sheet in SHEETS {
        if let Some(file) = Files::get(&format!("css/{sheet}.css")) {
            style.push_str(&String::from_utf8_lossy(&file.data));
            style.push('\n');
        }
    }
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut digest = Sha256::new();
    for name in names {
        digest.update(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            digest.update(&file.data);
        }
    }
    let hash: String = digest
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Bundle {
        style,
        style_place: format!("/a/{hash}/style.css"),
        scripts_place: format!("/a/{hash}/js"),
        hash,
    }
});

/// Where the one style sheet lies.
pub(in crate::web) fn style() -> &'static str {
    &BUNDLE.style_place
}

/// The folder of the scripts.
pub(in crate::web) fn scripts() -> &'static str {
    &BUNDLE.scripts_place
}

/// Sends a file of the bundle.
pub(in crate::web) async fn show(
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (hash, name) = path.into_inner();
    // An old page may ask with an old hash: it gets today's file, and keeps it only for a moment.
    let age = if hash == BUNDLE.hash {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=60"
    };
    let (kind, data) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", BUNDLE.style.as_bytes().to_vec()),
        name => {
            let kind = match name.rsplit('.').next() {
                Some("js") => "text/javascript; charset=utf-8",
                Some("svg") => "image/svg+xml",
                _ => return Err(Problem::not_found().into()),
            };
            (
                kind,
                lean(&Files::get(name).ok_or_else(Problem::not_found)?.data),
            )
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, age))
        .body(data))
}

/// A script without its comments, which are a third of it, and are for those who read the source. Lines stay where they
/// are, so that what a browser reports can be found.
fn lean(script: &[u8]) -> Vec<u8> {
    let mut lean = Vec::with_capacity(script.len());
    let mut within = false;
    for line in String::from_utf8_lossy(script).lines() {
        let words = line.trim();
        let end = words.find("*/");
        let opens = words.starts_with("/**");
        within |= opens && end.is_none();
        // Where code follows a comment on its line, both stay.
        let alone = opens && end.is_some_and(|end| end + 2 == words.len());
        if !(within || alone || words.starts_with("//")) {
            lean.extend_from_slice(line.as_bytes());
        }
        lean.push(b'\n');
        within &= end.is_none();
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_sent_without_its_comments_and_line_by_line_the_same() {
        let script = "// What for.\n\n/**\n * Two.\n * @param {A} a\n */\nexport f(a) {\n  // Why.\n  g(/** @type {B} */ (a)); // \n  /** @type {A} */ (a).b();\n}\n";
        let sent = "\n\n\n\n\n\nexport f(a) {\n\n  g(/** @type {B} */ (a)); // \n  /** @type {A} */ (a).b();\n}\n";
        assert_eq!(lean(script.as_bytes()), sent.as_bytes());
    }

    #[test]
    fn no_script_holds_what_could_be_taken_for_a_comment() {
        let mut seen = 0;
        for name in Files::iter().filter(|name| name.ends_with(".js")) {
            let data = Files::get(&name).unwrap().data;
            let text = String::from_utf8(data.into_owned()).unwrap();
            for line in text.lines() {
                seen += 1;
                // A text over several lines could hold lines that look like comments.
                let quotes = line.matches('`').count();
                assert!(quotes.is_multiple_of(2), "{name}: {line}");
                let ends = line.trim_start().find("*/");
                let closes = ends.is_some() && !line.contains("/**");
                assert!(!closes || line.trim_end().ends_with("*/"), "{name}: {line}");
            }
        }
        assert!(seen > 1000, "only {seen} lines were read");
    }
}
