//! The disassembler: code as text, for `gilbox dis`, `dis.dis` and the golden tests. What it shows of an instruction
//! follows from the opcode table; it also marks where the lock can change hands.

use std::fmt::Write;

use super::code::{CodeUnit, Const, Handler, Position, flags};
use super::opcodes::{Instr, OPS, Op, OpInfo, Operand, SwitchPoint};

/// Which instructions are marked as switch points.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Switches {
    /// As since 3.10: backward jumps, calls, resumptions.
    #[default]
    Since310,
    /// As in 3.9 and before: between any two instructions.
    Every,
}

/// So far two instructions are apart in what `f_lasti`, `co_lines` and `dis` count: two bytes, as in CPython.
pub const OFFSET: usize = 2;

/// How a listing is written.
#[derive(Default)]
pub struct Style {
    pub switches: Switches,
    /// The instruction that is pointed at.
    pub current: Option<usize>,
    /// Lines are shown as so many further down.
    pub shift: i64,
    /// Offsets instead of indices.
    pub offsets: bool,
    /// Where each instruction comes from to the column, not only its line.
    pub columns: bool,
}

impl Style {
    fn line(&self, line: u32) -> i64 {
        i64::from(line) + self.shift
    }
}

/// What there is to say of an instruction.
pub struct Row {
    pub info: &'static OpInfo,
    /// 0: none
    pub line: u32,
    /// The number of its label, from 1, if something jumps here.
    pub label: Option<usize>,
    /// The index of the instruction to which it jumps.
    pub target: Option<usize>,
    /// Its operands as text.
    pub operands: String,
}

/// A piece of code with everything spelled out that its instructions refer to by number.
pub struct Listing<'a> {
    /// What the code is: its qualified name, file and line.
    pub title: String,
    pub instructions: &'a [Instr],
    pub positions: &'a [Position],
    pub handlers: &'a [Handler],
    pub variables: Vec<String>,
    pub free: Vec<String>,
    pub names: Vec<String>,
    /// The name of each site.
    pub sites: Vec<String>,
    /// The constants as `repr` shows them.
    pub constants: Vec<String>,
}

/// The code and all code inside it.
pub fn disassemble(code: &CodeUnit, switches: Switches) -> String {
    let mut text = String::new();
    disassemble_into(code, switches, &mut text);
    text.push_str(legend(switches));
    text
}

fn disassemble_into(code: &CodeUnit, switches: Switches, text: &mut String) {
    text.push_str(&Listing::of(code).text(&Style { switches, ..Style::default() }));
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            text.push('\n');
            disassemble_into(inner, switches, text);
        }
    }
}

/// What the marks mean.
pub fn legend(switches: Switches) -> &'static str {
    match switches {
        Switches::Since310 => "\nThe lock can change hands at: < a jump back, ! a call, ~ a resumption.\n",
        Switches::Every => "\nThe lock can change hands at every instruction (*).\n",
    }
}

fn mark(info: &OpInfo, switches: Switches) -> char {
    match (switches, info.switch) {
        (Switches::Every, _) => '*',
        (_, SwitchPoint::Never) => ' ',
        (_, SwitchPoint::BackwardJump) => '<',
        (_, SwitchPoint::Call) => '!',
        (_, SwitchPoint::Resume) => '~',
    }
}

