//! The rules of the house that a compiler does not know. Each test lists every offender, with its place.

pub(crate) mod sources; // what lies in the repository
mod scripts; // rules of the scripts
mod templates; // rules of the pages
mod texts; // texts whose wording is looked at

use std::collections::BTreeSet;
use std::path::Path;

use sources::{Source, is_test, root, sources};

/// Fails with one line for each offender.
#[track_caller]
fn assert_none(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n{}", offenders.join("\n"));
}

/// The lines outside tests and comments, with their numbers.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let program = source
        .text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = if is_test(&source.path) { "" } else { program };
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

/// Folder, and what its files never say: whoever looks up, or reaches past the floor below, is found here.
const FLOORS: [(&str, &[&str]); 5] = [
    (
        "src/domain/",
        &[
            "crate::store",
            "crate::app",
            "crate::web",
            "crate::cli",
            "crate::config",
            "diesel",
            "actix",
            "utoipa",
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "Utc::now",
            "Local::now",
            "SystemTime",
            "Instant::now",
        ],
    ),
    (
        "src/store/",
        &[
            "crate::app",
            "crate::web",
            "crate::cli",
            "crate::config",
            "actix",
            "utoipa",
            "askama",
            "Utc::now",
        ],
    ),
    (
        "src/app/",
        &[
            "crate::web",
            "crate::cli",
            "crate::config",
            "actix",
            "utoipa",
            "askama",
            "diesel",
            "Utc::now",
        ],
    ),
    (
        "src/web/",
        &[
            "crate::cli",
            "diesel",
            "store.read(",
            "store.write(",
            "Conn",
        ],
    ),
    (
        "src/cli/",
        &[
            "crate::web::pages",
            "crate::web::api",
            "diesel",
            "store.read(",
            "store.write(",
            "Conn",
        ],
    ),
];

#[test]
fn every_floor_looks_down_only() {
    let mut offenders = Vec::new();
    for source in sources("src", &["rs"]) {
        for (_, words) in FLOORS
            .iter()
            .filter(|(folder, _)| source.path.starts_with(folder))
        {
            for (number, line) in code(&source) {
                for word in words.iter().filter(|word| says(line, word)) {
                    offenders.push(format!("{}:{number} says {word}", source.path));
                }
            }
        }
    }
    assert_none(
        "A floor may use what lies below it, and no more",
        &offenders,
    );
}

/// Whether a line says a word; not as a part of a longer one.
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let before = line[..at].chars().next_back().is_some_and(part);
        let after = line[at + word.len()..].chars().next().is_some_and(part);
        let open = word.ends_with(|c: char| !part(c));
        !before && (open || !after)
    })
}

#[test]
fn public_types_of_the_domain_promise_no_wire_format() {
    let mut offenders = Vec::new();
    for source in sources("src/domain", &["rs"]) {
        let mut derived = None;
        for (number, line) in code(&source) {
            let wire = line.contains("Serialize") || line.contains("Deserialize");
            if line.contains("#[derive") && wire {
                derived = Some(number);
            } else if line.starts_with("pub struct") || line.starts_with("pub enum") {
                if let Some(number) = derived.take() {
                    offenders.push(format!("{}:{number}", source.path));
                }
            } else if !line.trim_start().starts_with('#') {
                derived = None;
            }
        }
    }
    assert_none("Wire types live at the doors", &offenders);
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let mut offenders = Vec::new();
    for folder in ["src", "tests", "templates"] {
        for source in sources(folder, &["rs", "html", "css", "js"]) {
            let lines = source.text.lines().count();
            if lines > 500 {
                offenders.push(format!("{} has {lines} lines", source.path));
            }
        }
    }
    assert_none("Divide it by concern; 500 lines are the most", &offenders);
}

#[test]
fn migrations_come_in_pairs() {
    let names = |folder: &str| -> BTreeSet<String> {
        sources(folder, &["sql"])
            .into_iter()
            .map(|source| source.path[folder.len()..].to_owned())
            .collect()
    };
    let (sqlite, postgres) = (names("migrations/sqlite"), names("migrations/postgres"));
    assert_eq!(sqlite, postgres);
    for path in sqlite.iter().filter(|path| path.ends_with("/up.sql")) {
        let down = path.replace("/up.sql", "/down.sql");
        assert!(sqlite.contains(&down), "{down} is missing");
    }
    assert!(!sqlite.is_empty());
}

