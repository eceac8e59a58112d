//! What similarity promises, on small texts whose scores can be worked out by hand.

use super::{Asked, Compared, Found, Rarity, Similar};

fn plain(text: &str) -> Compared<'_> {
    Compared {
        text,
        ..Compared::default()
    }
}

/// Compares as a store would that holds these statements alone.
fn similar<'a>(asked: Compared<'_>, all: &[(u32, Compared<'a>)]) -> Vec<Similar<u32>> {
    let mut asked = Asked::new(asked);
    let holding = |holds: &dyn Fn(&Compared<'a>) -> bool| {
        all.iter().filter(|(_, compared)| holds(compared)).count()
    };
    let places = 0..asked.terms().count();
    let words = places
        .map(|place| holding(&|compared| asked.in_statement(compared.text).part_of(place) > 0.0));
    let rarity = Rarity {
        all: all.len(),
        words: words.collect(),
        factors: asked
            .factors()
            .map(|factor| holding(&|compared| compared.factors.iter().any(|own| own == factor)))
            .collect(),
        components: Vec::new(),
    };
    asked.weigh(&rarity);
    let compared = all.iter().filter_map(|(key, compared)| {
        asked.similar(Found {
            key: *key,
            held: asked.in_statement(compared.text),
            factors: compared.factors,
            components: compared.components,
        })
    });
    let mut found: Vec<Similar<u32>> = compared.collect();
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    found
}

#[test]
fn the_closest_text_comes_first_and_says_why() {
    let all = [
        (1, plain("The certificate ran out and nobody was warned.")),
        (2, plain("Restoring the database had never been tried.")),
        (3, plain("Two teams each thought the other restored it.")),
    ];
    let found = similar(plain("The restore was never tried on real data."), &all);
    assert_eq!(found.iter().map(|s| s.key).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(found[0].words, ["restore", "never tried"]);
    assert_eq!(found[1].words, ["restore"]);
}

#[test]
fn the_score_is_the_part_of_the_weight_that_is_shared() {
    // Two texts of two words, of which one is asked for. weight(alpha) = ln 2, weight(beta) = weight(gamma) = ln 3; one
    // occurrence in a text of two words counts 2 / (0.6 + 0.4 * 2 / 8) = 2.857, which is 0.704 of the whole.
    let all = [(1, plain("alpha beta")), (2, plain("alpha gamma"))];
    let found = similar(plain("alpha beta"), &all);
    let (two, three) = (2.0_f32.ln(), 3.0_f32.ln());
    let held = 2.857_143 / (2.857_143 + 1.2);
    assert!((found[0].score - held).abs() < 1e-5, "{}", found[0].score);
    let other = held * two / (two + three);
    assert!((found[1].score - other).abs() < 1e-5, "{}", found[1].score);
}

#[test]
fn a_rare_factor_binds_texts_that_share_no_word() {
    let (drill, expiry) = ([String::from("drill")], [String::from("expiry")]);
    let coded = |text, factors| Compared {
        text,
        factors,
        components: &[],
    };
    let all = [
        (1, coded("Nobody had rehearsed it", &drill[..])),
        (2, coded("The certificate lapsed", &expiry[..])),
    ];
    let found = similar(coded("Going back took a week", &drill[..]), &all);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].key, found[0].factors.as_slice()), (1, &drill[..]));
    assert!(found[0].words.is_empty());
}

#[test]
fn nothing_is_like_no_words() {
    let all = [(1, plain("same words"))];
    assert!(similar(plain(""), &all).is_empty());
    assert!(similar(plain("of the and"), &all).is_empty());
}

#[test]
fn a_long_text_is_looked_for_by_what_it_says_most_often() {
    let text = format!(
        "{} twice twice",
        (0..100).map(|n| format!("w{n}x ")).collect::<String>()
    );
    let asked = Asked::new(plain(&text));
    let terms: Vec<_> = asked.terms().collect();
    assert_eq!(terms.len(), 24);
    assert_eq!(terms[0].words(), ["twice"]);
}

#[test]
fn others_are_looked_for_by_the_rarest_words() {
    let asked = Asked::new(plain("common rare middling seldom"));
    let rarity = Rarity {
        all: 1_000,
        words: vec![900, 1, 200, 5],
        ..Rarity::default()
    };
    let rarest = |most| {
        let (query, found) = asked.rarest(&rarity, most);
        let words = query.terms.iter().map(|term| term.words().join(" "));
        (words.collect::<Vec<_>>().join(" "), found)
    };
    assert_eq!(rarest(6), ("rare seldom".to_owned(), vec![1, 5]));
    assert_eq!(
        rarest(7),
        ("rare seldom middling".to_owned(), vec![1, 5, 200])
    );
    assert_eq!(rarest(5_000).1, [1, 5, 200, 900]);
}
