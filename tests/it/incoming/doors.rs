//! The three doors: the page, the endpoint for alerts, the command line.

use reqwest::Method;
use second_story::app::sections::{self, SaveSection};
use second_story::app::{Ctx, postmortems};
use second_story::domain::ids::PostMortemId;
use serde_json::{Value, json};

use crate::cli::Desk;
use crate::harness::{Answer, Client, now, send, spawn_app};

fn alert(instance: &str, starts: &str, ends: &str) -> Value {
    json!({"status": "firing", "labels": {"alertname": "Disk", "instance": instance}, "annotations": {"summary": "Full"},
        "startsAt": starts, "endsAt": ends, "fingerprint": instance})
}

fn group(alerts: &[Value]) -> Value {
    json!({"version": "4", "groupKey": "{}:{alertname=\"Disk\"}", "status": "firing", "receiver": "x",
        "groupLabels": {"alertname": "Disk"}, "commonLabels": {"alertname": "Disk", "severity": "critical"},
        "commonAnnotations": {}, "externalURL": "http://alerts.example.org", "alerts": alerts})
}

#[actix_web::test]
async fn a_group_of_alerts_is_one_draft_that_waits_to_be_told() {
    let app = spawn_app().await;
    let writer = app.writer();
    let open = "0001-01-01T00:00:00Z";
    let first = group(&[alert("a", "2026-10-14T12:00:00Z", open)]);
    let send = |body: Value| {
        let api = writer.api.clone();
        async move {
            api.post("/webhooks/alertmanager", &body)
                .await
                .expect(200)
                .json()
        }
    };
    let made = send(first.clone()).await;
    assert_eq!(made["outcome"], "created");
    assert_eq!(send(first).await["outcome"], "unchanged");
    let more = [
        alert("b", "2026-10-14T12:10:00Z", open),
        alert("a", "2026-10-14T12:00:00Z", "2026-10-14T12:30:00Z"),
    ];
    let again = send(group(&more)).await;
    assert_eq!(
        (&again["outcome"], &again["id"]),
        (&json!("updated"), &made["id"])
    );
    let home = app.reader().get("/").await.expect(200).words();
    assert!(
        home.contains("Waiting to be told") && home.contains("Disk"),
        "{home}"
    );
    let id = PostMortemId::parse(made["id"].as_str().unwrap()).unwrap();
    let story = postmortems::read(&app.store, &writer.ctx(), id).unwrap();
    let rows: Vec<_> = story
        .events
        .iter()
        .map(|event| event.text.as_str())
        .collect();
    assert_eq!(
        rows,
        [
            "Alert: Disk on a: Full",
            "Alert: Disk on b: Full",
            "Alert over: Disk on a: Full"
        ]
    );
    // Somebody writes: it waits no longer, and further alerts still come in.
    let ctx = Ctx::new(writer.ctx().actor, now());
    let save = SaveSection {
        key: "summary",
        text: "The disk was full.",
        expected: None,
        note: "",
    };
    sections::save(&app.store, &ctx, id, &save).unwrap();
    let third = send(group(&[alert("c", "2026-10-14T12:40:00Z", open)])).await;
    assert_eq!(
        (&third["outcome"], &third["id"]),
        (&json!("updated"), &made["id"])
    );
    let home = writer.get("/").await.expect(200).words();
    assert!(!home.contains("Waiting to be told"), "{home}");
    // Its story goes on without it: the next alert of the group begins another one.
    second_story::app::publication::open_review(&app.store, &ctx, id).unwrap();
    let repeated = send(group(&[alert("c", "2026-10-14T12:40:00Z", open)])).await;
    assert_ne!(
        repeated["outcome"], "created",
        "an alert that goes on is no new story"
    );
    let next = send(group(&[alert("a", "2026-11-01T08:00:00Z", open)])).await;
    assert_eq!(next["outcome"], "created");
    assert_ne!(next["id"], made["id"]);
}

#[actix_web::test]
async fn alerts_need_a_token_that_writes_and_a_body_that_alertmanager_sends() {
    let app = spawn_app().await;
    let body = group(&[alert("a", "2026-10-14T12:00:00Z", "0001-01-01T00:00:00Z")]);
    app.anonymous()
        .api
        .post("/webhooks/alertmanager", &body)
        .await
        .expect(401);
    app.reader()
        .api
        .post("/webhooks/alertmanager", &body)
        .await
        .expect(403);
    app.writer()
        .reading_api
        .post("/webhooks/alertmanager", &body)
        .await
        .expect(403);
    let wrong = app
        .writer()
        .api
        .post("/webhooks/alertmanager", &json!({"alerts": []}))
        .await;
    assert_eq!(wrong.expect(400).json()["code"], "unreadable");
}

#[actix_web::test]
async fn two_senders_at_once_make_one_draft() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let body = group(&[alert("a", "2026-10-14T12:00:00Z", "0001-01-01T00:00:00Z")]);
    let all = (0..6).map(|_| api.post("/webhooks/alertmanager", &body));
    let answers = futures_util::future::join_all(all).await;
    let made = answers
        .into_iter()
        .filter(|answer| answer.json()["outcome"] == "created")
        .count();
    assert_eq!(made, 1);
}

