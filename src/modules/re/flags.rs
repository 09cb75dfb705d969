//! The flags of a pattern, as bits: those that `re.RegexFlag` names.

pub const IGNORECASE: u32 = 2;
pub const LOCALE: u32 = 4;
pub const MULTILINE: u32 = 8;
pub const DOTALL: u32 = 16;
pub const UNICODE: u32 = 32;
pub const VERBOSE: u32 = 64;
pub const DEBUG: u32 = 128;
pub const ASCII: u32 = 256;

/// Of these a part of a pattern has one at most: what its classes and cases mean.
pub const KINDS: u32 = ASCII | LOCALE | UNICODE;

/// Each flag's name, in the order in which the `repr` of a pattern lists them.
pub const NAMES: &[(u32, &str)] = &[
    (IGNORECASE, "re.IGNORECASE"),
    (LOCALE, "re.LOCALE"),
    (MULTILINE, "re.MULTILINE"),
    (DOTALL, "re.DOTALL"),
    (UNICODE, "re.UNICODE"),
    (VERBOSE, "re.VERBOSE"),
    (DEBUG, "re.DEBUG"),
    (ASCII, "re.ASCII"),
];

/// The flag that an inline letter stands for: `(?i)`.
pub fn of_letter(letter: u32) -> Option<u32> {
    Some(match u8::try_from(letter).ok()? {
        b'i' => IGNORECASE,
        b'L' => LOCALE,
        b'm' => MULTILINE,
        b's' => DOTALL,
        b'x' => VERBOSE,
        b'a' => ASCII,
        b'u' => UNICODE,
        _ => return None,
    })
}

/// The flags within `(?add-remove:…)`.
pub fn combined(flags: u32, add: u32, remove: u32) -> u32 {
    let flags = if add & KINDS != 0 { flags & !KINDS } else { flags };
    (flags | add) & !remove
}
