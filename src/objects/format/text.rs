//! A `str` under a format spec.

use crate::objects::str::index::char_width;

use super::Fault;
use super::number::{Plain, Sink};
use super::spec::{Align, Spec, pad};

/// `text` (WTF-8, of `chars` code points) as the spec wants it.
#[inline]
pub fn format<S: Sink>(text: &[u8], chars: usize, spec: &Spec, sink: S) -> Result<S::Text, Fault> {
    if let Some(code) = spec.code.filter(|code| *code != b's' as u32) {
        return Err(Fault::UnknownCode(code));
    }
    let refused = match spec {
        Spec { sign: Some(b' '), .. } => Some("Space not allowed in string format specifier"),
        Spec { sign: Some(_), .. } => Some("Sign not allowed in string format specifier"),
        Spec { no_negative_zero: true, .. } => {
            Some("Negative zero coercion (z) not allowed in string format specifier")
        }
        Spec { alternate: true, .. } => Some("Alternate form (#) not allowed in string format specifier"),
        Spec { align: Align::AfterSign, .. } => Some("'=' alignment not allowed in string format specifier"),
        _ => None,
    };
    if let Some(message) = refused {
        return Err(Fault::value(message));
    }
    let (text, chars) = match spec.precision {
        Some(most) if most < chars => {
            let mut end = 0;
            for _ in 0..most {
                end += char_width(text[end]);
            }
            (&text[..end], most)
        }
        _ => (text, chars),
    };
    match Plain::new(None, "", text, chars, spec) {
        Some(plain) => sink.plain(&plain),
        None => sink.whole(pad(spec, text, chars)?),
    }
}
