//! Names of people in a post-mortem: listed for those who write it, replaced by a role when they ask, kept with a reason.

use second_story::app::accounts::{self, AccountInput};
use second_story::app::history;
use second_story::app::names::{self, ReplaceInput};
use second_story::app::timeline::{self, EventInput};
use second_story::domain::ids::PostMortemId;
use second_story::domain::people::Role;
use serde_json::{Value, json};

use crate::harness::{App, Client, Saved, spawn_app};

const SUMMARY: &str = "Tomasz Nowak restarted the node. \"Ask Tomasz,\" it said. It was Tomasz's first week.\n\n`Tomasz`";

/// A draft in which Tomasz stands in every kind of text.
async fn draft(app: &App) -> Saved {
    let saved = app
        .draft()
        .title("Tomasz restarted the wrong node")
        .section("summary", SUMMARY)
        .save()
        .await;
    let (store, ctx, id) = (&app.store, app.writer().ctx(), id(&saved));
    let event = EventInput {
        when: "2026-03-14 09:00".to_owned(),
        lane: "did".to_owned(),
        text: "Tomasz looked at the panel".to_owned(),
        role: Some("Tomasz".to_owned()),
        ..EventInput::default()
    };
    timeline::add(store, &ctx, id, &event).unwrap();
    let account = AccountInput {
        role: "On-call engineer".to_owned(),
        text: "The panel was green, and @tnowak said so.".to_owned(),
        ..AccountInput::default()
    };
    accounts::add(store, &ctx, id, &account).unwrap();
    let writer = app.writer();
    let body = json!({"statement": "Tomasz had no room.", "role": "contributing", "confidence": "shown", "evidence": []});
    let path = saved.page("/factors");
    writer.api.post(&path, &body).await.expect(201);
    let body =
        json!({"title": "Show Tomasz the panel", "kind": "idea", "known_by": "Tomasz sees it"});
    let path = saved.page("/actions");
    writer.api.post(&path, &body).await.expect(201);
    saved
}

fn id(saved: &Saved) -> PostMortemId {
    PostMortemId::parse(&saved.id).unwrap()
}

async fn items(client: &Client, saved: &Saved) -> Vec<Value> {
    let answer = client.api.get(&saved.page("/names")).await.expect(200);
    answer.json()["items"].as_array().unwrap().clone()
}

async fn whole(client: &Client, saved: &Saved) -> Value {
    client.api.get(&saved.page("")).await.expect(200).json()
}

#[actix_web::test]
async fn a_name_is_listed_with_its_spellings_and_places_and_replaced_everywhere_but_in_quotations()
{
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let [name] = items(&writer, &saved).await.try_into().unwrap();
    assert_eq!(name["name"], "Tomasz Nowak");
    assert_eq!(
        name["spellings"],
        json!(["Tomasz Nowak", "@tnowak", "Tomasz"])
    );
    let places = name["places"].as_array().unwrap();
    assert_eq!(places.len(), 7, "{places:#?}");
    assert_eq!(
        places
            .iter()
            .filter(|place| place["quoted"] == true)
            .count(),
        1
    );
    let body = json!({"name": "tomasz", "role": "The on-call engineer"});
    let path = saved.page("/names/replacement");
    let done = writer.api.post(&path, &body).await.expect(200).json();
    assert_eq!(done["places"].as_array().unwrap().len(), 6);
    let text = whole(&writer, &saved).await;
    assert_eq!(
        text["title"],
        "The on-call engineer restarted the wrong node"
    );
    let summary = text["sections"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["key"] == "summary");
    assert_eq!(
        summary.unwrap()["text"],
        "The on-call engineer restarted the node. \"Ask Tomasz,\" it said. It was the on-call engineer's first week.\n\n`Tomasz`"
    );
    let event = &text["events"][0];
    assert_eq!(event["text"], "The on-call engineer looked at the panel");
    assert_eq!(event["role"], "On-call engineer");
    assert_eq!(
        text["accounts"][0]["text"],
        "The panel was green, and the on-call engineer said so."
    );
    assert_eq!(
        text["actions"][0]["title"],
        "Show the on-call engineer the panel"
    );
    assert_eq!(
        text["actions"][0]["known_by"],
        "The on-call engineer sees it"
    );
    // The old texts are kept, and the search finds the new ones only.
    let (_, versions) = history::list(&app.store, &writer.ctx(), id(&saved)).unwrap();
    let noted = versions
        .iter()
        .filter(|one| one.note == "A role in the place of a name");
    assert_eq!(noted.count(), 6);
    assert!(versions.iter().any(|one| one.body == SUMMARY));
    let found = writer
        .api
        .get("/search?q=looked+engineer")
        .await
        .expect(200);
    assert_eq!(found.json()["total"], 1);
    // Only the quotation is left.
    let left = items(&writer, &saved).await;
    assert_eq!(left[0]["places"].as_array().unwrap().len(), 1, "{left:#?}");
}

