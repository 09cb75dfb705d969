//! What the characters of Unicode are and become: properties and case mappings that Rust's library lacks or sees otherwise.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters beyond the decimal digits that stand for a digit: superscripts, circled digits and the like.
const OTHER_DIGITS: &[(u32, u32)] = &[
    (0xB2, 0xB3),
    (0xB9, 0xB9),
    (0x1369, 0x1371),
    (0x19DA, 0x19DA),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247C),
    (0x2488, 0x2490),
    (0x24EA, 0x24EA),
    (0x24F5, 0x24FD),
    (0x24FF, 0x24FF),
    (0x2776, 0x277E),
    (0x2780, 0x2788),
    (0x278A, 0x2792),
    (0x10A40, 0x10A43),
    (0x10E60, 0x10E68),
    (0x11052, 0x1105A),
    (0x1F100, 0x1F10A),
];

/// Ideographs that stand for numbers, in order.
const NUMERIC_IDEOGRAPHS: &[u32] = &[
    0x3405, 0x3483, 0x382A, 0x3B4D, 0x4E00, 0x4E03, 0x4E07, 0x4E09, 0x4E24, 0x4E5D, 0x4E8C, 0x4E94, 0x4E96, 0x4EAC,
    0x4EBF, 0x4EC0, 0x4EDF, 0x4EE8, 0x4F0D, 0x4F70, 0x4FE9, 0x5006, 0x5104, 0x5146, 0x5169, 0x516B, 0x516D, 0x5341,
    0x5343, 0x5344, 0x5345, 0x534C, 0x53C1, 0x53C2, 0x53C3, 0x53C4, 0x56DB, 0x58F1, 0x58F9, 0x5E7A, 0x5EFE, 0x5EFF,
    0x5F0C, 0x5F0D, 0x5F0E, 0x5F10, 0x62D0, 0x62FE, 0x634C, 0x67D2, 0x6D1E, 0x6F06, 0x7396, 0x767E, 0x7695, 0x79ED,
    0x8086, 0x842C, 0x8CAE, 0x8CB3, 0x8D30, 0x920E, 0x94A9, 0x9621, 0x9646, 0x964C, 0x9678, 0x96F6, 0xF96B, 0xF973,
    0xF978, 0xF9B2, 0xF9D1, 0xF9D3, 0xF9FD, 0x20001, 0x20064, 0x200E2, 0x20121, 0x2092A, 0x20983, 0x2098C, 0x2099C,
    0x20AEA, 0x20AFD, 0x20B19, 0x22390, 0x22998, 0x23B1B, 0x2626D, 0x2F890,
];

/// A property of code points; surrogates have none.
fn of_char(c: u32, property: impl FnOnce(char) -> bool) -> bool {
    char::from_u32(c).is_some_and(property)
}

pub fn is_alpha(c: u32) -> bool {
    match u8::try_from(c) {
        Ok(b) if b < 0x80 => b.is_ascii_alphabetic(),
        _ => of_char(c, |c| c.general_category_group() == GeneralCategoryGroup::Letter),
    }
}

pub fn is_decimal(c: u32) -> bool {
    match u8::try_from(c) {
        Ok(b) if b < 0x80 => b.is_ascii_digit(),
        _ => of_char(c, |c| c.general_category() == GeneralCategory::DecimalNumber),
    }
}

