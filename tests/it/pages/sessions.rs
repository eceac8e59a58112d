//! Set up, sign in, sign out.

use second_story::app::sessions;

use crate::harness::{PASSWORD, spawn_app};

#[actix_web::test]
async fn the_setup_link_makes_the_first_administrator_once() {
    let app = spawn_app().await;
    let secret = sessions::setup_secret(&app.store).unwrap().unwrap();
    let path = format!("/setup?token={secret}");
    let newcomer = app.anonymous();
    let form = newcomer
        .get(&path)
        .await
        .expect(200)
        .form("/setup")
        .fill("organisation", "Harbour Works")
        .fill("name", "Ada Brandt")
        .fill("email", "ada@example.org")
        .fill("password", PASSWORD);
    newcomer.submit(&form).await.expect(303);
    newcomer.get("/people").await.expect(200);
    let late = app.anonymous();
    assert!(late.get(&path).await.status >= 400);
    assert!(late.submit(&form).await.status >= 400);
    late.get("/people").await.expect(303);
}

#[actix_web::test]
async fn a_setup_form_with_a_short_password_comes_back_with_everything_else_in_it() {
    let app = spawn_app().await;
    let secret = sessions::setup_secret(&app.store).unwrap().unwrap();
    let newcomer = app.anonymous();
    let form = newcomer
        .get(&format!("/setup?token={secret}"))
        .await
        .form("/setup")
        .fill("organisation", "Harbour & Works")
        .fill("name", "Ada Brandt")
        .fill("email", "ada@example.org")
        .fill("password", "short");
    let page = newcomer.submit(&form).await.expect(422);
    insta::assert_snapshot!(page.alert(), @"One field needs another look The password is too short. Use at least 12 characters; a few words in a row are fine.");
    assert_eq!(
        page.form("/setup").value("organisation"),
        Some("Harbour & Works")
    );
}

#[actix_web::test]
async fn people_sign_in_with_their_password_and_out_again() {
    let app = spawn_app().await;
    let email = app.writer().email;
    let visitor = app.anonymous();
    visitor.get("/account").await.expect(303);
    let page = visitor.get("/session/new?next=/account").await;
    let form = page.form("/session").fill("email", &email);
    let refused = visitor
        .submit(&form.clone().fill("password", "not this one at all"))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.alert().contains("do not belong together"),
        "{}",
        refused.alert()
    );
    let welcome = visitor
        .submit(&form.fill("password", PASSWORD))
        .await
        .expect(303);
    assert_eq!(welcome.location(), "/account");
    visitor.get("/account").await.expect(200);
    visitor.post("/session/end", &[]).await.expect(303);
    visitor.get("/account").await.expect(303);
}

#[actix_web::test]
async fn a_reading_token_reads_and_does_not_write() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.draft().save().await;
    let path = format!("/postmortems/{}", saved.id);
    writer.reading_api.get(&path).await.expect(200);
    let refused = writer
        .reading_api
        .post("/postmortems", &serde_json::json!({"title": "Another"}))
        .await
        .expect(403);
    assert_eq!(refused.json()["code"], "forbidden");
}
