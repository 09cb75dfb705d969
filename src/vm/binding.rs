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

/// Arguments that have names.
#[derive(Clone, Copy)]
pub(super) struct Keywords<'a> {
    pub names: &'a [Value],
    /// As many. They must not lie in the window of the call, which is filled while they are read.
    pub values: &'a [Value],
}

impl Keywords<'_> {
    pub const NONE: Keywords<'static> = Keywords { names: &[], values: &[] };
}

/// Fills the registers from `window` for a call of `function`, which runs `code`. The positional arguments may begin where the
/// window does.
#[inline(always)]
pub(super) fn bind(
    th: &Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    positional: &[Value],
    keywords: Keywords,
    window: *mut Value,
) -> Result<()> {
    if keywords.names.is_empty() && bind_positional(function, code, positional, window) {
        return Ok(());
    }
    bind_all(th, function, code, positional, keywords, window)
}

/// Binds positional arguments and defaults, if nothing else is called for and they suffice.
#[inline(always)]
fn bind_positional(function: Gc<Function>, code: Gc<Code>, args: &[Value], window: *mut Value) -> bool {
    let wanted = code.arg_count as usize;
    if code.parameters != code.arg_count || args.len() > wanted {
        return false;
    }
    let missing = wanted - args.len();
    // SAFETY: the caller has asked the stack for room for the window; the arguments may lie in it.
    unsafe {
        if missing > 0 {
            let defaults = items(function.defaults.get());
            let Some(first) = defaults.len().checked_sub(missing) else { return false };
            copy_few(args.as_ptr(), window, args.len());
            copy_few(defaults.as_ptr().add(first), window.add(args.len()), missing);
        } else {
            copy_few(args.as_ptr(), window, wanted);
        }
        empty_few(window.add(wanted), variables(code) - wanted);
    }
    true
}

/// Binds whatever there is.
#[inline(never)]
fn bind_all(
    th: &Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    positional: &[Value],
    keywords: Keywords,
    window: *mut Value,
) -> Result<()> {
    let given = positional.len();
    let taken = given.min(code.arg_count as usize);
    let collects = code.flags & flags::VARARGS != 0;
    let beyond = if collects { th.tuple(&positional[taken..]) } else { Value::EMPTY };
    // SAFETY: the caller has asked the stack for room for one function's window, where the arguments may lie already.
    unsafe {
        copy_few(positional.as_ptr(), window, taken);
        empty_few(window.add(taken), variables(code) - taken);
    }
    let fits = collects || taken == given;
    if fits && bind_readily(th, function, code, taken, beyond, keywords, window) {
        return Ok(());
    }
    bind_anything(th, function, code, given, beyond, keywords, window)
}

/// Binds all that lies behind the `taken` positional parameters, whose registers are filled while the others are empty: if
/// names are interned, as those in a call's code are, and there is nothing to complain of. Else some registers are filled.
#[inline(always)]
fn bind_readily(
    th: &Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    taken: usize,
    beyond: Value,
    keywords: Keywords,
    window: *mut Value,
) -> bool {
    let arg_count = code.arg_count as usize;
    let named = arg_count + code.keyword_only as usize;
    // SAFETY: the window has a register for each parameter.
    let register = |at: usize| unsafe { &mut *window.add(at) };
    if !beyond.is_empty() {
        *register(named) = beyond;
    }
    let mut rest = None;
    if code.flags & flags::VARKEYWORDS != 0 {
        let dict = Dict::for_just(th, keywords.names.len());
        *register(named + usize::from(!beyond.is_empty())) = dict.value();
        rest = Some(dict);
    }
    let parameters = &code.get().var_names[code.positional_only as usize..named];
    for (at, name) in keywords.names.iter().enumerate() {
        let value = keywords.values[at];
        match parameters.iter().position(|parameter| parameter.value() == *name) {
            Some(at) => {
                let register = register(code.positional_only as usize + at);
                if !register.is_empty() {
                    return false;
                }
                *register = value;
            }
            None => match (rest, interned(*name)) {
                (Some(rest), Some(name)) => rest.fill_str(th, name, value),
                _ => return false,
            },
        }
    }
    if taken < arg_count {
        let defaults = items(function.defaults.get());
        for at in taken..arg_count {
            if register(at).is_empty() {
                let Some(default) = default_at(defaults, at, arg_count) else { return false };
                *register(at) = default;
            }
        }
    }
    for at in arg_count..named {
        if register(at).is_empty() {
            let Some(default) = keyword_default(th, function, code, at) else { return false };
            *register(at) = default;
        }
    }
    true
}

