//! What the index promises, on small texts whose scores can be worked out by hand.

use super::{Compared, Index};

fn index(texts: &[(u32, &str)]) -> Index<u32> {
    let mut index = Index::default();
    for (key, text) in texts {
        index.put(*key, plain(text), true);
    }
    index
}

fn plain(text: &str) -> Compared<'_> {
    Compared {
        text,
        ..Compared::default()
    }
}

fn keys(index: &mut Index<u32>, text: &str, most: usize) -> Vec<u32> {
    let found = index.similar(plain(text), most);
    found.into_iter().map(|similar| similar.key).collect()
}

#[test]
fn the_closest_text_comes_first_and_says_why() {
    let mut index = index(&[
        (1, "The certificate ran out and nobody was warned."),
        (2, "Restoring the database had never been tried."),
        (3, "Two teams each thought the other restored it."),
    ]);
    let found = index.similar(plain("The restore was never tried on real data."), 3);
    assert_eq!(found.iter().map(|s| s.key).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(found[0].words, ["restore", "never tried"]);
    assert_eq!(found[1].words, ["restore"]);
}

#[test]
fn the_score_is_the_cosine_with_true_norms() {
    // Two texts, "alpha beta" and "alpha gamma". weight(alpha) = ln 2, weight(beta) = weight(gamma) = ln 3.
    let mut index = index(&[(1, "alpha beta"), (2, "alpha gamma")]);
    let found = index.similar(plain("alpha beta"), 2);
    let (two, three) = (2.0_f32.ln(), 3.0_f32.ln());
    let other = two * two / (two * two + three * three);
    assert!((found[0].score - 1.0).abs() < 1e-6, "{}", found[0].score);
    assert!((found[1].score - other).abs() < 1e-6, "{}", found[1].score);
}

#[test]
fn a_rare_factor_binds_texts_that_share_no_word() {
    let mut index = Index::default();
    let (drill, expiry) = ([String::from("drill")], [String::from("expiry")]);
    for (key, text, factors) in [
        (1, "Nobody had rehearsed it", &drill),
        (2, "The certificate lapsed", &expiry),
    ] {
        index.put(
            key,
            Compared {
                text,
                factors,
                components: &[],
            },
            true,
        );
    }
    let asked = Compared {
        text: "Going back took a week",
        factors: &drill,
        components: &[],
    };
    let found = index.similar(asked, 3);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].key, found[0].factors.as_slice()), (1, &drill[..]));
    assert!(found[0].words.is_empty());
}

#[test]
fn what_was_replaced_or_removed_is_not_found_again() {
    let mut index = index(&[(1, "the queue stopped"), (2, "the queue grew")]);
    index.put(1, plain("a door was locked"), true);
    assert_eq!(keys(&mut index, "queue", 5), [2]);
    index.remove(&2);
    index.remove(&2);
    assert_eq!(keys(&mut index, "queue", 5), Vec::<u32>::new());
    assert_eq!((index.len(), keys(&mut index, "door", 5)), (1, vec![1]));
}

#[test]
fn the_order_of_adding_changes_nothing() {
    let texts = [
        (1, "night backup failed"),
        (2, "backup of the night"),
        (3, "a night"),
        (4, "the backup"),
    ];
    let mut forward = index(&texts);
    let mut backward = Index::default();
    for (key, text) in texts.iter().rev() {
        backward.put(*key, plain("something else first"), true);
        backward.put(*key, plain(text), true);
    }
    assert_eq!(
        forward.similar(plain("night backup"), 4),
        backward.similar(plain("night backup"), 4)
    );
}

#[test]
fn a_record_that_not_everybody_may_know_of_changes_no_score_of_the_others() {
    let texts = [
        (1, "night backup failed"),
        (2, "backup of the night"),
        (3, "a door"),
    ];
    let mut without = index(&texts);
    let mut with = index(&texts);
    for key in 10..40 {
        with.put(key, plain("backup backup yonder"), false);
    }
    let asked = plain("the night backup yonder");
    let open = |found: Vec<super::Similar<u32>>| -> Vec<super::Similar<u32>> {
        found
            .into_iter()
            .filter(|similar| similar.key < 10)
            .collect()
    };
    assert_eq!(open(with.similar(asked, 50)), without.similar(asked, 50));
    with.remove(&12);
    with.put(1, plain("something else"), true);
    with.put(1, plain("night backup failed"), true);
    assert_eq!(open(with.similar(asked, 50)), without.similar(asked, 50));
}

#[test]
fn equal_texts_come_newest_first_and_only_as_many_as_asked() {
    let mut index = index(&[(1, "same words"), (2, "same words"), (3, "same words")]);
    assert_eq!(keys(&mut index, "words", 2), [3, 2]);
    assert_eq!(keys(&mut index, "words", 0), Vec::<u32>::new());
    assert_eq!(keys(&mut index, "", 2), Vec::<u32>::new());
}
