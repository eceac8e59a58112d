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
                Files::get(name)
                    .ok_or_else(Problem::not_found)?
                    .data
                    .into_owned(),
            )
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, age))
        .body(data))
}
