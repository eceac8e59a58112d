//! The list of post-mortems.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::cards::{CardView, address};
use crate::app::listing::{FiltersInput, ListInput, list};
use crate::domain::listing::Total;
use crate::domain::postmortem::{Kind, Severity, Status, SystemKind};
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What a list is narrowed by, as its form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct FiltersForm {
    #[serde(default)]
    pub(in crate::web) kind: String,
    #[serde(default)]
    pub(in crate::web) tier: String,
    #[serde(default)]
    pub(in crate::web) system: String,
    #[serde(default)]
    pub(in crate::web) severity: String,
    #[serde(default)]
    pub(in crate::web) status: String,
    #[serde(default)]
    pub(in crate::web) factor: String,
    #[serde(default)]
    pub(in crate::web) component: String,
    /// `yes`, if factor and component must have contributed.
    #[serde(default)]
    pub(in crate::web) contributed: String,
    #[serde(default)]
    pub(in crate::web) after: String,
    #[serde(default)]
    pub(in crate::web) before: String,
    #[serde(default)]
    pub(in crate::web) cursor: String,
}

impl FiltersForm {
    pub(in crate::web) fn input(&self) -> FiltersInput {
        FiltersInput {
            kind: Some(self.kind.clone()),
            tier: Some(self.tier.clone()),
            system: Some(self.system.clone()),
            severity: Some(self.severity.clone()),
            status: Some(self.status.clone()),
            factor: Some(self.factor.clone()),
            component: Some(self.component.clone()),
            contributed: self.contributed == "yes",
            after: Some(self.after.clone()),
            before: Some(self.before.clone()),
        }
    }

    /// The filters as they stand in an address.
    pub(in crate::web) fn pairs(&self) -> [(&str, &str); 10] {
        [
            ("kind", &self.kind),
            ("tier", &self.tier),
            ("system", &self.system),
            ("severity", &self.severity),
            ("status", &self.status),
            ("factor", &self.factor),
            ("component", &self.component),
            ("contributed", &self.contributed),
            ("after", &self.after),
            ("before", &self.before),
        ]
    }

    /// What an address narrowed by, and the form of the list has no field for.
    fn beside(&self) -> impl Iterator<Item = (&str, &str)> {
        let without_field = ["tier", "factor", "contributed", "after", "before"];
        let pairs = self.pairs().into_iter();
        pairs.filter(move |(name, value)| without_field.contains(name) && !value.is_empty())
    }

    fn narrow(&self) -> bool {
        self.pairs()
            .iter()
            .any(|(_, value)| !value.trim().is_empty())
    }
}

#[derive(Template)]
#[template(path = "postmortems/index.html")]
struct Index {
    frame: Frame,
    form: FiltersForm,
    cards: Vec<CardView>,
    total: Total,
    narrowed: bool,
    next: Option<String>,
    first: Option<String>,
}

/// The list, newest first.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
    query: Query<FiltersForm>,
) -> Result<HttpResponse, PageError> {
    let Query(form) = query;
    let page = blocking::short_read(&state, visitor, move |store, signed| {
        let input = ListInput {
            filters: form.input(),
            cursor: Some(form.cursor.clone()),
            limit: None,
        };
        let list = list(store, &signed.ctx, &input)?;
        let further = |next: String| {
            let mut pairs = form.pairs().to_vec();
            pairs.push(("cursor", &next));
            address("/postmortems", &pairs)
        };
        Ok(Index {
            frame: Frame::of(signed, Part::PostMortems),
            cards: list.cards.iter().map(CardView::from).collect(),
            total: list.total,
            narrowed: form.narrow(),
            next: list.next.map(|next| further(next.to_string())),
            first: (!form.cursor.is_empty()).then(|| address("/postmortems", &form.pairs())),
            form,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
