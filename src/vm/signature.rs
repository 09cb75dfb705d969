//! Signatures of native functions in Python's notation: parsed once, then used to bind arguments and to word errors.

use std::collections::HashMap;

use parking_lot::RwLock;
use rustc_hash::FxBuildHasher;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::native::Native;
use crate::objects::tuple::Tuple;

use super::native::{Arity, Binding, NativeDef, Result};
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
    /// That of a native function. A first parameter `cls` is the bound class only where there is one: `issubclass` has
    /// an ordinary parameter of that name.
    pub fn of(def: &NativeDef) -> Signature {
        let mut signature = Signature::parse(def.signature);
        let is_bound = def.name == "__new__" || def.binding == Binding::Class;
        if !is_bound && def.signature.starts_with("(cls") {
            signature.has_self = false;
        }
        signature
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
    pub fn bind(&self, th: &Thread, native: &Native, args: &[Value], names: &[Value], out: &mut [Value]) -> Result<()> {
        let given = args.len() - names.len();
        if self.simple && names.is_empty() && (self.required..=self.positional).contains(&given) {
            let (passed, rest) = out.split_at_mut(given);
            passed.copy_from_slice(args);
            rest.fill(Value::EMPTY);
            return Ok(());
        }
        if !names.is_empty() && self.takes_no_keywords() {
            return Err(self.no_keywords(th, native, args));
        }
        if self.is_overfull(native.def, args.len(), names.len()) {
            return Err(self.too_many(th, native, given, names.len(), args));
        }
        let (positional, keywords) = args.split_at(given);
        out.fill(Value::EMPTY);
        let varargs = self.parameters.iter().position(|p| p.kind == ParameterKind::VarArgs);
        let by_position = given.min(self.positional);
        out[..by_position].copy_from_slice(&positional[..by_position]);
        if let Some(at) = varargs {
            out[at] = th.tuple(&positional[by_position..]);
        } else if given > self.positional {
            return Err(self.wrong_count(th, native, given, names.len(), args));
        }
        let rest = self.parameters.iter().position(|p| p.kind == ParameterKind::VarKeywords);
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
                return Err(self.missing(th, native, at, given, names.len(), args));
            }
        }
        wrong.map_or(Ok(()), |name| Err(self.wrong_keyword(th, native, name, out)))
    }

    /// Whether more arguments are given than there are parameters, where keywords count as well.
    fn is_overfull(&self, def: &NativeDef, all: usize, keywords: usize) -> bool {
        let collects = |p: &Parameter| matches!(p.kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
        let by_keyword = match def.arity {
            Arity::Keywords => true,
            Arity::Auto => !self.takes_no_keywords(),
            // One way of calling counts positions, another everything.
            Arity::Counted => keywords > 0,
        };
        all > self.parameters.len() && by_keyword && !self.parameters.iter().any(collects)
    }

    #[cold]
    fn too_many(&self, th: &Thread, native: &Native, given: usize, keywords: usize, args: &[Value]) -> Raised {
        let own = usize::from(self.has_self);
        let (given, most) = (given.saturating_sub(own), self.parameters.len() - own);
        let keyword = if given == 0 { "keyword " } else { "" };
        th.type_error(format_args!(
            "{}() takes at most {most} {keyword}argument{} ({} given)",
            self.display_name(th, native, args),
            if most == 1 { "" } else { "s" },
            given + keywords
        ))
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
        let wanted = text.to_text();
        match (self.named(&wanted), rest) {
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
    fn named(&self, name: &str) -> Option<usize> {
        let named = |p: &Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::KeywordOnly);
        self.parameters.iter().position(|p| p.name == name && named(p))
    }

    #[cold]
    fn wrong_keyword(&self, th: &Thread, native: &Native, name: Value, out: &[Value]) -> Raised {
        let wanted = name.as_str_cell().map(|name| name.to_text()).unwrap_or_default();
        // `sorted` hands its keywords on to `list.sort`.
        let function = if native.def.name == "sorted" { "sort".to_owned() } else { self.display_name(th, native, out) };
        if let Some(at) = self.named(&wanted) {
            return th.type_error(format_args!(
                "argument for {function}() given by name ('{wanted}') and position ({})",
                at + 1 - usize::from(self.has_self)
            ));
        }
        if function == "enumerate" {
            return th.type_error(format_args!("'{wanted}' is an invalid keyword argument for enumerate()"));
        }
        let hint = self.keyword_hint(&wanted);
        th.type_error(format_args!("{function}() got an unexpected keyword argument '{wanted}'{hint}"))
    }

    #[cold]
    fn no_keywords(&self, th: &Thread, native: &Native, args: &[Value]) -> Raised {
        if native.def.is_slot() && native.def.name != "__init__" {
            return th.type_error(format_args!("wrapper {}() takes no keyword arguments", native.def.name));
        }
        th.type_error(format_args!("{}() takes no keyword arguments", self.full_name(th, native, args)))
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
    fn full_name(&self, th: &Thread, native: &Native, args: &[Value]) -> String {
        let name = native.def.name;
        if matches!(name, "__new__" | "__init__") {
            return self.display_name(th, native, args);
        }
        let of_class = native.def.binding == Binding::Class;
        let class = if of_class { args.first().and_then(|class| class.as_class()) } else { native.owner.as_class() };
        let owner = match class {
            Some(class) if of_class => class.qualname.get().map_or_else(|| class.short_name(), |name| name.to_text()),
            Some(class) => class.short_name(),
            None => native.owner.as_str_cell().map(|module| module.to_text()).unwrap_or_default(),
        };
        if owner.is_empty() || owner == "builtins" { name.to_owned() } else { format!("{owner}.{name}") }
    }

    /// Its name in messages: a constructor goes by the name of the built-in type that it makes.
    fn display_name(&self, th: &Thread, native: &Native, args: &[Value]) -> String {
        let class = match args.first() {
            Some(class) if native.def.name == "__new__" => class.as_class(),
            Some(object) if native.def.name == "__init__" && !object.is_empty() => Some(th.class_of(*object)),
            _ => None,
        };
        let built_in = class.and_then(|class| {
            class.mro().items().iter().find_map(|base| base.as_class().and_then(|base| base.def).map(|def| def.name))
        });
        built_in.unwrap_or(native.def.name).to_owned()
    }

    #[cold]
    fn wrong_count(&self, th: &Thread, native: &Native, given: usize, keywords: usize, args: &[Value]) -> Raised {
        let own = usize::from(self.has_self);
        let given = given.saturating_sub(own);
        let (least, most) = (self.required.saturating_sub(own), self.positional - own);
        let name = self.display_name(th, native, args);
        if self.is_nameless_slot(native.def) {
            return self.expected_of_slot(th, given, least, most);
        }
        if self.takes_no_keywords() && most <= 1 && least == most && self.counts_plainly(native.def) {
            let takes = if most == 0 { "no arguments" } else { "exactly one argument" };
            let name = self.full_name(th, native, args);
            return th.type_error(format_args!("{name}() takes {takes} ({given} given)"));
        }
        if native.def.arity == Arity::Keywords || (native.def.arity == Arity::Auto && !self.takes_no_keywords()) {
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
        self.expected(th, native, given, least, most, args)
    }

    /// Whether a wrong count is worded "f() takes exactly one argument (2 given)": not so for constructors.
    fn counts_plainly(&self, def: &NativeDef) -> bool {
        def.arity == Arity::Auto && !matches!(def.name, "__new__" | "__init__")
    }

    /// Whether it is a slot wrapper of the sort that says only how many arguments it expects.
    fn is_nameless_slot(&self, def: &NativeDef) -> bool {
        let most = self.positional - usize::from(self.has_self);
        let counted = most <= 1 || matches!(def.name, "__pow__" | "__rpow__");
        def.is_slot() && counted && self.takes_no_keywords() && def.name != "__init__"
    }

    /// The words of a slot wrapper, which knows no name.
    fn expected_of_slot(&self, th: &Thread, given: usize, least: usize, most: usize) -> Raised {
        let s = if most == 1 { "" } else { "s" };
        let least = if least == most { String::new() } else { format!("{least} or ") };
        th.type_error(format_args!("expected {least}{most} argument{s}, got {given}"))
    }

    fn expected(
        &self,
        th: &Thread,
        native: &Native,
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
        let name = match self.display_name(th, native, args).as_str() {
            "super" => "super()".to_owned(),
            name => name.to_owned(),
        };
        th.type_error(format_args!("{name} expected {bound}{count} argument{s}, got {given}"))
    }

    #[cold]
    fn missing(
        &self,
        th: &Thread,
        native: &Native,
        at: usize,
        given: usize,
        keywords: usize,
        args: &[Value],
    ) -> Raised {
        let own = usize::from(self.has_self);
        let parameter = &self.parameters[at];
        if at < own {
            return th.type_error(format_args!("unbound method {}() needs an argument", native.def.name));
        }
        if parameter.kind == ParameterKind::PositionalOnly {
            if self.takes_no_keywords() || native.def.arity == Arity::Counted {
                let (least, most) = (self.required - own, self.positional - own);
                if self.is_nameless_slot(native.def) {
                    return self.expected_of_slot(th, given - own, least, most);
                }
                if most <= 1 && least == most && self.counts_plainly(native.def) {
                    return self.wrong_count(th, native, given, keywords, args);
                }
                return self.expected(th, native, given - own, least, most, args);
            }
            return self.wrong_count_least(th, native, given - own, args);
        }
        th.raise(
            Exc::TypeError,
            format_args!(
                "{}() missing required argument '{}' (pos {})",
                self.display_name(th, native, args),
                parameter.name,
                at + 1 - own
            ),
        )
    }

    fn wrong_count_least(&self, th: &Thread, native: &Native, given: usize, args: &[Value]) -> Raised {
        let least = self.required - usize::from(self.has_self);
        let s = if least == 1 { "" } else { "s" };
        let bound = if least == self.positional - usize::from(self.has_self) { "exactly" } else { "at least" };
        th.type_error(format_args!(
            "{}() takes {bound} {least} positional argument{s} ({given} given)",
            self.display_name(th, native, args)
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
        assert_eq!(s.parameters[0].name, "self");
        assert_eq!(s.parameters[1].kind, ParameterKind::PositionalOnly);
        assert_eq!(s.parameters[2].kind, ParameterKind::KeywordOnly);
        assert!(Signature::parse("(obj, /)").plain);
        let s = Signature::parse("(*args, sep=' , ', **kw)");
        assert_eq!(s.parameters.len(), 3);
        assert_eq!(s.parameters[2].kind, ParameterKind::VarKeywords);
    }
}
