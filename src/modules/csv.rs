//! `_csv`: lines of separated values taken apart and put together. Dialects, readers and writers are `python/csv.py`'s.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::complex::Complex;
use crate::objects::float;
use crate::objects::list::List;
use crate::objects::str::{Str, check_size, count_chars, decode_char, push_char};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub static CSV: ModuleDef =
    ModuleDef { functions: &[PARSE, JOIN], ..ModuleDef::new("_csv", "CSV parsing and writing.\n") };

const PARSE: NativeDef = native(
    "parse",
    "(line, fields, state, dialect, limit, /)",
    "Appends the fields of a line. None where the record ends with it, the state to go on with where it does not, the text \
     of the error where it is wrong.",
    |th, args| {
        let (Some(line), Some(fields)) = (args[0].as_str_cell(), args[1].downcast::<List>()) else {
            return Err(th.type_error("a string and a list are needed"));
        };
        let dialect = Dialect::of(th, args[3])?;
        let limit = usize::try_from(ops::index_i64(th, args[4])?).unwrap_or(usize::MAX);
        let mut parser = Parser::resumed(th, dialect, fields, limit, args[2])?;
        match parser.line(line)? {
            Some(fault) => Ok(th.str(&fault)),
            None if parser.state == State::StartRecord => Ok(Value::NONE),
            None => Ok(parser.suspended()),
        }
    },
);

const JOIN: NativeDef = native(
    "join",
    "(fields, dialect, /)",
    "The line of a record, and None; or None and the text of the error.",
    |th, args| {
        let dialect = Dialect::of(th, args[1])?;
        let mut out = Vec::new();
        let mut count = 0;
        let mut only_null = false;
        let mut fault = None;
        ops::for_each(th, args[0], |field| {
            if fault.is_none() {
                only_null = field.is_none();
                fault = join_field(th, &dialect, field, count == 0, &mut out)?;
                count += 1;
            }
            Ok(())
        })?;
        let says_null = only_null && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull);
        if fault.is_none() && count == 1 && out.is_empty() {
            if dialect.quoting == Quoting::None || says_null {
                fault = Some("single empty field record must be quoted");
            } else {
                dialect.quotechar.iter().for_each(|quote| (0..2).for_each(|_| push_char(&mut out, *quote)));
            }
        }
        if let Some(fault) = fault {
            return Ok(th.tuple(&[Value::NONE, th.str(fault)]));
        }
        out.extend_from_slice(dialect.line_terminator.wtf8());
        check_size(th, out.len())?;
        Ok(th.tuple(&[Str::from_wtf8(th, &out).value(), Value::NONE]))
    },
);

/// `QUOTE_MINIMAL` and so on, by their numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Minimal,
    All,
    NonNumeric,
    None,
    Strings,
    NotNull,
}

/// A dialect, whose tuple the caller holds.
struct Dialect {
    delimiter: u32,
    quotechar: Option<u32>,
    escapechar: Option<u32>,
    doublequote: bool,
    skip_initial_space: bool,
    line_terminator: Gc<Str>,
    quoting: Quoting,
    strict: bool,
}

impl Dialect {
    /// From (delimiter, quotechar, escapechar, doublequote, skipinitialspace, lineterminator, quoting, strict).
    fn of(th: &Thread, parts: Value) -> Result<Dialect> {
        let wrong = || th.type_error("the parts of a dialect are needed");
        let Some([delimiter, quotechar, escapechar, doublequote, skip, terminator, quoting, strict]) =
            parts.downcast::<Tuple>().map(Gc::<Tuple>::items)
        else {
            return Err(wrong());
        };
        let character = |value: &Value| value.as_str_cell().and_then(|text| text.code_points().next());
        let (Some(delimiter), Some(line_terminator)) = (character(delimiter), terminator.as_str_cell()) else {
            return Err(wrong());
        };
        let quoting = match ops::index_i64(th, *quoting)? {
            0 => Quoting::Minimal,
            1 => Quoting::All,
            2 => Quoting::NonNumeric,
            3 => Quoting::None,
            4 => Quoting::Strings,
            _ => Quoting::NotNull,
        };
        Ok(Dialect {
            delimiter,
            quotechar: character(quotechar),
            escapechar: character(escapechar),
            doublequote: ops::truthy(th, *doublequote)?,
            skip_initial_space: ops::truthy(th, *skip)?,
            line_terminator,
            quoting,
            strict: ops::truthy(th, *strict)?,
        })
    }

    fn quotes(&self, c: u32) -> bool {
        self.quoting != Quoting::None && self.quotechar == Some(c)
    }
}

// ---- reading

/// Where in a record a parser is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    InField,
    InQuoted,
    EscapedInQuoted,
    /// Behind a quote in a quoted field: its end, or the first of two.
    QuoteInQuoted,
    /// Behind the end of a line.
    EatLineEnd,
    BehindEscapedLineEnd,
}

const STATES: [State; 9] = [
    State::StartRecord,
    State::StartField,
    State::Escaped,
    State::InField,
    State::InQuoted,
    State::EscapedInQuoted,
    State::QuoteInQuoted,
    State::EatLineEnd,
    State::BehindEscapedLineEnd,
];

