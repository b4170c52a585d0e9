//! Prints data on stdout: a table for people, one JSON document, or CSV.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::{
    boundary::output,
    messages::{Lang, Plain},
    model::plain,
    session::{
        error::{CommandError, ErrorShape},
        flags::Format,
        setup::Setup,
    },
};

/// One row.
pub(crate) struct Row {
    /// The JSON object, also for CSV.
    pub json: Value,
    /// The cells of the table.
    pub cells: Vec<String>,
}

/// Prints rows in the format of the flags. `fields` are the keys of the objects and `head` the columns of the table,
/// both in order and separated by commas.
pub(crate) fn rows(setup: &Setup, fields: &str, head: &[Plain], rows: Vec<Row>) -> Result<(), CommandError> {
    rows_as(setup.flags.output, setup.lang, fields, head, rows)
}

/// Like [`rows`], without a setup.
pub(crate) fn rows_as(
    format: Format,
    lang: Lang,
    fields: &str,
    head: &[Plain],
    rows: Vec<Row>,
) -> Result<(), CommandError> {
    match format {
        Format::Json => Ok(output::print_json(&array(&rows, fields))?),
        Format::Csv => Ok(output::print_data(&csv(fields, &rows))?),
        Format::Table => text(&table(head, rows, lang)),
    }
}

/// Returns one JSON array of objects, each with its keys in the given order.
fn array(rows: &[Row], fields: &str) -> String {
    let lines: Vec<String> = rows.iter().map(|row| format!("  {}", object(&row.json, fields))).collect();
    match lines.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", lines.join(",\n")),
    }
}

/// Returns one object on one line.
fn object(row: &Value, fields: &str) -> String {
    let pairs: Vec<String> = fields
        .split(',')
        .map(|field| format!("\"{field}\": {}", row.get(field).unwrap_or(&Value::Null)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Prints one JSON document.
pub(crate) fn document(value: &impl Serialize) -> Result<(), CommandError> {
    let text = serde_json::to_string_pretty(value).map_err(|e| CommandError::Failed(e.to_string().into()))?;
    Ok(output::print_json(&format!("{text}\n"))?)
}

/// Prints the error of a command as a JSON document. Prints nothing in other formats.
///
/// # Errors
///
/// [`CommandError`] if stdout cannot be written.
pub fn error(error: &ErrorShape, format: Format) -> Result<(), CommandError> {
    match format {
        Format::Json => document(&BTreeMap::from([("error", error)])),
        Format::Table | Format::Csv => Ok(()),
    }
}

/// Prints text for people.
pub(crate) fn text(text: &str) -> Result<(), CommandError> {
    Ok(output::print(text)?)
}

/// Returns a table with columns as wide as their cells.
pub(crate) fn table(head: &[Plain], rows: Vec<Row>, lang: Lang) -> String {
    let head = head.iter().map(|h| lang.text(*h).to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(head)
        .chain(rows.into_iter().map(|r| r.cells))
        .map(|line| line.iter().map(|cell| plain(cell).into_owned()).collect())
        .collect();
    let width = |column: usize| {
        lines.iter().filter_map(|l| l.get(column)).map(|c| c.width()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..lines.first().map_or(0, Vec::len)).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let mut out = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        text.push_str(out.trim_end());
        text.push('\n');
    }
    text
}

/// Returns the header of a column in a language. Names of the API are not translated, and neither are fields of JSON
/// and CSV.
/// visible and no text is a formula.
fn csv(fields: &str, rows: &[Row]) -> String {
    let mut text = format!("{fields}\n");
    for row in rows {
        let cells: Vec<String> = fields
            .split(',')
            .map(|field| match row.json.get(field) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(s)) => csv_text(s),
                Some(Value::Array(list)) => {
                    let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                    csv_text(&texts.join(" "))
                }
                Some(other) => other.to_string(),
            })
            .map(|cell| match cell.contains([',', '"']) {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => cell,
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// Quotes a text for a CSV cell. Puts `'` before characters that make a spreadsheet treat the cell as a formula,
/// including their full-width forms.
fn csv_text(text: &str) -> String {
    let formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    format!("{}{}", if formula { "'" } else { "" }, plain(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::messages::m;

    fn row(name: &str, size: Option<u32>) -> Row {
        let cells = vec![name.to_owned(), size.map_or("-".into(), |s| s.to_string())];
        Row { json: json!({ "size": size, "name": name, "ips": ["10.0.0.1", "10.0.0.2"] }), cells }
    }

    #[test]
    fn wide_characters_keep_the_columns_and_escapes_are_shown() {
        let rows = vec![row("\u{955c}\u{50cf}", Some(50)), row("a\u{1b}[2J", None)];
        assert_eq!(
            table(&[m::head_name, m::head_size], rows, Lang::EN),
            "NAME    SIZE\n\u{955c}\u{50cf}    50\na^[[2J  -\n"
        );
        let rows = vec![row("web", Some(50))];
        assert_eq!(
            table(&[m::head_name, m::head_size], rows, Lang::ZH),
            "\u{540d}\u{79f0}  \u{5927}\u{5c0f}\nweb   50\n"
        );
    }

    #[test]
    fn csv_quotes_what_it_must() {
        let rows = [row("a,\"b\"", Some(1)), row("d", None)];
        assert_eq!(
            csv("name,size,ips", &rows),
            "name,size,ips\n\"a,\"\"b\"\"\",1,10.0.0.1 10.0.0.2\nd,,10.0.0.1 10.0.0.2\n"
        );
    }

    #[test]
    fn csv_has_no_control_characters_and_no_formulas() {
        for (name, cell) in [
            ("\u{1b}]0;x\u{7}", "^[]0;x^G"),
            ("a\nb\rc", "a^Jb^Mc"),
            ("gp\u{202e}j", "gp\u{fffd}j"),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1", "'+1"),
            ("-web", "'-web"),
            ("@x", "'@x"),
            ("\t=1", "'^I=1"),
            ("\r=1", "'^M=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("web-1+2=3", "web-1+2=3"),
            ("=1,2", "\"'=1,2\""),
        ] {
            assert_eq!(csv("name", &[row(name, None)]), format!("name\n{cell}\n"));
        }
        let list = Row { json: json!({ "name": ["=1", "b"] }), cells: Vec::new() };
        assert_eq!(csv("name", &[list]), "name\n'=1 b\n");
        let number = Row { json: json!({ "name": -1 }), cells: Vec::new() };
        assert_eq!(csv("name", &[number]), "name\n-1\n");
    }

    #[test]
    fn objects_keep_the_order_of_their_fields() {
        assert_eq!(object(&json!({ "b": 1, "a": null }), "b,a,c"), r#"{"b": 1, "a": null, "c": null}"#);
    }
}
