//! Rules of the scripts: small modules that improve a page, and never write HTML from text.

use super::assert_none;
use super::sources::sources;

/// The most lines of a module.
const LINES: usize = 150;

#[test]
fn scripts_are_small_modules_that_write_no_html() {
    let mut offenders = Vec::new();
    let scripts = sources("src/web/assets/js", &["js"]);
    assert!(
        scripts.len() > 10,
        "only {} scripts were read",
        scripts.len()
    );
    for script in &scripts {
        let lines = script.text.lines().count();
        if lines > LINES {
            offenders.push(format!("{} has {lines} lines", script.path));
        }
        if !script.text.starts_with("// ") {
            offenders.push(format!("{} does not say what it is for", script.path));
        }
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "eval(",
            "Function(",
            "\"style\"",
            "await import(",
        ] {
            if script.text.contains(word) {
                offenders.push(format!("{}: {word}", script.path));
            }
        }
    }
    assert_none(
        "Scripts stay small, and make elements one by one",
        &offenders,
    );
}

#[test]
fn every_module_that_is_imported_is_there() {
    let mut offenders = Vec::new();
    let scripts = sources("src/web/assets/js", &["js"]);
    let there = |name: &str| {
        scripts
            .iter()
            .any(|script| script.path.ends_with(&format!("js/{name}")))
    };
    let mut seen = 0;
    for script in &scripts {
        for rest in script.text.split("from \"./").skip(1) {
            let name = rest.split('"').next().unwrap_or_default();
            seen += 1;
            if !there(name) {
                offenders.push(format!("{} imports {name}", script.path));
            }
        }
    }
    for template in sources("templates", &["html"]) {
        for rest in template.text.split("{{ frame.scripts }}/").skip(1) {
            let name = rest.split('"').next().unwrap_or_default();
            seen += 1;
            if !there(name) {
                offenders.push(format!("{} loads {name}", template.path));
            }
        }
    }
    assert!(seen > 10, "only {seen} imports were read");
    assert_none("It is not there", &offenders);
}
