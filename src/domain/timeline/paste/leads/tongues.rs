//! Words around days and times in the languages that people paste: German, French, Spanish, Italian, Dutch.

use super::scan::Scan;

/// Names of months, each with the number of the month; the first three letters of the English name are what is read.
const MONTHS: [(&[&str], &str); 12] = [
    (
        &[
            "januar", "jänner", "jaenner", "jän", "janvier", "janv", "enero", "ene", "gennaio",
            "gen", "januari",
        ],
        "Jan",
    ),
    (
        &[
            "februar", "feber", "février", "fevrier", "févr", "fév", "febrero", "febbraio",
            "februari",
        ],
        "Feb",
    ),
    (
        &[
            "märz", "maerz", "mär", "mrz", "mars", "marzo", "maart", "mrt",
        ],
        "Mar",
    ),
    (&["avril", "avr", "abril", "abr", "aprile"], "Apr"),
    (&["mai", "mayo", "maggio", "mag", "mei"], "May"),
    (&["juni", "juin", "junio", "giugno", "giu"], "Jun"),
    (
        &["juli", "juillet", "juil", "julio", "luglio", "lug"],
        "Jul",
    ),
    (&["août", "aout", "agosto", "ago", "augustus"], "Aug"),
    (&["septembre", "septiembre", "settembre", "set"], "Sep"),
    (
        &["oktober", "okt", "octobre", "octubre", "ottobre", "ott"],
        "Oct",
    ),
    (&["novembre", "noviembre"], "Nov"),
    (
        &[
            "dezember",
            "dez",
            "décembre",
            "decembre",
            "déc",
            "diciembre",
            "dic",
            "dicembre",
        ],
        "Dec",
    ),
];

/// Names of months as English has them.
const ENGLISH: [(&[&str], &str); 12] = [
    (&["january", "jan"], "Jan"),
    (&["february", "feb"], "Feb"),
    (&["march", "mar"], "Mar"),
    (&["april", "apr"], "Apr"),
    (&["may"], "May"),
    (&["june", "jun"], "Jun"),
    (&["july", "jul"], "Jul"),
    (&["august", "aug"], "Aug"),
    (&["september", "sept", "sep"], "Sep"),
    (&["october", "oct"], "Oct"),
    (&["november", "nov"], "Nov"),
    (&["december", "dec"], "Dec"),
];

/// Days of the week; those of two letters count only with a dot, a comma or a number behind them.
const WEEKDAYS: [(&[&str], &str); 7] = [
    (
        &["montag", "lundi", "lunes", "lunedì", "maandag", "mo", "lun"],
        "Mon",
    ),
    (
        &[
            "dienstag", "mardi", "martes", "martedì", "dinsdag", "di", "mar",
        ],
        "Tue",
    ),
    (
        &[
            "mittwoch",
            "mercredi",
            "miércoles",
            "miercoles",
            "mercoledì",
            "woensdag",
            "mi",
            "mer",
            "mié",
            "wo",
        ],
        "Wed",
    ),
    (
        &[
            "donnerstag",
            "jeudi",
            "jueves",
            "giovedì",
            "donderdag",
            "do",
            "jeu",
            "gio",
        ],
        "Thu",
    ),
    (
        &[
            "freitag", "vendredi", "viernes", "venerdì", "vrijdag", "fr", "ven", "vr",
        ],
        "Fri",
    ),
    (
        &[
            "samstag",
            "sonnabend",
            "samedi",
            "sábado",
            "sabato",
            "zaterdag",
            "sa",
            "sam",
            "sáb",
        ],
        "Sat",
    ),
    (
        &[
            "sonntag", "dimanche", "domingo", "domenica", "zondag", "so", "dim", "dom",
        ],
        "Sun",
    ),
];

const YESTERDAY: [&str; 5] = ["gestern", "hier", "ayer", "ieri", "gisteren"];
const TODAY: [&str; 4] = ["heute", "hoy", "oggi", "vandaag"];

/// What makes a time a rough one.
const ABOUT: [&str; 29] = [
    "shortly after",
    "shortly before",
    "just after",
    "just before",
    "just past",
    "right after",
    "soon after",
    "a little after",
    "a bit after",
    "some time after",
    "sometime after",
    "after",
    "before",
    "kurz nach",
    "kurz vor",
    "nach",
    "vor",
    "gegen",
    "etwa um",
    "etwa",
    "ungefähr um",
    "ungefähr",
    "vers",
    "environ",
    "hacia las",
    "sobre las",
    "verso le",
    "omstreeks",
    "rond",
];

