//! Every page, in light, in dark and on a narrow screen: axe-core finds nothing against it, and nothing sticks out.

use second_story::app::{demo, sessions};
use second_story::domain::people::Role;
use serde_json::{Value, json};

use super::devtools::Look;
use super::driver::{Driver, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::wanted;
use crate::access::requests::filled;
use crate::access::routes::routes;
use crate::access::world::{Ids, World};
use crate::harness::{Client, PASSWORD, now, spawn_app};

/// Opens what is folded, so that it is looked at too. (The menu would lie over the page.)
const UNFOLD: &str =
    "document.querySelectorAll('main details').forEach((part) => { part.open = true; })";

/// What axe finds, as lines; in the dark only what colours can break.
const RUN: &str = "const [dark, done] = arguments;
const options = { resultTypes: ['violations'] };
if (dark) options.runOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
// Colours are judged when they have come to rest.
Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => axe.run(document, options)).then(
  ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.join(' ')} (${[...any, ...all, ...none].map(({ message }) => message).join('; ')})`))),
  (error) => done([`axe fails: ${error}`]));";

/// What lies further right than the window does.
const STICKS_OUT: &str = "const page = document.scrollingElement;
if (page.scrollWidth <= innerWidth) return [];
const wide = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
const names = wide.slice(0, 3).map((element) => `${element.localName}.${element.className} ${element.id}`);
return [`${page.scrollWidth} wide: ${names.join(', ')}`];";

/// Somebody who looks at pages, and keeps a list.
struct Inspector {
    person: Person,
    axe: String,
    found: Vec<String>,
    looked: usize,
}

impl Inspector {
    async fn new(driver: &Driver, name: &str, base: &str) -> Self {
        let place = std::env::var("TEST_AXE").expect("TEST_AXE names the file axe.min.js");
        Self {
            person: Person::arrive(driver, name, Scripts::On, base).await,
            axe: std::fs::read_to_string(&place).unwrap_or_else(|error| panic!("{place}: {error}")),
            found: Vec::new(),
            looked: 0,
        }
    }

    /// Looks at a page in every way.
    async fn look_at(&mut self, address: &str) {
        let browser = self.person.browser.clone();
        self.person.go(address).await;
        browser.execute(&self.axe, vec![]).await.unwrap();
        browser.execute(UNFOLD, vec![]).await.unwrap();
        for look in Look::ALL {
            look.take(&browser).await;
            let dark = json!(look == Look::Dark);
            self.keep(
                address,
                look,
                browser.execute_async(RUN, vec![dark]).await.unwrap(),
            );
            if look == Look::Narrow {
                self.keep(
                    address,
                    look,
                    browser.execute(STICKS_OUT, vec![]).await.unwrap(),
                );
            }
        }
        self.looked += 1;
    }

    fn keep(&mut self, address: &str, look: Look, lines: Value) {
        for line in lines.as_array().expect("a list") {
            self.found
                .push(format!("{address} {look:?}: {}", line.as_str().unwrap()));
        }
    }

    /// Every page of the route table, with ids of things that are there.
    async fn look_at_every_route(&mut self, reader: &Client, ids: &Ids) {
        for route in routes()
            .iter()
            .filter(|route| route.reads() && !route.is_api())
        {
            let path = filled(route, |_| ids);
            let answer = reader.get(&path).await;
            if answer.header("content-type").starts_with("text/html") {
                self.look_at(&path).await;
            }
        }
    }

    async fn look_at_all(&mut self, addresses: &[&str]) {
        for address in addresses {
            self.look_at(address).await;
        }
    }

    /// Looks at the first page that a list leads to.
    async fn look_behind(&mut self, list: &str) {
        self.person.go(list).await;
        let script = "return document.querySelector('main .list a').getAttribute('href')";
        let first = self.person.browser.execute(script, vec![]).await.unwrap();
        self.look_at(first.as_str().unwrap()).await;
    }

    #[track_caller]
    fn report(self, at_least: usize) {
        assert!(
            self.looked >= at_least,
            "only {} pages were looked at",
            self.looked
        );
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

#[actix_web::test]
async fn every_page_is_without_barriers_when_it_is_full() {
    if !wanted("axe-core on every page, in a browser") {
        return;
    }
    let world = World::open().await;
    let driver = Driver::start();
    let mut inspector = Inspector::new(&driver, "wanda", world.app.url()).await;
    let writer = world.app.writer();
    sign_in(&inspector.person, &writer.email, PASSWORD).await;
    inspector.look_at_every_route(&writer, &world.open).await;
    let open = |place: &str| {
        let mut path = place.to_owned();
        for (kind, id) in &world.open {
            path = path.replace(&format!("<{kind}>"), id);
        }
        path
    };
    for place in [
        "/postmortems/<postmortem>/edit?event=<event>",
        "/postmortems/<postmortem>/edit?factor=new",
        "/postmortems/<postmortem>/edit?factor=<statement>",
        "/postmortems/<postmortem>/edit?action=new",
        "/postmortems/<postmortem>/edit?action=<action>",
        "/postmortems/<postmortem>/edit?account=new",
        "/postmortems/<postmortem>/edit?account=<account>",
        "/causes/new?statement=<statement>",
        "/causes/<cause>?q=letter",
        "/causes/<cause>?fix=<fix>",
        "/actions?action=<action>",
        "/search?q=letter",
        "/search?q=nosuchword",
        "/taxonomy?q=alarm",
    ] {
        inspector.look_at(&open(place)).await;
    }
    let administrator = world.app.administrator();
    sign_in(&inspector.person, &administrator.email, PASSWORD).await;
    inspector.look_at_all(&["/", "/people"]).await;
    inspector.report(40);
}

#[actix_web::test]
async fn every_list_is_without_barriers_when_it_is_long_and_when_it_is_empty() {
    if !wanted("axe-core on long and on empty lists, in a browser") {
        return;
    }
    let driver = Driver::start();
    let full = spawn_app().await;
    let people = demo::load(&full.store, now()).unwrap();
    let mut inspector = Inspector::new(&driver, "demo", full.url()).await;
    sign_in(&inspector.person, people[0].email, &people[0].password).await;
    let lists = [
        "/",
        "/postmortems",
        "/search?q=backup",
        "/causes",
        "/actions",
        "/taxonomy",
    ];
    inspector.look_at_all(&lists).await;
    for by in ["factor", "category", "component"] {
        inspector
            .look_at(&format!("/themes?from=1996-Q1&to=2026-Q4&by={by}"))
            .await;
    }
    inspector.look_behind("/postmortems").await;
    inspector.look_behind("/causes").await;
    inspector.report(11);

    let fresh = spawn_app().await;
    let secret = sessions::setup_secret(&fresh.store).unwrap().unwrap();
    let mut inspector = Inspector::new(&driver, "fresh", fresh.url()).await;
    inspector
        .look_at_all(&[&format!("/setup?token={secret}"), "/session/new", "/help"])
        .await;
    let writer = fresh.person("Wanda Okafor", Role::Writer);
    sign_in(&inspector.person, &writer.email, PASSWORD).await;
    let lists = [
        "/",
        "/postmortems",
        "/search",
        "/search?q=nothing",
        "/themes",
        "/causes",
        "/actions",
        "/account",
    ];
    inspector.look_at_all(&lists).await;
    inspector.report(11);
}
