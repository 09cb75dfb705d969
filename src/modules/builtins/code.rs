//! Built-in functions that deal with code and namespaces: `compile`, `eval`, `exec`, `globals`, `locals`, `vars`,
//! `__import__`, `__build_class__`.

use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
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
            return Err(
                th.type_error(format_args!("__import__() argument 1 must be str, not {}", th.type_name(args[0])))
            );
        };
        let level = if args[4].is_empty() { 0 } else { ops::index_i64(th, args[4])? };
        if level < 0 {
            return Err(th.value_error("level must be >= 0"));
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
        Ok(current(th).globals.value())
    }),
    native("locals", "()", "Return a dictionary containing the current scope's local variables.", |th, _| {
        slow::locals(th, current(th))
    }),
    native("vars", "(object=<unrepresentable>, /)", "Without arguments, equivalent to locals().", |th, args| {
        if args[0].is_empty() {
            return slow::locals(th, current(th));
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
        "(source, globals=None, locals=None)",
        "Evaluate the given source in the context of globals and locals.",
        |th, args| run(th, args, Mode::Eval),
    ),
    native(
        "exec",
        "(source, globals=None, locals=None, *, closure=None)",
        "Execute the given source in the context of globals and locals.",
        |th, args| run(th, args, Mode::Module).map(|_| Value::NONE),
    ),
];

/// The frame of the Python code that calls.
pub(super) fn current(th: &Thread) -> &Frame {
    match th.stack.frames().last() {
        Some(frame) => frame,
        None => unreachable!("a built-in function is called by Python code"),
    }
}

/// Source text given as an object, as bytes of UTF-8.
fn text_of(th: &Thread, function: &str, value: Value) -> Result<Vec<u8>> {
    if let Some(text) = value.as_str_cell() {
        return Ok(text.wtf8().to_vec());
    }
    if let Some(bytes) = crate::objects::bytes::content(value) {
        return Ok(bytes.into_owned());
    }
    let what = if function == "compile" { "a string, bytes or AST object" } else { "a string, bytes or code object" };
    Err(th.type_error(format_args!("{function}() arg 1 must be {what}")))
}

fn compile(th: &Thread, args: &[Value]) -> Result {
    let mode = args[2].as_str_cell().map(|s| s.to_text()).unwrap_or_default();
    let filename = match args[1].as_str_cell() {
        Some(name) => name.to_text(),
        None => {
            let bytes = crate::objects::bytes::content(args[1]);
            match bytes {
                Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                None => {
                    let given = th.type_name(args[1]);
                    return Err(th.type_error(format_args!("expected str, bytes or os.PathLike object, not {given}")));
                }
            }
        }
    };
    let mode = match mode.as_str() {
        "exec" => Mode::Module,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(th.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let text = text_of(th, "compile", args[0])?;
    // Whoever runs it may give it any namespaces, so its names are looked up in a namespace.
    source::compile(th, Text::Bytes(&text), &filename, mode, source::in_namespace(th)).map(Gc::value)
}

/// `eval` and `exec`.
fn run(th: &Thread, args: &[Value], mode: Mode) -> Result {
    let what = if mode == Mode::Eval { "eval" } else { "exec" };
    let given = |v: Value| !v.is_empty() && !v.is_none();
    let (globals, locals) = match (given(args[1]), given(args[2])) {
        (false, false) => (current(th).globals, slow::locals(th, current(th))?),
        (false, true) => (current(th).globals, args[2]),
        (true, local) => {
            let Some(globals) = args[1].downcast::<Dict>() else {
                return Err(
                    th.type_error(format_args!("{what}() globals must be a dict, not {}", th.type_name(args[1])))
                );
            };
            (globals, if local { args[2] } else { globals.value() })
        }
    };
    let builtins = th.vm().names.__builtins__;
    if !globals.has_str(th, builtins) {
        globals.set_str(th, builtins, th.vm().builtins().value());
    }
    let code = match args[0].downcast::<Code>() {
        Some(code) if !code.free_names.is_empty() => {
            return Err(th.type_error(format_args!("code object passed to {what}() may not contain free variables")));
        }
        Some(code) => code,
        None => {
            let text = text_of(th, what, args[0])?;
            let text = if mode == Mode::Eval { text.trim_ascii_start().to_vec() } else { text };
            source::compile(th, Text::Bytes(&text), "<string>", mode, source::in_namespace(th))?
        }
    };
    th.run_code(code, globals, locals, None)
}
