//! Numbers that only look like times: "12.30 EUR paid", "15:30 minutes it took", "3 am I right".

/// What is counted or paid with a colon or a dot in the number.
const COLON: [&str; 9] = [
    "minutes", "minute", "mins", "min", "seconds", "sec", "secs", "verse", "verses",
];
const DOT: [&str; 37] = [
    "eur", "euro", "euros", "usd", "dollar", "dollars", "chf", "gbp", "pounds", "kr", "sek",
    "cents", "km", "kg", "mb", "gb", "tb", "mib", "gib", "ms", "percent", "million", "billion",
    "minutes", "min", "seconds", "sec", "m", "cm", "mm", "litres", "lts", "beta", "alpha",
    "release", "final", "liters",
];
/// What a film is called that is so long.
const SHOWN: [&str; 8] = [
    "video",
    "film",
    "clip",
    "recording",
    "movie",
    "podcast",
    "talk",
    "track",
];

/// Whether a text begins with a number that reads like a time and is an amount.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return false;
    }
    let rest = text.get(digits..).unwrap_or_default();
    if let Some(words) = rest
        .strip_prefix(" am ")
        .or_else(|| rest.strip_prefix(" AM "))
    {
        return ["I ", "I'", "i "].iter().any(|me| words.starts_with(me));
    }
    let (sign, rest) = match (rest.strip_prefix(':'), rest.strip_prefix('.')) {
        (Some(rest), _) => (':', rest),
        (_, Some(rest)) => ('.', rest),
        _ => return false,
    };
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let rest = rest.get(digits..).unwrap_or_default();
    if digits != 2 {
        return false;
    }
    let behind = rest.trim_start();
    if sign == '.' && behind.starts_with(['€', '$', '£', '%']) {
        return true;
    }
    let mut words = behind.split(|c: char| !c.is_alphabetic());
    let word = words.next().unwrap_or_default().to_lowercase();
    let long = word == "long" && words.next().is_some_and(|next| SHOWN.contains(&next));
    rest.starts_with(' ')
        && (long
            || if sign == ':' {
                COLON.contains(&word.as_str())
            } else {
                DOT.contains(&word.as_str())
            })
}
