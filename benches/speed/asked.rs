//! What is asked, in the order of the report.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::fill::Filled;
use super::searches::SEARCHES;

/// A request.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Header lines.
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Request {
    /// A request without anything else.
    pub(crate) fn get(path: &str) -> Self {
        Self {
            method: "GET",
            path: path.to_owned(),
            headers: String::new(),
            body: String::new(),
        }
    }
}

/// What makes a request from its number.
type Make<'a> = Box<dyn Fn(usize) -> Request + Sync + 'a>;

/// Something that is asked many times.
pub(crate) struct Asked<'a> {
    pub(crate) name: &'static str,
    pub(crate) times: usize,
    /// Whether each can be asked once only: then nothing is asked to warm up.
    pub(crate) once: bool,
    pub(crate) request: Make<'a>,
}

/// Names that the report puts beside bare SQL.
pub(crate) const PAGE: &str = "reading page";
pub(crate) const LIST: &str = "list of 50";
pub(crate) const CREATE: &str = "create";
pub(crate) const SAVE: &str = "save of a section";
pub(crate) const PUBLISH: &str = "publish";

/// How many are published in one round over one number of connections.
pub(crate) const PUBLISHED: usize = 32;

/// Everything; `run` tells this round and number of connections from every other.
pub(crate) fn all(filled: &Filled, run: usize) -> Vec<Asked<'_>> {
    let mut asked = read(filled);
    asked.extend(searches(filled));
    asked.extend(written(filled, run));
    asked
}

fn asked<'a>(
    name: &'static str,
    times: usize,
    request: impl Fn(usize) -> Request + Sync + 'a,
) -> Asked<'a> {
    Asked {
        name,
        times,
        once: false,
        request: Box::new(request),
    }
}

/// What is read: pages by somebody who has signed in, JSON with a token.
fn read(filled: &Filled) -> Vec<Asked<'_>> {
    let page = |path: &str| Request {
        headers: filled.cookie.clone(),
        ..Request::get(path)
    };
    let api = |path: &str| Request {
        headers: filled.token.clone(),
        ..Request::get(path)
    };
    let some = |turn: usize| filled.some(turn);
    vec![
        asked(PAGE, 500, move |turn| {
            page(&format!("/postmortems/{}", some(turn)))
        }),
        asked("the same as JSON", 500, move |turn| {
            api(&format!("/api/v1/postmortems/{}", some(turn)))
        }),
        asked(LIST, 300, move |_| page("/postmortems")),
        asked("list of 50, the hundredth page", 300, move |_| {
            page(&format!("/postmortems?cursor={}", filled.far_cursor))
        }),
        asked("themes", 64, move |_| page("/themes")),
    ]
}

fn searches(filled: &Filled) -> Vec<Asked<'_>> {
    let api = |path: &str| Request {
        headers: filled.token.clone(),
        ..Request::get(path)
    };
    let searches = SEARCHES.iter().map(move |search| {
        let typed = utf8_percent_encode(search.typed, NON_ALPHANUMERIC);
        let path = format!("/api/v1/search?q={typed}");
        asked(search.name, 200, move |_| api(&path))
    });
    let similar = asked("similar post-mortems", 200, move |turn| {
        api(&format!(
            "/api/v1/postmortems/{}/similar",
            filled.some(turn)
        ))
    });
    searches.chain([similar]).collect()
}

fn written(filled: &Filled, run: usize) -> Vec<Asked<'_>> {
    let api = |method, path: String, body: String| Request {
        method,
        path: format!("/api/v1{path}"),
        headers: format!(
            "{}content-type: application/json\r\nif-match: *\r\n",
            filled.token
        ),
        body,
    };
    let create = asked(CREATE, 200, move |turn| {
        let title = format!("Made {run} {turn}: the queue stopped and the page showed green");
        let body = serde_json::json!({ "title": title, "happened_on": "2026-11-20" });
        api("POST", "/postmortems".to_owned(), body.to_string())
    });
    let save = asked(SAVE, 200, move |turn| {
        let body = serde_json::json!({ "text": filled.changed(run, turn) });
        let path = format!("/postmortems/{}/sections/summary", filled.draft(turn));
        api("PUT", path, body.to_string())
    });
    // Each draft can be published once: every run takes its share.
    let publish = asked(PUBLISH, PUBLISHED, move |turn| {
        let id = filled.publishable[run * PUBLISHED + turn];
        api(
            "PUT",
            format!("/postmortems/{id}/publication"),
            String::new(),
        )
    });
    vec![
        create,
        save,
        Asked {
            once: true,
            ..publish
        },
    ]
}