pub fn is_digit(c: u32) -> bool {
    is_decimal(c) || OTHER_DIGITS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

pub fn is_numeric(c: u32) -> bool {
    if c < 0x80 {
        return is_decimal(c);
    }
    of_char(c, |c| c.general_category_group() == GeneralCategoryGroup::Number)
        || NUMERIC_IDEOGRAPHS.binary_search(&c).is_ok()
}

pub fn is_alnum(c: u32) -> bool {
    is_alpha(c) || is_numeric(c)
}

/// What `str.split()` splits at: Python counts the four separators of ASCII as well.
#[inline]
pub fn is_space(c: u32) -> bool {
    matches!(c, 9..=13 | 0x1C..=0x20 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000)
}

/// Where `str.splitlines()` ends a line.
#[inline]
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 10..=13 | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

pub fn is_upper(c: u32) -> bool {
    of_char(c, char::is_uppercase)
}

pub fn is_lower(c: u32) -> bool {
    of_char(c, char::is_lowercase)
}

/// A digraph whose first half is a capital.
pub fn is_title(c: u32) -> bool {
    c > 0x100 && of_char(c, |c| c.general_category() == GeneralCategory::TitlecaseLetter)
}

pub fn is_cased(c: u32) -> bool {
    is_upper(c) || is_lower(c) || is_title(c)
}

/// Whether the case of a word is looked for across this character.
fn is_case_ignorable(c: u32) -> bool {
    matches!(c, 0x27 | 0x2E | 0x3A | 0xB7 | 0x387 | 0x55F | 0x5F4 | 0x2018 | 0x2019 | 0x2024 | 0x2027)
        || of_char(c, |c| {
            matches!(
                c.general_category(),
                GeneralCategory::NonspacingMark
                    | GeneralCategory::EnclosingMark
                    | GeneralCategory::Format
                    | GeneralCategory::ModifierLetter
                    | GeneralCategory::ModifierSymbol
            )
        })
}

pub fn push_upper(out: &mut Vec<u32>, c: u32) {
    match char::from_u32(c) {
        Some(c) => out.extend(c.to_uppercase().map(u32::from)),
        None => out.push(c),
    }
}

pub fn push_lower(out: &mut Vec<u32>, c: u32) {
    match char::from_u32(c) {
        Some(c) => out.extend(c.to_lowercase().map(u32::from)),
        None => out.push(c),
    }
}

const SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

/// The lower case of `text[at]` in its word: a sigma at its end has a form of its own.
pub fn push_lower_in(out: &mut Vec<u32>, text: &[u32], at: usize) {
    if text[at] != SIGMA {
        return push_lower(out, text[at]);
    }
    let before = text[..at].iter().rev().find(|c| !is_case_ignorable(**c));
    let after = text[at + 1..].iter().find(|c| !is_case_ignorable(**c));
    let ends_word = before.is_some_and(|c| is_cased(*c)) && !after.is_some_and(|c| is_cased(*c));
    out.push(if ends_word { FINAL_SIGMA } else { SMALL_SIGMA });
}

/// The title case: of most characters the upper case, of digraphs and ligatures with only the first letter raised.
pub fn push_title(out: &mut Vec<u32>, c: u32) {
    match c {
        0x1C4..=0x1CC => out.push(0x1C5 + (c - 0x1C4) / 3 * 3),
        0x1F1..=0x1F3 => out.push(0x1F2),
        // Georgian has capitals only for text that is all in capitals.
        0x10D0..=0x10FF => out.push(c),
        0x1F80..=0x1FAF => out.push(c | 8),
        0x1FB3 | 0x1FBC | 0x1FC3 | 0x1FCC | 0x1FF3 | 0x1FFC => out.push(c & !0xF | 0xC),
        0x149 => push_upper(out, c),
        _ => {
            let first = out.len();
            push_upper(out, c);
            let rest = out.split_off((first + 1).min(out.len()));
            for c in rest {
                // An iota that upper case writes beside its vowel stays below it.
                if c == 0x399 { out.push(0x345) } else { push_lower(out, c) }
            }
        }
    }
}

/// What `str.casefold` makes of a character: the lower case of its upper case, with few exceptions.
pub fn push_folded(out: &mut Vec<u32>, c: u32) {
    match c {
        0..0x80 => out.push(if (0x41..=0x5A).contains(&c) { c + 32 } else { c }),
        0x131 | 0x13A0..=0x13F5 => out.push(c),
        0x1E9E => out.extend([b's' as u32; 2]),
        // Cherokee folds to its capitals, which are the older ones.
        0x13F8..=0x13FD | 0xAB70..=0xABBF => push_upper(out, c),
        _ => {
            let first = out.len();
            push_upper(out, c);
            for c in out.split_off(first) {
                push_lower(out, c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(text: &str, push: fn(&mut Vec<u32>, u32)) -> String {
        let mut out = Vec::new();
        text.chars().for_each(|c| push(&mut out, c as u32));
        out.into_iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn cases_are_mapped_in_full() {
        assert_eq!(mapped("ß", push_upper), "SS");
        assert_eq!(mapped("ǆ", push_title), "ǅ");
        assert_eq!(mapped("ﬁ", push_title), "Fi");
        assert_eq!(mapped("ᾳ", push_title), "ᾼ");
        assert_eq!(mapped("ᾷ", push_title), "Α\u{342}\u{345}");
        assert_eq!(mapped("ßẞıſﬃ", push_folded), "ssssısffi");
    }

    #[test]
    fn a_sigma_at_the_end_of_a_word_has_its_own_form() {
        let text: Vec<u32> = "ΟΣΣ Σ".chars().map(u32::from).collect();
        let mut out = Vec::new();
        (0..text.len()).for_each(|at| push_lower_in(&mut out, &text, at));
        let lower: String = out.into_iter().filter_map(char::from_u32).collect();
        assert_eq!(lower, "οσς σ");
    }

    #[test]
    fn numbers_come_in_three_kinds() {
        let kinds = |c: char| (is_decimal(c as u32), is_digit(c as u32), is_numeric(c as u32));
        assert_eq!(kinds('5'), (true, true, true));
        assert_eq!(kinds('²'), (false, true, true));
        assert_eq!(kinds('½'), (false, false, true));
        assert_eq!(kinds('一'), (false, false, true));
        assert_eq!(kinds('x'), (false, false, false));
    }
}
