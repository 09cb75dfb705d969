//! What the caller of a native function is told when the arguments do not fit: CPython words it by how the function is
//! declared in C, and so do functions of the library that are written in Python here but in C there.

use std::ops::RangeInclusive;

use crate::compiler::code::flags;
use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::function::{Function, StandsFor};
use crate::objects::kinds;
use crate::objects::native::Native;

use super::native::{Arity, Binding, is_slot_name};
use super::signature::{Parameter, ParameterKind, Signature, items};
use super::{Raised, Thread};

/// Who is called, as far as messages depend on it.
pub enum Callee<'a> {
    Native(&'a Native),
    StandIn(StandIn),
}

/// A function of the library that is written in Python here, but in C in CPython.
pub struct StandIn {
    name: String,
    /// What its name begins with: its class, or its module.
    owner: String,
    arity: Arity,
}

impl Callee<'_> {
    fn name(&self) -> &str {
        match self {
            Callee::Native(native) => native.def.name,
            Callee::StandIn(function) => &function.name,
        }
    }

    pub(super) fn arity(&self) -> Arity {
        match self {
            Callee::Native(native) => native.def.arity,
            Callee::StandIn(function) => function.arity,
        }
    }

    /// Whether programs see a slot wrapper.
    fn is_slot(&self) -> bool {
        match self {
            Callee::Native(native) => native.def.is_slot(),
            Callee::StandIn(function) => is_slot_name(&function.name),
        }
    }

    fn is_constructor(&self) -> bool {
        matches!(self.name(), "__new__" | "__init__")
    }

    /// Whether keywords that the constructor does not know are the business of the other half: `float.__new__` leaves those
    /// of a subclass with an `__init__` of its own to that, and `list.__init__` to its `__new__`.
    pub(super) fn leaves_keywords_to_subclass(&self, th: &Thread, args: &[Value]) -> bool {
        let Callee::Native(native) = self else { return false };
        let (Some(owner), Some(first)) = (native.owner.as_class(), args.first()) else { return false };
        let names = &th.vm().names;
        let (class, other) = match self.name() {
            "__new__" if owner != th.vm().class_of_kind(kinds::OBJECT) => (first.as_class(), names.__init__),
            "__init__" if owner == th.vm().class_of_kind(kinds::LIST) => (Some(th.class_of(*first)), names.__new__),
            _ => return false,
        };
        class.is_some_and(|class| class.is_subclass_of(owner) && th.lookup(class, other) != th.lookup(owner, other))
    }

    /// `list.append` for a method of a built-in type, `math.sqrt` for a function of a module, `len` for a built-in one.
    fn full_name(&self, th: &Thread, args: &[Value]) -> String {
        if self.is_constructor() {
            return self.display_name(th, args);
        }
        let owner = match self {
            Callee::Native(native) => owner_of(th, native, args),
            Callee::StandIn(function) => function.owner.clone(),
        };
        let name = self.name();
        if owner.is_empty() || owner == "builtins" { name.to_owned() } else { format!("{owner}.{name}") }
    }

    /// Its name in messages: a constructor goes by the name of the built-in type that it makes.
    fn display_name(&self, th: &Thread, args: &[Value]) -> String {
        if let Callee::StandIn(function) = self {
            let class = function.owner.rsplit('.').next().filter(|_| self.is_constructor());
            return class.unwrap_or(&function.name).to_owned();
        }
        let class = match args.first() {
            Some(class) if self.name() == "__new__" => class.as_class(),
            Some(object) if self.name() == "__init__" && !object.is_empty() => Some(th.class_of(*object)),
            _ => None,
        };
        let built_in = class.and_then(|class| {
            class.mro().items().iter().find_map(|base| base.as_class().and_then(|base| base.def).map(|def| def.name))
        });
        built_in.unwrap_or(self.name()).to_owned()
    }
}

/// What the full name of a native function begins with. A method that was bound first goes by the class of its object.
fn owner_of(th: &Thread, native: &Native, args: &[Value]) -> String {
    let of_class = native.def.binding == Binding::Class;
    let bound = Some(native.bound).filter(|bound| !bound.is_empty());
    let class = match native.owner.as_class() {
        _ if of_class => args.first().and_then(|class| class.as_class()),
        Some(owner) => Some(bound.map_or(owner, |bound| th.class_of(bound))),
        None => None,
    };
    match class {
        Some(class) if of_class || bound.is_some() => {
            class.qualname.get().map_or_else(|| class.short_name(), |name| name.to_text())
        }
        Some(class) => class.short_name(),
        None => native.owner.as_str_cell().map(|module| module.to_text()).unwrap_or_default(),
    }
}