#[actix_web::test]
async fn the_panel_of_the_editor_works_with_forms_alone() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let action = saved.page("/names/replacement");
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let shown = page.words_of("names");
    for words in [
        "Tomasz Nowak",
        "Also @tnowak, Tomasz",
        "Summary, in a quotation",
        "Timeline: Tomasz looked",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Without a role it comes back, with everything that was typed.
    let mut form = page.form(&action).fill("remember", "yes");
    let again = writer.submit(&form).await.expect(422);
    assert!(again.text.contains("The role is empty. Write a few words."));
    form = again.form(&action);
    assert_eq!(form.value("remember"), Some("yes"));
    // What is not ticked stays.
    form.fields
        .retain(|(name, value)| name != "spots" || !value.starts_with("action/"));
    let done = writer
        .submit(&form.fill("role", "the pilot"))
        .await
        .expect(303);
    assert_eq!(done.location(), format!("{}#names", saved.page("/edit")));
    let text = whole(&writer, &saved).await;
    assert_eq!(text["title"], "The pilot restarted the wrong node");
    assert_eq!(text["actions"][0]["title"], "Show Tomasz the panel");
    // The role is offered for what is left, and elsewhere.
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    assert_eq!(page.form(&action).value("role"), Some("the pilot"));
    let other = app
        .draft()
        .section("summary", "Then Tomasz left.")
        .save()
        .await;
    let page = writer.get(&other.page("/edit")).await.expect(200);
    let form = page.form(&other.page("/names/replacement"));
    assert_eq!(form.value("role"), Some("the pilot"));
    assert_eq!(
        whole(&writer, &other).await["sections"][0]["text"],
        "Then Tomasz left."
    );
}

#[actix_web::test]
async fn a_place_that_changed_since_it_was_chosen_is_not_replaced_unseen() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let action = saved.page("/names/replacement");
    let form = writer
        .get(&saved.page("/edit"))
        .await
        .form(&action)
        .fill("role", "the pilot");
    let summary = saved.page("/sections/summary");
    let body = json!({"text": "Tomasz Nowak left, and nobody knew."});
    writer.api.put_over(&summary, "*", &body).await.expect(200);
    let stale = writer.submit(&form).await.expect(412);
    assert!(
        stale
            .text
            .contains("The text has changed since this was chosen")
    );
    assert_eq!(stale.form(&action).value("role"), Some("the pilot"));
    assert_eq!(
        whole(&writer, &saved).await["title"],
        "Tomasz restarted the wrong node"
    );
    let body = json!({"name": "Tomasz", "role": "the pilot", "places": ["section/summary:1"]});
    writer.api.post(&action, &body).await.expect(412);
    // What changed is not ticked any more; the rest is.
    writer.submit(&stale.form(&action)).await.expect(303);
    let text = whole(&writer, &saved).await;
    assert_eq!(text["title"], "The pilot restarted the wrong node");
    assert!(text.to_string().contains("Tomasz Nowak left"));
    // A name that is gone altogether is no reason to lose the page.
    let gone = form.fill("name", "Olena");
    let page = writer.submit(&gone).await.expect(412);
    assert!(page.alert().contains("does not stand here any more"));
}

