//! Binding the arguments of a call to the parameters of a function written in Python.

use crate::compiler::code::flags;
use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::function::Function;
use crate::objects::str::Str;

use super::native::Result;
use super::signature::items;
use super::{Raised, Thread, wording};

/// Fills the registers from `window` for a call of `function` with `args`, the last of which `names` names. `args` may
/// begin where the window does.
pub(super) fn bind(
    th: &Thread,
    function: Gc<Function>,
    args: &[Value],
    names: &[Value],
    window: *mut Value,
) -> Result<()> {
    let code = function.code();
    let is_bound = match names {
        [] => bind_positional(function, code, args, window),
        _ => bind_named(th, function, code, args, names, window),
    };
    if is_bound {
        return Ok(());
    }
    let (positional, keywords) = args.split_at(args.len() - names.len());
    // Binding reaches no safepoint while it uses the copies, so the heap need not know them.
    with_copy(keywords, |keywords| {
        let taken = positional.len().min(code.arg_count as usize);
        let beyond = if code.flags & flags::VARARGS != 0 { Some(th.tuple(&positional[taken..])) } else { None };
        // SAFETY: the caller has asked the stack for room for one function's window, where the arguments may lie already.
        let registers = unsafe {
            copy_few(positional.as_ptr(), window, taken);
            empty_few(window.add(taken), variables(code) - taken);
            std::slice::from_raw_parts_mut(window, variables(code))
        };
        let bound = Binding { th, function, code, registers }.run(positional.len(), beyond, keywords, names);
        bound.map_err(|raised| wording::reword(th, function, positional.len(), names, raised))
    })
}

/// Binds positional arguments and defaults, if nothing else is called for and they suffice.
#[inline]
fn bind_positional(function: Gc<Function>, code: Gc<Code>, args: &[Value], window: *mut Value) -> bool {
    let wanted = code.arg_count as usize;
    if code.parameters != code.arg_count || args.len() > wanted {
        return false;
    }
    let defaults = items(function.defaults.get());
    let missing = wanted - args.len();
    if missing > defaults.len() {
        return false;
    }
    // SAFETY: the caller has asked the stack for room for the window; the arguments may lie in it.
    unsafe {
        copy_few(args.as_ptr(), window, args.len());
        copy_few(defaults[defaults.len() - missing..].as_ptr(), window.add(wanted - missing), missing);
        empty_few(window.add(wanted), variables(code) - wanted);
    }
    true
}

/// Binds arguments some of which have names, and defaults, if nothing else is called for: no `*` and `**`, every name a
/// parameter's and interned as that is, nothing missing and nothing twice. Until that is known nothing is written.
#[inline]
fn bind_named(
    th: &Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    args: &[Value],
    names: &[Value],
    window: *mut Value,
) -> bool {
    const FEW: usize = 8;
    let (arg_count, named) = (code.arg_count as usize, code.arg_count as usize + code.keyword_only as usize);
    let given = args.len() - names.len();
    if code.parameters as usize != named || named > FEW || given > arg_count {
        return false;
    }
    // A parameter's value, `EMPTY` where it has none yet: on the native stack, since the arguments may lie in the window.
    let mut values = [Value::EMPTY; FEW];
    values[..given].copy_from_slice(&args[..given]);
    let first = code.positional_only as usize;
    for (name, value) in names.iter().zip(&args[given..]) {
        let Some(at) = code.var_names[first..named].iter().position(|parameter| parameter.value() == *name) else {
            return false;
        };
        if !values[first + at].is_empty() {
            return false;
        }
        values[first + at] = *value;
    }
    let defaults = items(function.defaults.get());
    let Some(first_default) = arg_count.checked_sub(defaults.len()) else { return false };
    for (at, value) in values.iter_mut().enumerate().take(named).skip(given) {
        if value.is_empty() {
            let default = if at >= arg_count {
                function.keyword_defaults.get().and_then(|defaults| defaults.get_str(th, code.var_names[at]))
            } else {
                at.checked_sub(first_default).map(|at| defaults[at])
            };
            let Some(default) = default else { return false };
            *value = default;
        }
    }
    // SAFETY: the caller has asked the stack for room for the window.
    unsafe {
        copy_few(values.as_ptr(), window, named);
        empty_few(window.add(named), variables(code) - named);
    }
    true
}

/// Copies values upward from the first; for the few that most calls have that is quicker than `memmove`.
///
/// # Safety
/// As for [`std::ptr::copy`]; where the ranges overlap, `to` does not lie behind `from`.
#[inline(always)]
pub(super) unsafe fn copy_few(from: *const Value, to: *mut Value, count: usize) {
    if std::ptr::eq(from, to) {
        return;
    }
    for at in 0..count {
        // SAFETY: the caller's ranges. Volatile, or the loop becomes a call of `memmove`.
        unsafe { to.add(at).write_volatile(*from.add(at)) };
    }
}

/// Empties a row of registers, likewise.
///
/// # Safety
/// There are `count` of them, the caller's alone.
#[inline(always)]
pub(super) unsafe fn empty_few(registers: *mut Value, count: usize) {
    for at in 0..count {
        // SAFETY: the caller's range. Volatile, or the loop becomes a call of `memset`.
        unsafe { registers.add(at).write_volatile(Value::EMPTY) };
    }
}

/// How many registers a call has to fill, with `EMPTY` where nothing else: its other ones are written before they are read.
pub(super) fn variables(code: Gc<Code>) -> usize {
    code.variables.max(code.parameters) as usize
}

