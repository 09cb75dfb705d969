//! The types of what can be called, as programs see them: functions and methods; and cells. Native functions have theirs
//! in `native_types`, code in `code`.

use crate::compiler::code::flags;
use crate::heap::{Gc, Header, Slot, Value};
use crate::vm::globals::{builtins_as_given, builtins_of};
use crate::vm::native::{GetSetDef, Result, TypeDef, getter, member, native};
use crate::vm::ops::CompareOp;
use crate::vm::{Thread, ops};

use super::class::annotations::returned_no_dict;
use super::code::Code;
use super::dict::Dict;
use super::function::{ClosureCell, Function, Method, StandsFor};
use super::tuple::Tuple;
use super::{instance, kinds};

fn or_none(value: Value) -> Value {
    if value.is_empty() { Value::NONE } else { value }
}

macro_rules! accessor {
    ($name:ident $type:ty) => {
        fn $name(value: Value) -> Gc<$type> {
            match value.downcast() {
                Some(cell) => cell,
                None => unreachable!("a type's methods get an instance of it"),
            }
        }
    };
}
accessor!(function Function);
accessor!(method Method);
accessor!(cell_of ClosureCell);

pub static FUNCTION: TypeDef = TypeDef {
    methods: &[
        native(
            "__new__",
            "(cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
            "Create a function object.",
            new_function,
        )
        .static_method(),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| match args[1] {
                instance if instance.is_none() => super::descriptors::unbound(th, args),
                instance => Ok(super::function::new_method(th, args[0], instance)),
            },
        ),
        native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let positional = args[1].downcast::<Tuple>().map_or(&[][..], |t| t.items());
            th.call_unpacked(args[0], positional, args[2].downcast())
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let stands_for_native = function(args[0]).stands_for() != StandsFor::Itself;
            let name = function(args[0]).qualname.get().as_str_cell().map(|s| s.to_text()).unwrap_or_default();
            if stands_for_native && !name.contains('.') {
                return Ok(th.str(&format!("<built-in function {name}>")));
            }
            Ok(th.str(&format!("<function {name} at {:#x}>", args[0].bits())))
        }),
    ],
    getset: FUNCTION_ATTRIBUTES,
    has_dict: true,
    ..TypeDef::new("function", kinds::FUNCTION, "Create a function object.")
};

fn must_be_text(th: &Thread, slot: &Slot, what: &str, value: Value) -> Result<()> {
    if value.as_str_cell().is_none() {
        return Err(th.type_error(format_args!("{what} must be set to a string object")));
    }
    slot.set(value);
    Ok(())
}

