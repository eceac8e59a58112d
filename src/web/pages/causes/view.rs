//! One cause in words.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{Datelike as _, NaiveDate};

use super::cause_id;
use super::form::{ShowQuery, Typed};
use crate::app::causes::{self, Beside, CausePage};
use crate::app::similar::SimilarStatement;
use crate::domain::actions::Strength;
use crate::domain::causes::{CauseLink, Decision};
use crate::domain::ids::{CauseId, CauseLinkId, FixId, StatementId};
use crate::domain::placed::PlacedStatement;
use crate::domain::postmortem::{Status, Visibility};
use crate::domain::similarity::Reason;
use crate::domain::taxonomy::core;
use crate::domain::text::folded;
use crate::store::Store;
use crate::web::blocking::Signed;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::cards::day;
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The fewest returns from which their spacing could tell anything.
const TELLING_GAPS: usize = 8;

/// A factor statement and where it stands, in words.
#[derive(Debug, Clone)]
pub(in crate::web) struct PlacedView {
    pub(in crate::web) id: StatementId,
    pub(in crate::web) text: String,
    /// Where it stands on the page of its post-mortem.
    pub(in crate::web) address: String,
    /// Number or title of the post-mortem, day, status where it is not published, factor.
    pub(in crate::web) facts: String,
    /// Why it is shown, if it is a suggestion.
    pub(in crate::web) reasons: Vec<Reason>,
}

/// A link with its two sentences.
pub(super) struct LinkView {
    id: CauseLinkId,
    placed: PlacedView,
    same: String,
    different: String,
}

/// A line of the fix ledger.
pub(super) struct FixView {
    id: FixId,
    tried: String,
    strength: &'static str,
    tried_on: Option<(String, String)>,
    outcome: String,
}

/// A decision.
pub(super) struct DecisionView {
    label: &'static str,
    reason: String,
    facts: String,
}

/// A year of the table, with the width of its bar from 0 to 100.
pub(super) struct YearView {
    year: i32,
    count: usize,
    of: usize,
    width: usize,
}

/// Another post-mortem to whose readers the words may be given.
pub(super) struct HomeView {
    postmortem: String,
    name: String,
}

#[derive(Template)]
#[template(path = "causes/show.html")]
pub(super) struct Show {
    frame: Frame,
    id: CauseId,
    statement: String,
    description: String,
    standing: Option<(&'static str, &'static str, Option<String>)>,
    statements: usize,
    postmortems: usize,
    of: usize,
    /// Whose readers may read the words, if not everybody.
    closed: Option<String>,
    homes: Vec<HomeView>,
    links: Vec<LinkView>,
    taken_back: Vec<LinkView>,
    candidate: Option<PlacedView>,
    suggestions: Vec<PlacedView>,
    query: String,
    found: Vec<PlacedView>,
    fixes: Vec<FixView>,
    decisions: Vec<DecisionView>,
    years: Vec<YearView>,
    gaps: Vec<i64>,
    gaps_tell: bool,
    components: Vec<(String, usize)>,
    made_on: String,
    typed: Typed,
    errors: Vec<crate::app::FieldProblem>,
}

/// The class of a decision's tag.
pub(super) const fn tag(decision: Decision) -> &'static str {
    match decision {
        Decision::Invest => "review",
        Decision::Watch | Decision::Accept => "",
    }
}

/// Shows one cause.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
    query: Query<ShowQuery>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        page(store, signed, cause_id(&path)?, &query.0, Typed::default())
    })
    .await?;
    Ok(frame::ok(&page))
}

/// The page of a cause with what is typed in its forms.
pub(super) fn page(
    store: &Store,
    signed: &Signed,
    id: CauseId,
    query: &ShowQuery,
    mut typed: Typed,
) -> Result<Show, Problem> {
    let beside = Beside {
        words: &query.q,
        candidate: StatementId::parse(&query.statement),
    };
    let shown = causes::page(store, &signed.ctx, id, beside)?;
    let wanted = FixId::parse(&query.fix);
    if typed.fix_id.is_none()
        && let Some(fix) = shown.cause.fixes.iter().find(|fix| Some(fix.id) == wanted)
    {
        typed.open(fix);
    }
    Ok(Show::new(
        Frame::of(signed, Part::Themes),
        &shown,
        query,
        typed,
    ))
}

