//! The floor: the plainest actix-web server that does one thing.
//!
//! `/same` answers bytes from memory; `/stored` reads one row and answers its HTML; `/rendered` renders and sanitises a document
//! each time; `POST /create` renders a document and keeps it with its words in a full-text index of as many, durably.

use actix_web::web::{Bytes, Data, get, post};
use actix_web::{App, HttpResponse, HttpServer};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use std::path::Path;
use std::sync::{Arc, Mutex};

use second_story::domain::markdown;

diesel::table! { documents (id) { id -> Integer, text -> Text, html -> Text, } }

/// Asks this program to be the floor.
pub(crate) const FLAG: &str = "--serve-floor";

type Shared = Data<Arc<Mutex<SqliteConnection>>>;

/// A table of texts of its own beside the real one, with as many rows.
fn open(database: &Path) -> SqliteConnection {
    let beside = database.with_extension("floor");
    let mut conn = SqliteConnection::establish(beside.to_str().unwrap()).unwrap();
    conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;")
        .unwrap();
    conn.batch_execute(&format!(
        "CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, text TEXT NOT NULL, html TEXT NOT NULL);
         CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text, content = 'documents', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3');
         ATTACH '{}' AS theirs;
         INSERT OR IGNORE INTO documents SELECT key, body, body FROM theirs.search_documents;
         DETACH theirs;
         INSERT INTO words (words) VALUES ('rebuild');",
        database.display()
    ))
    .unwrap();
    conn
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
    let conn: Shared = Data::new(Arc::new(Mutex::new(open(Path::new(&database)))));
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
                .route("/rendered", post().to(rendered))
                .route("/create", post().to(create))
        })
        .bind("127.0.0.1:0")
        .unwrap();
        println!("Listening on http://{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}

async fn stored(conn: Shared) -> HttpResponse {
    let html = actix_web::web::block(move || {
        documents::table
            .find(1)
            .select(documents::html)
            .first::<String>(&mut *conn.lock().unwrap())
            .unwrap()
    });
    HttpResponse::Ok()
        .content_type("text/html")
        .body(html.await.unwrap())
}

async fn rendered(text: Bytes) -> HttpResponse {
    let html =
        actix_web::web::block(move || markdown::to_html(std::str::from_utf8(&text).unwrap()));
    HttpResponse::Ok()
        .content_type("text/html")
        .body(html.await.unwrap())
}

async fn create(conn: Shared, text: Bytes) -> HttpResponse {
    let id = actix_web::web::block(move || {
        let text = std::str::from_utf8(&text).unwrap();
        let html = markdown::to_html(text);
        conn.lock().unwrap().immediate_transaction(|conn| {
            let id: i32 = diesel::insert_into(documents::table)
                .values((documents::text.eq(text), documents::html.eq(html)))
                .returning(documents::id)
                .get_result(conn)?;
            diesel::sql_query("INSERT INTO words (rowid, text) VALUES (?1, ?2)")
                .bind::<diesel::sql_types::Integer, _>(id)
                .bind::<diesel::sql_types::Text, _>(text)
                .execute(conn)?;
            QueryResult::Ok(id)
        })
    });
    HttpResponse::Created().json(id.await.unwrap().unwrap())
}
