//! The floor: the plainest actix-web server. `/same` answers bytes from memory; `/stored` reads one row and answers its HTML.

use actix_web::web::{Data, get};
use actix_web::{App, HttpResponse, HttpServer};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::sync::{Arc, Mutex};

/// Asks this program to be the floor.
pub(crate) const FLAG: &str = "--serve-floor";

#[derive(QueryableByName)]
struct Html {
    #[diesel(sql_type = Text)]
    html: String,
}

/// Serves until it is ended.
pub(crate) fn serve() {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments
        .iter()
        .position(|argument| argument == FLAG)
        .unwrap();
    let (database, body) = (
        arguments[at + 1].clone(),
        std::fs::read(&arguments[at + 2]).unwrap(),
    );
    let body = Data::new(body);
    let mut conn = SqliteConnection::establish(&database).unwrap();
    conn.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
    let conn = Data::new(Arc::new(Mutex::new(conn)));
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new()
                .app_data(body.clone())
                .app_data(conn.clone())
                .route(
                    "/same",
                    get().to(|body: Data<Vec<u8>>| async move {
                        HttpResponse::Ok()
                            .content_type("text/html")
                            .body(body.to_vec())
                    }),
                )
                .route("/stored", get().to(stored))
        })
        .bind("127.0.0.1:0")
        .unwrap();
        println!("Listening on http://{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}

async fn stored(conn: Data<Arc<Mutex<SqliteConnection>>>) -> HttpResponse {
    let html = actix_web::web::block(move || {
        let mut conn = conn.lock().unwrap();
        diesel::sql_query("SELECT html FROM sections WHERE key = 'summary' ORDER BY id LIMIT 1")
            .get_result::<Html>(&mut *conn)
            .unwrap()
            .html
    });
    HttpResponse::Ok()
        .content_type("text/html")
        .body(html.await.unwrap())
}