impl Show {
    fn new(frame: Frame, shown: &CausePage, query: &ShowQuery, typed: Typed) -> Self {
        let cause = &shown.cause;
        let linked = |id| cause.links.iter().any(|link| link.statement.id == id);
        let gaps = cause.gaps();
        Self {
            frame,
            id: cause.id,
            statement: cause.statement.as_str().to_owned(),
            description: cause.description_html.clone(),
            standing: cause.decision().map(|decided| {
                let again = decided.relook_on.map(day);
                (tag(decided.decision), decided.decision.label(), again)
            }),
            statements: cause.counted().count(),
            postmortems: cause.postmortems(),
            of: shown.days.len(),
            closed: (cause.home.visibility == Visibility::Restricted)
                .then(|| cause.home.title.as_str().to_owned()),
            homes: homes(shown),
            links: cause.links.iter().map(LinkView::from).collect(),
            taken_back: cause.taken_back.iter().map(LinkView::from).collect(),
            candidate: shown
                .candidate
                .as_ref()
                .filter(|candidate| !linked(candidate.id))
                .map(PlacedView::from),
            suggestions: shown.suggestions.iter().map(PlacedView::from).collect(),
            query: query.q.clone(),
            found: shown
                .found
                .iter()
                .filter(|found| !linked(found.statement.id))
                .map(PlacedView::from)
                .collect(),
            fixes: fixes(shown),
            decisions: decisions(shown),
            years: years(&cause.years(), &shown.days),
            gaps_tell: gaps.len() >= TELLING_GAPS,
            gaps,
            components: components(&cause.links),
            made_on: day(cause.created_at.date_naive()),
            errors: typed.errors.clone(),
            typed,
        }
    }
}

fn homes(shown: &CausePage) -> Vec<HomeView> {
    let mut homes: Vec<HomeView> = Vec::new();
    for link in &shown.cause.links {
        let placed = &link.statement;
        let id = placed.postmortem.to_string();
        let present = placed.postmortem == shown.cause.home.postmortem;
        if !present && homes.iter().all(|home| home.postmortem != id) {
            homes.push(HomeView {
                postmortem: id,
                name: place(placed),
            });
        }
    }
    homes
}

fn fixes(shown: &CausePage) -> Vec<FixView> {
    let view = |fix: &crate::domain::causes::Fix| FixView {
        id: fix.id,
        tried: fix.tried.as_str().to_owned(),
        strength: fix.strength.map_or("", Strength::label),
        tried_on: fix.tried_on.map(|on| (on.to_string(), day(on))),
        outcome: fix.outcome.as_str().to_owned(),
    };
    shown.cause.fixes.iter().map(view).collect()
}

fn decisions(shown: &CausePage) -> Vec<DecisionView> {
    let view = |decided: &crate::domain::causes::CauseDecision| {
        let at = day(decided.decided_at.date_naive());
        DecisionView {
            label: decided.decision.label(),
            reason: decided.reason.as_str().to_owned(),
            facts: decided.relook_on.map_or_else(
                || at.clone(),
                |again| format!("{at} · look again on {}", day(again)),
            ),
        }
    };
    shown.cause.decisions.iter().map(view).collect()
}

fn years(years: &[(i32, usize)], days: &[NaiveDate]) -> Vec<YearView> {
    let most = years.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let view = |(year, count): &(i32, usize)| YearView {
        year: *year,
        count: *count,
        of: days.iter().filter(|day| day.year() == *year).count(),
        width: 100 * count / most.max(1),
    };
    years.iter().map(view).collect()
}

fn components(links: &[CauseLink]) -> Vec<(String, usize)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for name in links
        .iter()
        .filter_map(|link| link.statement.component.as_ref())
    {
        let same = |known: &str| folded(known) == folded(name.as_str());
        match counted.iter_mut().find(|(known, _)| same(known)) {
            Some((_, count)) => *count += 1,
            None => counted.push((name.as_str().to_owned(), 1)),
        }
    }
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}

/// A post-mortem by its number, or by its title as long as it has none.
fn place(placed: &PlacedStatement) -> String {
    placed.number.map_or_else(
        || placed.title.as_str().to_owned(),
        |number| format!("{number}, {}", placed.title.as_str()),
    )
}

impl From<&PlacedStatement> for PlacedView {
    fn from(placed: &PlacedStatement) -> Self {
        let number = placed.number.map(|number| number.to_string());
        let factor = placed.factor.as_ref().and_then(|id| {
            let factor = core().resolve(id.as_str())?;
            Some(factor.name.clone())
        });
        let status = (placed.status != Status::Published).then(|| placed.status.label().to_owned());
        let facts = [
            Some(place(placed)),
            Some(day(placed.filed_on)),
            status,
            factor,
        ];
        Self {
            id: placed.id,
            text: placed.text.as_str().to_owned(),
            address: format!(
                "/postmortems/{}#factor-{}",
                number.unwrap_or_else(|| placed.postmortem.to_string()),
                placed.id
            ),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            reasons: Vec::new(),
        }
    }
}

impl From<&SimilarStatement> for PlacedView {
    fn from(similar: &SimilarStatement) -> Self {
        Self {
            reasons: similar.reasons.clone(),
            ..Self::from(&similar.statement)
        }
    }
}

impl From<&CauseLink> for LinkView {
    fn from(link: &CauseLink) -> Self {
        Self {
            id: link.id,
            placed: PlacedView::from(&link.statement),
            same: link.same.as_str().to_owned(),
            different: link.different.as_str().to_owned(),
        }
    }
}
