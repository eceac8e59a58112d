//! The access matrix: every route, tried by everybody, against a restricted post-mortem of somebody else.
//!
//! What one may not know of is answered byte for byte like what never was, and nothing else changes because it exists.
//! The routes are read from the tables of the program: a new one is tried without being named here, unless it needs
//! parameters or a body that nobody has explained yet. Then a test fails and says where to explain them.

pub(crate) mod bodies; // what is sent
pub(crate) mod requests; // how it is asked
pub(crate) mod routes; // the tables of the program
pub(crate) mod world; // what is restricted, and from whom

use std::collections::BTreeSet;

use crate::harness::{Answer, Client};
use crate::tidy::sources::sources;
use requests::{Proof, ask, filled, hideable, kind};
use routes::{Route, parameters, routes};
use world::{CANARY, Ids, World};

/// Routes by which people change what is theirs, whatever their role.
const OWN: [&str; 5] = [
    "POST /session/end",
    "POST /account/password",
    "POST /account/tokens",
    "POST /account/tokens/{token}/removal",
    "POST /people/{person}",
];

/// Routes that are sent something and change nothing.
const ANSWERS_ONLY: [&str; 5] = [
    "POST /words/trial",
    "POST /api/v1/differences",
    "POST /api/v1/factors/similar",
    "POST /api/v1/lint",
    "POST /api/v1/postmortems/similar",
];

/// Routes that who may read may use: nothing that was written changes by them.
const WHO_READS: [&str; 2] = [
    "POST /postmortems/{id}/comments",
    "POST /api/v1/postmortems/{id}/comments",
];

/// Routes by which one comes in: they ask for no session.
const WAYS_IN: [&str; 2] = ["POST /setup", "POST /session"];

/// What an answer says, without the ids that differ between the hidden and what never was.
fn said(answer: &Answer, ids: &Ids) -> String {
    let text = format!(
        "{} {} {} {}\n{}",
        answer.status,
        answer.header("content-type"),
        answer.location(),
        answer.etag(),
        answer.text
    );
    ids.iter()
        .fold(text, |text, (kind, id)| text.replace(id.as_str(), kind))
}

/// Where two answers begin to differ.
fn differences(one: &str, other: &str) -> String {
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |text: &str| -> String {
        text.chars()
            .skip(same.saturating_sub(80))
            .take(200)
            .collect()
    };
    format!("before: {}\nafter:  {}", around(one), around(other))
}

fn proofs(route: &Route) -> &'static [Proof] {
    if route.is_api() {
        &[Proof::Token, Proof::Session]
    } else {
        &[Proof::Session]
    }
}

#[track_caller]
fn assert_none(rule: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "{rule}:\n{}", offences.join("\n"));
}

#[test]
fn every_route_stands_in_one_of_the_two_tables() {
    let elsewhere: Vec<String> = sources("src/web", &["rs"])
        .into_iter()
        .filter(|source| {
            !matches!(
                source.path.as_str(),
                "src/web/pages/mod.rs" | "src/web/api/mod.rs"
            )
        })
        .filter(|source| source.text.contains(".route(") || source.text.contains("resource("))
        .map(|source| source.path)
        .collect();
    assert_none(
        "Move its routes to src/web/pages/mod.rs or src/web/api/mod.rs",
        elsewhere,
    );
    assert!(routes().len() > 50, "{:?}", routes());
}

