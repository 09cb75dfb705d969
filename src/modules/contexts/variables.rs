//! `ContextVar` and `Token`.

use crate::vm::Raised;

use super::*;

struct Variable {
    name: Slot,
    /// `EMPTY` without one.
    default: Slot,
}

impl NativeState for Variable {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.name);
        tracer.slot(&self.default);
    }
}

/// How a variable is set back.
struct Setting {
    variable: Slot,
    context: Slot,
    /// `EMPTY` if the variable had no value.
    old: Slot,
    used: AtomicBool,
}

impl NativeState for Setting {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.variable, &self.context, &self.old] {
            tracer.slot(slot);
        }
    }
}

/// `Token.MISSING`.
struct Missing;

impl NativeState for Missing {}

static MISSING: TypeDef = TypeDef {
    module: "_contextvars",
    methods: &[native("__repr__", "($self, /)", "Return repr(self).", |th, _| Ok(th.str("<Token.MISSING>")))],
    ..TypeDef::new("_token_missing", kinds::NATIVE_STATE, "")
};

pub fn set_missing(th: &Thread) {
    let missing = native_object::new(th, th.make_native_class(&MISSING), Box::new(Missing)).value();
    th.vm().class(&TOKEN).namespace.set_str(th, th.intern("MISSING"), missing);
}

pub fn is_variable(v: Value) -> bool {
    v.downcast::<NativeObject>().is_some_and(|object| object.state_as::<Variable>().is_some())
}

fn variable(th: &Thread, this: Value) -> Result<&'static Variable> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Variable>());
    state.ok_or_else(|| th.type_error("a '_contextvars.ContextVar' object is required"))
}

fn setting(v: Value) -> Option<&'static Setting> {
    v.downcast::<NativeObject>()?.state_as()
}

fn this_setting(th: &Thread, this: Value) -> Result<&'static Setting> {
    setting(this).ok_or_else(|| th.type_error("a '_contextvars.Token' object is required"))
}

pub static CONTEXT_VAR: TypeDef = TypeDef {
    module: "_contextvars",
    methods: &[
        native(
            "__new__",
            "(cls, name, /, *, default=<unrepresentable>)",
            "Create and return a new object.",
            |th, args| {
                if args[1].as_str_cell().is_none() {
                    return Err(th.type_error("context variable name must be a str"));
                }
                ops::hash(th, args[1])?;
                let state = Variable { name: Slot::new(args[1]), default: Slot::new(args[2]) };
                Ok(native_object::new(th, th.vm().class(&CONTEXT_VAR), Box::new(state)).value())
            },
        )
        .static_method()
        .keywords(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let state = variable(th, args[0])?;
            let mut out = format!("<ContextVar name={}", ops::repr(th, state.name.get())?.to_text());
            if !state.default.get().is_empty() {
                out += &format!(" default={}", ops::repr(th, state.default.get())?.to_text());
            }
            Ok(th.str(&format!("{out} at {:#x}>", args[0].bits())))
        }),
        native(
            "get",
            "($self, default=<unrepresentable>, /)",
            "Return a value for the context variable for the current context.",
            |th, args| {
                if let Some(value) = current(th)?.map.lock().get(args[0]) {
                    return Ok(value);
                }
                let default = variable(th, args[0])?.default.get();
                match [args[1], default].into_iter().find(|v| !v.is_empty()) {
                    Some(value) => Ok(value),
                    None => Err(th.raise_with(Exc::LookupError, &[args[0]])),
                }
            },
        ),
        native(
            "set",
            "($self, value, /)",
            "Call to set a new value for the context variable in the current context.",
            |th, args| {
                let context = current(th)?;
                let old = context.map.lock().get(args[0]).unwrap_or(Value::EMPTY);
                context.change(|map| map.with(args[0], args[1]));
                let state = Setting {
                    variable: Slot::new(args[0]),
                    context: Slot::new(th.context.get()),
                    old: Slot::new(old),
                    used: AtomicBool::new(false),
                };
                Ok(native_object::new(th, th.vm().class(&TOKEN), Box::new(state)).value())
            },
        ),
        native("reset", "($self, token, /)", "Reset the context variable.", |th, args| {
            reset(th, args[0], args[1])?;
            Ok(Value::NONE)
        }),
        CLASS_GETITEM,
    ],
    getset: &[member("name", "Its name.", |th, v| Ok(variable(th, v)?.name.get()))],
    ..TypeDef::new("ContextVar", kinds::NATIVE_STATE, "")
};

fn reset(th: &Thread, this: Value, token: Value) -> Result<()> {
    let shown = || ops::repr(th, token).map(|text| text.to_text());
    let Some(state) = setting(token) else {
        return Err(th.type_error(format_args!("expected an instance of Token, got {}", shown()?)));
    };
    if state.used.load(Ordering::Acquire) {
        return Err(used(th, token)?);
    }
    if state.variable.get() != this {
        return Err(th.value_error(format_args!("{} was created by a different ContextVar", shown()?)));
    }
    let context = current(th)?;
    if state.context.get() != th.context.get() {
        return Err(th.value_error(format_args!("{} was created in a different Context", shown()?)));
    }
    if state.used.swap(true, Ordering::AcqRel) {
        return Err(used(th, token)?);
    }
    let old = state.old.get();
    context.change(|map| if old.is_empty() { map.without(this) } else { map.with(this, old) });
    Ok(())
}

#[cold]
fn used(th: &Thread, token: Value) -> Result<Raised> {
    let shown = ops::repr(th, token)?.to_text();
    Ok(th.runtime_error(format_args!("{shown} has already been used once")))
}

pub static TOKEN: TypeDef = TypeDef {
    module: "_contextvars",
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, _| {
            Err(th.runtime_error("Tokens can only be created by ContextVars"))
        })
        .static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let state = this_setting(th, args[0])?;
            let used = if state.used.load(Ordering::Acquire) { " used" } else { "" };
            let variable = ops::repr(th, state.variable.get())?.to_text();
            Ok(th.str(&format!("<Token{used} var={variable} at {:#x}>", args[0].bits())))
        }),
        native("__enter__", "($self, /)", "Enter into Token context manager.", |_, args| Ok(args[0])),
        native(
            "__exit__",
            "($self, type, val, tb, /)",
            "Exit from Token context manager, restore the linked ContextVar.",
            |th, args| {
                let variable = this_setting(th, args[0])?.variable.get();
                reset(th, variable, args[0])?;
                Ok(Value::NONE)
            },
        ),
        CLASS_GETITEM,
    ],
    getset: &[
        getter("var", "The variable.", |th, v| Ok(this_setting(th, v)?.variable.get())),
        getter("old_value", "What the variable was before, or Token.MISSING.", |th, v| {
            let old = this_setting(th, v)?.old.get();
            match old.is_empty() {
                false => Ok(old),
                true => ops::get_attr(th, th.vm().class(&TOKEN).value(), th.intern("MISSING")),
            }
        }),
    ],
    unhashable: true,
    ..TypeDef::new("Token", kinds::NATIVE_STATE, "")
};
