//! Built-in functions that deal with code and namespaces: `compile`, `eval`, `exec`, `globals`, `locals`, `vars`,
//! `__import__`, `__build_class__`.

use crate::compiler::Options;
use crate::heap::{Gc, Value};
use crate::modules::io::path;
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::function::{ClosureCell, Function};
use crate::objects::module::Module;
use crate::objects::str::args::text;
use crate::objects::str::{Str, codec};
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, kinds};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::source::{self, Mode, Text};
use crate::vm::stack::Frame;
use crate::vm::{Thread, classes, import, ops, slow};

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "__build_class__",
        "(func, name, /, *bases, **kwds)",
        "Internal helper function used by the class statement.",
        |th, args| {
            let bases = args[2].downcast::<Tuple>().map_or(&[][..], |t| t.items());
            let keywords = args[3].downcast::<Dict>().unwrap_or_else(|| Dict::new(th));
            classes::build_class(th, args[0], args[1], bases, keywords)
        },
    ),
    native("__import__", "(name, globals=None, locals=None, fromlist=(), level=0)", "Import a module.", |th, args| {
        let Some(name) = args[0].as_str_cell() else {
            return Err(th.type_error("module name must be a string"));
        };
        let level = if args[4].is_empty() { 0 } else { ops::index_i64(th, args[4])? };
        if level < 0 {
            return Err(th.value_error("level must be >= 0"));
        }
        if level > 0 && (args[1].is_empty() || args[1].is_none()) {
            return Err(th.raise(Exc::KeyError, "'__name__' not in globals"));
        }
        let globals = args[1].downcast().unwrap_or_else(|| Dict::new(th));
        let from = if args[3].is_cell() && ops::truthy(th, args[3])? {
            Tuple::new(th, &ops::collect(th, args[3])?.items(th)).value()
        } else {
            Value::NONE
        };
        import::import(th, name, globals, from, level as usize)
    }),
    native("globals", "()", "Return the dictionary containing the current scope's global variables.", |th, _| {
        Ok(callers_globals(th).value())
    }),
    native("locals", "()", "Return a dictionary containing the current scope's local variables.", |th, _| {
        callers_locals(th)
    }),
    native("vars", "(object=<unrepresentable>, /)", "Without arguments, equivalent to locals().", |th, args| {
        if args[0].is_empty() {
            return callers_locals(th);
        }
        match ops::find_attr(th, args[0], th.vm().names.__dict__)? {
            Some(dict) => Ok(dict),
            None => Err(th.type_error("vars() argument must have __dict__ attribute")),
        }
    }),
    native(
        "compile",
        "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        "Compile source into a code object that can be executed by exec() or eval().",
        compile,
    ),
    native(
        "eval",
        "(source, /, globals=None, locals=None)",
        "Evaluate the given source in the context of globals and locals.",
        |th, args| run(th, args, Mode::Eval),
    ),
    native(
        "exec",
        "(source, /, globals=None, locals=None, *, closure=None)",
        "Execute the given source in the context of globals and locals.",
        |th, args| run(th, args, Mode::Module).map(|_| Value::NONE),
    ),
];

/// The frame of the Python code that calls. There is none where a thread, or the interpreter at its end, calls a built-in
/// function itself.
fn caller(th: &Thread) -> Option<&Frame> {
    th.stack.frames().last()
}

/// The global variables of the code that calls; those of the main program where none does.
fn callers_globals(th: &Thread) -> Gc<Dict> {
    let of_main = || {
        let main = th.vm().modules().get_str(th, th.intern("__main__"));
        main.and_then(|main| main.downcast::<Module>()).map_or_else(|| Dict::new(th), |main| main.namespace)
    };
    caller(th).map_or_else(of_main, |frame| frame.globals)
}

/// The local variables of the code that calls, or what takes their place.
pub(super) fn callers_locals(th: &Thread) -> Result {
    caller(th).map_or_else(|| Ok(callers_globals(th).value()), |frame| slow::locals(th, frame))
}

