//! Somebody who looks at pages with axe-core, in light, in dark and on a narrow screen, and keeps a list.

use serde_json::{Value, json};

use super::devtools::{Look, let_scripts_run};
use super::driver::{Driver, Scripts};
use super::person::Person;
use crate::access::requests::filled;
use crate::access::routes::routes;
use crate::access::world::Ids;
use crate::harness::Client;

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

/// Parts of pages that scripts fetch; they are looked at where they stand.
const FRAGMENTS: [&str; 2] = ["/postmortems/{id}/gate", "/postmortems/{id}/names"];

/// Somebody who looks at pages, and keeps a list.
pub(super) struct Inspector {
    pub(super) person: Person,
    scripts: Scripts,
    axe: String,
    found: Vec<String>,
    looked: usize,
}

impl Inspector {
    /// Without scripts, only the pages do without: axe-core is one itself, and needs a browser that can run it.
    pub(super) async fn new(driver: &Driver, name: &str, scripts: Scripts, base: &str) -> Self {
        let place = std::env::var("TEST_AXE").expect("TEST_AXE names the file axe.min.js");
        let person = Person::arrive(driver, name, Scripts::On, base).await;
        let_scripts_run(&person.browser, scripts == Scripts::On).await;
        Self {
            person,
            scripts,
            axe: std::fs::read_to_string(&place).unwrap_or_else(|error| panic!("{place}: {error}")),
            found: Vec::new(),
            looked: 0,
        }
    }

    /// Looks at a page in every way.
    pub(super) async fn look_at(&mut self, address: &str) {
        self.person.go(address).await;
        self.look_around(address).await;
    }

    /// Looks in every way at the page that is open.
    pub(super) async fn look_around(&mut self, name: &str) {
        let browser = self.person.browser.clone();
        let_scripts_run(&browser, true).await;
        browser.execute(&self.axe, vec![]).await.unwrap();
        browser.execute(UNFOLD, vec![]).await.unwrap();
        for look in Look::ALL {
            look.take(&browser).await;
            let dark = json!(look == Look::Dark);
            self.keep(
                name,
                look,
                browser.execute_async(RUN, vec![dark]).await.unwrap(),
            );
            if look == Look::Narrow {
                self.keep(
                    name,
                    look,
                    browser.execute(STICKS_OUT, vec![]).await.unwrap(),
                );
            }
        }
        let_scripts_run(&browser, self.scripts == Scripts::On).await;
        self.looked += 1;
    }

    fn keep(&mut self, address: &str, look: Look, lines: Value) {
        for line in lines.as_array().expect("a list") {
            self.found
                .push(format!("{address} {look:?}: {}", line.as_str().unwrap()));
        }
    }

    /// Every page of the route table, with ids of things that are there.
    pub(super) async fn look_at_every_route(&mut self, reader: &Client, ids: &Ids) {
        for route in routes()
            .iter()
            .filter(|route| route.reads() && !route.is_api())
            .filter(|route| !FRAGMENTS.contains(&route.path.as_str()))
        {
            let path = filled(route, |_| ids);
            let answer = reader.get(&path).await;
            if answer.header("content-type").starts_with("text/html") {
                self.look_at(&path).await;
            }
        }
    }

    pub(super) async fn look_at_all(&mut self, addresses: &[&str]) {
        for address in addresses {
            self.look_at(address).await;
        }
    }

    /// Looks at the first page that a list leads to.
    pub(super) async fn look_behind(&mut self, list: &str) {
        self.person.go(list).await;
        let script = "return document.querySelector('main .list a').getAttribute('href')";
        let first = self.person.browser.execute(script, vec![]).await.unwrap();
        self.look_at(first.as_str().unwrap()).await;
    }

    /// Everything that was found.
    pub(super) fn found(&self) -> &[String] {
        &self.found
    }

    /// Demands that enough was looked at, and nothing was found.
    #[track_caller]
    pub(super) fn report(self, at_least: usize) {
        assert!(
            self.looked >= at_least,
            "only {} pages were looked at",
            self.looked
        );
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}
