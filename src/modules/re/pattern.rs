//! `re.Pattern`: a compiled pattern, and everything that one can do with it but replacing.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::dict::{Dict, proxy};
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::int::IntRef;
use crate::objects::kinds;
use crate::objects::list::Gathered;
use crate::objects::native_object::{self, NativeObject};
use crate::objects::sequences::Text;
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Thread, ops};

use super::matched::Match;
use super::matcher::{Ending, Matcher};
use super::program::{NOWHERE, Program};
use super::scanner::{MATCHES, SCANNER, Scanner};
use super::search::search;
use super::subject::Subject;
use super::{flags, replace};

/// Never changes; threads share it freely.
#[repr(C)]
pub struct Pattern {
    pub header: Header,
    /// What it was made of, a `str` or `bytes`.
    pub source: Value,
    pub flags: u32,
    /// The flags that `compile` was given.
    pub asked: u32,
    pub program: Box<Program>,
    /// From names of groups to their numbers.
    pub group_index: Gc<Dict>,
    /// The name of each group, or None.
    pub names: Gc<Tuple>,
}

// SAFETY: `repr(C)`, header first, every value reported; dropping the program touches no other cell.
unsafe impl Cell for Pattern {
    const KIND: Kind = kinds::PATTERN;
    const NEEDS_DROP: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.source);
        tracer.cell(self.group_index);
        tracer.cell(self.names);
    }
}

/// How to look for a match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// At the very position.
    Match,
    FullMatch,
    /// There or later.
    Search,
}

/// The part of a subject that is searched, in bytes and as it was asked for.
#[derive(Clone, Copy)]
pub struct Range {
    pub from: usize,
    pub to: usize,
    pub position: usize,
    pub end_position: usize,
}

impl Range {
    pub fn all(subject: &Subject) -> Range {
        Range { from: 0, to: subject.bytes().len(), position: 0, end_position: subject.len() }
    }

    /// From the numbers `pos` and `endpos`, if they were given.
    fn between(th: &Thread, subject: &Subject, position: Option<i64>, end: Option<i64>) -> Range {
        let len = subject.len();
        let clamped =
            |number: Option<i64>, default| number.map_or(default, |i| usize::try_from(i).unwrap_or(0).min(len));
        let (position, end_position) = (clamped(position, 0), clamped(end, len));
        let (from, to) = (subject.to_byte(th, position), subject.to_byte(th, end_position));
        Range { from, to, position, end_position }
    }
}

/// Runs a pattern over a subject, match after match.
pub struct Run<'a> {
    pub th: &'a Thread,
    pub pattern: Gc<Pattern>,
    pub subject: &'a Subject,
    pub range: Range,
    matcher: Matcher<'a>,
    /// Where the next match may begin.
    pub next: usize,
}

impl<'a> Run<'a> {
    #[inline(always)]
    pub fn new(th: &'a Thread, pattern: Gc<Pattern>, subject: &'a Subject, range: Range, ending: Ending) -> Run<'a> {
        let text = &subject.bytes()[..range.to];
        let matcher = Matcher::new(th, &pattern.get().program, text, ending);
        Run { th, pattern, subject, range, matcher, next: range.from }
    }

    /// Whether there is another match; the run goes on behind it.
    #[inline]
    pub fn advance(&mut self, how: How) -> Result<bool> {
        if self.next > self.range.to {
            return Ok(false);
        }
        let found = if self.subject.is_wide() { self.find::<true>(how) } else { self.find::<false>(how) }?;
        if found {
            let (from, to) = self.span();
            self.next = to;
            if from == to {
                self.matcher.refuse_empty_at(to);
            }
        }
        Ok(found)
    }

    fn find<const WIDE: bool>(&mut self, how: How) -> Result<bool> {
        if how != How::Search {
            return self.matcher.matches::<WIDE>(self.next);
        }
        let text = &self.subject.bytes()[..self.range.to];
        search::<WIDE>(&mut self.matcher, &self.pattern.get().program, text, self.next)
    }

    /// Of the match: its bytes.
    #[inline]
    pub fn span(&self) -> (usize, usize) {
        (self.matcher.slots[0], self.matcher.slots[1])
    }

    /// Of the match: the bytes of a group, if it has matched.
    #[inline]
    pub fn group_span(&self, group: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.matcher.slots[2 * group], self.matcher.slots[2 * group + 1]);
        (from != NOWHERE && to != NOWHERE).then_some((from, to))
    }

    /// Of the match: what a group has matched, or `default`.
    #[inline]
    pub fn group(&self, group: usize, default: Value) -> Value {
        self.group_span(group).map_or(default, |(from, to)| self.subject.part(self.th, from, to))
    }

    pub fn to_match(&self) -> Value {
        Match::new(self).value()
    }

    #[inline]
    pub fn slots(&self) -> &[usize] {
        &self.matcher.slots
    }

    #[inline]
    pub fn last_group(&self) -> u32 {
        self.matcher.last_group
    }

    /// Begins with what has been found so far: for scanners, which keep it between calls.
    pub fn resume(&mut self, next: usize, refuses_empty: bool) {
        self.next = next;
        if refuses_empty {
            self.matcher.refuse_empty_at(next);
        }
    }
}

