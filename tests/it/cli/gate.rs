//! The gate over files.

use super::{Desk, demo_content, run};

#[test]
fn the_demonstration_is_ready_and_says_so() {
    let ran = run(&["gate", &demo_content()]).expect(0);
    assert_eq!(
        ran.out
            .lines()
            .filter(|line| line.ends_with(": ready"))
            .count(),
        25,
        "{}",
        ran.out
    );
}

#[test]
fn what_is_missing_is_told_in_sentences_and_as_json() {
    let desk = Desk::new();
    let file = desk.write(
        "wild.md",
        "# Queue stopped\n\nNobody could send for an hour.\n",
    );
    let ran = run(&["gate", &file]).expect(1);
    assert!(
        ran.out.contains("required: Say what surprised you"),
        "{}",
        ran.out
    );
    let json = run(&["gate", &file, "--json"]).expect(1).json();
    assert_eq!(json["ready"], false);
    let approval = json["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["code"] == "approval")
        .unwrap();
    assert_eq!(
        (approval["level"].as_str(), approval["met"].as_bool()),
        (Some("required"), Some(false))
    );
}

#[test]
fn the_word_of_the_file_stands_for_what_people_do_in_the_program() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(format!("{}/02-gitlab-backups.md", demo_content())).unwrap();
    let file = desk.write("approved.md", &text);
    run(&["gate", &file]).expect(0);
    for (said, check) in [
        ("approved: true\n", "approve"),
        ("readers_confirmed: true\n", "Confirm that"),
    ] {
        let file = desk.write("not.md", text.replace(said, ""));
        let ran = run(&["gate", &file]).expect(1);
        assert!(ran.out.contains(check), "{}", ran.out);
    }
}

#[test]
fn wording_is_rewritten_or_kept_by_a_comment_with_a_reason() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(format!("{}/02-gitlab-backups.md", demo_content())).unwrap();
    let blame = "The engineer should have tested the restore.";
    let with =
        |words: &str| text.replacen("## Summary\n\n", &format!("## Summary\n\n{words}\n\n"), 1);
    assert_ne!(with(blame), text);
    let ran = run(&["gate", &desk.write("open.md", with(blame))]).expect(1);
    assert!(
        ran.out
            .contains("required: 1 note on wording has no answer yet."),
        "{}",
        ran.out
    );
    let keep = "<!-- second-story keep: counterfactual, because it was said on day one -->";
    let kept = desk.write("kept.md", with(&format!("{blame} {keep}")));
    run(&["gate", &kept]).expect(0);
    let unsaid = keep.replace(", because it was said on day one", "");
    let unsaid = desk.write("unsaid.md", with(&format!("{blame} {unsaid}")));
    run(&["gate", &unsaid]).expect(1);
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let desk = Desk::new();
    desk.write("a-broken.md", "---\nkind: disaster\ntier: note\n---\n# A\n");
    desk.write("b-bytes.md", b"# \xff\n");
    desk.write("c-wild.md", "# C\n");
    let ran = run(&["gate", &desk.folder()]).expect(2);
    assert!(
        ran.err
            .contains("a-broken.md:2: kind: \"disaster\" is not one of incident"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("b-bytes.md:1: It is not UTF-8"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("c-wild.md: not ready"), "{}", ran.out);
    run(&["gate", "no/such/file.md"]).expect(2);
}

#[test]
fn own_words_count_at_the_gate() {
    let desk = Desk::new();
    let file = desk.write(
        "own.md",
        "# Queue stopped\n\nThe wombat failed to check the restore.\n",
    );
    let language = |arguments: &[&str]| {
        let json = run(arguments).expect(1).json();
        let mut checks = json["checks"].as_array().unwrap().iter();
        let check = checks.find(|check| check["code"] == "language").unwrap();
        check["met"].as_bool().unwrap()
    };
    assert!(language(&["gate", "--json", &file]));
    let words = desk.write("words.toml", "people = [\"wombat\"]\n");
    assert!(!language(&["gate", "--json", "--words", &words, &file]));
    let wrong = desk.write("wrong.toml", "people = [\"two words\"]\n");
    let ran = run(&["gate", "--words", &wrong, &file]).expect(2);
    assert!(ran.err.contains("is not one word"), "{}", ran.err);
}
