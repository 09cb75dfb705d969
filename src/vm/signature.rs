//! Signatures of native functions in Python's notation: parsed once, then used to bind arguments (and by `wording`, where they
//! do not fit).

use std::collections::HashMap;

use parking_lot::RwLock;
use rustc_hash::FxBuildHasher;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;

use super::Thread;
use super::native::{Arity, Binding, NativeDef, Result};
use super::wording::Callee;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParameterKind {
    PositionalOnly,
    Positional,
    KeywordOnly,
    VarArgs,
    VarKeywords,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: Box<str>,
    pub has_default: bool,
    pub kind: ParameterKind,
}

/// What a signature says of calls with positional arguments alone. The compiler reads it from the text, so that a start need
/// not parse some thousand signatures of which it calls a few.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    pub parameters: u8,
    /// As in [`Signature`].
    pub positional: u8,
    /// As in [`Signature`].
    pub required: u8,
    /// As in [`Signature`].
    pub simple: bool,
}

impl Shape {
    /// That of `(self, iterable=(), /, *, key=None)`, the parentheses included.
    pub const fn of(text: &str) -> Shape {
        let text = text.as_bytes();
        let mut shape = Shape { parameters: 0, positional: 0, required: 0, simple: true };
        let (mut keyword_only, mut depth, mut quote, mut at) = (false, 0, 0, 1);
        // Of the parameter at hand: its first two bytes, and whether it has a default.
        let (mut first, mut second, mut has_default) = (0, 0, false);
        while at < text.len() {
            let byte = text[at];
            let ends = quote == 0 && depth == 0 && (byte == b',' || byte == b')');
            if ends {
                match (first, second) {
                    (0 | b'/', _) => {}
                    (b'*', 0) => keyword_only = true,
                    (b'*', _) => {
                        keyword_only = true;
                        shape.parameters += 1;
                        shape.simple = false;
                    }
                    _ if keyword_only => {
                        shape.parameters += 1;
                        shape.simple = shape.simple && has_default;
                    }
                    _ => {
                        shape.parameters += 1;
                        shape.positional += 1;
                        shape.required += !has_default as u8;
                    }
                }
                (first, second, has_default) = (0, 0, false);
            } else if quote != 0 {
                quote = if byte == quote { 0 } else { quote };
            } else if first == 0 {
                first = if byte == b' ' { 0 } else { byte };
            } else {
                second = if second == 0 { byte } else { second };
                match byte {
                    b'=' => has_default = true,
                    b'\'' | b'"' => quote = byte,
                    b'(' | b'[' | b'{' => depth += 1,
                    b')' | b']' | b'}' => depth -= 1,
                    _ => {}
                }
            }
            at += 1;
        }
        shape
    }
}

/// A parsed signature.
#[derive(Debug)]
pub struct Signature {
    pub parameters: Vec<Parameter>,
    /// How many arguments can be passed by position, `self` included.
    pub positional: usize,
    /// How many of those must be passed.
    pub required: usize,
    /// Whether exactly `positional` positional arguments fill every parameter: the fast path.
    pub plain: bool,
    /// Whether from `required` to `positional` positional arguments are a complete call: nothing is collected, and what
    /// can only be named has a default.
    pub simple: bool,
    /// Where `*args` and `**kwargs` are among the parameters.
    collectors: [Option<usize>; 2],
    /// Whether what can only be named has a default.
    may_go_unnamed: bool,
    /// Whether the first parameter is the bound object, class or module, not counted in messages.
    pub has_self: bool,
}

impl Signature {
    /// That of a native function. A first parameter `cls` is the bound class only where there is one: `issubclass` has
    /// an ordinary parameter of that name.
    pub fn of(def: &NativeDef) -> Signature {
        let mut signature = Signature::parse(def.signature);
        let is_bound = def.name == "__new__" || def.binding == Binding::Class;
        if !is_bound && def.signature.starts_with("(cls") {
            signature.has_self = false;
        }
        debug_assert_eq!(signature.shape(), def.shape, "{}{}", def.name, def.signature);
        signature
    }

    fn shape(&self) -> Shape {
        Shape {
            parameters: self.parameters.len() as u8,
            positional: self.positional as u8,
            required: self.required as u8,
            simple: self.simple,
        }
    }

