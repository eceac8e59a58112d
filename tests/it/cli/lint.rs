//! The language checker over files.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::{run, run_with};
use crate::harness::left_out;

/// A folder for files. (No database, and no data directory either: the checker needs none.)
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = PathBuf::from(self.path(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

const BLAME: &str = "The engineer should have tested the restore.";
const HINT: &str = "The root cause was a full disk.";

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_finding_is_told_with_its_place_why_it_matters_and_a_question() {
    let folder = Folder::new();
    let file = folder.write("a.md", format!("# Ünder\n\n> ok\n\nÄ. {BLAME}\n"));
    let ran = run(&["lint", &file]).expect(1);
    assert!(
        ran.out
            .contains("a.md:5:17: “should have” (counterfactual, hindsight)\n    "),
        "{}",
        ran.out
    );
    let ran = run(&["lint", "--format", "json", &file]).expect(1);
    let found = lines(&ran.out);
    assert_eq!(found.len(), 1);
    let one = &found[0];
    let fields = "column end file line question quote rule severity start why";
    let mut keys: Vec<&String> = one.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, fields.split(' ').collect::<Vec<_>>());
    assert_eq!(one["file"], file.as_str());
    assert_eq!((&one["line"], &one["column"]), (&json!(5), &json!(17)));
    assert_eq!((&one["start"], &one["end"]), (&json!(31), &json!(42)));
    assert_eq!(one["quote"], "should have");
}

#[test]
fn hints_are_printed_only_when_they_are_wanted() {
    let folder = Folder::new();
    let file = folder.write("a.md", HINT);
    assert_eq!(run(&["lint", &file]).expect(0).out, "");
    let ran = run(&["lint", "--hints", "--format", "json", &file]).expect(1);
    assert_eq!(lines(&ran.out)[0]["severity"], "hint");
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = Folder::new();
    let good = folder.write("good.md", BLAME);
    let bytes = folder.write("bytes.md", b"# \xff\n");
    let gone = folder.path("gone.md");
    for order in [[&bytes, &gone, &good], [&good, &bytes, &gone]] {
        let [a, b, c] = order;
        let ran = run(&["lint", "--format", "json", a, b, c]).expect(2);
        assert_eq!(lines(&ran.out).len(), 1, "{}", ran.out);
        assert!(ran.err.contains("bytes.md: It is not UTF-8"), "{}", ran.err);
        assert!(ran.err.contains("gone.md: It is not there"), "{}", ran.err);
    }
    run(&["lint"]).expect(2);
    let help = run(&["lint", "--help"]).expect(0).out;
    assert!(help.contains("second-story keep: RULE, because"), "{help}");
    run(&["lint", "--format", "xml", &good]).expect(2);
}

#[test]
fn folders_are_walked_for_texts_and_standard_input_is_read() {
    let folder = Folder::new();
    folder.write("b/deep/one.md", BLAME);
    folder.write("a.markdown", BLAME);
    folder.write("b/photo.png", b"\x89PNG\xff\xfe");
    folder.write(".hidden/no.md", BLAME);
    let ran = run(&["lint", "--format", "json", &folder.path("")]).expect(1);
    let files: Vec<String> = lines(&ran.out)
        .iter()
        .map(|one| one["file"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        files,
        [folder.path("a.markdown"), folder.path("b/deep/one.md")]
    );
    let ran = run_with(&["lint", "--format", "json", "-"], BLAME).expect(1);
    assert_eq!(lines(&ran.out)[0]["file"], "-");
    run_with(&["lint", "-"], "Nothing to see.").expect(0);
}

#[test]
fn comments_and_own_words_change_what_is_found() {
    let folder = Folder::new();
    let keep = "<!-- second-story keep: counterfactual, because the runbook is quoted -->";
    let file = folder.write("kept.md", format!("{BLAME} {keep}\n"));
    run(&["lint", "--hints", &file]).expect(0);
    let file = folder.write(
        "bare.md",
        format!("{BLAME} <!-- second-story keep: counterfactual -->"),
    );
    let ran = run(&["lint", "--format", "json", &file]).expect(1);
    let rules: Vec<Value> = lines(&ran.out)
        .iter()
        .map(|one| one["rule"].clone())
        .collect();
    assert_eq!(rules, ["counterfactual", "keep"]);

    let file = folder.write(
        "own.md",
        "The pilot failed to start.\n\nWombats failed to lock the door.\n",
    );
    let words = folder.write(
        "words.toml",
        "people = [\"wombat\"]\nsystems = [\"pilot\"]\n",
    );
    let ran = run(&["lint", "--format", "json", "--words", &words, &file]).expect(1);
    let places: Vec<Value> = lines(&ran.out)
        .iter()
        .map(|one| one["line"].clone())
        .collect();
    assert_eq!(places, [3]);
    for wrong in [
        "animals = [\"wombat\"]",
        "people = [\"night wombat\"]",
        "people",
    ] {
        let wrong = folder.write("wrong.toml", wrong);
        let ran = run(&["lint", "--words", &wrong, &file]).expect(2);
        assert!(ran.err.contains("wrong.toml"), "{}", ran.err);
    }
}

#[test]
fn annotations_for_github_cannot_be_broken_by_what_files_say() {
    let folder = Folder::new();
    let file = folder.write(
        "50%, a:b.md",
        "The engineer should\r\nhave tested the restore.\n",
    );
    let ran = run(&["lint", "--format", "github", &file]).expect(1);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.starts_with("::warning file="), "{}", ran.out);
    assert!(
        ran.out.contains(
            "50%25%2C a%3Ab.md,line=1,endLine=2,title=counterfactual::“should%0D%0Ahave”: "
        ),
        "{}",
        ran.out
    );
    let ran = run(&["lint", "--format", "github", "gone.md"]).expect(2);
    assert!(ran.out.starts_with("::error file=gone.md::"), "{}", ran.out);
}

#[test]
fn a_terminal_is_never_commanded_by_what_files_say() {
    let folder = Folder::new();
    let file = folder.write(
        "a.md",
        "The engineer should\u{1b} have\u{7} tested it. The engineer should have \u{9b}tested it.",
    );
    let ran = run(&["lint", &file]);
    assert!(
        !ran.out.contains(['\u{1b}', '\u{7}', '\u{9b}']),
        "{:?}",
        ran.out
    );
}

/// Texts with every kind of finding, a file that cannot be read, and a name that an address cannot hold.
fn sarif() -> Value {
    let folder = Folder::new();
    let file = folder.write(
        "ä b.md",
        format!("{BLAME} {HINT}\n\nBe more careful.\n<!-- second-story keep -->\n"),
    );
    let ran = run(&["lint", "--hints", "--format", "sarif", &file, "gone.md"]).expect(2);
    ran.json()
}

#[test]
fn a_sarif_document_has_the_rules_the_results_and_what_could_not_be_read() {
    let log = sarif();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 16);
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 4, "{log}");
    for result in results {
        assert!(
            rules.iter().any(|rule| rule["id"] == result["ruleId"]),
            "{result}"
        );
    }
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&json!(1), &json!(14))
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let quiet = run_with(&["lint", "--format", "sarif", "-"], "Well.")
        .expect(0)
        .json();
    assert_eq!(quiet["runs"][0]["results"], json!([]));
}

