//! `re.Match`: what a match has found.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::int::IntRef;
use crate::objects::kinds;
use crate::objects::sequences::{self, Text};
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Thread, ops};

use super::pattern::{Pattern, Run};
use super::program::NOWHERE;
use super::subject::Subject;
use super::template;

/// Never changes. Start and end of each group, in bytes, lie behind the fixed part as small integers.
#[repr(C)]
pub struct Match {
    pub header: Header,
    pub pattern: Gc<Pattern>,
    pub string: Value,
    position: usize,
    end_position: usize,
    slots: u32,
    /// The group that ended last; 0 for none.
    last_group: u32,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Match {
    const KIND: Kind = kinds::MATCH;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.pattern);
        tracer.value(self.string);
    }
}

impl Match {
    /// Of the match that a run has just found.
    pub fn new(run: &Run<'_>) -> Gc<Match> {
        let slots = run.slots();
        let cell = Match {
            header: Header::of_kind(kinds::MATCH),
            pattern: run.pattern,
            string: run.subject.value,
            position: run.range.position,
            end_position: run.range.end_position,
            slots: slots.len() as u32,
            last_group: run.last_group(),
        };
        let cell = run.th.alloc_with_tail(cell, std::mem::size_of_val(slots));
        for (place, slot) in cell.tail_slots(slots.len()).iter().zip(slots) {
            // NOWHERE becomes -1.
            place.set(Value::small_int(*slot as i64));
        }
        cell
    }
}

impl Gc<Match> {
    fn slot(self, at: usize) -> usize {
        let slots = self.tail_slots(self.get().slots as usize);
        slots[at].get().as_small_int().map_or(NOWHERE, |slot| slot as usize)
    }

    /// The bytes of a group, if it has matched.
    fn span(self, group: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.slot(2 * group), self.slot(2 * group + 1));
        (from != NOWHERE && to != NOWHERE).then_some((from, to))
    }

    /// What a group has matched, or `default`.
    pub fn group(self, th: &Thread, group: usize, default: Value) -> Result {
        let Some((from, to)) = self.span(group) else { return Ok(default) };
        if let Some(text) = self.get().string.as_str_cell() {
            return Ok(text.slice_bytes(th, from, to).value());
        }
        // What can change may have become shorter.
        let subject = Subject::of(th, self.get().string)?;
        let len = subject.bytes().len();
        Ok(subject.part(th, from.min(len), to.min(len)))
    }

    /// Start and end of a group as programs count them; -1 where it has not matched.
    fn positions(self, th: &Thread, group: usize) -> (i64, i64) {
        let Some((from, to)) = self.span(group) else { return (-1, -1) };
        match self.get().string.as_str_cell() {
            Some(text) => (text.char_position(th, from) as i64, text.char_position(th, to) as i64),
            None => (from as i64, to as i64),
        }
    }

    fn groups(self) -> usize {
        self.get().pattern.groups()
    }

    /// The number of the group that `key` stands for.
    fn index(self, th: &Thread, key: Value) -> Result<usize> {
        let found = match key.as_small_int() {
            Some(index) => Some(index),
            None if sequences::is_index(th, key) => IntRef::of(ops::index(th, key)?).and_then(IntRef::to_i64),
            None => self.get().pattern.group_index.get_item(th, key)?.and_then(Value::as_small_int),
        };
        let index = found.and_then(|index| usize::try_from(index).ok()).filter(|index| *index <= self.groups());
        index.ok_or_else(|| th.raise(Exc::IndexError, "no such group"))
    }
}

fn this(th: &Thread, v: Value) -> Result<Gc<Match>> {
    v.downcast::<Match>().ok_or_else(|| th.type_error("a 're.Match' object is required"))
}

fn default_of(args: &[Value]) -> Value {
    if args[1].is_empty() { Value::NONE } else { args[1] }
}

/// `group(…)`, with the groups asked for.
fn group(th: &Thread, args: &[Value]) -> Result {
    let this = this(th, args[0])?;
    let one = |key| this.group(th, this.index(th, key)?, Value::NONE);
    match &args[1..] {
        [] => this.group(th, 0, Value::NONE),
        [key] => one(*key),
        keys => {
            // Filled one by one: a key's `__index__` may run while the collector has to know the groups found so far.
            let found = Tuple::unfilled(th, keys.len());
            for (at, key) in keys.iter().enumerate() {
                found.fill(at, one(*key)?);
            }
            Ok(found.value())
        }
    }
}

/// The positions of the group that a method is asked for.
fn asked(th: &Thread, args: &[Value]) -> Result<(i64, i64)> {
    let this = this(th, args[0])?;
    let group = if args[1].is_empty() { 0 } else { this.index(th, args[1])? };
    Ok(this.positions(th, group))
}