impl<'a> Listing<'a> {
    pub fn of(code: &'a CodeUnit) -> Listing<'a> {
        let strings = |names: &[std::rc::Rc<str>]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        Listing {
            title: title(code),
            instructions: &code.instructions,
            positions: &code.positions,
            handlers: &code.handlers,
            variables: strings(&code.var_names),
            free: strings(&code.free_names),
            names: strings(&code.names),
            sites: code.sites.iter().map(|&name| code.names[name as usize].to_string()).collect(),
            constants: code.consts.iter().map(repr).collect(),
        }
    }

    /// What there is to say of each instruction.
    pub fn rows(&self) -> Vec<Row> {
        let labels = self.labels();
        let row = |(at, instr): (usize, &Instr)| Row {
            info: instr.info(),
            line: self.positions.get(at).map_or(0, |position| position.line),
            label: labels.binary_search(&(at as u32)).ok().map(number),
            target: is_jump(instr.info()).then_some(instr.c()),
            operands: self.operands(*instr, &labels),
        };
        self.instructions.iter().enumerate().map(row).collect()
    }

    /// A line for each instruction: source line, mark, index, label, opcode, operands; then the handlers.
    pub fn text(&self, style: &Style) -> String {
        let labels = self.labels();
        let mut text = format!("{}\n", self.title);
        let mut last = None;
        for (at, row) in self.rows().into_iter().enumerate() {
            let shown = match self.positions.get(at) {
                _ if row.line == 0 => "-".to_string(),
                Some(p) if style.columns => {
                    format!("{}:{}-{}:{}", style.line(p.line), p.column, style.line(p.end_line), p.end_column)
                }
                _ => style.line(row.line).to_string(),
            };
            let begins = style.columns || last.replace(row.line) != Some(row.line);
            let shown = if begins { shown } else { String::new() };
            let width = if style.columns { 14 } else { 6 };
            let mark =
                if style.current == Some(at) { "-->".into() } else { mark(row.info, style.switches).to_string() };
            let label = row.label.map_or(String::new(), |label| format!("L{label}:"));
            let place = if style.offsets { at * OFFSET } else { at };
            let line = format!("{shown:>width$} {mark} {place:>5} {label:>6} {:<20} {}", row.info.name, row.operands);
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if !self.handlers.is_empty() {
            text.push_str("  handlers:\n");
        }
        for handler in self.handlers {
            let label = self.place(handler.target, &labels);
            let register = self.register(handler.register as usize);
            // Ranges include their last instruction, as the listing shows it.
            let _ = writeln!(text, "    {}-{} -> {label}, exception in {register}", handler.start, handler.end - 1);
        }
        text
    }

    /// The places that something jumps to, in order; the position of one tells its label's number.
    fn labels(&self) -> Vec<u32> {
        let jumps = self.instructions.iter().filter(|instr| is_jump(instr.info())).map(|instr| instr.c() as u32);
        let mut labels: Vec<u32> = jumps.chain(self.handlers.iter().map(|handler| handler.target)).collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    fn place(&self, at: u32, labels: &[u32]) -> String {
        labels.binary_search(&at).map_or_else(|_| at.to_string(), |label| format!("L{}", number(label)))
    }

    fn register(&self, register: usize) -> String {
        self.variables.get(register).cloned().unwrap_or_else(|| format!("r{register}"))
    }

    /// What the instruction writes to the left of `=`, the rest to the right.
    fn operands(&self, instr: Instr, labels: &[u32]) -> String {
        let info = instr.info();
        let mut written = Vec::new();
        let mut read = Vec::new();
        let fields = [(info.a, instr.a()), (info.b, instr.b()), (info.c, instr.c())];
        for (at, (operand, value)) in fields.into_iter().enumerate() {
            let named = |names: &[String]| names.get(value).cloned().unwrap_or_else(|| format!("?{value}"));
            let shown = match operand {
                Operand::None => continue,
                Operand::Write => {
                    written.push(self.register(value));
                    continue;
                }
                Operand::Read | Operand::Update => self.register(value),
                Operand::Base if instr.op() == Op::MakeFunction && instr.b() == Instr::NO_PARTS as usize => continue,
                Operand::Base => format!("{}..", self.register(value)),
                Operand::Count if at == 1 && instr.op() == Op::CallKw => {
                    let no_self = Instr::NO_SELF as usize;
                    format!("{}{}", value & !no_self, if value & no_self == 0 { " after self" } else { "" })
                }
                Operand::Const => named(&self.constants),
                Operand::Name => named(&self.names),
                Operand::Site => format!(".{}", named(&self.sites)),
                Operand::Free => named(&self.free),
                Operand::Forward | Operand::Backward => format!("-> {}", self.place(value as u32, labels)),
                Operand::Count | Operand::Arguments => value.to_string(),
                Operand::Signed if at == 1 => instr.b_signed().to_string(),
                Operand::Signed => instr.c_signed().to_string(),
            };
            read.push(shown);
        }
        let read = read.join(", ");
        match written.as_slice() {
            [] => read,
            [one] if read.is_empty() => one.clone(),
            written => format!("{} = {read}", written.join(", ")),
        }
    }
}

/// Labels are counted from 1.
fn number(label: usize) -> usize {
    label + 1
}

pub fn is_jump(info: &OpInfo) -> bool {
    matches!(info.c, Operand::Forward | Operand::Backward)
}

fn title(code: &CodeUnit) -> String {
    let mut title = format!("{} ({}, line {}): ", code.qualname, code.filename, code.first_line);
    let _ = write!(title, "{} parameters, {} registers", code.arg_count + code.keyword_only, code.registers);
    let words: [(u32, &str); 6] = [
        (flags::VARARGS, "*args"),
        (flags::VARKEYWORDS, "**kwargs"),
        (flags::GENERATOR, "generator"),
        (flags::COROUTINE, "coroutine"),
        (flags::ASYNC_GENERATOR, "asynchronous generator"),
        (flags::NESTED, "nested"),
    ];
    for (flag, word) in words {
        if code.flags & flag != 0 {
            let _ = write!(title, ", {word}");
        }
    }
    for (what, names) in [("free", &code.free_names), ("variables", &code.var_names)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            let _ = write!(title, "; {what} {}", names.join(", "));
        }
    }
    title
}

/// The table of opcodes as documentation: a line for each.
pub fn opcodes_text() -> String {
    let mut text = String::new();
    for info in OPS {
        let operands = [("a", info.a), ("b", info.b), ("c", info.c)];
        let shown: Vec<String> = operands
            .into_iter()
            .filter(|(_, operand)| *operand != Operand::None)
            .map(|(field, operand)| format!("{field}: {}", operand_words(operand)))
            .collect();
        let mark = mark(info, Switches::Since310);
        let _ = writeln!(text, "{mark} {:<22} {:<44}{}", info.name, shown.join(", "), info.doc.trim());
    }
    text.push_str(legend(Switches::Since310));
    text
}

fn operand_words(operand: Operand) -> &'static str {
    match operand {
        Operand::None => "",
        Operand::Read => "reads",
        Operand::Write => "writes",
        Operand::Update => "updates",
        Operand::Base => "registers from",
        Operand::Const => "constant",
        Operand::Name => "name",
        Operand::Site => "site",
        Operand::Free => "free variable",
        Operand::Forward => "place ahead",
        Operand::Backward => "place behind",
        Operand::Count => "count",
        Operand::Arguments => "arguments",
        Operand::Signed => "number",
    }
}

// ---- constants as text

/// A constant as Python's `repr` shows it.
pub fn repr(value: &Const) -> String {
    match value {
        Const::None => "None".to_string(),
        Const::Ellipsis => "Ellipsis".to_string(),
        Const::Bool(true) => "True".to_string(),
        Const::Bool(false) => "False".to_string(),
        Const::Int(value) => value.to_string(),
        Const::Float(value) => float_repr(*value),
        Const::Complex(real, imaginary) if *real == 0.0 && real.is_sign_positive() => {
            format!("{}j", short(*imaginary))
        }
        Const::Complex(real, imaginary) => {
            let sign = if imaginary.is_sign_negative() { "" } else { "+" };
            format!("({}{sign}{}j)", short(*real), short(*imaginary))
        }
        Const::Str(bytes) => quoted(&String::from_utf8_lossy(bytes)),
        Const::Bytes(bytes) => {
            let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            format!("b{}", quoted(&text))
        }
        Const::Tuple(items) if items.len() == 1 => format!("({},)", repr(&items[0])),
        Const::Tuple(items) => format!("({})", list(items)),
        Const::FrozenSet(items) => format!("frozenset({{{}}})", list(items)),
        Const::Code(code) => format!("<code {}, line {}>", code.qualname, code.first_line),
    }
}

fn list(items: &[Const]) -> String {
    items.iter().map(repr).collect::<Vec<_>>().join(", ")
}

fn short(value: f64) -> String {
    let text = float_repr(value);
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

fn float_repr(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "nan"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_string();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..16).contains(&exponent) => {
            format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
        }
        _ => {
            let plain = format!("{value}");
            if plain.contains('.') { plain } else { format!("{plain}.0") }
        }
    }
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut result = String::from(quote);
    for character in text.chars() {
        match character {
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            '\\' => result.push_str("\\\\"),
            c if c == quote => {
                result.push('\\');
                result.push(c);
            }
            c if (c as u32) < 0x20 || (0x7f..0xa1).contains(&(c as u32)) => {
                let _ = write!(result, "\\x{:02x}", c as u32);
            }
            c => result.push(c),
        }
    }
    result.push(quote);
    result
}
