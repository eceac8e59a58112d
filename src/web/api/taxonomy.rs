//! The taxonomy over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::action_list::PostMortemRef;
use crate::app;
use crate::domain::factors::{FactorCount, Mention};
use crate::domain::taxonomy::{Category, Factor, Suggestion, Taxonomy, core};
use crate::web::body::Query;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The taxonomy in force.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct TaxonomyJson {
    version: String,
    /// How settled it is.
    status: String,
    categories: Vec<CategoryJson>,
    factors: Vec<FactorJson>,
    retired: Vec<RetiredJson>,
}

/// A group of factors with the question that opens it.
#[derive(Debug, Serialize, ToSchema)]
struct CategoryJson {
    id: String,
    name: String,
    definition: String,
    question: String,
}

/// A condition that can contribute to an event.
#[derive(Debug, Serialize, ToSchema)]
struct FactorJson {
    id: String,
    name: String,
    /// Its name where it went well.
    strength_name: String,
    category: String,
    definition: String,
    /// An example in a computer system.
    computer: String,
    /// An example in a people system.
    people: String,
    prompts: Vec<String>,
    use_instead: Vec<UseInsteadJson>,
    cues: Vec<String>,
    evidence_minimum: Option<String>,
    needs_companion: bool,
    since: String,
}

/// "Use that one instead, when ..."
#[derive(Debug, Serialize, ToSchema)]
struct UseInsteadJson {
    factor: String,
    name: String,
    when: String,
}

/// An old id, and the factor that it reads as today.
#[derive(Debug, Serialize, ToSchema)]
struct RetiredJson {
    id: String,
    reads_as: String,
}

/// A factor that fits what was typed.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionJson {
    #[serde(flatten)]
    factor: FactorJson,
    /// The words by which it was found.
    matched: Vec<String>,
}

/// Factors that fit what was typed, best first.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SuggestionsJson {
    items: Vec<SuggestionJson>,
    next: Option<String>,
}

/// A factor and where it is named.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FactorPageJson {
    #[serde(flatten)]
    factor: FactorJson,
    counts: CountsJson,
    /// The statements that name it, newest first, at most 200.
    mentions: Vec<MentionJson>,
}

/// In how many post-mortems the factor is named, each counted once for each group of roles.
#[derive(Debug, Serialize, ToSchema)]
struct CountsJson {
    contributed: i64,
    held: i64,
    considered: i64,
    /// How many post-mortems one may read: the n of the counts.
    postmortems: i64,
}

/// A statement that names the factor.
#[derive(Debug, Serialize, ToSchema)]
struct MentionJson {
    id: String,
    statement: String,
    role: String,
    confidence: String,
    component: Option<String>,
    postmortem: PostMortemRef,
    filed_on: NaiveDate,
}

impl From<&Category> for CategoryJson {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id.clone(),
            name: category.name.clone(),
            definition: category.definition.clone(),
            question: category.question.clone(),
        }
    }
}

impl From<&Factor> for FactorJson {
    fn from(factor: &Factor) -> Self {
        let name = |id| core().factor(id).map_or("", |factor| factor.name.as_str());
        Self {
            id: factor.id.as_str().to_owned(),
            name: factor.name.clone(),
            strength_name: factor.strength_name.clone(),
            category: factor.category.clone(),
            definition: factor.definition.clone(),
            computer: factor.computer.clone(),
            people: factor.people.clone(),
            prompts: factor.prompts.clone(),
            use_instead: factor
                .use_instead
                .iter()
                .map(|neighbour| UseInsteadJson {
                    factor: neighbour.factor.as_str().to_owned(),
                    name: name(&neighbour.factor).to_owned(),
                    when: neighbour.when.clone(),
                })
                .collect(),
            cues: factor.cues.clone(),
            evidence_minimum: factor.evidence_minimum.clone(),
            needs_companion: factor.needs_companion,
            since: factor.since.clone(),
        }
    }
}

impl From<&Taxonomy> for TaxonomyJson {
    fn from(taxonomy: &Taxonomy) -> Self {
        Self {
            version: taxonomy.version.clone(),
            status: taxonomy.status.clone(),
            categories: taxonomy.categories.iter().map(Into::into).collect(),
            factors: taxonomy.factors.iter().map(Into::into).collect(),
            retired: taxonomy
                .retired
                .iter()
                .map(|retired| RetiredJson {
                    id: retired.id.as_str().to_owned(),
                    reads_as: retired.reads_as.as_str().to_owned(),
                })
                .collect(),
        }
    }
}

impl From<&Suggestion<'_>> for SuggestionJson {
    fn from(suggestion: &Suggestion<'_>) -> Self {
        Self {
            factor: suggestion.factor.into(),
            matched: suggestion.matched.clone(),
        }
    }
}

impl From<&Mention> for MentionJson {
    fn from(mention: &Mention) -> Self {
        Self {
            id: mention.statement.to_string(),
            statement: mention.text.as_str().to_owned(),
            role: mention.role.as_code().to_owned(),
            confidence: mention.confidence.as_code().to_owned(),
            component: mention
                .component
                .as_ref()
                .map(|component| component.as_str().to_owned()),
            postmortem: PostMortemRef {
                id: mention.postmortem.to_string(),
                number: mention.number.map(|number| number.to_string()),
                title: mention.title.as_str().to_owned(),
            },
            filed_on: mention.filed_on,
        }
    }
}

/// Reads the taxonomy: version, categories, factors.
#[utoipa::path(get, path = "/api/v1/taxonomy", responses((status = 200, body = TaxonomyJson)))]
pub(in crate::web) async fn get_taxonomy(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    blocking::read(&state, visitor, |_, _| Ok(())).await?;
    Ok(HttpResponse::Ok().json(TaxonomyJson::from(core())))
}

/// What was typed, and how many factors are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SuggestionsQuery {
    /// A few words of one's own.
    #[serde(default)]
    q: String,
    /// 1 to 58; 8 if left out.
    limit: Option<usize>,
}

/// How many factors are suggested, unless another number is asked for.
const SUGGESTED: usize = 8;
/// The most characters of what was typed that are looked at.
const TYPED: usize = 400;

/// Finds factors by what somebody types: name, id, definition, examples, and phrases people use.
#[utoipa::path(get, path = "/api/v1/taxonomy/suggestions", params(SuggestionsQuery), responses((status = 200, body = SuggestionsJson)))]
pub(in crate::web) async fn list_suggestions(
    state: Data<State>,
    query: Query<SuggestionsQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    blocking::read(&state, visitor, |_, _| Ok(())).await?;
    let typed: String = query.0.q.chars().take(TYPED).collect();
    let most = query
        .0
        .limit
        .unwrap_or(SUGGESTED)
        .clamp(1, core().factors.len());
    let items = core().suggest(&typed, most);
    Ok(HttpResponse::Ok().json(SuggestionsJson {
        items: items.iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Reads one factor (an old id reads as its successor), and the statements that name it in what one may read.
#[utoipa::path(get, path = "/api/v1/taxonomy/{factor}", params(("factor" = String, Path)),
    responses((status = 200, body = FactorPageJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_taxonomy_factor(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::read(&state, visitor, move |store, signed| {
        let found = app::taxonomy::factor(store, &signed.ctx, &path)?;
        let FactorCount {
            contributed,
            held,
            considered,
        } = found.count;
        Ok(FactorPageJson {
            factor: found.factor.into(),
            counts: CountsJson {
                contributed,
                held,
                considered,
                postmortems: found.postmortems,
            },
            mentions: found.mentions.iter().map(Into::into).collect(),
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}