impl Gc<Pattern> {
    #[inline]
    pub fn is_text(self) -> bool {
        self.get().program.is_text
    }

    #[inline]
    pub fn groups(self) -> usize {
        self.get().program.groups as usize
    }

    /// The match object or None.
    /// What is searched, from the arguments `string`, `pos` and `endpos`. The numbers are looked at first.
    fn part(self, th: &Thread, string: Value, position: Value, end: Value) -> Result<(Subject, Range)> {
        let number = |v: Value| if v.is_empty() { Ok(None) } else { sized(th, v).map(Some) };
        let (position, end) = (number(position)?, number(end)?);
        let subject = Subject::for_pattern(th, string, self.is_text())?;
        let range = Range::between(th, &subject, position, end);
        Ok((subject, range))
    }

    pub fn look(self, th: &Thread, how: How, string: Value, position: Value, end: Value) -> Result {
        let (subject, range);
        if position.is_empty() && end.is_empty() {
            // The usual case, with nothing handed around.
            subject = Subject::for_pattern(th, string, self.is_text())?;
            range = Range::all(&subject);
        } else {
            (subject, range) = self.part(th, string, position, end)?;
        }
        let ending = if how == How::FullMatch { Ending::WithText } else { Ending::Anywhere };
        let mut run = Run::new(th, self, &subject, range, ending);
        Ok(if run.advance(how)? { run.to_match() } else { Value::NONE })
    }

    pub fn find_all(self, th: &Thread, string: Value, position: Value, end: Value) -> Result {
        let (subject, range) = self.part(th, string, position, end)?;
        let mut run = Run::new(th, self, &subject, range, Ending::Anywhere);
        let empty = subject.part(th, 0, 0);
        let mut found = Gathered::new(th);
        while run.advance(How::Search)? {
            found.push(match self.groups() {
                0 => run.group(0, empty),
                1 => run.group(1, empty),
                groups => {
                    let row = Tuple::unfilled(th, groups);
                    for group in 1..=groups {
                        row.fill(group - 1, run.group(group, empty));
                    }
                    row.value()
                }
            });
            th.poll()?;
        }
        Ok(found.finish())
    }

    pub fn split(self, th: &Thread, string: Value, most: usize) -> Result {
        let subject = Subject::for_pattern(th, string, self.is_text())?;
        let mut run = Run::new(th, self, &subject, Range::all(&subject), Ending::Anywhere);
        let mut pieces = Gathered::new(th);
        let (mut last, mut count) = (0, 0);
        while count < most && run.advance(How::Search)? {
            let (from, to) = run.span();
            pieces.push(subject.part(th, last, from));
            for group in 1..=self.groups() {
                pieces.push(run.group(group, Value::NONE));
            }
            last = to;
            count += 1;
            th.poll()?;
        }
        pieces.push(subject.part(th, last, subject.bytes().len()));
        Ok(pieces.finish())
    }

    /// A scanner over a string, as an object.
    pub fn scanner(self, th: &Thread, string: Value, position: Value, end: Value) -> Result<Gc<NativeObject>> {
        let (subject, range) = self.part(th, string, position, end)?;
        let scanner = Scanner::new(self, subject, range);
        Ok(native_object::new(th, th.make_native_class(&SCANNER), Box::new(scanner)))
    }

    pub fn find_iter(self, th: &Thread, string: Value, position: Value, end: Value) -> Result {
        let (subject, range) = self.part(th, string, position, end)?;
        let scanner = Scanner::new(self, subject, range);
        let class = th.make_native_class(&MATCHES);
        Ok(native_object::new(th, class, Box::new(scanner)).value())
    }
}

fn this(th: &Thread, v: Value) -> Result<Gc<Pattern>> {
    v.downcast::<Pattern>().ok_or_else(|| th.type_error("a 're.Pattern' object is required"))
}

/// A position or count.
fn sized(th: &Thread, v: Value) -> Result<i64> {
    let number = IntRef::of(ops::index(th, v)?).and_then(IntRef::to_i64);
    number.ok_or_else(|| th.overflow_error("Python int too large to convert to C ssize_t"))
}

/// The limit that `maxsplit` and `count` set: 0 sets none, and below 0 there is nothing to do.
pub fn limit(th: &Thread, v: Value) -> Result<usize> {
    if v.is_empty() {
        return Ok(usize::MAX);
    }
    let limit = sized(th, v)?;
    Ok(if limit == 0 { usize::MAX } else { usize::try_from(limit).unwrap_or(0) })
}

