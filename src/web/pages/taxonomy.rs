//! The taxonomy: browsed by category, found by typing, and where each factor is named.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use super::factors::heading;
use crate::app::taxonomy::{self, Counts, FactorMentions};
use crate::domain::factors::Confidence;
use crate::domain::taxonomy::{Category, Factor, Taxonomy, core};
use crate::domain::when;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many factors are shown for a few words.
const SHOWN: usize = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct TaxonomyQuery {
    q: String,
}

#[derive(Template)]
#[template(path = "taxonomy/index.html")]
struct Index {
    frame: Frame,
    core: &'static Taxonomy,
    counts: Counts,
    q: String,
    found: Vec<&'static Factor>,
}

impl Index {
    /// In how many post-mortems a factor is named, in words.
    fn named(&self, factor: &Factor) -> String {
        let count = self.counts.of(&factor.id);
        let mut words = match count.contributed {
            0 => String::new(),
            found => format!("{found} of {}", self.counts.postmortems),
        };
        if count.held > 0 {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(&format!("held in {}", count.held));
        }
        if words.is_empty() {
            words.push_str("not yet cited");
        }
        words
    }
}

/// The categories with their factors.
pub(in crate::web) async fn index(
    state: Data<State>,
    query: Query<TaxonomyQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let Query(TaxonomyQuery { q }) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        let asked = !q.trim().is_empty();
        let found = if asked {
            core().suggest(&q, SHOWN)
        } else {
            Vec::new()
        };
        Ok(Index {
            frame: Frame::of(signed, Part::Taxonomy),
            core: core(),
            counts: taxonomy::counts(store, &signed.ctx)?,
            found: found.iter().map(|suggestion| suggestion.factor).collect(),
            q,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

#[derive(Template)]
#[template(path = "taxonomy/factor.html")]
struct Show {
    frame: Frame,
    core: &'static Taxonomy,
    category: Option<&'static Category>,
    instead: Vec<(&'static Factor, &'static str)>,
    found: FactorMentions,
    mentions: Vec<Said>,
}

/// A statement that names the factor, ready to be shown.
struct Said {
    href: String,
    text: String,
    why: String,
}

impl Said {
    fn of(found: &FactorMentions) -> Vec<Self> {
        found
            .mentions
            .iter()
            .map(|mention| {
                let name = mention.number.map_or_else(
                    || mention.title.as_str().to_owned(),
                    |number| number.to_string(),
                );
                let mut why = format!("{name}, {}", when::day_text(mention.filed_on));
                if let Some(component) = &mention.component {
                    why.push_str(" · ");
                    why.push_str(component.as_str());
                }
                why.push_str(" · ");
                why.push_str(&heading(mention.role).to_lowercase());
                if mention.confidence == Confidence::Inferred {
                    why.push_str(", inferred");
                }
                Self {
                    href: format!(
                        "/postmortems/{}#factor-{}",
                        mention.postmortem, mention.statement
                    ),
                    text: mention.text.as_str().to_owned(),
                    why,
                }
            })
            .collect()
    }
}

/// One factor, and where it is named. An old id leads to its successor.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let named = path.clone();
    let page = blocking::read(&state, visitor, move |store, signed| {
        let found = taxonomy::factor(store, &signed.ctx, &path)?;
        let factor = found.factor;
        Ok(Show {
            frame: Frame::of(signed, Part::Taxonomy),
            core: core(),
            category: core().category(&factor.category),
            instead: factor
                .use_instead
                .iter()
                .filter_map(|neighbour| {
                    Some((core().factor(&neighbour.factor)?, neighbour.when.as_str()))
                })
                .collect(),
            mentions: Said::of(&found),
            found,
        })
    })
    .await?;
    let id = page.found.factor.id.as_str();
    if named == id {
        Ok(frame::ok(&page))
    } else {
        Ok(frame::see(&format!("/taxonomy/{id}")))
    }
}
