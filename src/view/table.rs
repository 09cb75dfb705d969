//! Tables of text: columns as wide as their widest cell, the first to the left, the others to the right.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// No name in a table is wider.
const NAME: usize = 20;

/// A name as it fits a table.
pub fn name(text: &str) -> String {
    fit(text, NAME)
}

/// A name of at most `most` columns: the middle of long ones is left out, since names that belong together differ at their
/// ends.
pub fn fit(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_string();
    }
    let (mut head, mut tail) = (String::new(), String::new());
    let mut room = most.saturating_sub(1);
    for (first, last) in text.chars().zip(text.chars().rev()) {
        for (at_end, character) in [(true, last), (false, first)] {
            let width = character.width().unwrap_or(0);
            if width > room {
                return format!("{head}…{tail}");
            }
            room -= width;
            if at_end { tail.insert(0, character) } else { head.push(character) }
        }
    }
    format!("{head}…{tail}")
}

/// A text of at most `most` columns: of a longer one the beginning is left out.
pub fn tail(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut room = most.saturating_sub(1);
    for character in text.chars().rev() {
        let width = character.width().unwrap_or(0);
        if width > room {
            break;
        }
        room -= width;
        kept.insert(0, character);
    }
    format!("…{kept}")
}

/// The rows as a table of Markdown; the first is the heading.
pub fn markdown(rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    for (at, cells) in rows.iter().enumerate() {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if at == 0 {
            out.push_str(&format!("|---|{}\n", "---:|".repeat(cells.len() - 1)));
        }
    }
    out
}

/// Lays out the rows; the first is the heading.
pub fn lay_out(rows: &[Vec<String>]) -> String {
    lay_out_with(rows, &[])
}

/// As `lay_out`, with these columns to the left as well.
pub fn lay_out_with(rows: &[Vec<String>], left: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|r| r.get(column)).map(|c| c.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[at] - cell.width());
            match at {
                0 => line.push_str(&format!("{cell}{pad}")),
                at if left.contains(&at) => line.push_str(&format!("  {cell}{pad}")),
                _ => line.push_str(&format!("  {pad}{cell}")),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(name("Thread-1 (count)"), "Thread-1 (count)");
        assert_eq!(name("ThreadPoolExecutor-0_17"), "ThreadPoo…cutor-0_17");
        assert!(name(&"長".repeat(30)).width() <= NAME);
    }
}
