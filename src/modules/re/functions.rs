//! The module's functions. CPython's are written in Python, so what is wrong with a call is worded as for those.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::wording::{missing_arguments, too_many_arguments};
use crate::vm::{Thread, report};

use super::pattern::{How, limit};
use super::{cache, replace};

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "match",
        "(pattern, string, flags=0)",
        "Try to apply the pattern at the start of the string, returning\na Match object, or None if no match was found.",
        |th, args| look(th, How::Match, args),
    )
    .python(),
    native(
        "fullmatch",
        "(pattern, string, flags=0)",
        "Try to apply the pattern to all of the string, returning\na Match object, or None if no match was found.",
        |th, args| look(th, How::FullMatch, args),
    )
    .python(),
    native(
        "search",
        "(pattern, string, flags=0)",
        "Scan through string looking for a match to the pattern, returning\na Match object, or None if no match was found.",
        |th, args| look(th, How::Search, args),
    )
    .python(),
    native(
        "findall",
        "(pattern, string, flags=0)",
        "Return a list of all non-overlapping matches in the string.\n\nIf one or more capturing groups are present in the pattern, return\na list of groups; this will be a list of tuples if the pattern\nhas more than one group.\n\nEmpty matches are included in the result.",
        find_all,
    )
    .python(),
    native(
        "finditer",
        "(pattern, string, flags=0)",
        "Return an iterator over all non-overlapping matches in the\nstring.  For each match, the iterator returns a Match object.\n\nEmpty matches are included in the result.",
        find_iter,
    )
    .python(),
    native(
        "compile",
        "(pattern, flags=0)",
        "Compile a regular expression pattern, returning a Pattern object.",
        compile,
    )
    .python(),
    native(
        "_compile",
        "(pattern, flags)",
        "Compile a pattern: what a pickled one is made by.",
        compile,
    ),
    native(
        "sub",
        "(pattern, repl, string, *args, count=0, flags=0)",
        "Return the string obtained by replacing the leftmost\nnon-overlapping occurrences of the pattern in string by the\nreplacement repl.  repl can be either a string or a callable;\nif a string, backslash escapes in it are processed.  If it is\na callable, it's passed the Match object and must return\na replacement string to be used.",
        |th, args| sub(th, &listed(th, &SUB, args)?),
    )
    .python()
    .positional(|th, args| sub(th, &SUB.bound(th, args, Value::EMPTY, Value::EMPTY)?)),
    native(
        "subn",
        "(pattern, repl, string, *args, count=0, flags=0)",
        "Return a 2-tuple containing (new_string, number).\nnew_string is the string obtained by replacing the leftmost\nnon-overlapping occurrences of the pattern in the source\nstring by the replacement repl.  number is the number of\nsubstitutions that were made. repl can be either a string or a\ncallable; if a string, backslash escapes in it are processed.\nIf it is a callable, it's passed the Match object and must\nreturn a replacement string to be used.",
        |th, args| subn(th, &listed(th, &SUBN, args)?),
    )
    .python()
    .positional(|th, args| subn(th, &SUBN.bound(th, args, Value::EMPTY, Value::EMPTY)?)),
    native(
        "split",
        "(pattern, string, *args, maxsplit=0, flags=0)",
        "Split the source string by the occurrences of the pattern,\nreturning a list containing the resulting substrings.  If\ncapturing parentheses are used in pattern, then the text of all\ngroups in the pattern are also returned as part of the resulting\nlist.  If maxsplit is nonzero, at most maxsplit splits occur,\nand the remainder of the string is returned as the final element\nof the list.",
        |th, args| split(th, &listed(th, &SPLIT, args)?),
    )
    .python()
    .positional(|th, args| split(th, &SPLIT.bound(th, args, Value::EMPTY, Value::EMPTY)?)),
    native("escape", "(pattern)", "Escape special characters in a string.", |th, args| super::escape(th, args[0])).python(),
    native("purge", "()", "Clear the regular expression caches", |th, _| {
        cache::purge(th);
        Ok(Value::NONE)
    })
    .python(),
    native("__getattr__", "(name, /)", "What is written in Python.", |th, args| super::missing(th, args[0])),
    native("__dir__", "()", "The names of all that the module has.", |th, _| super::names(th)),
];

