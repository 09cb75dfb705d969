//! The figures of the page. Each is one of the analysis' JSON, which `gilbox report --json` prints, and carries its name in
//! there: nothing is worked out for the page.

use serde_json::Value;

use crate::record::analysis::Analysis;
use crate::record::units::{count, duration, percent};

use super::markup::Markup;

/// How a figure is set.
#[derive(Clone, Copy)]
pub enum Unit {
    Ns,
    Share,
    Count,
    /// Another one.
    Own(fn(&Value) -> String),
}

/// The figures of one recording, or of a comparison.
pub struct Figures {
    pub json: Value,
    /// The recording's place on the page, or what else they are figures of.
    of: String,
}

impl Figures {
    pub fn of(analysis: &Analysis, at: usize) -> Figures {
        Figures::new(analysis.to_json(), &at.to_string())
    }

    pub fn new(json: Value, of: &str) -> Figures {
        Figures { json, of: of.to_string() }
    }

    pub fn get(&self, pointer: &str) -> &Value {
        self.json.pointer(pointer).unwrap_or(&Value::Null)
    }

    pub fn number(&self, pointer: &str) -> u64 {
        self.get(pointer).as_u64().unwrap_or(0)
    }

    /// A text of it.
    pub fn string(&self, pointer: &str) -> &str {
        self.get(pointer).as_str().unwrap_or("")
    }

    /// The elements of a list: the pointers of the first so many.
    pub fn list(&self, pointer: &str, most: usize) -> (Vec<String>, usize) {
        let length = self.get(pointer).as_array().map_or(0, Vec::len);
        ((0..length.min(most)).map(|at| format!("{pointer}/{at}")).collect(), length.saturating_sub(most))
    }

    /// Adds the figure with its name.
    pub fn put(&self, out: &mut Markup, pointer: &str, unit: Unit) {
        let value = self.get(pointer);
        let text = match unit {
            Unit::Ns => duration(value.as_u64().unwrap_or(0)),
            Unit::Share => percent(value.as_f64().unwrap_or(0.0)),
            Unit::Count => count(value.as_u64().unwrap_or(0)),
            Unit::Own(text) => text(value),
        };
        out.raw("<data data-of=\"").text(&self.of).raw("\" data-key=\"").text(pointer);
        out.raw("\" value=\"").text(&value.to_string()).raw("\">").text(&text).raw("</data>");
    }
}