const FUNCTION_ATTRIBUTES: &[GetSetDef] = &[
    getter("__name__", "Its name.", |_, this| Ok(function(this).name.get()))
        .settable(|th, this, value| must_be_text(th, &function(this).name, "__name__", value)),
    getter("__qualname__", "Its qualified name.", |_, this| Ok(function(this).qualname.get()))
        .settable(|th, this, value| must_be_text(th, &function(this).qualname, "__qualname__", value)),
    getter("__module__", "Its module.", |_, this| Ok(or_none(function(this).module.get()))).settable(
        |_, this, value| {
            function(this).module.set(value);
            Ok(())
        },
    ),
    getter("__doc__", "Its documentation.", |_, this| Ok(or_none(function(this).doc.get()))).settable(
        |_, this, value| {
            function(this).doc.set(value);
            Ok(())
        },
    ),
    getter("__code__", "Its code.", |_, this| Ok(function(this).code().value())).settable(|th, this, value| {
        let Some(code) = value.downcast::<Code>() else {
            return Err(th.type_error("__code__ must be set to a code object"));
        };
        let cells = function(this).closure.get().map_or(0, |c| c.len());
        if code.free_names.len() != cells {
            let name = function(this).name.get().as_str_cell().map(|s| s.to_text()).unwrap_or_default();
            return Err(th.value_error(format_args!(
                "{name}() requires a code object with {cells} free vars, not {}",
                code.free_names.len()
            )));
        }
        function(this).code.set(code);
        function(this).changed();
        Ok(())
    }),
    getter("__defaults__", "Its positional defaults.", |_, this| {
        Ok(function(this).defaults.get().map_or(Value::NONE, Gc::value))
    })
    .settable(|th, this, value| {
        if !value.is_empty() && !value.is_none() && value.downcast::<Tuple>().is_none() {
            return Err(th.type_error("__defaults__ must be set to a tuple object"));
        }
        function(this).defaults.set(value.downcast());
        function(this).changed();
        Ok(())
    }),
    getter("__kwdefaults__", "Its keyword-only defaults.", |_, this| {
        Ok(function(this).keyword_defaults.get().map_or(Value::NONE, Gc::value))
    })
    .settable(|th, this, value| {
        if !value.is_empty() && !value.is_none() && value.downcast::<Dict>().is_none() {
            return Err(th.type_error("__kwdefaults__ must be set to a dict object"));
        }
        function(this).keyword_defaults.set(value.downcast());
        function(this).changed();
        Ok(())
    }),
    member("__closure__", "Its cells.", |_, this| Ok(function(this).closure.get().map_or(Value::NONE, Gc::value))),
    member("__globals__", "Its module's namespace.", |_, this| Ok(function(this).globals.value())),
    member("__builtins__", "Its built-ins.", |th, this| Ok(builtins_as_given(th, function(this).builtins))),
    getter("__annotate__", "The function that computes its annotations.", |_, this| {
        Ok(or_none(function(this).annotate.get()))
    })
    .settable(|th, this, value| {
        if value.is_empty() {
            return Err(th.type_error("__annotate__ cannot be deleted"));
        }
        if !value.is_none() && !ops::is_callable(th, value) {
            return Err(th.type_error("__annotate__ must be callable or None"));
        }
        function(this).annotate.set(value);
        if !value.is_none() {
            function(this).annotations.set(Value::EMPTY);
        }
        Ok(())
    }),
    getter("__annotations__", "Its annotations.", |th, this| {
        let function = function(this);
        let known = function.annotations.get();
        if !known.is_empty() {
            return Ok(known);
        }
        let annotate = function.annotate.get();
        let annotations = if annotate.is_empty() || annotate.is_none() {
            Dict::new(th).value()
        } else {
            th.call(annotate, &[Value::small_int(1)])?
        };
        if annotations.downcast::<Dict>().is_none() {
            return Err(returned_no_dict(th, annotations));
        }
        function.annotations.set(annotations);
        Ok(annotations)
    })
    .settable(|th, this, value| {
        if !value.is_empty() && !value.is_none() && value.downcast::<Dict>().is_none() {
            return Err(th.type_error("__annotations__ must be set to a dict object"));
        }
        function(this).annotate.set(Value::EMPTY);
        function(this).annotations.set(if value.is_none() { Value::EMPTY } else { value });
        Ok(())
    }),
    getter("__type_params__", "Its type parameters.", |th, this| {
        let parameters = function(this).type_params.get();
        Ok(if parameters.is_empty() { th.tuple(&[]) } else { parameters })
    })
    .settable(|th, this, value| {
        if value.downcast::<Tuple>().is_none() {
            return Err(th.type_error("__type_params__ must be set to a tuple"));
        }
        function(this).type_params.set(value);
        Ok(())
    }),
];

