//! Built-in functions of any object: its attributes, class, text, hash, identity.

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::int::IntRef;
use crate::objects::list::{self, List};
use crate::objects::str::Str;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signature::items;
use crate::vm::{Raised, Thread, import, ops};

pub const FUNCTIONS: &[NativeDef] = &[
    native("ascii", "(obj, /)", "As repr, with all but ASCII characters escaped.", |th, a| {
        ops::ascii(th, a[0]).map(Gc::value)
    }),
    native(
        "breakpoint",
        "(*args, **kws)",
        "Call sys.breakpointhook with the arguments: it may stop the program in a debugger.",
        |th, args| match import::sys_attribute(th, th.intern("breakpointhook")) {
            Some(hook) => th.call_unpacked(hook, items(args[0].downcast()), args[1].downcast()),
            None => Err(th.runtime_error("lost sys.breakpointhook")),
        },
    ),
    native("callable", "(obj, /)", "Whether the object can be called.", |th, a| {
        Ok(Value::bool(ops::is_callable(th, a[0])))
    }),
    native("chr", "(i, /)", "The string of one character with the code point i.", chr),
    native("delattr", "(obj, name, /)", "Delete an attribute: delattr(x, 'y') is del x.y.", |th, a| {
        ops::del_attr(th, a[0], ops::attribute_name(th, a[1])?).map(|()| Value::NONE)
    }),
    native(
        "dir",
        "(object=<unrepresentable>, /)",
        "The names of an object's attributes, sorted; without an argument, those of the current scope.",
        dir,
    ),
    native("format", "(value, format_spec='', /)", "The object's text as the format spec says.", format),
    native(
        "getattr",
        "(object, name, default=<unrepresentable>, /)",
        "Get an attribute: getattr(x, 'y') is x.y. A default is returned where there is no such attribute.",
        getattr,
    ),
    native("hasattr", "(obj, name, /)", "Whether the object has the attribute.", |th, a| {
        let found = ops::find_attr(th, a[0], ops::attribute_name(th, a[1])?)?;
        Ok(Value::bool(found.is_some()))
    }),
    native("hash", "(obj, /)", "The object's hash: equal objects have equal ones.", |th, a| {
        Ok(th.int(ops::hash(th, a[0])?))
    }),
    native("id", "(obj, /)", "The object's identity: no other living object has the same.", |th, a| {
        Ok(crate::objects::int::from_u64(th, a[0].bits()))
    }),
    native(
        "isinstance",
        "(obj, class_or_tuple, /)",
        "Whether the object is an instance of a class, or of one of several.",
        |th, a| ops::is_instance(th, a[0], a[1]).map(Value::bool),
    ),
    native(
        "issubclass",
        "(cls, class_or_tuple, /)",
        "Whether a class inherits from a class, or from one of several.",
        |th, a| ops::is_subclass(th, a[0], a[1]).map(Value::bool),
    ),
    native("ord", "(character, /)", "The code point of a string of one character.", ord),
    native("repr", "(obj, /)", "The object's text as a program would write it.", |th, a| {
        ops::repr(th, a[0]).map(Gc::value)
    }),
    native("setattr", "(obj, name, value, /)", "Set an attribute: setattr(x, 'y', v) is x.y = v.", |th, a| {
        ops::set_attr(th, a[0], ops::attribute_name(th, a[1])?, a[2]).map(|()| Value::NONE)
    }),
];

fn chr(th: &Thread, args: &[Value]) -> Result {
    let code = ops::index(th, args[0])?;
    match IntRef::of(code).and_then(IntRef::to_i64) {
        Some(code @ 0..=0x10FFFF) => Ok(Str::from_char(th, code as u32).value()),
        _ => Err(th.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(th: &Thread, args: &[Value]) -> Result {
    let length = if let Some(s) = args[0].as_str_cell() {
        if s.char_len() == 1
            && let Some(code) = s.code_points().next()
        {
            return Ok(Value::small_int(code as i64));
        }
        s.char_len()
    } else if args[0].downcast::<bytes::MemoryView>().is_none()
        && let Some(bytes) = bytes::content(args[0])
    {
        if let [byte] = bytes[..] {
            return Ok(Value::small_int(byte as i64));
        }
        bytes.len()
    } else {
        let class = th.type_name(args[0]);
        return Err(th.type_error(format_args!("ord() expected string of length 1, but {class} found")));
    };
    Err(th.type_error(format_args!("ord() expected a character, but string of length {length} found")))
}

fn dir(th: &Thread, args: &[Value]) -> Result {
    let names = if args[0].is_empty() {
        let namespace = super::code::callers_locals(th)?;
        ops::collect(th, namespace)?
    } else {
        match th.call_special(args[0], th.vm().names.__dir__, &[]) {
            Some(names) => ops::collect(th, names?)?,
            None => return Err(th.type_error("object does not provide __dir__")),
        }
    };
    sorted(th, names)
}

fn sorted(th: &Thread, names: Gc<List>) -> Result {
    list::sort(th, names, Value::NONE, false)?;
    Ok(names.value())
}

fn format(th: &Thread, args: &[Value]) -> Result {
    if args[1].is_empty() {
        let empty = th.intern("");
        return ops::format(th, args[0], empty).map(Gc::value);
    }
    match args[1].as_str_cell() {
        Some(spec) => ops::format(th, args[0], spec).map(Gc::value),
        None => Err(not_a_str(th, args[1])),
    }
}

#[cold]
fn not_a_str(th: &Thread, spec: Value) -> Raised {
    crate::objects::str::args::not_text(th, spec, "format() argument 2")
}

fn getattr(th: &Thread, args: &[Value]) -> Result {
    let name = ops::attribute_name(th, args[1])?;
    if args[2].is_empty() {
        return ops::get_attr(th, args[0], name);
    }
    Ok(ops::find_attr(th, args[0], name)?.unwrap_or(args[2]))
}