/// "f() missing 2 required positional arguments: 'a' and 'b'"
#[cold]
pub fn missing_arguments(th: &Thread, function: &str, what: &str, names: &[impl AsRef<str>]) -> Raised {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{}'", name.as_ref())).collect();
    let listed = match quoted.as_slice() {
        [most @ .., one, last] if !most.is_empty() => format!("{}, {one}, and {last}", most.join(", ")),
        few => few.join(" and "),
    };
    let (count, s) = (names.len(), plural(names.len()));
    th.type_error(format_args!("{function}() missing {count} required {what} argument{s}: {listed}"))
}

/// "f() takes from 1 to 2 positional arguments but 3 were given"
#[cold]
pub fn too_many_arguments(
    th: &Thread,
    function: &str,
    takes: RangeInclusive<usize>,
    given: usize,
    keyword_only: usize,
) -> Raised {
    let (least, most) = takes.into_inner();
    let takes = if least == most {
        format!("{most} positional argument{}", plural(most))
    } else {
        format!("from {least} to {most} positional arguments")
    };
    let given = match (keyword_only, given) {
        (0, 1) => "1 was".to_string(),
        (0, _) => format!("{given} were"),
        _ => format!(
            "{given} positional argument{} (and {keyword_only} keyword-only argument{}) were",
            plural(given),
            plural(keyword_only)
        ),
    };
    th.type_error(format_args!("{function}() takes {takes} but {given} given"))
}

#[cold]
pub fn multiple_values(th: &Thread, function: &str, name: &str) -> Raised {
    th.type_error(format_args!("{function}() got multiple values for argument '{name}'"))
}