fn new_function(th: &Thread, args: &[Value]) -> Result {
    let Some(code) = args[1].downcast::<Code>() else {
        return Err(th.type_error("function() argument 'code' must be code, not ".to_string() + &th.type_name(args[1])));
    };
    let Some(globals) = args[2].downcast::<Dict>() else {
        return Err(
            th.type_error("function() argument 'globals' must be dict, not ".to_string() + &th.type_name(args[2]))
        );
    };
    let given = |v: Value| Some(v).filter(|v| !v.is_empty() && !v.is_none());
    let (name, defaults, closure, keyword_defaults) = (given(args[3]), given(args[4]), given(args[5]), given(args[6]));
    if name.is_some_and(|name| name.as_str_cell().is_none()) {
        return Err(th.type_error("arg 3 (name) must be None or string"));
    }
    if defaults.is_some_and(|defaults| defaults.downcast::<Tuple>().is_none()) {
        return Err(th.type_error("arg 4 (defaults) must be None or tuple"));
    }
    if keyword_defaults.is_some_and(|defaults| defaults.downcast::<Dict>().is_none()) {
        return Err(th.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let closure = check_closure(th, code, closure)?;
    let function = super::function::new(th, code, globals, builtins_of(th, globals));
    if let Some(name) = name {
        function.name.set(name);
    }
    function.defaults.set(defaults.and_then(|defaults| defaults.downcast()));
    function.closure.set(closure);
    function.keyword_defaults.set(keyword_defaults.and_then(|defaults| defaults.downcast()));
    Ok(function.value())
}

/// As many cells as the code has free variables.
fn check_closure(th: &Thread, code: Gc<Code>, closure: Option<Value>) -> Result<Option<Gc<Tuple>>> {
    let wanted = code.free_names.len();
    let cells = closure.and_then(|closure| closure.downcast::<Tuple>());
    if closure.is_some() && cells.is_none() || wanted > 0 && cells.is_none() {
        let or_none =
            if wanted == 0 || closure.is_some_and(|c| c.downcast::<Tuple>().is_none()) { "None or " } else { "" };
        return Err(th.type_error(format_args!("arg 5 (closure) must be {or_none}tuple")));
    }
    let found = cells.map_or(0, |cells| cells.len());
    if found != wanted {
        let name = code.name.to_text();
        return Err(th.value_error(format_args!("{name} requires closure of length {wanted}, not {found}")));
    }
    for cell in cells.iter().flat_map(|cells| cells.items()) {
        if cell.downcast::<ClosureCell>().is_none() {
            let given = th.type_name(*cell);
            return Err(th.type_error(format_args!("arg 5 (closure) expected cell, found {given}")));
        }
    }
    Ok(cells.filter(|_| wanted > 0))
}

pub static METHOD: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, function, instance, /)", "Create a bound instance method object.", |th, args| {
            if !ops::is_callable(th, args[1]) {
                return Err(th.type_error("first argument must be callable"));
            }
            if args[2].is_none() {
                return Err(th.type_error("instance must not be None"));
            }
            Ok(super::function::new_method(th, args[1], args[2]))
        })
        .static_method(),
        native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let positional = args[1].downcast::<Tuple>().map_or(&[][..], |t| t.items());
            th.call_unpacked(args[0], positional, args[2].downcast())
        }),
        native("__eq__", "(self, value, /)", "Return self==value.", |_, args| {
            let (this, Some(other)) = (method(args[0]), args[1].downcast::<Method>()) else {
                return Ok(Value::NOT_IMPLEMENTED);
            };
            Ok(Value::bool(this.function == other.function && this.object == other.object))
        }),
        native("__hash__", "(self, /)", "Return hash(self).", |_, args| {
            let this = method(args[0]);
            Ok(Value::small_int(
                super::object::identity_hash(this.function)
                    ^ super::object::identity_hash(this.object).rotate_left(1) & ((1 << 46) - 1),
            ))
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let this = method(args[0]);
            let mut name = ops::find_attr(th, this.function, th.vm().names.__qualname__)?;
            if name.is_none() {
                name = ops::find_attr(th, this.function, th.vm().names.__name__)?;
            }
            let name = name.and_then(|n| n.as_str_cell()).map_or_else(|| "?".to_string(), |s| s.to_text());
            let object = ops::repr(th, this.object)?.to_text();
            Ok(th.str(&format!("<bound method {name} of {object}>")))
        }),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |_, args| Ok(args[0]),
        ),
        native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
            let this = method(args[0]);
            let name = ops::get_attr(th, this.function, th.vm().names.__name__)?;
            let getattr = th.vm().builtins().get_str(th, th.intern("getattr")).unwrap_or(Value::NONE);
            Ok(th.tuple(&[getattr, th.tuple(&[this.object, name])]))
        }),
        native("__getattribute__", "(self, name, /)", "Return getattr(self, name).", |th, args| {
            let name = ops::attribute_name(th, args[1])?;
            match ops::generic(th, args[0], th.class_of(args[0]), name)? {
                Some(value) => Ok(value),
                None => ops::get_attr(th, method(args[0]).function, name),
            }
        }),
    ],
    getset: &[
        member("__func__", "The function.", |_, this| Ok(method(this).function)),
        member("__self__", "The object it is bound to.", |_, this| Ok(method(this).object)),
        getter("__doc__", "Its documentation.", |th, this| {
            ops::get_attr(th, method(this).function, th.vm().names.__doc__)
        }),
    ],
    ..TypeDef::new("method", kinds::METHOD, "Create a bound instance method object.")
};

