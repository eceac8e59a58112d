//! The people of a post-mortem, and links to others.

use serde_json::json;

use crate::harness::{Client, Saved, spawn_app};

fn member(saved: &Saved, client: &Client) -> String {
    format!("/postmortems/{}/members/{}", saved.id, client.email)
}

fn person(client: &Client) -> String {
    client.ctx.unwrap().actor.person.to_string()
}

#[actix_web::test]
async fn in_a_restricted_post_mortem_the_list_decides() {
    let app = spawn_app().await;
    let saved = app.draft().restricted().save().await;
    let (shepherd, other, third) = (app.writer(), app.second_writer(), app.keeper());
    let place = format!("/postmortems/{}", saved.id);
    let section = format!("{place}/sections/summary");
    let text = json!({"text": "Something was said."});
    other.api.get(&place).await.expect(404);
    shepherd
        .api
        .put(&member(&saved, &other), &json!({"role": "Finance lead"}))
        .await
        .expect(200);
    other.api.get(&place).await.expect(200);
    other.api.put_over(&section, "*", &text).await.expect(403);
    other
        .api
        .put(&member(&saved, &third), &json!({}))
        .await
        .expect(403);
    shepherd
        .api
        .put(&member(&saved, &other), &json!({"access": "write"}))
        .await
        .expect(200);
    other.api.put_over(&section, "*", &text).await.expect(200);
    other
        .api
        .put(&member(&saved, &third), &json!({}))
        .await
        .expect(200);
    let items = third
        .api
        .get(&format!("{place}/members"))
        .await
        .expect(200)
        .json();
    assert_eq!(items["items"].as_array().unwrap().len(), 2);
    // Everybody may leave; only those who keep the list may take others off.
    let out = |who: &Client| format!("{place}/members/{}", person(who));
    third.api.delete(&out(&other)).await.expect(403);
    third.api.delete(&out(&third)).await.expect(204);
    third.api.get(&place).await.expect(404);
    shepherd.api.delete(&out(&other)).await.expect(204);
    other.api.get(&place).await.expect(404);
    app.administrator().api.get(&place).await.expect(404);
}

#[actix_web::test]
async fn who_is_named_has_an_account_and_a_role_that_is_no_name() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let other = app.second_writer();
    let shepherd = app.writer().api;
    let nobody = format!("/postmortems/{}/members/nobody@example.org", saved.id);
    shepherd.put(&nobody, &json!({})).await.expect(422);
    for body in [json!({"role": "Sefa Tanaka"}), json!({"access": "own"})] {
        shepherd
            .put(&member(&saved, &other), &body)
            .await
            .expect(422);
    }
    // The organisation may write it, and still its shepherd decides who is named.
    other
        .api
        .put(&member(&saved, &other), &json!({}))
        .await
        .expect(403);
}

#[actix_web::test]
async fn a_shepherd_hands_over_and_keeps_writing() {
    let app = spawn_app().await;
    let saved = app.draft().restricted().save().await;
    let (old, new) = (app.writer(), app.second_writer());
    let place = format!("/postmortems/{}", saved.id);
    let shepherd = format!("{place}/shepherd");
    let to = |client: &Client| json!({"person": client.email});
    old.api.put(&shepherd, &to(&new)).await.expect(428);
    old.api
        .put_over(&shepherd, "\"9\"", &to(&new))
        .await
        .expect(412);
    old.api
        .put_over(&shepherd, "*", &to(&app.reader()))
        .await
        .expect(422);
    old.api
        .put_over(&shepherd, "*", &to(&new))
        .await
        .expect(200);
    new.api.get(&place).await.expect(200);
    let section = format!("{place}/sections/summary");
    old.api
        .put_over(&section, "*", &json!({"text": "Still here."}))
        .await
        .expect(200);
    // The new one may not approve what they shepherd; the old one may.
    let approval = format!("{place}/approval");
    new.api.put(&approval, &json!({})).await.expect(403);
    old.api.put(&approval, &json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_link_leads_to_what_one_may_read_and_shows_to_nobody_else() {
    let app = spawn_app().await;
    let (from, to) = (
        app.draft().save().await,
        app.draft().title("The earlier one").save().await,
    );
    let hidden = app
        .draft()
        .restricted()
        .title("The hidden one")
        .save()
        .await;
    let writer = app.writer().api;
    let links = format!("/postmortems/{}/links", from.id);
    let named = |to: &str| json!({"to": to, "relation": "recurrence"});
    let made = writer
        .post(&links, &named(to.number.as_deref().unwrap()))
        .await
        .expect(201);
    assert_eq!(made.json()["to"]["title"], "The earlier one");
    writer.post(&links, &named(&to.id)).await.expect(422);
    writer.post(&links, &named(&from.id)).await.expect(422);
    let address = format!(
        "https://lessons.example.org/postmortems/{}#factors",
        hidden.id
    );
    let secret = writer
        .post(&links, &named(&address))
        .await
        .expect(201)
        .json();
    let stranger = app.second_writer().api;
    let unknown = stranger
        .post(&links, &named(&hidden.id))
        .await
        .expect(422)
        .json();
    let never = stranger
        .post(&links, &named("00000000-0000-7000-8000-000000000000"))
        .await
        .expect(422)
        .json();
    let blank = |json: serde_json::Value, id: &str| json.to_string().replace(id, "ID");
    assert_eq!(
        blank(unknown, &hidden.id),
        blank(never, "00000000-0000-7000-8000-000000000000")
    );
    let seen = stranger.get(&links).await.expect(200).json();
    assert_eq!(seen["items"], json!([made.json()]));
    let removal = format!("{links}/{}", secret["id"].as_str().unwrap());
    stranger.delete(&removal).await.expect(404);
    writer.delete(&removal).await.expect(204);
}
