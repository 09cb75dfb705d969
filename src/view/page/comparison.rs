//! A comparison at the head of its page: what was measured in each mode, a bar for each, and what follows.

use serde_json::Value;

use crate::record::compare::{Comparison, ModeRuns};
use crate::record::units::bytes;

use super::figures::{Figures, Unit};
use super::markup::Markup;

/// The columns: heading, the figure's name, its unit.
const COLUMNS: [(&str, &str, Unit); 9] = [
    ("speed-up", "speed_up", Unit::Own(times)),
    ("95% interval", "speed_up_interval", Unit::Own(interval)),
    ("fastest", "fastest_ns", Unit::Ns),
    ("slowest", "slowest_ns", Unit::Ns),
    ("waiting", "contention_ratio", Unit::Share),
    ("switches", "switches", Unit::Count),
    ("memory", "peak_memory_bytes", Unit::Own(memory)),
    ("outcomes", "different_outcomes", Unit::Count),
    ("runs", "times_ns", Unit::Own(runs)),
];

/// The comparison as HTML.
pub fn comparison(comparison: &Comparison) -> String {
    let figures = Figures::new(comparison.to_json(), "comparison");
    let mut out = Markup::default();
    out.raw("<section class=\"panel comparison\"><h2>the modes compared</h2><div class=\"scroll\">");
    out.raw(
        "<table class=\"list\"><thead><tr><th scope=\"col\">mode</th><th scope=\"col\" class=\"n\">time</th><th></th>",
    );
    for (heading, _, _) in COLUMNS {
        out.raw("<th class=\"n\" scope=\"col\">").text(heading).raw("</th>");
    }
    out.raw("</tr></thead><tbody>");
    for (at, mode) in comparison.modes.iter().enumerate() {
        row(&mut out, comparison, &figures, mode, at);
    }
    out.raw("</tbody></table></div><ul class=\"findings\">");
    for sentence in comparison.findings() {
        out.raw("<li>").text(&sentence).raw("</li>");
    }
    out.raw("</ul><p class=\"note\">For the lanes below each mode was run once more, and recorded.</p></section>");
    out.into_string()
}

fn row(out: &mut Markup, comparison: &Comparison, figures: &Figures, mode: &ModeRuns, at: usize) {
    let longest = comparison.modes.iter().map(ModeRuns::median_ns).max().unwrap_or(1).max(1);
    let width = mode.median_ns() as f64 / longest as f64 * 100.0;
    out.raw("<tr><th scope=\"row\">").text(&mode.name).raw("</th><td class=\"n\">");
    figures.put(out, &format!("/modes/{at}/median_ns"), Unit::Ns);
    out.raw(&format!("</td><td class=\"long\"><i style=\"width:{width:.1}%\"></i></td>"));
    for (_, name, unit) in COLUMNS {
        let pointer = format!("/modes/{at}/{name}");
        let is_of_the_lock = matches!(name, "contention_ratio" | "switches");
        out.raw("<td class=\"n\">");
        if figures.get(&pointer).is_null() || is_of_the_lock && !mode.locked {
            out.text("–");
        } else {
            figures.put(out, &pointer, unit);
        }
        out.raw("</td>");
    }
    out.raw("</tr>");
}

fn times(value: &Value) -> String {
    format!("{:.2}×", value.as_f64().unwrap_or(0.0))
}

fn interval(value: &Value) -> String {
    let end = |at: usize| value[at].as_f64().unwrap_or(0.0);
    format!("{:.2} – {:.2}", end(0), end(1))
}

fn memory(value: &Value) -> String {
    bytes(value.as_u64().unwrap_or(0))
}

fn runs(value: &Value) -> String {
    value.as_array().map_or(0, Vec::len).to_string()
}