    /// Parses `(self, iterable=(), /, *, key=None)`.
    fn parse(text: &'static str) -> Signature {
        let inner = text.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text);
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut keyword_only = false;
        let mut has_self = false;
        for part in split(inner) {
            let part = part.trim();
            match part {
                "" => {}
                "/" => parameters.iter_mut().for_each(|p| p.kind = ParameterKind::PositionalOnly),
                "*" => keyword_only = true,
                _ => {
                    let (name, has_default) = match part.split_once('=') {
                        Some((name, _)) => (name.trim(), true),
                        None => (part, false),
                    };
                    let (name, kind) = if let Some(name) = name.strip_prefix("**") {
                        (name, ParameterKind::VarKeywords)
                    } else if let Some(name) = name.strip_prefix('*') {
                        keyword_only = true;
                        (name, ParameterKind::VarArgs)
                    } else if keyword_only {
                        (name, ParameterKind::KeywordOnly)
                    } else {
                        (name, ParameterKind::Positional)
                    };
                    has_self |=
                        parameters.is_empty() && matches!(name, "self" | "$self" | "cls" | "$type" | "type" | "$cls");
                    parameters.push(Parameter { name: name.trim_start_matches('$').into(), has_default, kind });
                }
            }
        }
        Signature::new(parameters, has_self)
    }

    pub(super) fn new(parameters: Vec<Parameter>, has_self: bool) -> Signature {
        let by_position = |p: &&Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::PositionalOnly);
        let positional = parameters.iter().filter(by_position).count();
        let required = parameters.iter().filter(by_position).filter(|p| !p.has_default).count();
        let plain = positional == parameters.len();
        let simple = parameters.iter().all(|p| match p.kind {
            ParameterKind::PositionalOnly | ParameterKind::Positional => true,
            ParameterKind::KeywordOnly => p.has_default,
            ParameterKind::VarArgs | ParameterKind::VarKeywords => false,
        });
        let place = |kind: ParameterKind| parameters.iter().position(|p| p.kind == kind);
        let collectors = [place(ParameterKind::VarArgs), place(ParameterKind::VarKeywords)];
        let may_go_unnamed = parameters.iter().all(|p| p.kind != ParameterKind::KeywordOnly || p.has_default);
        Signature { parameters, positional, required, plain, simple, collectors, may_go_unnamed, has_self }
    }

    /// Binds arguments: positional ones, then those named by `names`. One entry for each parameter, `EMPTY` where a default
    /// applies; the buffer lies on the caller's stack.
    pub(super) fn bind(
        &self,
        th: &Thread,
        callee: &Callee,
        args: &[Value],
        names: &[Value],
        out: &mut [Value],
    ) -> Result<()> {
        let given = args.len() - names.len();
        if self.simple && names.is_empty() && (self.required..=self.positional).contains(&given) {
            let (passed, rest) = out.split_at_mut(given);
            passed.copy_from_slice(args);
            rest.fill(Value::EMPTY);
            return Ok(());
        }
        let [varargs, rest] = self.collectors;
        let fits = given >= self.required && (varargs.is_some() || given <= self.positional);
        if fits && names.is_empty() && self.may_go_unnamed {
            let by_position = given.min(self.positional);
            out.fill(Value::EMPTY);
            out[..by_position].copy_from_slice(&args[..by_position]);
            if let Some(at) = varargs {
                out[at] = th.tuple(&args[by_position..]);
            }
            if let Some(at) = rest {
                out[at] = Dict::new(th).value();
            }
            return Ok(());
        }
        if callee.arity() == Arity::Python
            && let Some(raised) = self.wrong_for_python(th, callee, given, names)
        {
            return Err(raised);
        }
        if !names.is_empty() && self.takes_no_keywords() && callee.arity() != Arity::Keywords {
            if callee.leaves_keywords_to_subclass(th, args) {
                return self.bind(th, callee, &args[..given], &[], out);
            }
            return Err(self.no_keywords(th, callee, args));
        }
        if self.is_overfull(callee, args.len(), names.len()) {
            return Err(self.too_many(th, callee, given, names.len(), args));
        }
        let (positional, keywords) = args.split_at(given);
        out.fill(Value::EMPTY);
        let by_position = given.min(self.positional);
        out[..by_position].copy_from_slice(&positional[..by_position]);
        if let Some(at) = varargs {
            out[at] = th.tuple(&positional[by_position..]);
        } else if given > self.positional {
            return Err(self.wrong_count(th, callee, given, names.len(), args));
        }
        if let Some(at) = rest {
            out[at] = Dict::new(th).value();
        }
        let mut wrong = None;
        for (name, value) in names.iter().zip(keywords) {
            if !self.bind_keyword(th, *name, *value, rest, out)? && wrong.is_none() {
                wrong = Some(*name);
            }
        }
        for (at, parameter) in self.parameters.iter().enumerate() {
            let needed = !parameter.has_default
                && !matches!(parameter.kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
            if needed && out[at].is_empty() {
                return Err(self.missing(th, callee, at, given, names.len(), args));
            }
        }
        wrong.map_or(Ok(()), |name| Err(self.wrong_keyword(th, callee, name, out)))
    }

    /// Whether more arguments are given than there are parameters, where keywords count as well.
    fn is_overfull(&self, callee: &Callee, all: usize, keywords: usize) -> bool {
        let collects = |p: &Parameter| matches!(p.kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
        let by_keyword = match callee.arity() {
            Arity::Keywords | Arity::Python => true,
            Arity::Auto => !self.takes_no_keywords(),
            // One way of calling counts positions, another everything.
            Arity::Counted | Arity::Parsed => keywords > 0,
        };
        all > self.parameters.len() && by_keyword && !self.parameters.iter().any(collects)
    }

    /// Puts the value where its parameter is; false if there is none, or it has its value already.
    fn bind_keyword(
        &self,
        th: &Thread,
        name: Value,
        value: Value,
        rest: Option<usize>,
        out: &mut [Value],
    ) -> Result<bool> {
        let Some(text) = name.as_str_cell() else { return Err(th.type_error("keywords must be strings")) };
        // What is no UTF-8 is no parameter's name.
        let at = std::str::from_utf8(text.wtf8()).ok().and_then(|wanted| self.named(wanted));
        match (at, rest) {
            (Some(at), _) if !out[at].is_empty() => Ok(false),
            (Some(at), _) => {
                out[at] = value;
                Ok(true)
            }
            (None, Some(rest)) => match out[rest].downcast::<Dict>() {
                Some(dict) => dict.set_item(th, name, value).map(|()| true),
                None => Ok(true),
            },
            (None, None) => Ok(false),
        }
    }

    /// Which parameter goes by this name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let named = |p: &Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::KeywordOnly);
        self.parameters.iter().position(|p| *p.name == *name && named(p))
    }
}

