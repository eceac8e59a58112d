//! All actions that one may read, over the API.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actions::ActionJson;
use crate::app::actions::{ListInput, list};
use crate::domain::actions::ListedAction;
use crate::web::body::Query;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What the list is narrowed by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ActionsQuery {
    /// `idea` or `commitment`.
    kind: Option<String>,
    /// `open`, `done`, `declined`, `accepted` or `handed-over`.
    state: Option<String>,
    /// The team or role that owns them.
    owner: Option<String>,
    /// Only those that are open and past their date.
    #[serde(default)]
    overdue: bool,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// 1 to 50.
    limit: Option<i64>,
}

/// An action with the post-mortem in which it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ListedActionJson {
    #[serde(flatten)]
    action: ActionJson,
    postmortem: PostMortemRef,
    /// The finding that it addresses, in its words.
    finding: Option<String>,
    /// When it was first written down, if the history knows.
    made_at: Option<DateTime<Utc>>,
    /// Days since then.
    age_days: Option<i64>,
    /// Days past its date; `null` if it is not, or not open.
    days_overdue: Option<i64>,
}

/// A post-mortem that something stands in.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PostMortemRef {
    pub(in crate::web) id: String,
    pub(in crate::web) number: Option<String>,
    pub(in crate::web) title: String,
}

/// A page of actions.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ActionsJson {
    items: Vec<ListedActionJson>,
    next: Option<String>,
    /// How many commitments that one may read are open.
    open_commitments: i64,
    /// How many of these are past their date.
    overdue_commitments: i64,
}

impl ListedActionJson {
    fn new(listed: &ListedAction, today: NaiveDate) -> Self {
        Self {
            action: (&listed.action).into(),
            postmortem: PostMortemRef {
                id: listed.postmortem.to_string(),
                number: listed.number.map(|number| number.to_string()),
                title: listed.title.as_str().to_owned(),
            },
            finding: listed
                .finding
                .as_ref()
                .map(|finding| finding.as_str().to_owned()),
            made_at: listed.made_at,
            age_days: listed.age_days(today),
            days_overdue: listed.action.days_overdue(today),
        }
    }
}

/// Lists the actions that one may read, those with the nearest date first.
#[utoipa::path(get, path = "/api/v1/actions", params(ActionsQuery),
    responses((status = 200, body = ActionsJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn list_actions(
    state: Data<State>,
    query: Query<ActionsQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let json = blocking::read(&state, visitor, move |store, signed| {
        let input = ListInput {
            kind: query.kind,
            state: query.state,
            owner: query.owner,
            overdue: query.overdue,
            after: query.cursor,
            limit: query.limit,
        };
        let page = list(store, &signed.ctx, &input)?;
        let today = signed.ctx.now.date_naive();
        Ok(ActionsJson {
            items: page
                .items
                .iter()
                .map(|listed| ListedActionJson::new(listed, today))
                .collect(),
            next: page.next,
            open_commitments: page.open,
            overdue_commitments: page.overdue,
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}
