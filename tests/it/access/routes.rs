//! Every route of the program, read from the two tables in which they stand.

/// One operation: a method and an address with its parameters, `/postmortems/{id}/edit`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: String,
}

impl Route {
    /// Whether programs ask it, with a token.
    pub(crate) fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// Whether it only reads.
    pub(crate) fn reads(&self) -> bool {
        self.method == "GET"
    }

    /// How a test names it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Every route, pages first.
pub(crate) fn routes() -> Vec<Route> {
    let mut found = table(include_str!("../../../src/web/pages/mod.rs"));
    found.extend(table(include_str!("../../../src/web/api/mod.rs")));
    found
}

/// Reads a table: the address that was named last belongs to every method after it.
fn table(text: &str) -> Vec<Route> {
    const METHODS: [(&str, &str); 5] = [
        ("get()", "GET"),
        ("post()", "POST"),
        ("put()", "PUT"),
        ("delete()", "DELETE"),
        ("patch()", "PATCH"),
    ];
    let (mut base, mut path) = (String::new(), String::new());
    let mut found = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        let mut rest = line;
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("\"/") {
                let (inside, after) = quoted.split_once('"').expect("the string ends");
                let scope = line[..line.len() - rest.len()]
                    .trim_end()
                    .ends_with("scope(");
                if scope {
                    base = format!("/{inside}");
                } else {
                    path = if path_is_whole(inside) {
                        format!("/{inside}")
                    } else {
                        format!("{base}/{inside}")
                    };
                }
                rest = after;
                continue;
            }
            if let Some((call, method)) = METHODS.iter().find(|(call, _)| rest.starts_with(call)) {
                found.push(Route {
                    method,
                    path: path.clone(),
                });
                rest = &rest[call.len()..];
                continue;
            }
            let mut chars = rest.chars();
            chars.next();
            rest = chars.as_str();
        }
    }
    found
}

/// Whether an address stands as it is, outside a scope.
fn path_is_whole(inside: &str) -> bool {
    inside.starts_with("api/")
}

/// The parameters of an address, in order.
pub(crate) fn parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split(['}', ':']).next())
        .collect()
}
