//! `second-story serve`: the web server.

use std::net::{SocketAddr, TcpListener};

use actix_web::HttpServer;
use actix_web::web::Data;
use clap::Args;

use super::{Failure, Place, rules_are_there};
use crate::app::{demo, sessions};
use crate::store::Store;
use crate::web::{self, State};

/// How long requests in flight may take to end after a signal to stop.
const LAST_REQUESTS_SECONDS: u64 = 8;

/// How many threads each worker has for use cases. The store has as many connections, and one for the worker itself; more threads
/// would wait for one of these, and each keeps memory of its own.
const THREADS: usize = 4;

/// Serve the web pages and the API.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "SECOND_STORY_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// The address that people type; https:// makes cookies demand HTTPS.
    #[arg(long, env = "SECOND_STORY_URL", value_name = "URL")]
    url: Option<String>,
    /// Start on a temporary database with demo content.
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    place: Place,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Failure> {
        rules_are_there()?;
        let mut settings = self.place.settings()?;
        settings.listen = self.listen.or(settings.listen);
        settings.url = self.url.or(settings.url);
        // The folder of the demo goes when this function ends.
        let folder = if self.demo {
            Some(tempfile::tempdir().map_err(|error| Failure::Store(error.to_string()))?)
        } else {
            None
        };
        let address = folder.as_ref().map_or_else(
            || settings.database(),
            |folder| format!("sqlite:{}", folder.path().join("demo.sqlite").display()),
        );
        let store = Store::open(&address).map_err(|error| Failure::Store(error.to_string()))?;
        let listener = TcpListener::bind(settings.listen()).map_err(|error| {
            Failure::Input(format!(
                "{} cannot be listened on: {error}. Choose another address with --listen.",
                settings.listen()
            ))
        })?;
        let local = listener
            .local_addr()
            .map_err(|error| Failure::Input(error.to_string()))?;
        let base = settings
            .url
            .clone()
            .unwrap_or_else(|| format!("http://{local}"));
        if self.demo {
            announce_demo(&store, &base)?;
        } else {
            announce_setup(&store, &base)?;
        }
        let state = State::new(store, settings.https(), None);
        actix_web::rt::System::new()
            .block_on(serve(listener, local, state))
            .map_err(|error| Failure::Store(error.to_string()))
    }
}

/// Loads the demonstration and says who can sign in to it.
fn announce_demo(store: &Store, base: &str) -> Result<(), Failure> {
    let people =
        demo::load(store, super::now()).map_err(|error| Failure::Store(error.to_string()))?;
    println!(
        "This is a demonstration; it is gone when the server stops. Sign in at {base}/session/new as"
    );
    for person in people {
        let role = person.role.label().to_lowercase();
        println!(
            "  {}  {}  ({}, {role})",
            person.email, person.password, person.name
        );
    }
    Ok(())
}

/// As long as nobody has an account, a one-time link makes the first administrator.
fn announce_setup(store: &Store, base: &str) -> Result<(), Failure> {
    if let Some(secret) =
        sessions::setup_secret(store).map_err(|error| Failure::Store(error.to_string()))?
    {
        println!("Set up the first administrator, once, at {base}/setup?token={secret}");
    }
    Ok(())
}

async fn serve(listener: TcpListener, local: SocketAddr, state: State) -> std::io::Result<()> {
    let state = Data::new(state);
    let server = HttpServer::new(move || web::served(state.clone()))
        .keep_alive(web::KEEP_ALIVE)
        .client_request_timeout(web::HEAD_WITHIN)
        .worker_max_blocking_threads(THREADS)
        .shutdown_timeout(LAST_REQUESTS_SECONDS)
        .listen(listener)?
        .run();
    println!("Listening on http://{local}");
    server.await
}