#[actix_web::test]
async fn a_name_stays_with_a_reason_in_this_post_mortem_alone() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let key = items(&writer, &saved).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = saved.page(&format!("/names/{key}"));
    let unknown = json!({"reason": "because"});
    writer.api.put(&path, &unknown).await.expect(422);
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let mut form = page.form(&path);
    form.fields.retain(|(name, _)| name != "reason");
    writer.submit(&form.clone()).await.expect(422);
    form.fields.push(("reason".to_owned(), "agreed".to_owned()));
    writer.submit(&form).await.expect(303);
    assert_eq!(
        items(&writer, &saved).await[0]["answer"]["reason"],
        "agreed"
    );
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let shown = page.words_of("names");
    assert!(
        shown.contains("Names that stay Tomasz Nowak They agreed to be named"),
        "{shown}"
    );
    let other = app
        .draft()
        .section("summary", "Then Tomasz left.")
        .save()
        .await;
    assert_eq!(items(&writer, &other).await[0]["answer"], Value::Null);
    let removal = page.form(&format!("{path}/removal"));
    writer.submit(&removal).await.expect(303);
    assert_eq!(items(&writer, &saved).await[0]["answer"], Value::Null);
    writer
        .api
        .put(&path, &json!({"reason": "nobody"}))
        .await
        .expect(200);
    writer.api.delete(&path).await.expect(204);
    writer.api.delete(&path).await.expect(404);
}

#[actix_web::test]
async fn members_of_the_instance_are_names_and_a_sealed_first_story_stays() {
    let app = spawn_app().await;
    app.person("Zrinka Quist", Role::Reader);
    let saved = app
        .draft()
        .fact("tier", "standard")
        .section("summary", "Then Zrinka looked, and ZRINKA QUIST left.")
        .section("first-story", "It was Zrinka.")
        .save()
        .await;
    let writer = app.writer();
    writer
        .api
        .put(&saved.page("/review"), &json!({}))
        .await
        .expect(200);
    let [name] = items(&writer, &saved).await.try_into().unwrap();
    let closed: Vec<&Value> = name["places"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|place| place["open"] == false)
        .collect();
    assert_eq!(closed.len(), 1, "{name:#?}");
    let body = json!({"name": "Zrinka", "role": "the clerk", "places": [closed[0]["id"]]});
    let path = saved.page("/names/replacement");
    writer.api.post(&path, &body).await.expect(412);
    let body = json!({"name": "Zrinka", "role": "the clerk"});
    writer.api.post(&path, &body).await.expect(200);
    let text = whole(&writer, &saved).await.to_string();
    assert!(
        text.contains("Then the clerk looked, and the clerk left."),
        "{text}"
    );
    assert!(text.contains("It was Zrinka."), "{text}");
}

#[actix_web::test]
async fn only_those_who_may_write_see_the_names() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = draft(&app).await;
    let reader = app.reader();
    reader.api.get(&saved.page("/names")).await.expect(403);
    let page = reader.get(&saved.page("")).await.expect(200);
    assert!(!page.text.contains("Names in this post-mortem"));
    let hidden = app
        .draft()
        .restricted()
        .section("summary", "Then Tomasz left.")
        .save()
        .await;
    let never = "0199e1c4-0000-7000-8000-000000000001";
    let second = app.second_writer();
    for below in ["/names", "/names/0000000000000000"] {
        let path = hidden.page(below);
        let missing = path.replace(&hidden.id, never);
        let ask = |path: String| {
            let api = second.api.clone();
            async move {
                if below == "/names" {
                    api.get(&path).await
                } else {
                    api.delete(&path).await
                }
            }
        };
        let (one, other) = (ask(path).await.expect(404), ask(missing).await);
        assert_eq!(one.text, other.text);
    }
    let body = json!({"name": "Tomasz", "role": "the pilot"});
    second
        .api
        .post(&hidden.page("/names/replacement"), &body)
        .await
        .expect(404);
    assert_eq!(items(&writer, &hidden).await.len(), 1);
}