const METHODS: &[NativeDef] = &[
    native(
        "match",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "Matches zero or more characters at the beginning of the string.",
        |th, args| this(th, args[0])?.look(th, How::Match, args[1], args[2], args[3]),
    )
    .keywords(),
    native(
        "fullmatch",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "Matches against all of the string.",
        |th, args| this(th, args[0])?.look(th, How::FullMatch, args[1], args[2], args[3]),
    )
    .keywords(),
    native(
        "search",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches.",
        |th, args| this(th, args[0])?.look(th, How::Search, args[1], args[2], args[3]),
    )
    .keywords(),
    native(
        "sub",
        "($self, /, repl, string, count=0)",
        "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.",
        |th, args| Ok(replace::sub(th, this(th, args[0])?, args[1], args[2], limit(th, args[3])?)?.0),
    )
    .keywords(),
    native(
        "subn",
        "($self, /, repl, string, count=0)",
        "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.",
        |th, args| {
            let (text, count) = replace::sub(th, this(th, args[0])?, args[1], args[2], limit(th, args[3])?)?;
            Ok(th.tuple(&[text, th.int(count as i64)]))
        },
    )
    .keywords(),
    native(
        "findall",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "Return a list of all non-overlapping matches of pattern in string.",
        |th, args| this(th, args[0])?.find_all(th, args[1], args[2], args[3]),
    )
    .keywords(),
    native(
        "split",
        "($self, /, string, maxsplit=0)",
        "Split string by the occurrences of pattern.",
        |th, args| this(th, args[0])?.split(th, args[1], limit(th, args[2])?),
    )
    .keywords(),
    native(
        "finditer",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a match object.",
        |th, args| this(th, args[0])?.find_iter(th, args[1], args[2], args[3]),
    )
    .keywords(),
    native(
        "scanner",
        "($self, /, string, pos=0, endpos=sys.maxsize)",
        "A scanner over the string, which looks for one match after the other.",
        |th, args| this(th, args[0])?.scanner(th, args[1], args[2], args[3]).map(Gc::value),
    )
    .keywords(),
    native("__copy__", "($self, /)", "A pattern is its own copy.", |_, args| Ok(args[0])),
    native("__deepcopy__", "($self, memo, /)", "A pattern is its own copy.", |_, args| Ok(args[0])),
    CLASS_GETITEM,
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    native("__hash__", "($self, /)", "Return hash(self).", |th, args| {
        let pattern = this(th, args[0])?;
        let hash = ops::hash(th, pattern.source)? ^ i64::from(pattern.flags) << 7 ^ i64::from(pattern.is_text());
        Ok(th.int(hash))
    }),
    native("__eq__", "($self, value, /)", "Return self==value.", |th, args| {
        let Some(other) = args[1].downcast::<Pattern>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let pattern = this(th, args[0])?;
        if pattern == other {
            return Ok(Value::TRUE);
        }
        let same_kind = pattern.flags == other.flags && pattern.is_text() == other.is_text();
        Ok(Value::bool(same_kind && ops::equal(th, pattern.source, other.source)?))
    }),
    native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| {
        let pattern = this(th, args[0])?;
        let module = crate::vm::import::import_by_name(th, th.intern("re"))?;
        let compile = ops::get_attr(th, module, th.intern("_compile"))?;
        Ok(th.tuple(&[compile, th.tuple(&[pattern.source, th.int(pattern.flags.into())])]))
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    member("pattern", "The pattern string from which the RE object was compiled.", |th, v| Ok(this(th, v)?.source)),
    member("flags", "The regex matching flags.", |th, v| Ok(th.int(this(th, v)?.flags.into()))),
    member("groups", "The number of capturing groups in the pattern.", |th, v| {
        Ok(Value::small_int(this(th, v)?.groups() as i64))
    }),
    getter("groupindex", "A dictionary mapping group names to group numbers.", |th, v| {
        Ok(proxy::new(th, this(th, v)?.group_index.value()))
    }),
];

pub static PATTERN: TypeDef = TypeDef {
    weakrefs: true,
    module: "re",
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("Pattern", kinds::PATTERN, "Compiled regular expression object.")
};

/// So much of the pattern a `repr` shows.
const SHOWN: usize = 200;

fn repr(th: &Thread, args: &[Value]) -> Result {
    let pattern = this(th, args[0])?;
    let mut text = Text::default();
    text.push("re.compile(");
    let source = ops::repr(th, pattern.source)?;
    text.0.extend_from_slice(source.substring(th, 0, SHOWN).wtf8());
    let mut left = pattern.flags;
    if pattern.is_text() && left & flags::KINDS == flags::UNICODE {
        left &= !flags::UNICODE;
    }
    let mut names: Vec<String> = Vec::new();
    for (flag, name) in flags::NAMES {
        if left & flag != 0 {
            names.push((*name).to_owned());
            left &= !flag;
        }
    }
    if left != 0 {
        names.push(format!("{left:#x}"));
    }
    if !names.is_empty() {
        text.push(", ");
        text.push(&names.join("|"));
    }
    text.push(")");
    Ok(text.finish(th))
}
