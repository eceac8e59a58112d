//! Accounts, tokens, export of one.

use super::{Desk, run};

#[test]
fn a_person_and_a_token_are_made_and_printed_alone() {
    let desk = Desk::new();
    let id = desk.person("Wanda Okafor", "writer");
    assert_eq!(id.len(), 36, "{id}");
    let token = [
        "token",
        "create",
        "--email",
        "wanda.okafor@example.org",
        "--scope",
        "read",
        "--name",
        "reports",
    ];
    let made = desk.run(&token).expect(0);
    assert!(
        made.out.starts_with("sst_") && made.out.lines().count() == 1,
        "{}",
        made.out
    );
    let nobody = [
        "token",
        "create",
        "--email",
        "no@example.org",
        "--scope",
        "read",
        "--name",
        "x",
    ];
    desk.run(&nobody).expect(1);
    let bad = [
        "token",
        "create",
        "--email",
        "wanda.okafor@example.org",
        "--scope",
        "all",
        "--name",
        "x",
    ];
    assert!(desk.run(&bad).expect(2).err.contains("read, write"));
}

#[test]
fn wrong_use_and_a_store_that_cannot_be_used_have_their_own_codes() {
    run(&["gate"]).expect(2);
    run(&["no-such-command"]).expect(2);
    run(&["export", "PM-1", "--database", "mysql://x"]).expect(3);
    run(&[
        "export",
        "PM-1",
        "--database",
        "sqlite:/proc/nowhere/x.sqlite",
    ])
    .expect(3);
}

#[test]
fn one_post_mortem_is_printed_as_markdown_and_as_json() {
    let desk = Desk::new();
    let file = format!("{}/02-gitlab-backups.md", super::demo_content());
    desk.run(&["import", "markdown", &file]).expect(0);
    let markdown = desk.run(&["export", "PM-1"]).expect(0).out;
    assert!(
        markdown.contains("\n## Timeline\n") && markdown.contains("status: archived"),
        "{markdown}"
    );
    let json = desk
        .run(&["export", "pm1", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(json["format"], "second-story/post-mortem");
    assert_eq!(json["events"][4]["at"], "2017-01-31T22:00:00Z");
    assert_eq!(json["events"][4]["precision"], "about");
    assert_eq!(json["factors"][0]["evidence"][0]["row"], 7);
    assert_eq!(json["source"], file);
    desk.run(&["export", "PM-2"]).expect(1);
    desk.run(&["export", "nonsense"]).expect(2);
    // Written out and brought in elsewhere, it is the same but for its number and where it came from.
    let copy = desk.write("copy.md", &markdown);
    desk.run(&["import", "markdown", &copy]).expect(0);
    let again = desk
        .run(&["export", "PM-2", "--format", "json"])
        .expect(0)
        .json();
    for part in ["title", "events", "factors", "actions", "accounts"] {
        assert_eq!(again[part], json[part], "{part}");
    }
}

#[test]
fn what_a_person_may_not_read_is_not_printed_for_them() {
    let desk = Desk::new();
    desk.person("Wanda Okafor", "writer");
    let text = "---\ntitle: Only for some\nkind: crisis\ntier: note\nvisibility: restricted\n---\n\n## Summary\n\nA few words.\n";
    let file = desk.write("restricted.md", text);
    let made = desk
        .run(&["import", "markdown", &file, "--json"])
        .expect(0)
        .json();
    assert_eq!(made["files"][0]["number"], serde_json::Value::Null);
    let other = desk
        .run(&["export", "PM-1", "--as", "wanda.okafor@example.org"])
        .expect(1);
    let never = desk
        .run(&["export", "PM-9", "--as", "wanda.okafor@example.org"])
        .expect(1);
    assert_eq!(other.err.replace("PM-1", "PM-9"), never.err);
}
