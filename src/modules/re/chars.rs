//! What classes of characters hold, and which characters are the same but for their case.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxBuildHasher;

use crate::objects::str::unicode::{is_alnum, is_decimal, is_space};

use super::tree::{Category, Class};

/// Whose letters, digits and cases count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alphabet {
    /// ASCII's: of `re.ASCII`, bytes, and of the only locale there is.
    Ascii,
    Unicode,
}

/// Whether a category holds a character.
pub fn holds(category: Category, alphabet: Alphabet, c: u32) -> bool {
    let within = match (alphabet, u8::try_from(c)) {
        (_, Ok(b)) if b < 0x80 => match category.class {
            Class::Digit => b.is_ascii_digit(),
            Class::Space => matches!(b, 9..=13 | b' ') || alphabet == Alphabet::Unicode && matches!(b, 0x1C..=0x1F),
            Class::Word => b.is_ascii_alphanumeric() || b == b'_',
        },
        (Alphabet::Ascii, _) => false,
        (Alphabet::Unicode, _) => match category.class {
            Class::Digit => is_decimal(c),
            Class::Space => is_space(c),
            Class::Word => is_word(c),
        },
    };
    within != category.negated
}

/// A bit for each of 256 characters that follow each other.
type Page = [u64; 4];

/// The letters and numbers of the Basic Multilingual Plane: asked for so often that the answers are kept, page by page.
static WORDS: [OnceLock<Page>; 256] = [const { OnceLock::new() }; 256];

pub fn is_word(c: u32) -> bool {
    match WORDS.get((c >> 8) as usize) {
        Some(page) => {
            let bits = page.get_or_init(|| word_page(c & !0xFF));
            bits[(c >> 6 & 3) as usize] >> (c & 63) & 1 != 0
        }
        None => is_alnum(c),
    }
}

#[cold]
fn word_page(first: u32) -> Page {
    let mut page = [0; 4];
    for c in (first..first + 256).filter(|c| is_alnum(*c) || *c == u32::from(b'_')) {
        page[(c >> 6 & 3) as usize] |= 1 << (c & 63);
    }
    page
}

/// The lower case of a character, itself a character.
pub fn lower(c: u32, alphabet: Alphabet) -> u32 {
    match u8::try_from(c) {
        Ok(b) if b < 0x80 => b.to_ascii_lowercase().into(),
        _ if alphabet == Alphabet::Ascii => c,
        _ => char::from_u32(c).and_then(|c| c.to_lowercase().next()).map_or(c, u32::from),
    }
}

/// Behind the last character that has a case.
const CASES_END: u32 = 0x1_E944;

/// Characters by case.
struct Cases {
    /// Those that have one, in order.
    cased: Vec<u32>,
    /// By lower case: all that match it when case is ignored, itself included.
    same: HashMap<u32, Vec<u32>, FxBuildHasher>,
}

static CASES: LazyLock<Cases> = LazyLock::new(|| {
    let mut by_upper: HashMap<String, Vec<u32>> = HashMap::new();
    let mut by_lower: HashMap<u32, Vec<u32>, FxBuildHasher> = HashMap::default();
    let mut cased = Vec::new();
    for c in (0..CASES_END).filter_map(char::from_u32) {
        let (code, small) = (u32::from(c), lower(c.into(), Alphabet::Unicode));
        let upper: String = c.to_uppercase().collect();
        if small != code || !upper.chars().eq([c]) {
            cased.push(code);
            by_lower.entry(small).or_default().push(code);
            by_upper.entry(upper).or_default().push(small);
        } else {
            // It may be what others become.
            by_upper.entry(upper).or_default().push(code);
        }
    }
    let mut same = by_lower.clone();
    // Lower cases that share an upper case match each other: s and the long s.
    for lowers in by_upper.into_values().filter(|lowers| lowers.len() > 1) {
        for small in &lowers {
            for other in lowers.iter().filter(|other| *other != small) {
                let more = by_lower.get(other).cloned().unwrap_or_else(|| vec![*other]);
                same.entry(*small).or_insert_with(|| vec![*small]).extend(more);
            }
        }
    }
    for all in same.values_mut() {
        all.sort_unstable();
        all.dedup();
    }
    Cases { cased, same }
});

/// Calls `each` with every character that matches `c` when case is ignored, `c` included.
pub fn each_case(c: u32, alphabet: Alphabet, mut each: impl FnMut(u32)) {
    if let Some(b) = u8::try_from(c).ok().filter(u8::is_ascii) {
        each(b.to_ascii_lowercase().into());
        each(b.to_ascii_uppercase().into());
        if alphabet == Alphabet::Unicode {
            match b.to_ascii_lowercase() {
                b'i' => [0x130, 0x131].into_iter().for_each(each),
                b'k' => each(0x212A),
                b's' => each(0x17F),
                _ => {}
            }
        }
        return;
    }
    each(c);
    if alphabet == Alphabet::Unicode
        && let Some(same) = CASES.same.get(&lower(c, alphabet))
    {
        same.iter().copied().for_each(each);
    }
}

/// As [`each_case`], for all characters of a range but those that have no case.
pub fn each_case_within(low: u32, high: u32, alphabet: Alphabet, mut each: impl FnMut(u32)) {
    for c in low..=high.min(0x7F) {
        each_case(c, alphabet, &mut each);
    }
    if alphabet == Alphabet::Unicode && high >= 0x80 {
        let cased = &CASES.cased;
        let first = cased.partition_point(|c| *c < low.max(0x80));
        for c in cased[first..].iter().take_while(|c| **c <= high) {
            each_case(*c, alphabet, &mut each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(c: char) -> String {
        let mut all = Vec::new();
        each_case(c.into(), Alphabet::Unicode, |c| all.push(c));
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn ascii_letters_have_the_cases_that_the_tables_give() {
        for c in 'A'..='z' {
            let mut all = CASES.same.get(&u32::from(c.to_ascii_lowercase())).cloned().unwrap_or(vec![c.into()]);
            all.sort_unstable();
            let all: String = all.into_iter().filter_map(char::from_u32).collect();
            assert_eq!(cases(c), all);
        }
    }

    #[test]
    fn characters_of_one_upper_case_are_the_same() {
        assert_eq!(cases('s'), "Ssſ");
        assert_eq!(cases('ſ'), "Ssſ");
        assert_eq!(cases('σ'), "Σςσ");
        assert_eq!(cases('ß'), "ßẞ");
        assert_eq!(cases('й'), "Йй");
        assert_eq!(cases('一'), "一");
    }

    #[test]
    fn pages_say_what_the_properties_say() {
        for c in 0..0x3_0000 {
            assert_eq!(is_word(c), is_alnum(c) || c == u32::from(b'_'), "{c:#x}");
        }
    }
}
