//! Links that narrow what was found, widen it again, and order it.

use super::SearchForm;
use crate::app::search::Answer;
use crate::domain::search::Sort;
use crate::domain::taxonomy::{self, FactorId};

/// Ways of one sort, under a heading.
pub(super) struct Ways {
    pub(super) heading: &'static str,
    pub(super) ways: Vec<Way>,
}

/// A way to narrow down, or to widen again.
pub(super) struct Way {
    pub(super) address: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// Links that narrow by what was found, and links to other orders.
pub(super) fn ways(form: &SearchForm, answer: &Answer) -> Vec<Ways> {
    let facets = &answer.found.facets;
    let filters = &form.filters;
    let kinds = facets.kinds.iter();
    let kinds = kinds.map(|(kind, count)| (kind.as_code(), kind.label(), *count));
    let statuses = facets.statuses.iter();
    let statuses = statuses.map(|(status, count)| (status.as_code(), status.label(), *count));
    let systems = facets.systems.iter();
    let systems = systems.map(|(system, count)| (system.as_code(), system.label(), *count));
    let severities = facets.severities.iter();
    let severities =
        severities.map(|(severity, count)| (severity.as_code(), severity.label(), *count));
    let partly = answer.found.ranked < answer.found.total.count;
    let all = [
        narrowing(form, "Kind", "kind", &filters.kind, kinds.collect()),
        narrowing(form, "State", "status", &filters.status, statuses.collect()),
        narrowing(form, "System", "system", &filters.system, systems.collect()),
        narrowing(
            form,
            "Severity",
            "severity",
            &filters.severity,
            severities.collect(),
        ),
        years(form, &facets.years),
        factors(form, &facets.factors, partly),
        components(form, &facets.components, partly),
        orders(form, answer),
    ];
    all.into_iter().flatten().collect()
}

/// Links that narrow by one thing, with "Any" first; none where there is no choice.
fn narrowing(
    form: &SearchForm,
    heading: &'static str,
    name: &'static str,
    chosen: &str,
    found: Vec<(&'static str, &'static str, usize)>,
) -> Option<Ways> {
    if found.is_empty() && chosen.is_empty() {
        return None;
    }
    let any = Way {
        address: form.with(&[(name, "")]),
        label: "Any".to_owned(),
        chosen: chosen.is_empty(),
    };
    let found = found.into_iter().map(|(code, label, count)| Way {
        address: form.with(&[(name, code)]),
        label: format!("{label} ({count})"),
        chosen: code == chosen,
    });
    Some(Ways {
        heading,
        ways: std::iter::once(any).chain(found).collect(),
    })
}

/// Links to the years by which what was found is listed.
fn years(form: &SearchForm, found: &[(u16, usize)]) -> Option<Ways> {
    let (after, before) = (form.filters.after.as_str(), form.filters.before.as_str());
    if found.is_empty() && after.is_empty() && before.is_empty() {
        return None;
    }
    let any = Way {
        address: form.with(&[("after", ""), ("before", "")]),
        label: "Any".to_owned(),
        chosen: after.is_empty() && before.is_empty(),
    };
    let found = found.iter().map(|(year, count)| {
        let (first, end) = (year.to_string(), year.saturating_add(1).to_string());
        Way {
            address: form.with(&[("after", &first), ("before", &end)]),
            label: format!("{year} ({count})"),
            chosen: after == first && before == end,
        }
    });
    Some(Ways {
        heading: "Year",
        ways: std::iter::once(any).chain(found).collect(),
    })
}

/// Links to the factors that stand in most of what was found. Where only a part of that was looked at, without a number.
fn factors(form: &SearchForm, found: &[(FactorId, usize)], partly: bool) -> Option<Ways> {
    let found = found.iter().map(|(factor, count)| {
        let known = taxonomy::core().factor(factor);
        let name = known.map_or(factor.as_str(), |factor| factor.name.as_str());
        (factor.as_str().to_owned(), labelled(name, *count, partly))
    });
    about(form, "Factor", "factor", &form.filters.factor, found)
}

/// The same for components.
fn components(form: &SearchForm, found: &[(String, usize)], partly: bool) -> Option<Ways> {
    let found = found
        .iter()
        .map(|(name, count)| (format!("={name}"), labelled(name, *count, partly)));
    let chosen = &form.filters.component;
    about(form, "Component", "component", chosen, found)
}

fn labelled(name: &str, count: usize, partly: bool) -> String {
    if partly {
        name.to_owned()
    } else {
        format!("{name} ({count})")
    }
}

/// Links that narrow by what it is about: value and label of each, with "Any" first.
fn about(
    form: &SearchForm,
    heading: &'static str,
    name: &'static str,
    chosen: &str,
    found: impl Iterator<Item = (String, String)>,
) -> Option<Ways> {
    let found: Vec<Way> = found
        .map(|(value, label)| Way {
            address: form.with(&[(name, &value)]),
            chosen: value == chosen,
            label,
        })
        .collect();
    let any = Way {
        address: form.with(&[(name, "")]),
        label: "Any".to_owned(),
        chosen: chosen.is_empty(),
    };
    (!found.is_empty() || !chosen.is_empty()).then(|| Ways {
        heading,
        ways: std::iter::once(any).chain(found).collect(),
    })
}

/// Links to other orders, where there are words to rank by.
fn orders(form: &SearchForm, answer: &Answer) -> Option<Ways> {
    let ways = Sort::ALL.iter().map(|sort| Way {
        address: form.with(&[(
            "sort",
            if *sort == Sort::Best {
                ""
            } else {
                sort.as_code()
            },
        )]),
        label: sort.label().to_owned(),
        chosen: *sort == answer.sort,
    });
    (!answer.query.terms.is_empty()).then(|| Ways {
        heading: "Order",
        ways: ways.collect(),
    })
}