/// Sends a form with one file, as a browser does.
async fn upload(client: &Client, fields: &[(&str, &str)], name: &str, text: &str) -> Answer {
    let key = client.key().await.to_owned();
    let part = |head: &str, body: &str| {
        format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let mut body = part("name=\"csrf\"", &key);
    for (field, value) in fields {
        body.push_str(&part(&format!("name=\"{field}\""), value));
    }
    body.push_str(&part(&format!("name=\"file\"; filename=\"{name}\""), text));
    body.push_str("--xyz--\r\n");
    let request = client.request(Method::POST, "/import");
    send(
        request
            .header("content-type", "multipart/form-data; boundary=xyz")
            .body(body),
    )
    .await
}

const TABLE: &str = "Time;What\n2026-10-14 14:05;Alarm\n2026-10-14 14:20;Quiet\n";

#[actix_web::test]
async fn a_file_is_looked_at_on_the_page_before_anything_is_kept() {
    let app = spawn_app().await;
    let writer = app.writer();
    let page = writer.get("/import").await.expect(200);
    assert!(page.text.contains("type=\"file\""));
    let sent = upload(
        &writer,
        &[("zone", "Europe/Berlin")],
        "queue stops.csv",
        TABLE,
    )
    .await
    .expect(303);
    let place = sent.location().to_owned();
    let shown = writer.get(&place).await.expect(200);
    let words = shown.words();
    assert!(
        words.contains("What would be imported")
            && words.contains("queue stops")
            && words.contains("2 events"),
        "{words}"
    );
    let list = writer.get("/postmortems").await.words();
    assert!(!list.contains("queue stops"), "nothing is kept yet: {list}");
    app.second_writer().get(&place).await.expect(404);
    let address = place.split('?').next().unwrap();
    let done = writer
        .post(address, &[("format", "csv"), ("zone", "Europe/Berlin")])
        .await
        .expect(200);
    assert!(done.words().contains("1 made"), "{}", done.words());
    let link = done
        .text
        .split("href=\"/postmortems/")
        .nth(2)
        .or_else(|| done.text.split("href=\"/postmortems/").nth(1))
        .unwrap();
    let id = link.split('"').next().unwrap();
    let story =
        postmortems::read(&app.store, &writer.ctx(), PostMortemId::parse(id).unwrap()).unwrap();
    assert_eq!(
        story.events[0].when.at().unwrap().to_rfc3339(),
        "2026-10-14T12:05:00+00:00"
    );
    let original = app
        .reader()
        .get(&format!("/postmortems/{id}/original"))
        .await
        .expect(200);
    assert_eq!(original.text, TABLE);
    assert!(
        original
            .header("content-disposition")
            .starts_with("attachment")
    );
    let again = writer
        .post(address, &[("format", "csv"), ("zone", "Europe/Berlin")])
        .await
        .expect(200);
    assert!(again.words().contains("1 unchanged"), "{}", again.words());
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_is_told_and_another_format_can_be_chosen() {
    let app = spawn_app().await;
    let writer = app.writer();
    let sent = upload(&writer, &[], "x.csv", "A,B\n1,2\n")
        .await
        .expect(303);
    let shown = writer.get(sent.location()).await.expect(200);
    assert!(
        shown.words().contains("This cannot be imported yet")
            && shown.words().contains("when=Time"),
        "{}",
        shown.words()
    );
    let unknown = upload(&writer, &[], "x.bin", "nothing").await.expect(303);
    assert!(
        writer
            .get(unknown.location())
            .await
            .words()
            .contains("Choose its format")
    );
    let none = upload(&writer, &[], "", "").await.expect(422);
    assert!(
        none.words().contains("No file was chosen"),
        "{}",
        none.words()
    );
    app.reader().get("/import").await.expect(403);
    upload(&app.reader(), &[], "x.csv", TABLE).await.expect(403);
}

#[test]
fn the_command_line_says_what_it_would_do_and_does_it_once() {
    let desk = Desk::new();
    let file = desk.write("queue.csv", TABLE);
    let plan = desk.run(&["import", "csv", &file, "--dry-run"]).expect(0);
    assert!(
        plan.out.contains("created\tcsv:") && plan.out.contains("queue.csv\tqueue\n"),
        "{}",
        plan.out
    );
    let first = desk
        .run(&["import", "csv", &file, "--json"])
        .expect(0)
        .json();
    assert_eq!(
        (&first["created"], &first["records"][0]["events"]),
        (&json!(1), &json!(2))
    );
    let again = desk
        .run(&["import", "csv", &file, "--json"])
        .expect(0)
        .json();
    assert_eq!(
        (&again["unchanged"], &again["unsure"]),
        (&json!(1), &json!(0))
    );
    desk.write("queue.csv", TABLE.replace("Quiet", "Quiet again"));
    let changed = desk
        .run(&["import", "csv", &file, "--json"])
        .expect(0)
        .json();
    assert_eq!(changed["updated"], 1);
    let export = desk.run(&["export", "PM-1"]).expect(0).out;
    assert!(export.contains("Quiet again"), "{export}");
    let map = desk
        .run(&["import", "csv", &file, "--map", "when=Nope"])
        .expect(2);
    assert!(map.err.contains("no column \"Nope\""), "{}", map.err);
    desk.run(&["import", "pagerduty", &file]).expect(2);
    desk.run(&["import", "slack", &file, "--channel", "x", "--from", "soon"])
        .expect(2);
    let missing = desk.run(&["import", "jira", "no-such-file.json"]).expect(2);
    assert!(missing.err.contains("cannot be read"), "{}", missing.err);
}