/// The parameters that have no default.
const TEXT: &[&str] = &["pattern", "string"];

fn look(th: &Thread, how: How, args: &[Value]) -> Result {
    cache::get(th, args[0], args[2])?.look(th, how, args[1], Value::EMPTY, Value::EMPTY)
}

fn find_all(th: &Thread, args: &[Value]) -> Result {
    cache::get(th, args[0], args[2])?.find_all(th, args[1], Value::EMPTY, Value::EMPTY)
}

fn find_iter(th: &Thread, args: &[Value]) -> Result {
    cache::get(th, args[0], args[2])?.find_iter(th, args[1], Value::EMPTY, Value::EMPTY)
}

fn compile(th: &Thread, args: &[Value]) -> Result {
    Ok(cache::get(th, args[0], args[1])?.value())
}

fn sub(th: &Thread, args: &[Value; 5]) -> Result {
    let [pattern, by, string, count, flags] = *args;
    let pattern = cache::get(th, pattern, flags)?;
    Ok(replace::sub(th, pattern, by, string, limit(th, count)?)?.0)
}

fn subn(th: &Thread, args: &[Value; 5]) -> Result {
    let [pattern, by, string, count, flags] = *args;
    let pattern = cache::get(th, pattern, flags)?;
    let (text, count) = replace::sub(th, pattern, by, string, limit(th, count)?)?;
    Ok(th.tuple(&[text, th.int(count as i64)]))
}

fn split(th: &Thread, args: &[Value; 5]) -> Result {
    let [pattern, string, most, flags, _] = *args;
    cache::get(th, pattern, flags)?.split(th, string, limit(th, most)?)
}

/// A function whose last two arguments are on their way to be keywords only: by position they still work, with a warning.
struct Late {
    name: &'static str,
    required: &'static [&'static str],
    /// The first of the two; the other is `flags`.
    limit: &'static str,
}

const SUB: Late = Late { name: "sub", required: &["pattern", "repl", "string"], limit: "count" };
const SUBN: Late = Late { name: "subn", ..SUB };
const SPLIT: Late = Late { name: "split", required: TEXT, limit: "maxsplit" };

impl Late {
    /// The required arguments, the limit and the flags.
    fn bound(&self, th: &Thread, args: &[Value], limit: Value, flags: Value) -> Result<[Value; 5]> {
        let required = self.required.len();
        if args.len() < required {
            return Err(missing_arguments(th, self.name, "positional", &self.required[args.len()..]));
        }
        let mut all = [Value::EMPTY; 5];
        all[..required].copy_from_slice(&args[..required]);
        (all[required], all[required + 1]) = (limit, flags);
        let late = &args[required..];
        if late.is_empty() {
            return Ok(all);
        }
        if late.len() > 2 {
            return Err(too_many_arguments(th, self.name, required..=required + 2, args.len(), 0));
        }
        for (at, value) in late.iter().enumerate() {
            if !all[required + at].is_empty() {
                let name = if at == 0 { self.limit } else { "flags" };
                let message = format!("{}() got multiple values for argument '{name}'", self.name);
                return Err(th.type_error(message));
            }
            all[required + at] = *value;
        }
        let message = format!("'{}' is passed as positional argument", self.limit);
        report::warn(th, Exc::DeprecationWarning, &message)?;
        Ok(all)
    }
}

/// As bound to the signature, with `*args` as a tuple.
fn listed(th: &Thread, late: &Late, args: &[Value]) -> Result<[Value; 5]> {
    let required = late.required.len();
    let mut positional = args[..required].to_vec();
    positional.extend(args[required].downcast::<Tuple>().iter().flat_map(|more| more.items()));
    late.bound(th, &positional, args[required + 1], args[required + 2])
}
