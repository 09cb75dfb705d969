//! Sentences, as they stand below tables.

use unicode_width::UnicodeWidthStr;

use super::ACCENT;

/// Columns of the terminals that everything fits.
const WIDTH: usize = 80;

/// A sentence behind an arrow, on lines of at most 80 columns.
pub fn arrow(text: &str) -> String {
    let mut out = format!("{ACCENT}→{ACCENT:#}");
    let mut column = 1;
    for word in text.split(' ') {
        if column > 1 && column + 1 + word.width() > WIDTH {
            out.push_str("\n ");
            column = 1;
        }
        out.push(' ');
        out.push_str(word);
        column += 1 + word.width();
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_broken_at_80_columns() {
        let text = "word ".repeat(40);
        let lines: Vec<String> =
            anstream::adapter::strip_str(&arrow(text.trim())).to_string().lines().map(String::from).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("→ word") && lines[1].starts_with("  word"));
        assert!(lines.iter().all(|line| line.width() <= WIDTH));
    }
}
