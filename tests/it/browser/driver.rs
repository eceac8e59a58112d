//! Browsers, and the driver that opens them: on a port of its own, ended with everything it opened.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The browsers that the journeys know.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Chromium,
    Firefox,
}

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    On,
    Off,
}

impl Kind {
    /// The program that drives it.
    fn driver(self) -> String {
        match self {
            Self::Chromium => "chromedriver".to_owned(),
            Self::Firefox => std::env::var("TEST_FIREFOX").unwrap(),
        }
    }

    /// The words after which it names the port that it took.
    const fn before_port(self) -> &'static str {
        match self {
            Self::Chromium => "started successfully on port ",
            Self::Firefox => "Listening on 127.0.0.1:",
        }
    }

    /// What a new browser is asked to be: without a window, without requests of its own, with an empty profile.
    fn capabilities(self, scripts: Scripts, profile: &str) -> Value {
        match self {
            Self::Chromium => {
                let profile = format!("--user-data-dir={profile}");
                let arguments = [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,900",
                    &profile,
                ];
                let preferences = match scripts {
                    Scripts::On => json!({}),
                    Scripts::Off => {
                        json!({"profile.managed_default_content_settings.javascript": 2})
                    }
                };
                json!({"browserName": "chrome", "goog:chromeOptions": {"args": arguments, "prefs": preferences}})
            }
            Self::Firefox => {
                // Its driver makes the profile, and removes it.
                let options = json!({
                    "binary": "/usr/bin/firefox-esr",
                    "args": ["-headless", "--width=1280", "--height=900"],
                    "prefs": {"javascript.enabled": scripts == Scripts::On},
                });
                json!({"browserName": "firefox", "moz:firefoxOptions": options})
            }
        }
    }
}

/// A running driver. It ends, with its browsers, when this is dropped.
pub(super) struct Driver {
    // The order matters: the driver ends before the profiles of its browsers are removed.
    process: Process,
    profiles: TempDir,
    kind: Kind,
}

struct Process {
    child: Child,
    port: u16,
    kind: Kind,
    /// Kept open, as the driver may still have something to say.
    _said: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts the driver of Chromium on a port that is free.
    pub(super) fn start() -> Self {
        Self::of(Kind::Chromium)
    }

    /// Starts a driver on a port that is free.
    pub(super) fn of(kind: Kind) -> Self {
        let mut child = Command::new(kind.driver())
            .arg("--port=0")
            // In a group of its own, with the browsers that it opens.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", kind.driver()));
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let port = port_in(&mut said, kind.before_port());
        Self {
            process: Process {
                child,
                port,
                kind,
                _said: said,
            },
            profiles: tempfile::tempdir().unwrap(),
            kind,
        }
    }

    /// Opens a browser with a profile of its own.
    pub(super) async fn open(&self, name: &str, scripts: Scripts) -> Client {
        let profile = self.profiles.path().join(name);
        let wanted = self
            .kind
            .capabilities(scripts, &profile.display().to_string());
        let Value::Object(wanted) = wanted else {
            unreachable!()
        };
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", self.process.port))
            .await
            .unwrap_or_else(|error| panic!("no browser opens: {error}"))
    }
}

/// The port that the driver says it took.
fn port_in(said: &mut impl BufRead, before: &str) -> u16 {
    let mut all = String::new();
    for line in said.lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once(before) {
            return port.trim_end_matches('.').parse().unwrap();
        }
        all.push_str(&line);
    }
    panic!("the driver does not say on which port it listens: {all}");
}

impl Drop for Process {
    fn drop(&mut self) {
        // Asked to, it ends its browsers too; they would outlive it otherwise.
        match self.kind {
            Kind::Chromium => drop(ask_to_end(self.port)),
            // This one cannot be asked.
            Kind::Firefox => {
                let group = format!("-{}", self.child.id());
                let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
            }
        }
        let patience = Instant::now() + Duration::from_secs(5);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask_to_end(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}