/// Splits at the commas outside brackets and quotes.
fn split(text: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut quote) = (0, 0, None);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth -= 1,
            (None, b',') if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The parsed signatures of an interpreter, by the address of their text; they live as long as the process, as their texts do.
#[derive(Default)]
pub struct Signatures(RwLock<HashMap<usize, &'static Signature, FxBuildHasher>>);

impl Signatures {
    pub fn of(&self, def: &'static NativeDef) -> &'static Signature {
        let key = def.signature.as_ptr() as usize;
        if let Some(found) = self.0.read().get(&key) {
            return found;
        }
        let parsed: &'static Signature = Box::leak(Box::new(Signature::of(def)));
        self.0.write().insert(key, parsed);
        parsed
    }
}

/// The items of an optional tuple.
pub fn items(tuple: Option<Gc<Tuple>>) -> &'static [Value] {
    tuple.map_or(&[], |t| t.items())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_says_which_arguments_go_where() {
        let s = Signature::parse("($self, iterable=(), /, *, key=None, reverse=False)");
        assert_eq!((s.positional, s.required, s.plain, s.has_self), (2, 1, false, true));
        assert_eq!(&*s.parameters[0].name, "self");
        assert_eq!(s.parameters[1].kind, ParameterKind::PositionalOnly);
        assert_eq!(s.parameters[2].kind, ParameterKind::KeywordOnly);
        assert!(Signature::parse("(obj, /)").plain);
        let s = Signature::parse("(*args, sep=' , ', **kw)");
        assert_eq!(s.parameters.len(), 3);
        assert_eq!(s.parameters[2].kind, ParameterKind::VarKeywords);
    }
}
