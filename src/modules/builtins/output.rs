//! `print` and `input`.

use crate::heap::{Gc, Value};
use crate::modules::streams::{as_stream, line_was_typed};
use crate::objects::bytes::{self, Bytes};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "print",
        "(*args, sep=' ', end='\\n', file=None, flush=False)",
        "Write the texts of the arguments to a file, by default sys.stdout, with sep between them and end behind.",
        print,
    ),
    native(
        "input",
        "(prompt='', /)",
        "Read a line from standard input, without its end. The prompt, if given, is written first. EOFError at the end.",
        input,
    ),
];

/// The standard stream of this name that the program sees now, if the `sys` module has one.
fn stream(th: &Thread, name: &str) -> Option<Value> {
    let modules = th.vm().modules.get().downcast::<Dict>()?;
    let sys = modules.get_str(th, th.vm().names.sys)?.downcast::<Module>()?;
    sys.namespace.get_str(th, th.intern(name))
}

fn print(th: &Thread, args: &[Value]) -> Result {
    let items = args[0].downcast::<Tuple>().map_or(&[][..], |t| t.items());
    let sep = separator(th, args[1], "sep", " ")?;
    let end = separator(th, args[2], "end", "\n")?;
    let file = match args[3] {
        file if !file.is_empty() && !file.is_none() => file,
        _ => match stream(th, "stdout") {
            Some(file) if file.is_none() => return Ok(Value::NONE),
            Some(file) => file,
            None => return Err(th.runtime_error("lost sys.stdout")),
        },
    };
    let flush = !args[4].is_empty() && ops::truthy(th, args[4])?;
    match as_stream(th, file) {
        // A stream of the process gets a line at once, so that what threads print does not mingle within lines.
        Some(stream) => {
            let mut out = Vec::new();
            let told = tell(th, items, sep, end, |text| {
                out.extend_from_slice(text.wtf8());
                Ok(())
            });
            // What came before an item that failed is written nevertheless.
            stream.write(th, Str::from_wtf8(th, &out))?;
            told?;
            if flush {
                stream.flush(th)?;
            }
        }
        // Any other file gets each text in a call of its own, as it would from CPython.
        None => {
            let write = ops::get_attr(th, file, th.vm().names.write)?;
            tell(th, items, sep, end, |text| th.call(write, &[text.value()]).map(drop))?;
            if flush {
                th.call_method(file, th.vm().names.flush, &[])?;
            }
        }
    }
    Ok(Value::NONE)
}

/// Hands out the texts of the items, with what stands between and behind them.
fn tell(
    th: &Thread,
    items: &[Value],
    sep: Gc<Str>,
    end: Gc<Str>,
    mut each: impl FnMut(Gc<Str>) -> Result<()>,
) -> Result<()> {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            each(sep)?;
        }
        each(ops::str(th, *item)?)?;
    }
    each(end)
}

fn separator(th: &Thread, given: Value, name: &str, default: &str) -> Result<Gc<Str>> {
    if given.is_empty() || given.is_none() {
        return Ok(th.intern(default));
    }
    given.as_str_cell().ok_or_else(|| {
        let class = th.type_name(given);
        th.type_error(format_args!("{name} must be None or a string, not {class}"))
    })
}

fn input(th: &Thread, args: &[Value]) -> Result {
    let lost = |name: &str| th.runtime_error(format_args!("lost sys.{name}"));
    let stdin = stream(th, "stdin").filter(|file| !file.is_none()).ok_or_else(|| lost("stdin"))?;
    let stdout = stream(th, "stdout").filter(|file| !file.is_none()).ok_or_else(|| lost("stdout"))?;
    let stderr = stream(th, "stderr").filter(|file| !file.is_none()).ok_or_else(|| lost("stderr"))?;
    // A stream that cannot be flushed may still be written to, or read from.
    let flush = |file| {
        if let Err(raised) = th.call_method(file, th.vm().names.flush, &[]) {
            th.take_exception(raised);
        }
    };
    flush(stderr);
    if !args[0].is_empty() {
        let prompt = ops::str(th, args[0])?;
        th.call_method(stdout, th.vm().names.write, &[prompt.value()])?;
    }
    flush(stdout);
    let line = th.call_method(stdin, th.vm().names.readline, &[])?;
    line_was_typed(th);
    // A stream of bytes gives bytes.
    if let Some(bytes) = line.downcast::<Bytes>() {
        return match bytes.get().bytes().strip_suffix(b"\n") {
            Some(line) => Ok(bytes::new(th, line)),
            None if bytes.get().bytes().is_empty() => Err(th.raise(Exc::EOFError, "EOF when reading a line")),
            None => Ok(line),
        };
    }
    let Some(line) = line.as_str_cell() else {
        return Err(th.type_error("object.readline() returned non-string"));
    };
    let text = line.wtf8();
    match text.strip_suffix(b"\n") {
        Some(text) => Ok(Str::from_wtf8(th, text).value()),
        None if text.is_empty() => Err(th.raise(Exc::EOFError, "EOF when reading a line")),
        None => Ok(line.value()),
    }
}