struct Parser<'a> {
    th: &'a Thread,
    dialect: Dialect,
    fields: Gc<List>,
    limit: usize,
    state: State,
    /// The field so far, in WTF-8, and how many characters it has.
    field: Vec<u8>,
    chars: usize,
    /// Whether it began without a quote.
    unquoted: bool,
}

/// A character, or nothing at the end of a line.
type Char = Option<u32>;

const LF: u32 = b'\n' as u32;
const CR: u32 = b'\r' as u32;

impl Parser<'_> {
    /// A parser in the state that `suspended` wrote down, or at the start of a record.
    fn resumed(th: &Thread, dialect: Dialect, fields: Gc<List>, limit: usize, state: Value) -> Result<Parser<'_>> {
        let mut parser = Parser {
            th,
            dialect,
            fields,
            limit,
            state: State::StartRecord,
            field: Vec::new(),
            chars: 0,
            unquoted: true,
        };
        if let Some([number, text, unquoted]) = state.downcast::<Tuple>().map(Gc::<Tuple>::items) {
            let number = usize::try_from(ops::index_i64(th, *number)?).unwrap_or(0);
            parser.state = STATES.get(number).copied().unwrap_or(State::StartRecord);
            parser.field = text.as_str_cell().map_or_else(Vec::new, |text| text.wtf8().to_vec());
            parser.chars = count_chars(&parser.field);
            parser.unquoted = *unquoted == Value::TRUE;
        }
        Ok(parser)
    }

    fn suspended(&self) -> Value {
        let text = Str::from_wtf8(self.th, &self.field).value();
        self.th.tuple(&[Value::small_int(self.state as i64), text, Value::bool(self.unquoted)])
    }

    /// Takes in a line; what is wrong with it.
    fn line(&mut self, line: Gc<Str>) -> Result<Option<String>> {
        let mut rest = line.wtf8();
        while !rest.is_empty() {
            let (c, len) = decode_char(rest);
            if let Some(fault) = self.step(Some(c))? {
                return Ok(Some(fault));
            }
            rest = &rest[len..];
        }
        self.step(None)
    }

    fn step(&mut self, c: Char) -> Result<Option<String>> {
        let ends_line = matches!(c, None | Some(LF | CR));
        match self.state {
            State::StartRecord if c.is_none() => {}
            State::StartRecord if ends_line => self.state = State::EatLineEnd,
            State::StartRecord | State::StartField => return self.start_field(c),
            State::Escaped if matches!(c, Some(LF | CR)) => {
                self.state = State::BehindEscapedLineEnd;
                return Ok(self.add(c));
            }
            State::Escaped => {
                self.state = State::InField;
                return Ok(self.add(c.or(Some(LF))));
            }
            State::BehindEscapedLineEnd if c.is_none() => {}
            State::BehindEscapedLineEnd | State::InField => return self.in_field(c),
            State::InQuoted => match c {
                None => {}
                Some(_) if c == self.dialect.escapechar => self.state = State::EscapedInQuoted,
                Some(quote) if self.dialect.quotes(quote) => {
                    self.state = if self.dialect.doublequote { State::QuoteInQuoted } else { State::InField };
                }
                Some(_) => return Ok(self.add(c)),
            },
            State::EscapedInQuoted => {
                self.state = State::InQuoted;
                return Ok(self.add(c.or(Some(LF))));
            }
            State::QuoteInQuoted => return self.behind_quote(c, ends_line),
            State::EatLineEnd => match c {
                None => self.state = State::StartRecord,
                Some(LF | CR) => {}
                Some(_) => return Ok(Some(NEW_LINE.to_owned())),
            },
        }
        Ok(None)
    }

    fn start_field(&mut self, c: Char) -> Result<Option<String>> {
        self.unquoted = true;
        self.state = State::StartField;
        match c {
            None | Some(LF | CR) => self.end_record(c)?,
            Some(quote) if self.dialect.quotes(quote) => {
                self.unquoted = false;
                self.state = State::InQuoted;
            }
            Some(_) if c == self.dialect.escapechar => self.state = State::Escaped,
            Some(0x20) if self.dialect.skip_initial_space => {}
            Some(delimiter) if delimiter == self.dialect.delimiter => self.save()?,
            Some(_) => {
                self.state = State::InField;
                return Ok(self.add(c));
            }
        }
        Ok(None)
    }

    /// Behind an escaped line end too, where an ordinary character changes nothing: CPython then goes on with the next line.
    fn in_field(&mut self, c: Char) -> Result<Option<String>> {
        match c {
            None | Some(LF | CR) => self.end_record(c)?,
            Some(_) if c == self.dialect.escapechar => self.state = State::Escaped,
            Some(delimiter) if delimiter == self.dialect.delimiter => {
                self.save()?;
                self.state = State::StartField;
            }
            Some(_) => return Ok(self.add(c)),
        }
        Ok(None)
    }

    fn behind_quote(&mut self, c: Char, ends_line: bool) -> Result<Option<String>> {
        match c {
            Some(quote) if self.dialect.quotes(quote) => {
                self.state = State::InQuoted;
                return Ok(self.add(c));
            }
            Some(delimiter) if delimiter == self.dialect.delimiter => {
                self.save()?;
                self.state = State::StartField;
            }
            _ if ends_line => self.end_record(c)?,
            _ if !self.dialect.strict => {
                self.state = State::InField;
                return Ok(self.add(c));
            }
            _ => {
                let shown = |c: u32| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER);
                let quote = self.dialect.quotechar.map_or('"', shown);
                return Ok(Some(format!("'{}' expected after '{quote}'", shown(self.dialect.delimiter))));
            }
        }
        Ok(None)
    }

    fn add(&mut self, c: Char) -> Option<String> {
        if self.chars >= self.limit {
            return Some(format!("field larger than field limit ({})", self.limit));
        }
        if let Some(c) = c {
            push_char(&mut self.field, c);
            self.chars += 1;
        }
        None
    }

    fn end_record(&mut self, c: Char) -> Result<()> {
        self.save()?;
        self.state = if c.is_none() { State::StartRecord } else { State::EatLineEnd };
        Ok(())
    }

    fn save(&mut self) -> Result<()> {
        let quoting = self.dialect.quoting;
        let empty = self.field.is_empty();
        let value = if self.unquoted && empty && matches!(quoting, Quoting::NotNull | Quoting::Strings) {
            Value::NONE
        } else {
            let text = Str::from_wtf8(self.th, &self.field).value();
            let is_number = self.unquoted && !empty && matches!(quoting, Quoting::NonNumeric | Quoting::Strings);
            if is_number { Value::float(self.number(text)?) } else { text }
        };
        self.fields.push(self.th, value);
        self.field.clear();
        self.chars = 0;
        Ok(())
    }

    fn number(&self, text: Value) -> Result<f64> {
        match float::from_text(&self.field) {
            Some(f) => Ok(f),
            None => {
                let shown = ops::repr(self.th, text)?.to_text();
                Err(self.th.value_error(format_args!("could not convert string to float: {shown}")))
            }
        }
    }
}