/// Source text given as an object: a string as it is, bytes to be decoded as their first lines say.
enum Source {
    Str(Gc<Str>),
    Bytes(Vec<u8>),
}

impl Source {
    fn of(th: &Thread, function: &str, value: Value) -> Result<Source> {
        let source = match value.as_str_cell() {
            Some(text) => {
                // Lone surrogates have no encoding.
                codec::encode(th, text, None, None)?;
                Source::Str(text)
            }
            None => match bytes::content(value) {
                Some(bytes) => Source::Bytes(bytes.into_owned()),
                None => {
                    let code = if function == "compile" { "AST" } else { "code" };
                    return Err(
                        th.type_error(format_args!("{function}() arg 1 must be a string, bytes or {code} object"))
                    );
                }
            },
        };
        if source.bytes().contains(&0) {
            return Err(th.raise(Exc::SyntaxError, "source code string cannot contain null bytes"));
        }
        Ok(source)
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Source::Str(text) => text.wtf8(),
            Source::Bytes(bytes) => bytes,
        }
    }

    /// `indented`: white space before the text is no indentation.
    fn compile(&self, th: &Thread, filename: &str, mode: Mode, options: Options, indented: bool) -> Result<Gc<Code>> {
        let start = if indented { self.bytes().iter().take_while(|b| matches!(b, b' ' | b'\t')).count() } else { 0 };
        if mode != Mode::Module && self.bytes().len() == start {
            // There is not even a first line.
            let zero = Value::small_int(0);
            let place = th.tuple(&[th.str(filename), zero, zero, th.str(""), zero, zero]);
            return Err(th.raise_with(Exc::SyntaxError, &[th.str("invalid syntax"), place]));
        }
        let text = match self {
            Source::Str(text) => Text::Str(text.as_str().unwrap_or_default().get(start..).unwrap_or_default()),
            Source::Bytes(bytes) => Text::Bytes(&bytes[start..]),
        };
        source::compile(th, text, filename, mode, options)
    }
}

/// Bits of `compile`'s flags: the future features (all but one of which are history), and `PyCF_…`.
mod flag {
    pub const FEATURES: i64 = 0x10 | 0x1FF_0000;
    pub const ANNOTATIONS: i64 = 0x100_0000;
    pub const ONLY_AST: i64 = 0x400;
    pub const TOP_LEVEL_AWAIT: i64 = 0x2000;
    /// Source as UTF-8, type comments, dedent not implied, incomplete input.
    pub const OTHERS: i64 = 0x100 | 0x200 | 0x1000 | 0x4000;
}