/// Binds whatever there is behind the positional parameters, some of which `bind_readily` may have filled.
#[cold]
#[inline(never)]
fn bind_anything(
    th: &Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    given: usize,
    beyond: Value,
    keywords: Keywords,
    window: *mut Value,
) -> Result<()> {
    let (taken, count) = (given.min(code.arg_count as usize), variables(code));
    // SAFETY: as in `bind_all`.
    let registers = unsafe {
        empty_few(window.add(taken), count - taken);
        std::slice::from_raw_parts_mut(window, count)
    };
    Binding { th, function, code, registers }
        .run(given, beyond, keywords)
        .map_err(|raised| wording::reword(th, function, given, keywords.names, raised))
}

/// The default of the parameter `at` of `arg_count`. A program can have set more defaults than there are parameters: the last
/// ones count.
#[inline(always)]
fn default_at(defaults: &[Value], at: usize, arg_count: usize) -> Option<Value> {
    (at + defaults.len()).checked_sub(arg_count).map(|at| defaults[at])
}

fn keyword_default(th: &Thread, function: Gc<Function>, code: Gc<Code>, at: usize) -> Option<Value> {
    function.keyword_defaults.get()?.get_str(th, code.get().var_names[at])
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
        // SAFETY: the caller's ranges.
        unsafe { to.add(at).write(*from.add(at)) };
        one_by_one();
    }
}

/// Empties a row of registers, likewise.
///
/// # Safety
/// There are `count` of them, the caller's alone.
#[inline(always)]
pub(super) unsafe fn empty_few(registers: *mut Value, count: usize) {
    for at in 0..count {
        // SAFETY: the caller's range.
        unsafe { registers.add(at).write(Value::EMPTY) };
        one_by_one();
    }
}

/// Nothing, but a loop with it does not become a call of `memmove` or `memset`, and is not unrolled, which for a turn or two
/// only adds questions.
#[inline(always)]
fn one_by_one() {
    // SAFETY: no instruction at all.
    unsafe { std::arch::asm!("", options(nostack, preserves_flags)) };
}

/// How many registers a call has to fill, with `EMPTY` where nothing else: its other ones are written before they are read.
pub(super) fn variables(code: Gc<Code>) -> usize {
    code.variables.max(code.parameters) as usize
}

/// A string that is equal to no other interned one, such as the names of parameters.
#[inline(always)]
fn interned(name: Value) -> Option<Gc<Str>> {
    name.as_str_cell().filter(|text| text.header().has_flag(Str::INTERNED))
}

/// Calls `f` with the values copied to the native stack (or, if they are very many, to other memory, which the heap does not
/// know: `f` reaches no safepoint).
#[inline(always)]
pub(super) fn with_copy<R>(values: &[Value], f: impl FnOnce(&[Value]) -> R) -> R {
    const FEW: usize = 8;
    if values.len() > FEW {
        let copy = values.to_vec();
        return f(&copy);
    }
    let mut copy = [Value::EMPTY; FEW];
    // SAFETY: not more than there is room for.
    unsafe { copy_few(values.as_ptr(), copy.as_mut_ptr(), values.len()) };
    f(&copy[..values.len()])
}

struct Binding<'a> {
    th: &'a Thread,
    function: Gc<Function>,
    code: Gc<Code>,
    registers: &'a mut [Value],
}

impl Binding<'_> {
    /// Binds what goes beyond the positional arguments, `given` of them, that lie in their registers: `beyond` is the tuple of
    /// those for which there is no parameter, if the function collects them.
    fn run(&mut self, given: usize, beyond: Value, keywords: Keywords) -> Result<()> {
        let code = self.code;
        let arg_count = code.arg_count as usize;
        let named = arg_count + code.keyword_only as usize;
        let mut extra = named;
        if !beyond.is_empty() {
            self.registers[extra] = beyond;
            extra += 1;
        }
        let rest = (code.flags & flags::VARKEYWORDS != 0).then(|| {
            let rest = Dict::new(self.th);
            self.registers[extra] = rest.value();
            rest
        });
        for (name, value) in keywords.names.iter().zip(keywords.values) {
            self.keyword(*name, *value, keywords.names, rest, named)?;
        }
        if given > arg_count && beyond.is_empty() {
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
        let defaults = items(self.function.defaults.get());
        let is_missing = |at: &usize| self.registers[*at].is_empty() && default_at(defaults, *at, arg_count).is_none();
        let missing: Vec<usize> = (0..arg_count).filter(is_missing).collect();
        if !missing.is_empty() {
            return Err(self.missing("positional", &missing));
        }
        for at in given..arg_count {
            if self.registers[at].is_empty()
                && let Some(default) = default_at(defaults, at, arg_count)
            {
                self.registers[at] = default;
            }
        }
        Ok(())
    }

    fn keyword_defaults(&mut self, first: usize, end: usize) -> Result<()> {
        let mut missing = Vec::new();
        for at in first..end {
            if self.registers[at].is_empty() {
                match keyword_default(self.th, self.function, self.code, at) {
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