/// What only stands in front of a time or between a day and a time.
const JOINTS: [&str; 17] = [
    "since", "seit", "depuis", "um", "am", "ab", "den", "à", "le", "el", "a las", "a la",
    "alle ore", "alle", "om", "op", "il",
];

/// Whether a word is one with which a time may begin.
pub(super) fn may_begin(word: &str) -> bool {
    const OTHERS: [&str; 23] = [
        "noon",
        "midday",
        "midi",
        "mittag",
        "mittags",
        "mediodía",
        "mezzogiorno",
        "ca",
        "circa",
        "approx",
        "approximately",
        "around",
        "about",
        "yesterday",
        "today",
        "von",
        "zwischen",
        "entre",
        "tussen",
        "desde",
        "van",
        "between",
        "from",
    ];
    let named = |names: &(&[&str], &str)| names.0.contains(&word);
    let first = |saying: &&str| saying.split(' ').next() == Some(word);
    OTHERS.contains(&word)
        || YESTERDAY.contains(&word)
        || TODAY.contains(&word)
        || ENGLISH.iter().any(named)
        || MONTHS.iter().any(named)
        || WEEKDAYS.iter().any(named)
        || ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .iter()
            .any(|day| word.starts_with(day))
        || ABOUT.iter().any(first)
        || JOINTS.iter().any(first)
}

/// The month of a name: what is read, and whether the name is English.
pub(super) fn month(scan: &mut Scan<'_>) -> Option<(&'static str, bool)> {
    let word = scan.word();
    let find = |names: &[(&[&str], &'static str)]| {
        let found = names
            .iter()
            .find(|(names, _)| names.contains(&word.as_str()));
        found.map(|(_, read)| *read)
    };
    let found = find(&ENGLISH)
        .map(|read| (read, true))
        .or_else(|| find(&MONTHS).map(|read| (read, false)))?;
    scan.pass_word();
    scan.sign(&['.']);
    Some(found)
}

/// The day of the week, in a language other than English.
pub(super) fn weekday(scan: &mut Scan<'_>) -> Option<&'static str> {
    let word = scan.word();
    let (_, read) = WEEKDAYS
        .iter()
        .find(|(names, _)| names.contains(&word.as_str()))?;
    scan.attempt(|scan| {
        scan.pass_word();
        scan.sign(&['.', ',']);
        let mut behind = *scan;
        behind.sign(&[',']);
        behind.spaces();
        let numbered = behind.peek().is_some_and(|c| c.is_ascii_digit());
        let fits = word.chars().count() > 3 || numbered;
        fits.then(|| {
            scan.sign(&[',']);
            *read
        })
    })
}

/// "Gestern" and "heute", as English has them.
pub(super) fn relative(scan: &mut Scan<'_>) -> Option<&'static str> {
    if scan.word_of(&YESTERDAY).is_some() {
        return Some("Yesterday");
    }
    scan.word_of(&TODAY).map(|_| "Today")
}

/// Goes past words that make a time a rough one.
pub(super) fn about(scan: &mut Scan<'_>) -> bool {
    scan.saying(&ABOUT)
}

/// Goes past a word that only stands in front of a time.
pub(super) fn joint(scan: &mut Scan<'_>) -> bool {
    scan.saying(&JOINTS)
}

/// The middle of the day, which has a name in every language. Midnight has one too, and nobody agrees on which day
/// it belongs to.
pub(super) fn noon(scan: &mut Scan<'_>) -> bool {
    let named = scan.attempt(|scan| {
        scan.word_of(&["noon", "midday"])?;
        let mut behind = *scan;
        behind.spaces();
        // "Noon is when we meet" tells of no day.
        behind
            .word_of(&["is", "was", "will", "on", "and", "or", "to"])
            .is_none()
            .then_some(())
    });
    if named.is_some() {
        return true;
    }
    let named = ["midi", "mittag", "mittags", "mediodía", "mezzogiorno"];
    scan.attempt(|scan| {
        scan.word_of(&named)?;
        let mut behind = *scan;
        behind.spaces();
        behind.sign(&[':', ',', '-', '–', '—'])
    })
    .is_some()
}