/// Cells compare by what they hold; an empty one comes before all others.
fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (Some(a), Some(b)) = (a.downcast::<ClosureCell>(), b.downcast::<ClosureCell>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (a, b) = (a.contents.get(), b.contents.get());
    if !a.is_empty() && !b.is_empty() {
        return ops::compare(th, op, a, b);
    }
    let filled = |v: Value| Value::small_int(i64::from(!v.is_empty()));
    ops::compare(th, op, filled(a), filled(b))
}

super::sequences::comparisons!(compare);

pub static CELL: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, contents=<unrepresentable>, /)", "Create a new cell object.", |th, args| {
            Ok(ClosureCell::new(th, args[1]).value())
        })
        .static_method(),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let contents = cell_of(args[0]).contents.get();
            let text = if contents.is_empty() {
                "empty".to_string()
            } else {
                format!("{} object at {:#x}", th.type_name(contents), contents.bits())
            };
            Ok(th.str(&format!("<cell at {:#x}: {text}>", args[0].bits())))
        }),
    ],
    unhashable: true,
    getset: &[getter("cell_contents", "What the cell holds.", |th, this| {
        let contents = cell_of(this).contents.get();
        if contents.is_empty() { Err(th.value_error("Cell is empty")) } else { Ok(contents) }
    })
    .settable(|_, this, value| {
        cell_of(this).contents.set(value);
        Ok(())
    })],
    ..TypeDef::new("cell", kinds::CELL, "Create a new cell object.")
};

/// A new function with the defaults that its code alone says.
pub fn function_of(th: &Thread, code: Gc<Code>, globals: Gc<Dict>, builtins: Gc<Dict>) -> Gc<Function> {
    let doc = match (code.flags & flags::HAS_DOCSTRING != 0, code.body.consts().first()) {
        (true, Some(doc)) => *doc,
        _ => Value::EMPTY,
    };
    let module = globals.get_str(th, th.vm().names.__name__).unwrap_or(Value::EMPTY);
    let class = th.vm().class_of_kind(kinds::FUNCTION);
    let empty = Slot::default;

    th.alloc_with_tail(
        Function {
            header: Header::with_flags(kinds::FUNCTION, class.root_shape(), Header::HAS_TAIL_VALUES),
            code: crate::heap::GcField::new(code),
            globals,
            builtins,
            closure: crate::heap::GcSlot::new(None),
            defaults: crate::heap::GcSlot::new(None),
            keyword_defaults: crate::heap::GcSlot::new(None),
            name: Slot::new(code.name.value()),
            qualname: Slot::new(code.qualname.value()),
            module: Slot::new(module),
            doc: Slot::new(doc),
            annotate: empty(),
            annotations: empty(),
            type_params: empty(),
            version: Default::default(),
            stands_for: Default::default(),
        },
        instance::tail_bytes(0),
    )
}
