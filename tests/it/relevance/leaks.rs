//! What one may not read changes nothing of what one finds: the same questions before and after, compared byte for byte, and
//! every answer within what may be read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{App, Client, Saved, spawn_app};

/// Words of open and of restricted post-mortems.
const SHARED: [&str; 16] = [
    "payroll",
    "outage",
    "kafka",
    "queue",
    "certificate",
    "expired",
    "handover",
    "clerk",
    "backup",
    "stopped",
    "scheduler",
    "organisation",
    "migration",
    "postgres",
    "pager",
    "dashboard",
];
/// Words of restricted ones alone: some are one slip away from an open word, some from what is asked.
const HIDDEN: [&str; 8] = [
    "payrolls",
    "stoppet",
    "kafkas",
    "certificates",
    "layoffs",
    "zweibrucken",
    "schedulers",
    "backups",
];
/// What is asked beside those words.
const ODD: [&str; 12] = [
    "payrol",
    "stoppez",
    "kafak",
    "certificat",
    "zweibruken",
    "downtime",
    "organization",
    "\"queue stopped\"",
    "-clerk",
    "sched*",
    "redundancies",
    "has this happened before",
];
const KINDS: [&str; 4] = ["incident", "crisis", "near-miss", "success"];
const SORTS: [&str; 3] = ["best", "newest", "oldest"];

/// Numbers that look like chance and are the same each time (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn words(&mut self, words: &[&str], many: usize) -> String {
        let picked: Vec<&str> = (0..many).map(|_| self.of(words)).collect();
        picked.join(" ")
    }
}

async fn write(app: &App, chance: &mut Chance, hidden: bool) -> Saved {
    let pool: Vec<&str> = if hidden {
        SHARED.iter().chain(&HIDDEN).copied().collect()
    } else {
        SHARED.to_vec()
    };
    let draft = app
        .draft()
        .title(&chance.words(&pool, 3))
        .fact("kind", chance.of(&KINDS))
        .fact(
            "happened_on",
            format!("202{}-03-0{}", chance.below(6), 1 + chance.below(9)),
        )
        .section("summary", &format!("{}.", chance.words(&pool, 14)));
    let draft = if hidden { draft.restricted() } else { draft };
    let saved = draft.save().await;
    let path = format!("/postmortems/{}/factors", saved.id);
    let statement = json!({"statement": chance.words(&pool, 6), "factor": "misleading-signal", "component": chance.of(&pool), "role": "contributing"});
    app.writer().api.post(&path, &statement).await.expect(201);
    saved
}

/// Questions of every kind, the same for the same seed.
fn questions(open: &[Saved]) -> Vec<String> {
    let mut chance = Chance(11);
    let asked: Vec<&str> = SHARED.iter().chain(&HIDDEN).chain(&ODD).copied().collect();
    let mut paths = Vec::new();
    for _ in 0..50 {
        let many = 1 + chance.below(4);
        let mut query = vec![
            ("q", chance.words(&asked, many)),
            ("sort", chance.of(&SORTS).to_owned()),
        ];
        match chance.below(5) {
            0 => query.push(("kind", chance.of(&KINDS).to_owned())),
            1 => query.push(("after", "2023".to_owned())),
            2 => query.push(("component", chance.of(&asked).replace('"', ""))),
            3 => query.push(("factor", "misleading-signal".to_owned())),
            _ => {}
        }
        let query = reqwest::Url::parse_with_params("http://x.example", &query).unwrap();
        let query = query.query().unwrap();
        for path in ["/search", "/api/v1/search", "/api/v1/search/feed"] {
            paths.push(format!("{path}?{query}"));
        }
    }
    for word in asked {
        let query = |name| {
            let url = reqwest::Url::parse_with_params("http://x.example", [(name, word)]).unwrap();
            url.query().unwrap().to_owned()
        };
        paths.push(format!("/search?{}", query("q")));
        paths.push(format!("/api/v1/search/suggestions?{}", query("q")));
        paths.push(format!(
            "/api/v1/factors/similar?{}&limit=50",
            query("text")
        ));
    }
    for saved in open {
        paths.push(format!("/api/v1/postmortems/{}/similar?limit=50", saved.id));
    }
    paths
}

async fn answers(who: &Client, paths: &[String]) -> Vec<String> {
    let mut answers = Vec::new();
    for path in paths {
        let answer = who.request(reqwest::Method::GET, path);
        let answer = crate::harness::send(answer).await;
        answers.push(format!("{} {}", answer.status, answer.text));
    }
    answers
}

/// The ids that a search finds, page by page.
async fn found(who: &Client, query: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/search?{query}&limit=100&cursor={cursor}");
        let answer = who.reading_api.get(&path).await.expect(200).json();
        let items = answer["items"].as_array().unwrap();
        ids.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let kinds = answer["facets"]["kind"].as_object().unwrap().values();
        let counted: u64 = kinds.filter_map(Value::as_u64).sum();
        assert_eq!(Value::from(counted), answer["total"], "{query}");
        match answer["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return ids,
        }
    }
}

#[actix_web::test]
async fn what_one_may_not_read_changes_no_byte_and_is_in_no_answer() {
    let app = spawn_app().await;
    let mut chance = Chance(7);
    let mut open = Vec::new();
    for _ in 0..24 {
        open.push(write(&app, &mut chance, false).await);
    }
    let paths = questions(&open);
    let people = [
        app.reader(),
        app.second_writer(),
        app.keeper(),
        app.administrator(),
    ];
    let mut before = Vec::new();
    for person in &people {
        before.push(answers(person, &paths).await);
    }
    let said: String = before.iter().flatten().map(String::as_str).collect();
    for shown in [
        "did_you_mean",
        "<mark>",
        "<entry>",
        "Did you mean",
        "reasons",
    ] {
        assert!(
            said.contains(shown),
            "no answer holds {shown}: nothing was compared"
        );
    }
    let mut hidden = Vec::new();
    for _ in 0..40 {
        hidden.push(write(&app, &mut chance, true).await);
    }
    for (person, before) in people.iter().zip(&before) {
        let after = answers(person, &paths).await;
        for ((path, before), after) in paths.iter().zip(before).zip(&after) {
            assert!(before == after, "{path}\nbefore: {before}\nafter: {after}");
        }
    }
    // One of them is named in some.
    let named = app.second_writer();
    let mut theirs: BTreeSet<String> = open.iter().map(|saved| saved.id.clone()).collect();
    let everybodys = theirs.clone();
    for saved in hidden.iter().step_by(3) {
        let member = format!(
            "/postmortems/{}/members/{}",
            saved.id,
            named.ctx().actor.person
        );
        app.writer().api.put(&member, &json!({})).await.expect(200);
        theirs.insert(saved.id.clone());
    }
    let mut more = false;
    for path in paths
        .iter()
        .filter_map(|path| path.strip_prefix("/api/v1/search?"))
    {
        for person in [&people[0], &people[2], &people[3]] {
            assert!(found(person, path).await.is_subset(&everybodys), "{path}");
        }
        let found = found(&named, path).await;
        assert!(found.is_subset(&theirs), "{path}");
        more |= !found.is_subset(&everybodys);
    }
    assert!(more, "who is named finds what they are named in");
}