/// Asks the published schema, by the validator that comes with it. `TEST_SARIF` is the folder `node_modules` in which
/// both were installed.
const VALIDATE: &str = "
const [modules] = process.argv.slice(1);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const Ajv = load('ajv');
const schema = load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ schemaId: 'auto', allErrors: true, unknownFormats: 'ignore' });
ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json'));
const valid = ajv.validate(schema, JSON.parse(require('fs').readFileSync(0, 'utf8')));
if (!valid) { console.error(ajv.errorsText(ajv.errors, { separator: '\\n' })); process.exit(1); }
";

#[test]
fn a_sarif_document_keeps_the_published_schema() {
    let Ok(modules) = std::env::var("TEST_SARIF") else {
        left_out("SARIF beside its schema", "TEST_SARIF is not set");
        return;
    };
    let judge = |log: &Value| {
        let folder = Folder::new();
        let file = folder.write("log.json", log.to_string());
        let judged = Command::new("node")
            .args(["-e", VALIDATE, "--", &modules])
            .stdin(std::fs::File::open(file).unwrap())
            .output()
            .expect("node is installed");
        String::from_utf8(judged.stderr).unwrap()
    };
    let log = sarif();
    assert_eq!(judge(&log), "");
    let mut broken = log;
    broken["runs"][0]["results"][0]["level"] = json!("shouting");
    assert!(
        judge(&broken).contains("level"),
        "the validator looks at nothing"
    );
}