/// Calls `f` with the values copied to the native stack (or, if they are very many, to other memory).
#[inline(always)]
fn with_copy<R>(values: &[Value], f: impl FnOnce(&[Value]) -> R) -> R {
    const FEW: usize = 8;
    match values {
        [] => f(&[]),
        [one] => f(&[*one]),
        [one, two] => f(&[*one, *two]),
        _ if values.len() <= FEW => {
            let mut copy = [Value::EMPTY; FEW];
            copy[..values.len()].copy_from_slice(values);
            f(&copy[..values.len()])
        }
        _ => {
            let copy = values.to_vec();
            f(&copy)
        }
    }
}

struct Binding<'a> {
    th: &'a Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    registers: &'a mut [Value],
}

impl Binding<'_> {
    /// Binds what goes beyond the positional arguments, `given` of them, that lie in their registers: `beyond` is the tuple of
    /// those for which there is no parameter.
    #[inline(always)]
    fn run(&mut self, given: usize, beyond: Option<Value>, keywords: &[Value], names: &[Value]) -> Result<()> {
        let code = self.code;
        let arg_count = code.arg_count as usize;
        let named = arg_count + code.keyword_only as usize;
        let mut extra = named;
        if let Some(beyond) = beyond {
            self.registers[extra] = beyond;
            extra += 1;
        }
        let rest = (code.flags & flags::VARKEYWORDS != 0).then(|| {
            let rest = Dict::new(self.th);
            self.registers[extra] = rest.value();
            rest
        });
        for (name, value) in names.iter().zip(keywords) {
            self.keyword(*name, *value, names, rest, named)?;
        }
        if given > arg_count && beyond.is_none() {
            return Err(self.too_many(given));
        }
        self.defaults(arg_count, given)?;
        self.keyword_defaults(arg_count, named)
    }

    fn keyword(
        &mut self,
        name: Value,
        value: Value,
        names: &[Value],
        rest: Option<Gc<Dict>>,
        named: usize,
    ) -> Result<()> {
        let first = self.code.positional_only as usize;
        let parameters = &self.code.get().var_names[first..named];
        // The names that a call's code has are interned, as those of parameters are.
        if let Some(at) = parameters.iter().position(|parameter| parameter.value() == name)
            && self.registers[first + at].is_empty()
        {
            self.registers[first + at] = value;
            return Ok(());
        }
        let Some(text) = name.as_str_cell() else {
            return Err(self.th.type_error(format_args!("{}() keywords must be strings", self.name())));
        };
        let text = self.th.intern_str(text);
        let found = parameters.iter().position(|parameter| *parameter == text).map(|at| at + first);
        match (found, rest) {
            (Some(at), _) if !self.registers[at].is_empty() => {
                Err(wording::multiple_values(self.th, &self.name(), &text.to_text()))
            }
            (Some(at), _) => {
                self.registers[at] = value;
                Ok(())
            }
            (None, Some(rest)) => {
                rest.set_str(self.th, text, value);
                Ok(())
            }
            (None, None) => Err(self.unexpected(text.to_text(), names, first, named)),
        }
    }

    fn defaults(&mut self, arg_count: usize, given: usize) -> Result<()> {
        if given >= arg_count {
            return Ok(());
        }
        let defaults = items(self.function.defaults.get());
        let first_default = arg_count.saturating_sub(defaults.len());
        if self.registers[given.min(first_default)..first_default].iter().any(|argument| argument.is_empty()) {
            let missing: Vec<usize> = (0..first_default).filter(|at| self.registers[*at].is_empty()).collect();
            return Err(self.missing("positional", &missing));
        }
        for at in first_default.max(given)..arg_count {
            if self.registers[at].is_empty() {
                self.registers[at] = defaults[at - first_default];
            }
        }
        Ok(())
    }

    fn keyword_defaults(&mut self, first: usize, end: usize) -> Result<()> {
        let mut missing = Vec::new();
        for at in first..end {
            if self.registers[at].is_empty() {
                let default =
                    self.function.keyword_defaults.get().and_then(|d| d.get_str(self.th, self.code.var_names[at]));
                match default {
                    Some(value) => self.registers[at] = value,
                    None => missing.push(at),
                }
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing("keyword-only", &missing)) }
    }

    fn name(&self) -> String {
        self.function.qualname.get().as_str_cell().map(|s| s.to_text()).unwrap_or_default()
    }

    #[cold]
    fn missing(&self, what: &str, at: &[usize]) -> Raised {
        let names: Vec<String> = at.iter().map(|at| self.code.var_names[*at].to_text()).collect();
        wording::missing_arguments(self.th, &self.name(), what, &names)
    }

    #[cold]
    fn too_many(&self, given: usize) -> Raised {
        let most = self.code.arg_count as usize;
        let least = most - items(self.function.defaults.get()).len().min(most);
        let first = self.code.arg_count as usize;
        let keyword_only =
            (first..first + self.code.keyword_only as usize).filter(|at| !self.registers[*at].is_empty()).count();
        wording::too_many_arguments(self.th, &self.name(), least..=most, given, keyword_only)
    }

    #[cold]
    fn unexpected(&self, name: String, names: &[Value], first: usize, named: usize) -> Raised {
        let only = &self.code.var_names[..first];
        let given =
            |n: &&Gc<Str>| names.iter().any(|name| name.as_str_cell().is_some_and(|s| s.to_text() == n.to_text()));
        let list: Vec<String> = only.iter().filter(given).map(|n| n.to_text()).collect();
        if !list.is_empty() {
            return self.th.type_error(format_args!(
                "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                self.name(),
                list.join(", ")
            ));
        }
        let candidates = self.code.var_names[first..named].iter().map(|n| n.to_text());
        wording::unexpected_keyword(self.th, &self.name(), &name, candidates)
    }
}