#[test]
fn every_parameter_of_an_address_is_explained_to_the_matrix() {
    let unknown: Vec<String> = routes()
        .iter()
        .flat_map(|route| {
            parameters(&route.path)
                .into_iter()
                .filter_map(|parameter| kind(&route.path, parameter).err())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("The matrix cannot try these", unknown);
}

#[test]
fn the_document_of_the_api_names_every_operation_and_no_other() {
    let document: serde_json::Value = serde_json::from_str(&second_story::web::openapi()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            documented.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let served: BTreeSet<String> = routes()
        .iter()
        .filter(|route| route.path.starts_with("/api/v1"))
        .map(Route::name)
        .collect();
    let differ: Vec<String> = served
        .symmetric_difference(&documented)
        .map(|name| {
            format!(
                "{name} {}",
                if served.contains(name) {
                    "is not in api/openapi.rs"
                } else {
                    "is not served"
                }
            )
        })
        .collect();
    assert_none("Document and table differ", differ);
}

/// Everything that can be read about what is open, by everybody: one line per question.
async fn everything_open(world: &World) -> Vec<(String, String)> {
    let queries = [
        "",
        "?q=quicksilver+queue",
        "?text=quicksilver&statement=quicksilver&limit=50",
    ];
    let mut seen = Vec::new();
    for (name, stranger) in world.strangers() {
        for route in routes().iter().filter(|route| route.reads()) {
            for proof in proofs(route) {
                for query in queries {
                    let path = format!("{}{query}", filled(route, |_| &world.open));
                    let answer = ask(&stranger, *proof, route, &path, &world.open).await;
                    let question = format!("{name} with {proof:?} reads {path}");
                    // What was typed comes back in search boxes; there it is the reader's own word.
                    let own = if query.is_empty() { "" } else { CANARY };
                    if own.is_empty() && answer.text.contains(CANARY) {
                        seen.push((format!("{question}: the canary"), String::new()));
                    }
                    seen.push((question, said(&answer, &Ids::new())));
                }
            }
        }
    }
    seen
}

#[actix_web::test]
async fn nothing_that_others_read_changes_because_a_restricted_post_mortem_exists() {
    let mut world = World::open().await;
    let before = everything_open(&world).await;
    world.hide();
    let after = everything_open(&world).await;
    let differ: Vec<String> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|(before, after)| format!("{}\n{}", before.0, differences(&before.1, &after.1)))
        .collect();
    assert_eq!(before.len(), after.len());
    assert_none("It shows that something restricted exists", differ);
}

#[actix_web::test]
async fn what_points_at_a_restricted_post_mortem_does_not_show_it() {
    let mut world = World::open().await;
    let story = world.hide();
    world.point_at_hidden(&story);
    let mut offences = Vec::new();
    for (question, answer) in everything_open(&world).await {
        let named = world.hidden.values().any(|id| answer.contains(id.as_str()));
        if named || question.ends_with("the canary") {
            offences.push(question);
        }
    }
    assert_none("A restricted post-mortem shows through", offences);
}

/// Asks the same thing about the hidden and about what never was; says what is wrong with the answers.
async fn compare(
    world: &World,
    who: (&str, &Client),
    proof: Proof,
    route: &Route,
    cross: bool,
) -> Option<String> {
    let (name, client) = who;
    // Crossed: what is hidden is looked for below what is open.
    let pick = |ids| {
        move |place: usize| {
            if cross && place == 0 {
                &world.open
            } else {
                ids
            }
        }
    };
    let path = filled(route, pick(&world.hidden));
    let hidden = ask(client, proof, route, &path, &world.hidden).await;
    let never = ask(
        client,
        proof,
        route,
        &filled(route, pick(&world.never)),
        &world.never,
    )
    .await;
    let question = format!("{name} with {proof:?}: {} {path}", route.method);
    if hidden.text.contains(CANARY) {
        return Some(format!("{question} shows the canary"));
    }
    let (hidden_said, never_said) = (said(&hidden, &world.hidden), said(&never, &world.never));
    if hidden_said != never_said {
        return Some(format!(
            "{question}\nhidden: {hidden_said}\nnever:  {never_said}"
        ));
    }
    let wanted = match (name, route.is_api()) {
        ("anonymous", true) => 401,
        ("anonymous", false) => 303,
        _ => 404,
    };
    if cross && hidden.status == 403 {
        return None;
    }
    (hidden.status != wanted).then(|| {
        format!(
            "{question} is answered with {}, not {wanted}: {}\nIf it misses something, add {} to BODIES in tests/it/access/bodies.rs",
            hidden.status,
            hidden.words(),
            route.name()
        )
    })
}

#[actix_web::test]
async fn a_direct_address_is_answered_like_one_that_never_was() {
    let mut world = World::open().await;
    world.hide();
    let mut offences = Vec::new();
    let mut tried = 0;
    for (name, stranger) in world.strangers() {
        for route in routes() {
            let named = hideable(&route).len();
            for proof in proofs(&route) {
                if named > 0 {
                    tried += 1;
                    offences
                        .extend(compare(&world, (name, &stranger), *proof, &route, false).await);
                }
                if named > 1 {
                    tried += 1;
                    offences.extend(compare(&world, (name, &stranger), *proof, &route, true).await);
                }
            }
        }
    }
    assert!(tried > 200, "{tried} addresses were tried");
    assert_none("One can tell that it exists", offences);
}

#[actix_web::test]
async fn what_a_change_names_may_not_be_hidden_either() {
    let mut world = World::open().await;
    world.hide();
    let writer = world.app.writer();
    let mut offences = Vec::new();
    for route in routes()
        .iter()
        .filter(|route| !route.reads() && !WAYS_IN.contains(&route.name().as_str()))
    {
        let path = filled(route, |_| &world.open);
        for proof in proofs(route).iter().take(1) {
            if !bodies::names_others(route) {
                continue;
            }
            let hidden = ask(&writer, *proof, route, &path, &world.hidden).await;
            let never = ask(&writer, *proof, route, &path, &world.never).await;
            if said(&hidden, &world.hidden) != said(&never, &world.never) || hidden.status < 400 {
                offences.push(format!(
                    "{}\nhidden: {}\nnever:  {}",
                    route.name(),
                    said(&hidden, &world.hidden),
                    said(&never, &world.never)
                ));
            }
        }
    }
    assert_none(
        "A body that names something hidden is told from one that names nothing",
        offences,
    );
}

#[actix_web::test]
async fn the_people_who_are_named_read_it_and_do_not_change_it() {
    let mut world = World::open().await;
    let story = world.hide();
    let page = world
        .guest
        .get(&format!("/postmortems/{}", story.id))
        .await
        .expect(200);
    assert!(page.text.contains(CANARY));
    let api = world
        .guest
        .api
        .get(&format!("/postmortems/{}", story.id))
        .await
        .expect(200);
    assert!(api.text.contains(CANARY));
    let mut offences = Vec::new();
    for route in routes()
        .iter()
        .filter(|route| !route.reads() && !hideable(route).is_empty())
    {
        let path = filled(route, |_| &world.hidden);
        let answer = ask(&world.guest, proofs(route)[0], route, &path, &world.hidden).await;
        // Everybody may take themselves off the list; here somebody else was named.
        if answer.status != 403 && !WHO_READS.contains(&route.name().as_str()) {
            offences.push(format!(
                "{}: {} {}",
                route.name(),
                answer.status,
                answer.words()
            ));
        }
    }
    assert_none(
        "A reader changed it, or was told something else than 403",
        offences,
    );
}

#[actix_web::test]
async fn readers_and_reading_tokens_change_nothing() {
    let world = World::open().await;
    let (reader, writer, nobody) = (
        world.app.reader(),
        world.app.writer(),
        world.app.anonymous(),
    );
    let mut offences = Vec::new();
    for route in routes().iter().filter(|route| !route.reads()) {
        let name = route.name();
        let path = filled(route, |_| &world.open);
        let free = [&OWN[..], &ANSWERS_ONLY[..], &WAYS_IN[..]]
            .iter()
            .any(|list| list.contains(&name.as_str()));
        let proof = proofs(route)[0];
        let mut expect = |who: &str, answer: &Answer, wanted: u16| {
            if answer.status != wanted {
                offences.push(format!(
                    "{who}: {name}: {} {}",
                    answer.status,
                    answer.words()
                ));
            }
        };
        if !free && !WHO_READS.contains(&name.as_str()) {
            expect(
                "a reader",
                &ask(&reader, proof, route, &path, &world.open).await,
                403,
            );
        }
        if !free && route.is_api() {
            let answer = ask(&writer, Proof::ReadingToken, route, &path, &world.open).await;
            expect("a reading token", &answer, 403);
        }
        if !WAYS_IN.contains(&name.as_str()) {
            let wanted = if route.is_api() { 401 } else { 303 };
            let answer = ask(&nobody, proof, route, &path, &world.open).await;
            expect("nobody", &answer, wanted);
        }
    }
    assert_none("It was let through, or told something else", offences);
}

#[actix_web::test]
async fn a_change_from_another_site_is_refused_everywhere() {
    let world = World::open().await;
    let writer = world.app.writer();
    let mut offences = Vec::new();
    for route in routes().iter().filter(|route| !route.reads()) {
        let name = route.name();
        if WAYS_IN.contains(&name.as_str()) || ANSWERS_ONLY.contains(&name.as_str()) {
            continue;
        }
        let path = filled(route, |_| &world.open);
        let answer = ask(&writer, Proof::Cookie, route, &path, &world.open).await;
        if answer.status != 403 {
            offences.push(format!(
                "{}: {} {}",
                route.name(),
                answer.status,
                answer.words()
            ));
        }
    }
    assert_none("A cookie alone was enough", offences);
}
