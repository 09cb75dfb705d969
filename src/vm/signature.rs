//! Signatures of native functions in Python's notation: parsed once, then used to bind arguments and to word errors.

use std::collections::HashMap;

use parking_lot::RwLock;
use rustc_hash::FxBuildHasher;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::tuple::Tuple;

use super::native::{Arity, NativeDef, Result};
use super::{Raised, Thread};

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
    pub name: &'static str,
    pub has_default: bool,
    pub kind: ParameterKind,
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
    /// Whether the first parameter is the bound object, class or module, not counted in messages.
    pub has_self: bool,
}

impl Signature {
    /// Parses `(self, iterable=(), /, *, key=None)`.
    pub fn parse(text: &'static str) -> Signature {
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
                    parameters.push(Parameter { name: name.trim_start_matches('$'), has_default, kind });
                }
            }
        }
        let by_position = |p: &&Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::PositionalOnly);
        let positional = parameters.iter().filter(by_position).count();
        let required = parameters.iter().filter(by_position).filter(|p| !p.has_default).count();
        let plain = positional == parameters.len();
        let simple = parameters.iter().all(|p| match p.kind {
            ParameterKind::PositionalOnly | ParameterKind::Positional => true,
            ParameterKind::KeywordOnly => p.has_default,
            ParameterKind::VarArgs | ParameterKind::VarKeywords => false,
        });
        Signature { parameters, positional, required, plain, simple, has_self }
    }

    /// Binds arguments: positional ones, then those named by `names`. One entry for each parameter, `EMPTY` where a default
    /// applies; the buffer lies on the caller's stack.
    pub fn bind(&self, th: &Thread, def: &NativeDef, args: &[Value], names: &[Value], out: &mut [Value]) -> Result<()> {
        let given = args.len() - names.len();
        if self.simple && names.is_empty() && (self.required..=self.positional).contains(&given) {
            let (passed, rest) = out.split_at_mut(given);
            passed.copy_from_slice(args);
            rest.fill(Value::EMPTY);
            return Ok(());
        }
        let (positional, keywords) = args.split_at(given);
        out.fill(Value::EMPTY);
        let varargs = self.parameters.iter().position(|p| p.kind == ParameterKind::VarArgs);
        let by_position = given.min(self.positional);
        out[..by_position].copy_from_slice(&positional[..by_position]);
        if let Some(at) = varargs {
            out[at] = th.tuple(&positional[by_position..]);
        } else if given > self.positional {
            return Err(self.wrong_count(th, def, given, names.len(), args));
        }
        let rest = self.parameters.iter().position(|p| p.kind == ParameterKind::VarKeywords);
        if let Some(at) = rest {
            out[at] = Dict::new(th).value();
        }
        for (name, value) in names.iter().zip(keywords) {
            self.bind_keyword(th, def, *name, *value, rest, out)?;
        }
        for (at, parameter) in self.parameters.iter().enumerate() {
            let needed = !parameter.has_default
                && !matches!(parameter.kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
            if needed && out[at].is_empty() {
                return Err(self.missing(th, def, at, given, names.len(), args));
            }
        }
        Ok(())
    }

    fn bind_keyword(
        &self,
        th: &Thread,
        def: &NativeDef,
        name: Value,
        value: Value,
        rest: Option<usize>,
        out: &mut [Value],
    ) -> Result<()> {
        let Some(text) = name.as_str_cell() else { return Err(th.type_error("keywords must be strings")) };
        let wanted = text.to_text();
        let found = self
            .parameters
            .iter()
            .position(|p| p.name == wanted && matches!(p.kind, ParameterKind::Positional | ParameterKind::KeywordOnly));
        match (found, rest) {
            (Some(at), _) if !out[at].is_empty() => Err(th.type_error(format_args!(
                "argument for {}() given by name ('{wanted}') and position ({})",
                def.name,
                at + 1 - usize::from(self.has_self)
            ))),
            (Some(at), _) => {
                out[at] = value;
                Ok(())
            }
            (None, Some(rest)) => match out[rest].downcast::<Dict>() {
                Some(dict) => dict.set_item(th, name, value),
                None => Ok(()),
            },
            (None, None) if self.takes_no_keywords() => {
                Err(th.type_error(format_args!("{}() takes no keyword arguments", self.full_name(th, def, out))))
            }
            (None, None) => {
                // `sorted` hands its keywords on to `list.sort`.
                let name = if def.name == "sorted" { "sort".to_owned() } else { self.display_name(th, def, out) };
                let hint = self.keyword_hint(&wanted);
                Err(th.type_error(format_args!("{name}() got an unexpected keyword argument '{wanted}'{hint}")))
            }
        }
    }

    #[cold]
    fn keyword_hint(&self, wrong: &str) -> String {
        let named = |p: &&Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::KeywordOnly);
        let names = self.parameters.iter().filter(named).map(|p| p.name.to_string());
        super::suggest::closest(wrong, names).map_or_else(String::new, |name| format!(". Did you mean '{name}'?"))
    }

    fn takes_no_keywords(&self) -> bool {
        self.parameters.iter().all(|p| matches!(p.kind, ParameterKind::PositionalOnly | ParameterKind::VarArgs))
    }

    /// `list.append` for a method of a built-in type, `math.sqrt` for a function of a module, `len` for a built-in one.
    fn full_name(&self, th: &Thread, def: &NativeDef, args: &[Value]) -> String {
        match args.first() {
            Some(object) if self.has_self && !object.is_empty() && !matches!(def.name, "__new__" | "__init__") => {
                let class = if let Some(class) = object.as_class() { class } else { th.class_of(*object) };
                format!("{}.{}", class.short_name(), def.name)
            }
            _ => match crate::modules::home_of(def) {
                Some(module) if module != "builtins" => format!("{module}.{}", def.name),
                _ => self.display_name(th, def, args),
            },
        }
    }

    /// Its name in messages: a constructor goes by the name of the built-in type that it makes.
    fn display_name(&self, th: &Thread, def: &NativeDef, args: &[Value]) -> String {
        let class = match args.first() {
            Some(class) if def.name == "__new__" => class.as_class(),
            Some(object) if def.name == "__init__" && !object.is_empty() => Some(th.class_of(*object)),
            _ => None,
        };
        let native = class.and_then(|class| {
            class.mro().items().iter().find_map(|base| base.as_class().and_then(|base| base.def).map(|def| def.name))
        });
        native.unwrap_or(def.name).to_owned()
    }

    #[cold]
    fn wrong_count(&self, th: &Thread, def: &NativeDef, given: usize, keywords: usize, args: &[Value]) -> Raised {
        let own = usize::from(self.has_self);
        let given = given.saturating_sub(own);
        let (least, most) = (self.required.saturating_sub(own), self.positional - own);
        let name = self.display_name(th, def, args);
        if self.takes_no_keywords() && most <= 1 && least == most && def.arity == Arity::Auto {
            let takes = if most == 0 { "no arguments" } else { "exactly one argument" };
            let name = self.full_name(th, def, args);
            return th.type_error(format_args!("{name}() takes {takes} ({given} given)"));
        }
        if def.arity == Arity::Keywords || (def.arity == Arity::Auto && !self.takes_no_keywords()) {
            let total = given + keywords;
            if most == 0 && given > 0 {
                return th.type_error(format_args!("{name}() takes no positional arguments"));
            }
            let bound = if least == most { "exactly" } else { "at most" };
            let positional = if self.parameters.len() > self.positional { "positional " } else { "" };
            return th.type_error(format_args!(
                "{name}() takes {bound} {most} {positional}argument{} ({total} given)",
                if most == 1 { "" } else { "s" }
            ));
        }
        self.expected(th, def, given, least, most, args)
    }

    fn expected(
        &self,
        th: &Thread,
        def: &NativeDef,
        given: usize,
        least: usize,
        most: usize,
        args: &[Value],
    ) -> Raised {
        let (bound, count) = match (least == most, given < least) {
            (true, _) => ("", most),
            (false, true) => ("at least ", least),
            (false, false) => ("at most ", most),
        };
        let s = if count == 1 { "" } else { "s" };
        th.type_error(format_args!(
            "{} expected {bound}{count} argument{s}, got {given}",
            self.display_name(th, def, args)
        ))
    }

    #[cold]
    fn missing(
        &self,
        th: &Thread,
        def: &NativeDef,
        at: usize,
        given: usize,
        keywords: usize,
        args: &[Value],
    ) -> Raised {
        let own = usize::from(self.has_self);
        let parameter = &self.parameters[at];
        if at < own {
            return th.type_error(format_args!("unbound method {}() needs an argument", def.name));
        }
        if parameter.kind == ParameterKind::PositionalOnly {
            if self.takes_no_keywords() || def.arity == Arity::Counted {
                let (least, most) = (self.required - own, self.positional - own);
                if most <= 1 && least == most && def.arity == Arity::Auto {
                    return self.wrong_count(th, def, given, keywords, args);
                }
                return self.expected(th, def, given - own, least, most, args);
            }
            return self.wrong_count_least(th, def, given - own, args);
        }
        th.raise(
            Exc::TypeError,
            format_args!(
                "{}() missing required argument '{}' (pos {})",
                self.display_name(th, def, args),
                parameter.name,
                at + 1 - own
            ),
        )
    }

    fn wrong_count_least(&self, th: &Thread, def: &NativeDef, given: usize, args: &[Value]) -> Raised {
        let least = self.required - usize::from(self.has_self);
        let s = if least == 1 { "" } else { "s" };
        let bound = if least == self.positional - usize::from(self.has_self) { "exactly" } else { "at least" };
        th.type_error(format_args!(
            "{}() takes {bound} {least} positional argument{s} ({given} given)",
            self.display_name(th, def, args)
        ))
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
        let parsed: &'static Signature = Box::leak(Box::new(Signature::parse(def.signature)));
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
        assert_eq!(s.parameters[0].name, "self");
        assert_eq!(s.parameters[1].kind, ParameterKind::PositionalOnly);
        assert_eq!(s.parameters[2].kind, ParameterKind::KeywordOnly);
        assert!(Signature::parse("(obj, /)").plain);
        let s = Signature::parse("(*args, sep=' , ', **kw)");
        assert_eq!(s.parameters.len(), 3);
        assert_eq!(s.parameters[2].kind, ParameterKind::VarKeywords);
    }
}
