//! The floor: the plainest actix-web server that does one thing.
//!
//! `/same/{n}` answers bytes from memory; `/stored` reads one row and answers its HTML; `/rendered` renders and sanitises a
//! document each time; `POST /create` renders a document and keeps it with its words in a full-text index of as many, durably.
//! Its own database is an SQLite file, whatever ours is.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use actix_web::web::{self, Bytes, Data, get, post};
use actix_web::{App, HttpResponse, HttpServer};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use second_story::domain::markdown;
use serde_json::Value;

diesel::table! { documents (id) { id -> Integer, text -> Text, html -> Text, } }

/// Asks this program to be the floor.
pub(crate) const FLAG: &str = "--serve-floor";

type Shared = Data<Arc<Mutex<SqliteConnection>>>;

const TABLES: &str = "CREATE TABLE documents (id INTEGER PRIMARY KEY, text TEXT NOT NULL, html TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5 (text, content = 'documents', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3');";

fn open(database: &Path) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;")
        .unwrap();
    conn
}

/// Makes a table of as many texts as ours has.
pub(crate) fn fill(database: &Path, corpus: &Path) {
    let mut conn = open(database);
    conn.batch_execute(TABLES).unwrap();
    conn.immediate_transaction(|conn| {
        for line in super::fill::lines(corpus) {
            let text = written(&line);
            let row = (documents::text.eq(&text), documents::html.eq(&text));
            diesel::insert_into(documents::table)
                .values(row)
                .execute(conn)?;
        }
        conn.batch_execute("INSERT INTO words (words) VALUES ('rebuild')")
    })
    .unwrap();
}

/// What is written in a generated post-mortem.
fn written(line: &str) -> String {
    let json: Value = serde_json::from_str(line).unwrap();
    let sections = json["sections"].as_array().unwrap().iter();
    let texts: Vec<&str> = sections
        .filter_map(|section| section["markdown"].as_str())
        .collect();
    texts.join("\n\n")
}

/// Serves until it is ended.
pub(crate) fn serve() {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments
        .iter()
        .position(|argument| argument == FLAG)
        .unwrap();
    let bodies: Data<HashMap<String, Bytes>> = Data::new(
        std::fs::read_dir(&arguments[at + 2])
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, Bytes::from(std::fs::read(path).unwrap()))
            })
            .collect(),
    );
    let conn: Shared = Data::new(Arc::new(Mutex::new(open(Path::new(&arguments[at + 1])))));
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new()
                .app_data(bodies.clone())
                .app_data(conn.clone())
                .route("/same/{name}", get().to(same))
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

async fn same(bodies: Data<HashMap<String, Bytes>>, name: web::Path<String>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html")
        .body(bodies[name.as_str()].clone())
}

async fn stored(conn: Shared) -> HttpResponse {
    let html = web::block(move || {
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
    let html = web::block(move || markdown::to_html(std::str::from_utf8(&text).unwrap()));
    HttpResponse::Ok()
        .content_type("text/html")
        .body(html.await.unwrap())
}

async fn create(conn: Shared, text: Bytes) -> HttpResponse {
    let id = web::block(move || {
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
