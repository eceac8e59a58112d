//! Accounts, with forms alone.

use crate::harness::spawn_app;

#[actix_web::test]
async fn an_account_is_added_moved_taken_out_and_brought_back_with_forms_alone() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let (accounts, editor) = (saved.page("/accounts"), saved.page("/edit"));
    for role in ["Operator", "Caller"] {
        let fields = [("role", role), ("text", "It looked green to me.")];
        writer.post(&accounts, &fields).await.expect(303);
    }
    let order = async || {
        let words = writer.get(&editor).await.expect(200).words_of("accounts");
        let roles = ["Operator", "Caller"].map(|role| words.find(role));
        (roles[0], roles[1])
    };
    let (operator, caller) = order().await;
    assert!(operator.is_some() && operator < caller);

    let page = writer.get(&editor).await.expect(200);
    let first = page.text.split("id=\"account-").nth(1).unwrap();
    let first = format!("{accounts}/{}", first.split('"').next().unwrap());
    let down = [("to", "down")];
    let moved = writer.post(&format!("{first}/place"), &down).await;
    assert!(moved.expect(303).location().contains("/edit#account-"));
    let (operator, caller) = order().await;
    assert!(caller < operator, "the account was not moved");

    let version = [("version", "1")];
    let removed = writer.post(&format!("{first}/removal"), &version).await;
    let place = removed.expect(303).location().to_owned();
    assert_eq!(order().await.0, None, "the account is still there");
    let back = writer.get(&place).await.expect(200);
    let back = back.form(&format!("{first}/restoration"));
    writer.submit(&back).await.expect(303);
    assert!(order().await.0.is_some(), "the account did not come back");
    writer.submit(&back).await.expect(409);
}
