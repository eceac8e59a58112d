//! Post-mortems in a few words. They are written through the API, as a program would.

use serde_json::{Map, Value, json};

use super::{App, Client};

/// A post-mortem to be written.
pub(crate) struct Draft {
    by: Client,
    facts: Map<String, Value>,
    sections: Vec<(String, String)>,
}

/// A post-mortem that was saved.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    /// Its id.
    pub(crate) id: String,
    /// `PM-42`, if the organisation may read it.
    pub(crate) number: Option<String>,
}

impl App {
    /// A draft by the writer.
    pub(crate) fn draft(&self) -> Draft {
        let facts = json!({"title": "The queue filled while the panel was green", "tier": "note"});
        let Value::Object(facts) = facts else {
            unreachable!()
        };
        Draft {
            by: self.writer(),
            facts,
            sections: Vec::new(),
        }
    }

    /// A note by the writer that passes the gate.
    pub(crate) async fn ready_postmortem(&self) -> Saved {
        self.draft()
            .section(
                "summary",
                "Messages waited for an hour, then all of them went out.",
            )
            .section(
                "surprise",
                "The alarm had been quiet because its source was quiet.",
            )
            .save()
            .await
    }
}

impl Draft {
    /// Another author.
    pub(crate) fn by(mut self, client: &Client) -> Self {
        self.by = client.clone();
        self
    }

    /// Its title.
    pub(crate) fn title(self, title: &str) -> Self {
        self.fact("title", title)
    }

    /// Any field that `POST /api/v1/postmortems` takes.
    pub(crate) fn fact(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Only named people may read it.
    pub(crate) fn restricted(self) -> Self {
        self.fact("visibility", "restricted")
    }

    /// A section's text.
    pub(crate) fn section(mut self, key: &str, text: &str) -> Self {
        self.sections.push((key.to_owned(), text.to_owned()));
        self
    }

    /// Writes it.
    pub(crate) async fn save(self) -> Saved {
        let facts = Value::Object(self.facts);
        let made = self
            .by
            .api
            .post("/postmortems", &facts)
            .await
            .expect(201)
            .json();
        let id = made["id"].as_str().unwrap().to_owned();
        for (key, text) in self.sections {
            let path = format!("/postmortems/{id}/sections/{key}");
            self.by
                .api
                .put_over(&path, "*", &json!({"text": text}))
                .await
                .expect(200);
        }
        Saved {
            id,
            number: made["number"].as_str().map(str::to_owned),
        }
    }
}

impl Saved {
    /// Its page, or a place below it: `""`, `"/edit"`.
    pub(crate) fn page(&self, below: &str) -> String {
        format!("/postmortems/{}{below}", self.id)
    }
}
