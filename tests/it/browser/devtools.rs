//! What WebDriver has no word for: how wide a page is, whether it is dark outside, how slow the way is. Chromium's own protocol has.

use std::str::FromStr;

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Light,
    Dark,
    /// In light, as wide as a telephone.
    Narrow,
}

impl Look {
    pub(super) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Narrow];

    /// Makes the browser look so.
    pub(super) async fn take(self, browser: &Client) {
        let scheme = if self == Self::Dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        send(browser, "Emulation.setEmulatedMedia", media).await;
        if self == Self::Narrow {
            let size =
                json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false});
            send(browser, "Emulation.setDeviceMetricsOverride", size).await;
        } else {
            send(browser, "Emulation.clearDeviceMetricsOverride", json!({})).await;
        }
        let seen = "return [matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]";
        let seen = browser.execute(seen, vec![]).await.unwrap();
        assert_eq!(seen[0], self == Self::Dark, "{self:?} {seen}");
        assert_eq!(seen[1] == 390, self == Self::Narrow, "{self:?} {seen}");
    }
}

/// Lets pages run scripts, or not, from the next one on; the page that is open stays as it is.
pub(super) async fn let_scripts_run(browser: &Client, run: bool) {
    let disabled = json!({"value": !run});
    send(browser, "Emulation.setScriptExecutionDisabled", disabled).await;
}

/// Runs a script in every page from the next one on, before the page's own.
pub(super) async fn run_first(browser: &Client, script: &str) {
    let source = json!({"source": script});
    send(browser, "Page.addScriptToEvaluateOnNewDocument", source).await;
}

/// Makes every answer come late, by as many milliseconds.
pub(super) async fn slow_down(browser: &Client, milliseconds: u32) {
    send(browser, "Network.enable", json!({})).await;
    let way = json!({"offline": false, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1});
    send(browser, "Network.emulateNetworkConditions", way).await;
}

/// Makes what is sent go out slowly, so many bytes in a second.
pub(super) async fn slow_upload(browser: &Client, bytes: u32) {
    send(browser, "Network.enable", json!({})).await;
    let way = json!({"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes});
    send(browser, "Network.emulateNetworkConditions", way).await;
}

#[derive(Debug)]
struct Command(Value);

async fn send(browser: &Client, name: &str, parameters: Value) {
    let command = Command(json!({"cmd": name, "params": parameters}));
    browser.issue_cmd(command).await.unwrap();
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}
