//! HTML, written piece by piece: tags are ours, texts are anybody's.

/// HTML that is being written.
#[derive(Default)]
pub struct Markup(String);

impl Markup {
    /// Adds tags, which must be ours altogether.
    pub fn raw(&mut self, tags: &str) -> &mut Markup {
        self.0.push_str(tags);
        self
    }

    /// Adds a text, whatever is in it; in attributes too, between quotes.
    pub fn text(&mut self, text: &str) -> &mut Markup {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Characters that HTML has no place for.
                '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f' => self.0.push('\u{fffd}'),
                _ => self.0.push(character),
            }
        }
        self
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        let mut markup = Markup::default();
        markup.raw("<b title=\"").text("\"'><script>&\0").raw("\">");
        assert_eq!(markup.into_string(), "<b title=\"&quot;&#39;&gt;&lt;script&gt;&amp;\u{fffd}\">");
    }
}
