//! A person as the server sees them: a browser with a session, and a program with a token.

use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::Jar;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Url};
use second_story::app::Ctx;
use second_story::web;
use serde_json::Value;
use tokio::sync::OnceCell;

use super::html;

/// A person with a session (as a browser has it) and, in [`Client::api`], a token.
#[derive(Clone)]
pub(crate) struct Client {
    /// The program that acts for the same person.
    pub(crate) api: Api,
    /// A program of the same person that may only read.
    pub(crate) reading_api: Api,
    /// How they sign in.
    pub(crate) email: String,
    /// Who acts, if somebody is signed in.
    pub(crate) ctx: Option<Ctx>,
    http: reqwest::Client,
    base: String,
    key: Arc<OnceCell<String>>,
}

/// A program with a token, or with none.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

/// A form of a page, filled in or not.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(Policy::none())
        // Well before the server closes it: a request that meets the closing finds no answer.
        .pool_idle_timeout(web::KEEP_ALIVE / 3)
        .timeout(Duration::from_secs(60))
}

impl Client {
    pub(super) fn anonymous(base: &str) -> Self {
        let api = Api {
            http: http().build().unwrap(),
            base: base.to_owned(),
            token: None,
        };
        Self {
            reading_api: api.clone(),
            api,
            email: String::new(),
            ctx: None,
            http: http().cookie_store(true).build().unwrap(),
            base: base.to_owned(),
            key: Arc::default(),
        }
    }

    pub(super) fn signed_in(
        base: &str,
        ctx: Ctx,
        email: String,
        session: &str,
        token: &str,
    ) -> Self {
        let jar = Jar::default();
        jar.add_cookie_str(
            &format!("second-story={session}; Path=/"),
            &Url::parse(base).unwrap(),
        );
        let nobody = Self::anonymous(base);
        Self {
            api: nobody.api.with(token),
            email,
            ctx: Some(ctx),
            http: http().cookie_provider(Arc::new(jar)).build().unwrap(),
            ..nobody
        }
    }

    pub(super) fn with_reading_token(mut self, token: &str) -> Self {
        self.reading_api = self.api.with(token);
        self
    }

    /// Who acts in use cases that a test calls directly; a person who is signed in.
    pub(crate) fn ctx(&self) -> Ctx {
        self.ctx.expect("somebody who is signed in")
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// Sends fields to an address, with the key that our forms carry.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.key().await;
        let mut all = vec![("csrf", key)];
        all.extend_from_slice(fields);
        send(self.request(Method::POST, path).form(&all)).await
    }

    /// Sends a form of a page, as it was filled in.
    pub(crate) async fn submit(&self, form: &Form) -> Answer {
        send(self.request(Method::POST, &form.action).form(&form.fields)).await
    }

    /// A request with this person's cookies, for tests that send what no browser would.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// The key of this session's forms, read from a page.
    pub(crate) async fn key(&self) -> &str {
        self.key
            .get_or_init(|| async {
                let page = self.get("/account").await;
                let fields = html::fields(&page.text);
                fields
                    .into_iter()
                    .find(|(name, _)| name == "csrf")
                    .map_or_else(String::new, |(_, key)| key)
            })
            .await
    }
}

impl Api {
    /// A program with a token at another server than that of the tests.
    pub(crate) fn at(base: &str, token: &str) -> Self {
        Client::anonymous(base).api.with(token)
    }

    fn with(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// Asks; a path begins after `/api/v1`.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// Creates.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// Changes without saying which version.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    /// Changes over a version: an `ETag`, or `*`.
    pub(crate) async fn put_over(&self, path: &str, version: &str, body: &Value) -> Answer {
        send(
            self.request(Method::PUT, path)
                .header("if-match", version)
                .json(body),
        )
        .await
    }

    /// Creates at a server that may end meanwhile: `None` if no whole answer came.
    pub(crate) async fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        try_send(self.request(Method::POST, path).json(body))
            .await
            .ok()
    }

    /// Changes over a version at a server that may end meanwhile: `None` if no whole answer came.
    pub(crate) async fn try_put_over(
        &self,
        path: &str,
        version: &str,
        body: &Value,
    ) -> Option<Answer> {
        let request = self.request(Method::PUT, path).header("if-match", version);
        try_send(request.json(body)).await.ok()
    }

    /// Removes.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// A request with this token, for tests that send what no program would.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let sent = try_send(request).await;
    sent.unwrap_or_else(|error| panic!("the server does not answer: {error:?}"))
}

/// The same, if a whole answer comes.
async fn try_send(request: RequestBuilder) -> reqwest::Result<Answer> {
    let answer = request.send().await?;
    Ok(Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await?,
    })
}

impl Answer {
    /// A header's text; empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Where the answer sends the browser.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The version of the answered thing.
    pub(crate) fn etag(&self) -> &str {
        self.header("etag")
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The words of the page.
    pub(crate) fn words(&self) -> String {
        html::words(&self.text)
    }

    /// The words inside the element with this id.
    pub(crate) fn words_of(&self, id: &str) -> String {
        html::inside(&self.text, |tag| tag.get("id") == Some(id))
            .map_or_else(String::new, html::words)
    }

    /// The words of the box that says what to mend; empty if there is none.
    pub(crate) fn alert(&self) -> String {
        html::inside(&self.text, |tag| tag.get("role") == Some("alert"))
            .map_or_else(String::new, html::words)
    }

    /// The form that goes to this address.
    pub(crate) fn form(&self, action: &str) -> Form {
        let found = html::inside(&self.text, |tag| {
            tag.name == "form" && tag.get("action") == Some(action)
        });
        let form = found.unwrap_or_else(|| panic!("no form goes to {action} in {}", self.text));
        Form {
            action: action.to_owned(),
            fields: html::fields(form),
        }
    }

    /// Demands a status, and shows the answer if it is another.
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

impl Form {
    /// Fills in a field, whether the form had a value for it or not.
    pub(crate) fn fill(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What a field holds.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}