#[test]
fn documents_name_only_what_exists() {
    let mut offenders = Vec::new();
    for document in sources("", &["md"])
        .iter()
        .filter(|document| !document.path.contains("fixtures"))
    {
        let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
        for named in named_paths(&document.text) {
            // A rule about names (`src/<floor>/<noun>.rs`) is no path.
            let exists = root().join(folder).join(&named).exists() || root().join(&named).exists();
            if !exists && !named.contains(['<', '*', '{', '…']) {
                offenders.push(format!("{} names {named}", document.path));
            }
        }
    }
    assert_none("It is not there", &offenders);
}

/// What a document calls a file of ours: between backticks, below a folder of ours; and the targets of relative links.
fn named_paths(markdown: &str) -> Vec<String> {
    const FOLDERS: [&str; 7] = [
        "src/",
        "tests/",
        "docs/",
        "migrations/",
        "templates/",
        "scripts/",
        ".ci/",
    ];
    let quoted = markdown
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|text| FOLDERS.iter().any(|folder| text.starts_with(folder)) && !text.contains(' '))
        .map(str::to_owned);
    let links = markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|target| {
            !target.is_empty()
                && !target.contains(':')
                && !target.starts_with('/')
                && !target.contains(' ')
        })
        .map(str::to_owned);
    quoted.chain(links).collect()
}

#[test]
fn no_file_names_a_place_of_the_machine_it_was_written_on() {
    // Put together here, so that this file does not name one.
    let places = [
        ["/wo", "rk/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
    ];
    let mut offenders = Vec::new();
    for source in sources(
        "",
        &[
            "rs", "toml", "md", "sql", "html", "css", "js", "json", "yml", "service", "sh", "test",
            "run",
        ],
    ) {
        for (number, line) in source.text.lines().enumerate() {
            if places.iter().any(|place| line.contains(place)) {
                offenders.push(format!("{}:{} {line}", source.path, number + 1));
            }
        }
    }
    assert_none("Name no folder of one machine", &offenders);
}

/// Columns and fields that hold a person.
const PERSONS: [&str; 10] = [
    "person",
    "author",
    "shepherd",
    "people",
    "actor",
    "approver",
    "linked_by",
    "made_by",
    "decided_by",
    "facilitator",
];

/// `author` and `author_id` are a person, `factor` is none.
fn is_person(word: &str) -> bool {
    PERSONS
        .iter()
        .filter_map(|person| word.strip_prefix(person))
        .any(|rest| rest.is_empty() || rest.starts_with('_'))
}

#[test]
fn nothing_is_counted_by_person() {
    let mut offenders = Vec::new();
    for source in sources("src", &["rs"]) {
        let flat: String = code(&source)
            .map(|(_, line)| line.trim())
            .collect::<Vec<_>>()
            .join(" ");
        let flat = flat.to_lowercase();
        for opening in ["group by", "group_by(", "partition by", "distinct on"] {
            for (at, _) in flat.match_indices(opening) {
                let what: String = flat[at + opening.len()..].chars().take(60).collect();
                // Up to the end of the call, or of the clause.
                let what = what.split([')', ';', '"']).next().unwrap_or_default();
                if what
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(is_person)
                {
                    offenders.push(format!("{}: {opening} {what}", source.path));
                }
            }
        }
    }
    for source in sources("migrations", &["sql"]) {
        if source.text.to_lowercase().contains("group by") {
            offenders.push(format!("{}: a view or trigger that groups", source.path));
        }
    }
    assert_none(
        "No route, column, export or log groups by an individual",
        &offenders,
    );
}

#[test]
fn no_dependency_is_under_the_gpl() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--prefix", "none", "--format", "{p}: {l}"])
        .args(["--edges", "normal,build", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let free = |line: &str| line.split(" OR ").any(|choice| !choice.contains("GPL"));
    let offenders: Vec<String> = tree
        .lines()
        .filter(|line| !free(line))
        .map(str::to_owned)
        .collect();
    assert!(tree.lines().count() > 100, "{tree}");
    assert_none(
        "A licence that the program cannot be given away under",
        &offenders,
    );
}