#[cold]
pub fn unexpected_keyword(th: &Thread, function: &str, name: &str, candidates: impl Iterator<Item = String>) -> Raised {
    let near = super::suggest::closest(name, candidates);
    let hint = near.map_or_else(String::new, |near| format!(". Did you mean '{near}'?"));
    th.type_error(format_args!("{function}() got an unexpected keyword argument '{name}'{hint}"))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Words anew what was wrong with the arguments of a Python function, if it stands for one in C.
#[cold]
#[inline(never)]
pub(super) fn reword(th: &Thread, function: Gc<Function>, given: usize, names: &[Value], raised: Raised) -> Raised {
    if function.stands_for() == StandsFor::Itself {
        return raised;
    }
    let signature = signature_of(function);
    let arity = match function.stands_for() {
        StandsFor::Parser if signature.takes_no_keywords() => Arity::Parsed,
        _ => Arity::Auto,
    };
    let text = |value: Value| value.as_str_cell().map(|text| text.to_text()).unwrap_or_default();
    let (module, qualname) = (text(function.module.get()), text(function.qualname.get()));
    let (owner, name) = qualname.rsplit_once('.').unwrap_or((&module, &qualname));
    let callee = Callee::StandIn(StandIn { name: name.to_owned(), owner: owner.to_owned(), arity });
    // How many there are and what they are called is all that matters.
    let args = vec![Value::NONE; given + names.len()];
    let mut bound = vec![Value::EMPTY; signature.parameters.len()];
    match signature.bind(th, &callee, &args, names, &mut bound) {
        Ok(()) => raised,
        Err(reworded) => reworded,
    }
}

/// The signature of a function written in Python.
fn signature_of(function: Gc<Function>) -> Signature {
    let code = function.code();
    let (by_position, keyword_only) = (code.arg_count as usize, code.keyword_only as usize);
    let without_default = by_position.saturating_sub(items(function.defaults.get()).len());
    let keyword_defaults = function.keyword_defaults.get();
    let names = code.get().var_names.iter().map(|name| name.to_text());
    let mut parameters: Vec<Parameter> = names
        .take(by_position + keyword_only)
        .enumerate()
        .map(|(at, name)| {
            let (kind, has_default) = match at {
                _ if at >= by_position => {
                    let given = keyword_defaults.is_some_and(|all| {
                        all.live_entries().any(|(_, key, _)| key.as_str_cell().is_some_and(|key| key.to_text() == name))
                    });
                    (ParameterKind::KeywordOnly, given)
                }
                _ if at < code.positional_only as usize => (ParameterKind::PositionalOnly, at >= without_default),
                _ => (ParameterKind::Positional, at >= without_default),
            };
            Parameter { name: name.into(), has_default, kind }
        })
        .collect();
    let collecting = [(flags::VARARGS, ParameterKind::VarArgs), (flags::VARKEYWORDS, ParameterKind::VarKeywords)];
    for (_, kind) in collecting.into_iter().filter(|(flag, _)| code.flags & flag != 0) {
        parameters.push(Parameter { name: "".into(), has_default: true, kind });
    }
    let has_self = parameters.first().is_some_and(|first| matches!(&*first.name, "self" | "cls"));
    Signature::new(parameters, has_self)
}

impl Signature {
    #[cold]
    pub(super) fn too_many(
        &self,
        th: &Thread,
        callee: &Callee,
        given: usize,
        keywords: usize,
        args: &[Value],
    ) -> Raised {
        let own = usize::from(self.has_self);
        let (given, most) = (given.saturating_sub(own), self.parameters.len() - own);
        if most == 0 {
            return th.type_error(format_args!("{}() takes no arguments", callee.display_name(th, args)));
        }
        let keyword = if given == 0 { "keyword " } else { "" };
        th.type_error(format_args!(
            "{}() takes at most {most} {keyword}argument{} ({} given)",
            callee.display_name(th, args),
            plural(most),
            given + keywords
        ))
    }

    #[cold]
    pub(super) fn wrong_keyword(&self, th: &Thread, callee: &Callee, name: Value, out: &[Value]) -> Raised {
        let wanted = name.as_str_cell().map(|name| name.to_text()).unwrap_or_default();
        // `sorted` hands its keywords on to `list.sort`.
        let function = if callee.name() == "sorted" { "sort".to_owned() } else { callee.display_name(th, out) };
        if let Some(at) = self.named(&wanted) {
            return th.type_error(format_args!(
                "argument for {function}() given by name ('{wanted}') and position ({})",
                at + 1 - usize::from(self.has_self)
            ));
        }
        if function == "enumerate" && out[0].as_class().is_some_and(|class| class.def.is_some()) {
            return th.type_error(format_args!("'{wanted}' is an invalid keyword argument for enumerate()"));
        }
        unexpected_keyword(th, &function, &wanted, self.by_keyword())
    }

    /// What is wrong with a call of a function that is written in Python in CPython, if anything is.
    #[cold]
    pub(super) fn wrong_for_python(
        &self,
        th: &Thread,
        callee: &Callee,
        given: usize,
        names: &[Value],
    ) -> Option<Raised> {
        let function = callee.name();
        let mut filled: Vec<bool> = (0..self.parameters.len()).map(|at| at < given.min(self.positional)).collect();
        for name in names.iter().filter_map(|name| name.as_str_cell()).map(|name| name.to_text()) {
            match self.named(&name) {
                Some(at) if filled[at] => return Some(multiple_values(th, function, &name)),
                Some(at) => filled[at] = true,
                None if self.parameters.iter().any(|p| p.kind == ParameterKind::VarKeywords) => {}
                None => return Some(unexpected_keyword(th, function, &name, self.by_keyword())),
            }
        }
        let keyword_only = filled[self.positional..].iter().filter(|filled| **filled).count();
        if given > self.positional && !self.collects() {
            return Some(too_many_arguments(th, function, self.required..=self.positional, given, keyword_only));
        }
        let missing = |p: &(&Parameter, &bool)| !p.0.has_default && !p.1;
        let missing = self.parameters.iter().zip(&filled).take(self.positional).filter(missing);
        let missing: Vec<&str> = missing.map(|(p, _)| &*p.name).collect();
        (!missing.is_empty()).then(|| missing_arguments(th, function, "positional", &missing))
    }

    /// The names of the parameters that can be named.
    fn by_keyword(&self) -> impl Iterator<Item = String> {
        let named = |p: &&Parameter| matches!(p.kind, ParameterKind::Positional | ParameterKind::KeywordOnly);
        self.parameters.iter().filter(named).map(|p| p.name.to_string())
    }

    #[cold]
    pub(super) fn no_keywords(&self, th: &Thread, callee: &Callee, args: &[Value]) -> Raised {
        if callee.is_slot() && callee.name() != "__init__" {
            return th.type_error(format_args!("wrapper {}() takes no keyword arguments", callee.name()));
        }
        let by_hand = callee.arity() == Arity::Parsed;
        let name = if by_hand { callee.display_name(th, args) } else { callee.full_name(th, args) };
        th.type_error(format_args!("{name}() takes no keyword arguments"))
    }

    pub(super) fn takes_no_keywords(&self) -> bool {
        self.parameters.iter().all(|p| matches!(p.kind, ParameterKind::PositionalOnly | ParameterKind::VarArgs))
    }

    #[cold]
    pub(super) fn wrong_count(
        &self,
        th: &Thread,
        callee: &Callee,
        given: usize,
        keywords: usize,
        args: &[Value],
    ) -> Raised {
        let own = usize::from(self.has_self);
        let given = given.saturating_sub(own);
        let (least, most) = (self.required.saturating_sub(own), self.positional - own);
        let name = callee.display_name(th, args);
        if self.is_nameless_slot(callee) {
            return self.expected_of_slot(th, given, least, most);
        }
        if self.takes_no_keywords() && most <= 1 && least == most && self.counts_plainly(callee) {
            let takes = if most == 0 { "no arguments" } else { "exactly one argument" };
            let name = callee.full_name(th, args);
            return th.type_error(format_args!("{name}() takes {takes} ({given} given)"));
        }
        if callee.arity() == Arity::Keywords || (callee.arity() == Arity::Auto && !self.takes_no_keywords()) {
            let total = given + keywords;
            if most == 0 && given > 0 {
                return th.type_error(format_args!("{name}() takes no positional arguments"));
            }
            // `ContextVar` reads its arguments in the old way, which minds what can only be named.
            let old = name == "ContextVar";
            let bound = if least == most && !old { "exactly" } else { "at most" };
            let (positional, total) =
                if self.parameters.len() > self.positional { ("positional ", given) } else { ("", total) };
            return th.type_error(format_args!(
                "{name}() takes {bound} {most} {positional}argument{} ({total} given)",
                plural(most)
            ));
        }
        self.expected(th, callee, given, least, most, args)
    }

    /// Whether any number of positional arguments are taken.
    fn collects(&self) -> bool {
        self.parameters.iter().any(|p| p.kind == ParameterKind::VarArgs)
    }

    /// Whether a wrong count is worded "f() takes exactly one argument (2 given)": not so for constructors.
    fn counts_plainly(&self, callee: &Callee) -> bool {
        callee.arity() == Arity::Auto && !callee.is_constructor() && !callee.is_slot()
    }

    /// Whether it is a slot wrapper of the sort that says only how many arguments it expects.
    fn is_nameless_slot(&self, callee: &Callee) -> bool {
        let most = self.positional - usize::from(self.has_self);
        let counted = most <= 1 || matches!(callee.name(), "__pow__" | "__rpow__");
        let named = matches!(callee.name(), "__init__" | "__buffer__" | "__release_buffer__");
        callee.is_slot() && counted && self.takes_no_keywords() && !named
    }

    /// The words of a slot wrapper, which knows no name.
    fn expected_of_slot(&self, th: &Thread, given: usize, least: usize, most: usize) -> Raised {
        let s = plural(most);
        let least = if least == most { String::new() } else { format!("{least} or ") };
        th.type_error(format_args!("expected {least}{most} argument{s}, got {given}"))
    }

    fn expected(
        &self,
        th: &Thread,
        callee: &Callee,
        given: usize,
        least: usize,
        most: usize,
        args: &[Value],
    ) -> Raised {
        let exactly = least == most && !self.collects();
        let (bound, count) = match (exactly, given < least) {
            (true, _) => ("", most),
            (false, true) => ("at least ", least),
            (false, false) => ("at most ", most),
        };
        let s = plural(count);
        if callee.arity() == Arity::Parsed {
            let (name, bound) = (callee.display_name(th, args), if exactly { "exactly " } else { bound });
            return th.type_error(format_args!("{name}() takes {bound}{count} argument{s} ({given} given)"));
        }
        let name = match callee.display_name(th, args).as_str() {
            "super" => "super()".to_owned(),
            name => name.to_owned(),
        };
        th.type_error(format_args!("{name} expected {bound}{count} argument{s}, got {given}"))
    }

    #[cold]
    pub(super) fn missing(
        &self,
        th: &Thread,
        callee: &Callee,
        at: usize,
        given: usize,
        keywords: usize,
        args: &[Value],
    ) -> Raised {
        let own = usize::from(self.has_self);
        let parameter = &self.parameters[at];
        if at < own {
            return th.type_error(format_args!("unbound method {}() needs an argument", callee.name()));
        }
        if parameter.kind == ParameterKind::PositionalOnly {
            let counts = self.takes_no_keywords() && callee.arity() != Arity::Keywords;
            if counts || callee.arity() == Arity::Counted {
                let (least, most) = (self.required - own, self.positional - own);
                if self.is_nameless_slot(callee) {
                    return self.expected_of_slot(th, given - own, least, most);
                }
                if most <= 1 && least == most && self.counts_plainly(callee) && !self.collects() {
                    return self.wrong_count(th, callee, given, keywords, args);
                }
                return self.expected(th, callee, given - own, least, most, args);
            }
            return self.wrong_count_least(th, callee, given - own, args);
        }
        th.raise(
            Exc::TypeError,
            format_args!(
                "{}() missing required argument '{}' (pos {})",
                callee.display_name(th, args),
                parameter.name,
                at + 1 - own
            ),
        )
    }

    fn wrong_count_least(&self, th: &Thread, callee: &Callee, given: usize, args: &[Value]) -> Raised {
        let only_by_position = |p: &&Parameter| p.kind == ParameterKind::PositionalOnly && !p.has_default;
        let least = self.parameters.iter().filter(only_by_position).count() - usize::from(self.has_self);
        let s = plural(least);
        let bound = if least == self.positional - usize::from(self.has_self) { "exactly" } else { "at least" };
        th.type_error(format_args!(
            "{}() takes {bound} {least} positional argument{s} ({given} given)",
            callee.display_name(th, args)
        ))
    }
}