const NEW_LINE: &str = "new-line character seen in unquoted field - do you need to open the file with newline=''?";

// ---- writing

/// Appends a field; what is wrong with it.
fn join_field(
    th: &Thread,
    dialect: &Dialect,
    field: Value,
    first: bool,
    out: &mut Vec<u8>,
) -> Result<Option<&'static str>> {
    let is_null = field.is_none();
    let mut quoted = match dialect.quoting {
        Quoting::All => true,
        Quoting::NonNumeric => !float::is_real(th, field) && field.downcast::<Complex>().is_none(),
        Quoting::Strings => field.as_str_cell().is_some(),
        Quoting::NotNull => !is_null,
        Quoting::Minimal | Quoting::None => false,
    };
    let text = match field.as_str_cell() {
        Some(text) => Some(text),
        None if is_null => None,
        None => Some(ops::str(th, field)?),
    };
    let text: &[u8] = text.as_ref().map_or(&[], |text| text.wtf8());
    let body = match escaped(dialect, text, &mut quoted) {
        Ok(body) => body,
        Err(fault) => return Ok(Some(fault)),
    };
    if text.is_empty() && dialect.delimiter == 0x20 && dialect.skip_initial_space {
        if dialect.quoting == Quoting::None || is_null && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull)
        {
            return Ok(Some("empty field must be quoted if delimiter is a space and skipinitialspace is true"));
        }
        quoted = true;
    }
    if !first {
        push_char(out, dialect.delimiter);
    }
    let quote = dialect.quotechar.filter(|_| quoted);
    quote.iter().for_each(|quote| push_char(out, *quote));
    out.extend_from_slice(&body);
    quote.iter().for_each(|quote| push_char(out, *quote));
    check_size(th, out.len())?;
    Ok(None)
}

/// A field's text with what has a meaning escaped; `quoted` becomes true where quotes around it do that.
fn escaped(dialect: &Dialect, text: &[u8], quoted: &mut bool) -> std::result::Result<Vec<u8>, &'static str> {
    let mut body = Vec::with_capacity(text.len());
    for c in crate::objects::str::CodePoints(text) {
        let special = c == dialect.delimiter
            || Some(c) == dialect.escapechar
            || Some(c) == dialect.quotechar
            || matches!(c, LF | CR)
            || dialect.line_terminator.code_points().any(|end| end == c);
        if special {
            let doubled = dialect.quotes(c) && dialect.doublequote;
            let means_something = Some(c) == dialect.quotechar || Some(c) == dialect.escapechar;
            let escapes = dialect.quoting == Quoting::None || means_something && !doubled;
            if doubled {
                push_char(&mut body, c);
            }
            match dialect.escapechar {
                Some(escape) if escapes => push_char(&mut body, escape),
                None if escapes => return Err("need to escape, but no escapechar set"),
                _ => *quoted = true,
            }
        }
        push_char(&mut body, c);
    }
    Ok(body)
}
