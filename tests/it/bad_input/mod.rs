//! Input that nobody should send, on every route that takes any: it is answered with a sentence, never with a fault of
//! ours, and nothing that was there is lost.

mod fields; // one bad value in one field of every form and every JSON body
mod wire; // requests that are broken as requests

use crate::access::routes::{Route, routes};
use crate::harness::Answer;

/// Every route that is sent something. What removes or publishes comes last, so that the others find what they change;
/// and signing out after all.
fn writing() -> Vec<Route> {
    let mut found: Vec<Route> = routes()
        .into_iter()
        .filter(|route| !route.reads())
        .collect();
    found.sort_by_key(|route| {
        let last = ["/session", "/account", "/setup", "/people"];
        let removes = [
            "removal",
            "publication",
            "review",
            "restoration",
            "shepherd",
        ];
        (
            last.iter().any(|start| route.path.starts_with(start)),
            route.method == "DELETE" || removes.iter().any(|word| route.path.contains(word)),
            route.path == "/session/end",
        )
    });
    found
}

/// What is wrong with an answer, if anything is.
fn fault(answer: &Answer, api: bool) -> Option<String> {
    if answer.status >= 500 {
        return Some(format!("{}: {}", answer.status, answer.text));
    }
    let html = answer.header("content-type").starts_with("text/html");
    if html && answer.text.contains("<script>alert") {
        return Some(format!("{}: a script stands in the page", answer.status));
    }
    if answer.status < 400 {
        return None;
    }
    let told = if api {
        if answer.header("content-type") != "application/problem+json" {
            return Some(format!(
                "{}: no problem+json: {}",
                answer.status, answer.text
            ));
        }
        let problem = answer.json();
        if problem["status"] != answer.status || problem["code"].as_str().is_none_or(str::is_empty)
        {
            return Some(format!("{}: {problem}", answer.status));
        }
        problem["detail"].as_str().unwrap_or_default().to_owned()
    } else {
        answer.words()
    };
    let sentence = told.contains(' ') && told.contains('.');
    (!sentence).then(|| format!("{}: no sentence: {told}", answer.status))
}

#[track_caller]
fn assert_none(rule: &str, offences: &[String]) {
    let shown: Vec<String> = offences
        .iter()
        .map(|offence| offence.chars().take(400).collect())
        .collect();
    assert!(
        offences.is_empty(),
        "{rule} ({}):\n{}",
        shown.len(),
        shown.join("\n")
    );
}