#[actix_web::test]
async fn what_is_published_keeps_its_promises() {
    let app = spawn_app().await;
    let saved = app
        .draft()
        .section("summary", "Then Tomasz left.")
        .section("surprise", "Nobody knew.")
        .save()
        .await;
    let (writer, path) = (app.writer(), saved.page("/names/replacement"));
    writer
        .api
        .put(&saved.page("/publication"), &json!({}))
        .await
        .expect(200);
    let body = json!({"name": "Tomasz", "role": "the careless intern"});
    let refused = writer.api.post(&path, &body).await.expect(422);
    assert_eq!(refused.json()["code"], "checks_open");
    let text = whole(&writer, &saved).await.to_string();
    assert!(text.contains("Then Tomasz left."), "{text}");
    let body = json!({"name": "Tomasz", "role": "the intern"});
    writer.api.post(&path, &body).await.expect(200);
}

#[actix_web::test]
async fn the_organisation_remembers_roles_and_administrators_mend_them() {
    let app = spawn_app().await;
    let (saved, writer, administrator) = (draft(&app).await, app.writer(), app.administrator());
    let body = json!({"name": "Tomasz", "role": "the pilot", "remember": true});
    writer
        .api
        .post(&saved.page("/names/replacement"), &body)
        .await
        .expect(200);
    for other in [&writer, &app.keeper()] {
        other.get("/roles").await.expect(403);
        other.api.get("/roles").await.expect(403);
        other
            .api
            .put_over("/roles", "*", &json!({"items": []}))
            .await
            .expect(403);
    }
    let page = administrator.get("/roles").await.expect(200);
    let form = page.form("/roles");
    assert_eq!(
        form.value("mapping"),
        Some("Tomasz Nowak, @tnowak, Tomasz = the pilot")
    );
    assert!(!page.text.contains(&saved.id), "it does not say where");
    let wrong = form.clone().fill(
        "mapping",
        "Tomasz\nmara = the nurse\nAna = the nurse\nana = the cook",
    );
    let again = administrator.submit(&wrong).await.expect(422);
    for sentence in [
        "Line 1: “Tomasz” has no “=”",
        "Line 2: “mara” begins with a small letter",
    ] {
        assert!(again.alert().contains(sentence), "{}", again.alert());
    }
    let form = again
        .form("/roles")
        .fill("mapping", "Ana, Ana Lima = the nurse");
    administrator.submit(&form).await.expect(303);
    let late = page.form("/roles").fill("mapping", "Bo = the cook");
    let met = administrator.submit(&late).await.expect(412);
    assert!(met.words().contains("the nurse") && met.words().contains("the cook"));
    let api = &administrator.api;
    let now = api.get("/roles").await.expect(200);
    assert_eq!(
        now.json()["items"],
        json!([{"names": ["Ana", "Ana Lima"], "role": "the nurse"}])
    );
    assert_eq!(now.etag(), "\"2\"");
    let body = json!({"items": [{"names": ["Bo", "@bo"], "role": "The cook"}]});
    api.put("/roles", &body).await.expect(428);
    api.put_over("/roles", "\"1\"", &body).await.expect(412);
    let put = api.put_over("/roles", "\"2\"", &body).await.expect(200);
    assert_eq!(put.json()["items"][0]["role"], "the cook");
    let sly = json!({"items": [{"names": ["Bo = x"], "role": "y"}]});
    api.put_over("/roles", "*", &sly).await.expect(422);
    api.put_over("/roles", "*", &json!({"items": []}))
        .await
        .expect(200);
}

#[actix_web::test]
async fn two_people_who_remember_at_once_both_are_remembered() {
    let app = spawn_app().await;
    let (store, ctx) = (&app.store, app.writer().ctx());
    let mut all = Vec::new();
    for name in ["Tomasz", "Aisha", "Yuki", "Chidi"] {
        let text = format!("Then {name} left.");
        all.push((name, app.draft().section("summary", &text).save().await));
    }
    std::thread::scope(|scope| {
        for (name, saved) in &all {
            scope.spawn(move || {
                let input = ReplaceInput {
                    name: (*name).to_owned(),
                    role: "the pilot".to_owned(),
                    remember: true,
                    spots: None,
                };
                // The very first row may be made twice at once: whoever was slower is told, and asks again.
                while names::replace(store, &ctx, id(saved), &input).is_err() {}
            });
        }
    });
    let kept = names::roles(store, &app.administrator().ctx()).unwrap();
    assert_eq!(kept.mapped.len(), 4, "{kept:?}");
}
