//! Recordings as one HTML page that needs nothing else: lanes to zoom into, figures, the source with its costs.
//!
//! - `figures`: the figures, taken from the analysis' JSON by their names there: what the report says, the page says
//! - `tables`: who waited for whom, threads, lines; `source`: the program's text with what each line cost
//! - `spans`: what the threads did at each moment, packed for the script
//! - `comparison`: the same of a comparison of modes
//! - `markup`: text that may contain anything, made into HTML
//!
//! What the browser gets beside that is written by hand, in `page.html`, `page.css` and the `.js` files. The page forbids
//! itself to load anything and to run any script but its own, which it names by its hash.

use crate::modules::binascii::base64;
use crate::record::analysis::Analysis;

use self::figures::Figures;
use self::markup::Markup;

mod comparison;
mod figures;
mod markup;
mod source;
mod spans;
mod tables;

pub use comparison::comparison;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("decode.js"),
    include_str!("units.js"),
    include_str!("paint.js"),
    include_str!("lanes.js"),
    include_str!("hover.js"),
    include_str!("main.js"),
    "})();\n"
);

/// One recording of a page.
pub struct Shown<'a> {
    /// What distinguishes it from the others: its file, or its mode.
    pub title: String,
    pub analysis: &'a Analysis<'a>,
}

/// The page with the recordings one above the other, below what is said first (HTML).
pub fn page(program: &str, first: &str, recordings: &[Shown]) -> String {
    let figures: Vec<Figures> = recordings.iter().enumerate().map(|(at, of)| Figures::of(of.analysis, at)).collect();
    let mut lanes = Markup::default();
    let mut details = Markup::default();
    for (at, (shown, figures)) in recordings.iter().zip(&figures).enumerate() {
        tables::lanes(&mut lanes, shown, figures, at);
        tables::details(&mut details, shown, figures, at);
    }
    let mut tabs = Markup::default();
    if recordings.len() > 1 {
        tables::tabs(&mut tabs, recordings);
    }
    let mut title = Markup::default();
    title.text(program);
    let data = spans::data(recordings).to_string();
    let title = title.into_string();
    fill(
        TEMPLATE,
        &[
            ("title", &title),
            ("hash", &hash()),
            ("style", STYLE),
            ("first", first),
            ("lanes", &lanes.into_string()),
            ("tabs", &tabs.into_string()),
            ("details", &details.into_string()),
            // In a JSON string a "<" can as well be written so, and then nothing in it ends the element.
            ("data", &data.replace('<', "\\u003c")),
            ("script", SCRIPT),
        ],
    )
}

/// The hash of the page's script: its policy allows no other.
fn hash() -> String {
    use sha2::Digest;
    let hash = base64::encode(&sha2::Sha256::digest(SCRIPT.as_bytes()), false);
    String::from_utf8_lossy(&hash).into_owned()
}

/// Puts texts into the places `{{name}}` of the template. What is put in is not looked at again.
fn fill(template: &str, texts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.extend(texts.iter().filter(|(wanted, _)| *wanted == name).map(|(_, text)| *text));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once() {
        assert_eq!(fill("a {{x}} b {{y}}.", &[("x", "{{y}}"), ("y", "2")]), "a {{y}} b 2.");
    }

    #[test]
    fn every_place_of_the_page_is_filled() {
        let names = ["title", "hash", "style", "first", "lanes", "tabs", "details", "data", "script"];
        for name in names {
            assert!(TEMPLATE.contains(&format!("{{{{{name}}}}}")), "{name}");
        }
        assert!(!fill(TEMPLATE, &names.map(|name| (name, ""))).contains("{{"));
    }
}