fn pair(th: &Thread, (from, to): (i64, i64)) -> Value {
    th.tuple(&[th.int(from), th.int(to)])
}

const METHODS: &[NativeDef] = &[
    native(
        "group",
        "($self, /, *args)",
        "group([group1, ...]) -> str or tuple.\n\nReturn subgroup(s) of the match by indices or names.\nFor 0 returns the entire match.",
        |th, args| {
            let keys = args[1].downcast::<Tuple>().map_or(&[][..], |keys| keys.items());
            th.with_first(args[0], keys, |args| group(th, args))
        },
    ).parsed()
    .positional(group),
    native(
        "start",
        "($self, group=0, /)",
        "Return index of the start of the substring matched by group.",
        |th, args| Ok(th.int(asked(th, args)?.0)),
    ),
    native(
        "end",
        "($self, group=0, /)",
        "Return index of the end of the substring matched by group.",
        |th, args| Ok(th.int(asked(th, args)?.1)),
    ),
    native(
        "span",
        "($self, group=0, /)",
        "For match object m, return the 2-tuple (m.start(group), m.end(group)).",
        |th, args| Ok(pair(th, asked(th, args)?)),
    ),
    native(
        "groups",
        "($self, /, default=None)",
        "Return a tuple containing all the subgroups of the match, from 1.\n\n  default\n    Is used for groups that did not participate in the match.",
        |th, args| {
            let this = this(th, args[0])?;
            let row = Tuple::unfilled(th, this.groups());
            for group in 1..=this.groups() {
                row.fill(group - 1, this.group(th, group, default_of(args))?);
            }
            Ok(row.value())
        },
    )
    .keywords(),
    native(
        "groupdict",
        "($self, /, default=None)",
        "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n  default\n    Is used for groups that did not participate in the match.",
        |th, args| {
            let this = this(th, args[0])?;
            let found = Dict::new(th);
            for (name, index) in this.get().pattern.group_index.entries() {
                let index = index.as_small_int().unwrap_or_default() as usize;
                found.set_item(th, name, this.group(th, index, default_of(args))?)?;
            }
            Ok(found.value())
        },
    )
    .keywords(),
    native(
        "expand",
        "($self, /, template)",
        "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.",
        |th, args| {
            let this = this(th, args[0])?;
            template::expand(th, this, args[1])
        },
    )
    .keywords(),
    native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
        let this = this(th, args[0])?;
        this.group(th, this.index(th, args[1])?, Value::NONE)
    }),
    native("__copy__", "($self, /)", "A match is its own copy.", |_, args| Ok(args[0])),
    native("__deepcopy__", "($self, memo, /)", "A match is its own copy.", |_, args| Ok(args[0])),
    CLASS_GETITEM,
    native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
        let this = this(th, args[0])?;
        let (from, to) = this.positions(th, 0);
        let mut text = Text::default();
        text.push(&format!("<re.Match object; span=({from}, {to}), match="));
        let shown = ops::repr(th, this.group(th, 0, Value::NONE)?)?;
        // Long ones are cut.
        text.0.extend_from_slice(shown.substring(th, 0, SHOWN).wtf8());
        text.push(">");
        Ok(text.finish(th))
    }),
];

/// So much of what has matched a `repr` shows.
const SHOWN: usize = 50;

const ATTRIBUTES: &[GetSetDef] = &[
    member("string", "The string passed to match() or search().", |th, v| Ok(this(th, v)?.string)),
    member("re", "The regular expression object.", |th, v| Ok(this(th, v)?.pattern.value())),
    member("pos", "The index into the string at which the RE engine started looking for a match.", |th, v| {
        Ok(th.int(this(th, v)?.position as i64))
    }),
    member("endpos", "The index into the string beyond which the RE engine will not go.", |th, v| {
        Ok(th.int(this(th, v)?.end_position as i64))
    }),
    getter("lastindex", "The integer index of the last matched capturing group.", |th, v| {
        Ok(match this(th, v)?.last_group {
            0 => Value::NONE,
            group => Value::small_int(group.into()),
        })
    }),
    getter("lastgroup", "The name of the last matched capturing group.", |th, v| {
        let this = this(th, v)?;
        Ok(this.pattern.names.items().get(this.last_group as usize).copied().unwrap_or(Value::NONE))
    }),
    getter("regs", "The spans of all groups.", |th, v| {
        let this = this(th, v)?;
        let row = Tuple::unfilled(th, this.groups() + 1);
        for group in 0..=this.groups() {
            row.fill(group, pair(th, this.positions(th, group)));
        }
        Ok(row.value())
    }),
];

pub static MATCH: TypeDef = TypeDef {
    module: "re",
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new(
        "Match",
        kinds::MATCH,
        "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    )
};