fn compile(th: &Thread, args: &[Value]) -> Result {
    let filename = filename(th, args[1])?;
    let mode = text(th, args[2], "compile() argument 'mode'")?;
    let number = |value: Value, default: i64| if value.is_empty() { Ok(default) } else { ops::index_i64(th, value) };
    let flags = number(args[3], 0)?;
    let inherits = args[4].is_empty() || !ops::truthy(th, args[4])?;
    let optimize = number(args[5], -1)?;
    if flags & !(flag::FEATURES | flag::ONLY_AST | flag::TOP_LEVEL_AWAIT | flag::OTHERS) != 0 {
        return Err(th.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(th.value_error("compile(): invalid optimize value"));
    }
    let mode = match mode.as_str() {
        Some("exec") => Mode::Module,
        Some("eval") => Mode::Eval,
        Some("single") => Mode::Single,
        _ => return Err(th.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    if flags & flag::ONLY_AST != 0 {
        return Err(th.value_error("compile(): there are no AST objects here"));
    }
    let source = Source::of(th, "compile", args[0])?;
    // Whoever runs it may give it any namespaces, so its names are looked up in a namespace.
    let mut options = source::in_namespace(th);
    options.future_annotations = flags & flag::ANNOTATIONS != 0 || inherits && callers_annotations_are_text(th);
    options.top_level_await = flags & flag::TOP_LEVEL_AWAIT != 0;
    options.optimize = u8::try_from(optimize).unwrap_or(options.optimize);
    source.compile(th, &filename, mode, options, false).map(Gc::value)
}

/// Whether the calling code stands under `from __future__ import annotations`, which holds for what it compiles as well.
fn callers_annotations_are_text(th: &Thread) -> bool {
    caller(th).is_some_and(|frame| frame.code.flags & crate::compiler::code::flags::FUTURE_ANNOTATIONS != 0)
}

fn filename(th: &Thread, value: Value) -> Result<String> {
    if let Some(bytes) = bytes::content(value) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let argument = path::of_file(th, value)?;
    Ok(argument.path.to_string_lossy().into_owned())
}

/// `eval` and `exec`.
fn run(th: &Thread, args: &[Value], mode: Mode) -> Result {
    let what = if mode == Mode::Eval { "eval" } else { "exec" };
    let (globals, locals) = namespaces(th, args[1], args[2], what)?;
    let closure = args.get(3).copied().filter(|c| !c.is_empty() && !c.is_none());
    let builtins = th.vm().names.__builtins__;
    if !globals.has_str(th, builtins) {
        globals.set_str(th, builtins, th.vm().builtins().value());
    }
    let Some(code) = args[0].downcast::<Code>() else {
        if closure.is_some() {
            return Err(th.type_error("closure can only be used when source is a code object"));
        }
        let source = Source::of(th, what, args[0])?;
        let mut options = source::in_namespace(th);
        options.future_annotations = callers_annotations_are_text(th);
        let code = source.compile(th, "<string>", mode, options, mode == Mode::Eval)?;
        return th.run_code(code, globals, locals, None);
    };
    let free = code.free_names.len();
    if free == 0 {
        if closure.is_some() {
            return Err(th.type_error("cannot use a closure with this code object"));
        }
        return th.run_code(code, globals, locals, None);
    }
    if mode == Mode::Eval {
        return Err(th.type_error("code object passed to eval() may not contain free variables"));
    }
    let cells = closure.and_then(|closure| closure.downcast::<Tuple>());
    let is_closure = |cells: &Gc<Tuple>| {
        cells.items().len() == free && cells.items().iter().all(|cell| cell.downcast::<ClosureCell>().is_some())
    };
    let Some(cells) = cells.filter(is_closure) else {
        return Err(th.type_error(format_args!("code object requires a closure of exactly length {free}")));
    };
    let class = th.vm().class_of_kind(kinds::FUNCTION).value();
    let none = Value::NONE;
    let function = th.call(class, &[code.value(), globals.value(), none, none, cells.value()])?;
    th.run_code(code, globals, locals, function.downcast::<Function>())
}

/// The namespaces that `eval` and `exec` are given, or the caller's.
fn namespaces(th: &Thread, globals: Value, locals: Value, what: &str) -> Result<(Gc<Dict>, Value)> {
    let given = |v: Value| !v.is_empty() && !v.is_none();
    let is_mapping = |v: Value| th.lookup(th.class_of(v), th.vm().names.__getitem__).is_some();
    if what == "exec" && given(globals) && globals.downcast::<Dict>().is_none() {
        let class = th.type_name(globals);
        return Err(th.type_error(format_args!("exec() globals must be a dict, not {class}")));
    }
    if given(locals) && !is_mapping(locals) {
        let class = th.type_name(locals);
        return Err(match what {
            "eval" => th.type_error("locals must be a mapping"),
            _ => th.type_error(format_args!("locals must be a mapping or None, not {class}")),
        });
    }
    if !given(globals) {
        return Ok((callers_globals(th), if given(locals) { locals } else { callers_locals(th)? }));
    }
    match globals.downcast::<Dict>() {
        Some(dict) => Ok((dict, if given(locals) { locals } else { globals })),
        None if is_mapping(globals) => Err(th.type_error("globals must be a real dict; try eval(expr, {}, mapping)")),
        None => Err(th.type_error("globals must be a dict")),
    }
}
