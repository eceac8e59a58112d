//! Columns that come with tabs or commas, put in the form of a table that the reader of documents knows.

/// The text with its columns between bars, each in its line; `None` if it has none.
pub(super) fn barred(text: &str) -> Option<String> {
    [tabs, commas].iter().find_map(|split| {
        let rows: Vec<Option<Vec<String>>> = text.lines().map(*split).collect();
        let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
        let widths: Vec<usize> = rows.iter().flatten().map(Vec::len).collect();
        let most = widths.iter().copied().max()?;
        let wide = widths.iter().filter(|width| **width == most).count();
        if most < 2 || filled < 2 || wide * 10 < filled * 8 {
            return None;
        }
        let bars = text.lines().zip(rows).map(|(line, row)| match row {
            Some(cells) if !line.trim().is_empty() => format!("| {} |", cells.join(" | ")),
            _ => line.to_owned(),
        });
        Some(bars.collect::<Vec<_>>().join("\n"))
    })
}

fn escaped(cell: &str) -> String {
    cell.trim().replace('|', "\\|")
}

fn tabs(line: &str) -> Option<Vec<String>> {
    line.contains('\t')
        .then(|| line.split('\t').map(escaped).collect())
}

/// Fields with or without quotes. Only a text whose first field is a time or names one is such a table.
fn commas(line: &str) -> Option<Vec<String>> {
    let first = line.split(',').next()?.trim().trim_matches('"');
    let is_when = super::times::time_of(first).is_some()
        || ["time", "date", "when", "timestamp", "datetime", "at"]
            .contains(&first.to_lowercase().as_str());
    if !is_when || !line.contains(',') {
        return None;
    }
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(escaped(&std::mem::take(&mut cell))),
            c => cell.push(c),
        }
    }
    cells.push(escaped(&cell));
    Some(cells)
}
