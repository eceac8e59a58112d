//! What every test needs: the real server over a fresh database, people of every role, builders.
//!
//! Without more, a database is a fresh SQLite file; with `TEST_DATABASE_URL` it is a fresh schema of that PostgreSQL
//! database. The same tests run on both.

mod builders; // post-mortems in a few words
mod client; // a person with a browser's session and an API token
mod database; // fresh databases on either side
mod html; // reading pages and forms
mod story; // a post-mortem with every part

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Mutex;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use actix_web::{HttpServer, rt};
use chrono::{DateTime, Utc};
use second_story::app::people::{self, NewPerson};
use second_story::app::{Ctx, sessions, tokens};
use second_story::domain::people::{Actor, Role};
use second_story::store::Store;
use second_story::web::{self, State};

pub(crate) use builders::Saved;
pub(crate) use client::{Answer, Api, Client, Form, send};
pub(crate) use database::{Database, postgres};
pub(crate) use story::{Story, Telling};

/// The password of everybody in the tests.
pub(crate) const PASSWORD: &str = "a long enough sentence";

/// Says by name what was left out and how to have it. (Not through `println!`, which a passing test keeps to itself.)
pub(crate) fn left_out(what: &str, how: &str) {
    let _ = writeln!(std::io::stderr(), "left out: {what} ({how})");
}

/// The present.
#[expect(clippy::disallowed_methods, reason = "tests stand at the door")]
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A running server with its own database. It stops, and the database goes, when this is dropped.
pub(crate) struct App {
    // The order matters: the server lets go of the store before the database is removed.
    server: Server,
    pub(crate) store: Store,
    people: Mutex<BTreeMap<&'static str, Client>>,
    database: Database,
}

/// Starts a server over a fresh database.
pub(crate) async fn spawn_app() -> App {
    let database = Database::fresh();
    let store = Store::open(&database.address).expect("the fresh database opens");
    App {
        server: Server::start(store.clone()),
        store,
        people: Mutex::default(),
        database,
    }
}

impl App {
    /// Where the server answers: `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.server.url
    }

    /// The database, as `--database` takes it.
    pub(crate) fn address(&self) -> &str {
        &self.database.address
    }

    /// Whether the database is PostgreSQL.
    pub(crate) const fn is_postgres(&self) -> bool {
        self.database.is_postgres()
    }

    /// A second program over the same database, without its door.
    pub(crate) fn another_instance(&self) -> Store {
        Store::open(&self.database.address).expect("the database opens again")
    }

    /// Somebody who only reads.
    pub(crate) fn reader(&self) -> Client {
        self.known("Rea Lindqvist", Role::Reader)
    }

    /// The person who writes, unless a test says otherwise.
    pub(crate) fn writer(&self) -> Client {
        self.known("Wanda Okafor", Role::Writer)
    }

    /// Another person who writes, and reads what the first one wrote.
    pub(crate) fn second_writer(&self) -> Client {
        self.known("Sefa Tanaka", Role::Writer)
    }

    /// Keeps taxonomy and templates.
    pub(crate) fn keeper(&self) -> Client {
        self.known("Kit Moreau", Role::Keeper)
    }

    /// Manages people.
    pub(crate) fn administrator(&self) -> Client {
        self.known("Ada Brandt", Role::Administrator)
    }

    /// Somebody who has not signed in.
    pub(crate) fn anonymous(&self) -> Client {
        Client::anonymous(self.url())
    }

    /// Makes people when they are first asked for: hashing a password takes a while.
    fn known(&self, name: &'static str, role: Role) -> Client {
        let mut people = self.people.lock().unwrap();
        people
            .entry(name)
            .or_insert_with(|| self.person(name, role))
            .clone()
    }

    /// A new person of a role, signed in, with a token that may write.
    pub(crate) fn person(&self, name: &str, role: Role) -> Client {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let new = NewPerson {
            email: &email,
            name,
            role: role.as_code(),
            password: PASSWORD,
        };
        let person = people::create_on_server(&self.store, now(), &new).expect("a person is made");
        let session = sessions::start(&self.store, now(), person).expect("a session starts");
        let actor = Actor {
            person,
            role,
            read_only: false,
        };
        let ctx = Ctx::new(actor, now());
        let token =
            |scope| tokens::create(&self.store, &ctx, scope, scope, None).expect("a token is made");
        Client::signed_in(self.url(), ctx, email.clone(), &session, &token("write"))
            .with_reading_token(&token("read"))
    }
}

/// The real server on a port of its own.
struct Server {
    url: String,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start(store: Store) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (tell, hear) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            rt::System::new().block_on(async move {
                let state = Data::new(State::new(store, false, None));
                let server = HttpServer::new(move || web::served(state.clone()))
                    .keep_alive(web::KEEP_ALIVE)
                    .client_request_timeout(web::HEAD_WITHIN)
                    .workers(1)
                    .disable_signals()
                    .listen(listener)
                    .expect("the server listens")
                    .run();
                tell.send(server.handle()).expect("the test waits");
                server.await.expect("the server ends well");
            });
        });
        Self {
            url,
            handle: hear.recv().expect("the server starts"),
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The command is sent at once; the future would only wait for it.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
