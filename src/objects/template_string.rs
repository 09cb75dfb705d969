//! Template strings (PEP 750), `t"…"`: their strings and interpolations, not yet put together.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops, signature};

use super::dict::Dict;
use super::iterators::{ITER, NEXT};
use super::native_object::{self, NativeObject, NativeState};
use super::str::Str;
use super::tuple::Tuple;
use super::{generic_alias, kinds};

pub static TEMPLATELIB: ModuleDef = ModuleDef {
    functions: &[CONVERT],
    init: Some(|th, module| {
        for def in [&TEMPLATE, &INTERPOLATION] {
            module.namespace.set_str(th, th.intern(def.name), th.vm().class(def).value());
        }
        let names = ["value", "expression", "conversion", "format_spec"].map(|name| th.intern(name).value());
        th.vm().class(&INTERPOLATION).namespace.set_str(th, th.vm().names.__match_args__, th.tuple(&names));
        th.vm().classes_changed();
        Ok(())
    }),
    ..ModuleDef::new("string.templatelib", "Support for template string literals (t-strings).")
};

/// The strings and interpolations of a template: one string more than interpolations, in turn.
struct Template {
    strings: Gc<Tuple>,
    interpolations: Gc<Tuple>,
}

// SAFETY: like every cell's, its values are only touched by attached threads.
unsafe impl Send for Template {}
// SAFETY: as for `Send`.
unsafe impl Sync for Template {}

impl NativeState for Template {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.strings);
        tracer.cell(self.interpolations);
    }
}

struct Interpolation {
    value: Slot,
    expression: Slot,
    /// "s", "r", "a" or None.
    conversion: Slot,
    format_spec: Slot,
}

impl NativeState for Interpolation {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.value, &self.expression, &self.conversion, &self.format_spec] {
            tracer.slot(slot);
        }
    }
}

fn template(v: Value) -> Option<&'static Template> {
    v.downcast::<NativeObject>()?.state_as::<Template>()
}

fn interpolation(v: Value) -> Option<&'static Interpolation> {
    v.downcast::<NativeObject>()?.state_as::<Interpolation>()
}

fn this_template(th: &Thread, v: Value) -> Result<&'static Template> {
    template(v).ok_or_else(|| th.type_error("a 'string.templatelib.Template' object is required"))
}

fn this_interpolation(th: &Thread, v: Value) -> Result<&'static Interpolation> {
    interpolation(v).ok_or_else(|| th.type_error("a 'string.templatelib.Interpolation' object is required"))
}

/// The template of strings and interpolations in any order: strings that meet are joined.
pub fn of_parts(th: &Thread, parts: &[Value]) -> Result {
    let (mut strings, mut interpolations) = (Vec::new(), Vec::new());
    let mut text = Vec::new();
    for part in parts {
        if let Some(string) = part.downcast::<Str>() {
            text.extend_from_slice(string.wtf8());
        } else if interpolation(*part).is_some() {
            strings.push(Str::from_wtf8(th, &text).value());
            text.clear();
            interpolations.push(*part);
        } else {
            return Err(th.type_error(format_args!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {}",
                th.type_name(*part)
            )));
        }
    }
    strings.push(Str::from_wtf8(th, &text).value());
    let state = Template { strings: Tuple::new(th, &strings), interpolations: Tuple::new(th, &interpolations) };
    Ok(native_object::new(th, th.vm().class(&TEMPLATE), Box::new(state)).value())
}

/// One interpolation; `conversion`: 0 none, 1 str, 2 repr, 3 ascii.
pub fn new_interpolation(th: &Thread, value: Value, expression: Value, spec: Value, conversion: usize) -> Value {
    let conversion = ["", "s", "r", "a"].get(conversion).filter(|name| !name.is_empty());
    let conversion = conversion.map_or(Value::NONE, |name| th.intern(name).value());
    make_interpolation(th, value, expression, conversion, spec)
}

fn make_interpolation(th: &Thread, value: Value, expression: Value, conversion: Value, spec: Value) -> Value {
    let slot = Slot::new;
    let state = Interpolation {
        value: slot(value),
        expression: slot(expression),
        conversion: slot(conversion),
        format_spec: slot(spec),
    };
    native_object::new(th, th.vm().class(&INTERPOLATION), Box::new(state)).value()
}

/// The parts in order, empty strings left out.
fn parts(template: &Template) -> Vec<Value> {
    let mut parts = Vec::new();
    for (at, string) in template.strings.items().iter().enumerate() {
        parts.extend(string.downcast::<Str>().filter(|s| !s.wtf8().is_empty()).map(Gc::value));
        parts.extend(template.interpolations.items().get(at).copied());
    }
    parts
}

fn template_new(th: &Thread, args: &[Value]) -> Result {
    if args[2].downcast::<Dict>().is_some_and(|keywords| !keywords.is_empty()) {
        return Err(th.type_error("Template.__new__ only accepts *args arguments"));
    }
    of_parts(th, signature::items(args[1].downcast()))
}

fn concat(th: &Thread, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (template(args[0]), template(args[1])) else {
        let (left, right) = (th.type_name(args[0]), th.type_name(args[1]));
        return Err(th.type_error(format_args!("can only concatenate {left} (not \"{right}\") to {left}")));
    };
    of_parts(th, &[parts(a), parts(b)].concat())
}

fn repr_of(th: &Thread, v: Value) -> Result<String> {
    ops::repr(th, v).map(|s| s.to_text())
}

/// The class has attributes that nobody may set.
fn read_only(th: &Thread, _: Value, _: Value) -> Result<()> {
    Err(th.attribute_error("readonly attribute"))
}

pub static TEMPLATE: TypeDef = TypeDef {
    module: "string.templatelib",
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", template_new).static_method(),
        native("__add__", "($self, value, /)", "Return self+value.", concat),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let template = this_template(th, args[0])?;
            let strings = repr_of(th, template.strings.value())?;
            let interpolations = repr_of(th, template.interpolations.value())?;
            Ok(th.str(&format!("Template(strings={strings}, interpolations={interpolations})")))
        }),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            let parts = Tuple::new(th, &parts(this_template(th, args[0])?));
            let state = TemplateIter { parts, at: AtomicUsize::new(0) };
            Ok(native_object::new(th, th.vm().class(&TEMPLATE_ITER), Box::new(state)).value())
        }),
    ],
    getset: &[
        getter("strings", "Strings", |th, v| Ok(this_template(th, v)?.strings.value())).settable(read_only),
        getter("interpolations", "Interpolations", |th, v| Ok(this_template(th, v)?.interpolations.value()))
            .settable(read_only),
        getter("values", "Values of interpolations", |th, v| {
            let interpolations = this_template(th, v)?.interpolations;
            let value = |v: &Value| interpolation(*v).map_or(Value::NONE, |one| one.value.get());
            Ok(th.tuple(&interpolations.items().iter().map(value).collect::<Vec<_>>()))
        })
        .settable(read_only),
    ],
    ..TypeDef::new("Template", kinds::NATIVE_STATE, "Template object")
};

struct TemplateIter {
    parts: Gc<Tuple>,
    at: AtomicUsize,
}

// SAFETY: like every cell's, its values are only touched by attached threads.
unsafe impl Send for TemplateIter {}
// SAFETY: as for `Send`.
unsafe impl Sync for TemplateIter {}

impl NativeState for TemplateIter {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.parts);
    }

    fn next(&self, _: &Thread) -> Option<Result<Option<Value>>> {
        let item = self.parts.items().get(self.at.load(Ordering::Relaxed)).copied();
        self.at.fetch_add(usize::from(item.is_some()), Ordering::Relaxed);
        Some(Ok(item))
    }
}

pub static TEMPLATE_ITER: TypeDef = TypeDef {
    module: "string.templatelib",
    methods: &[ITER, NEXT],
    ..TypeDef::new("TemplateIter", kinds::NATIVE_STATE, "Template iterator object")
};

fn interpolation_new(th: &Thread, args: &[Value]) -> Result {
    let text = |at: usize, name: &str| match args[at] {
        Value::EMPTY => Ok(th.intern("").value()),
        given if given.downcast::<Str>().is_some() => Ok(given),
        given => {
            Err(th
                .type_error(format_args!("Interpolation() argument '{name}' must be str, not {}", th.type_name(given))))
        }
    };
    let (expression, spec) = (text(2, "expression")?, text(4, "format_spec")?);
    let conversion = match args[3] {
        Value::EMPTY | Value::NONE => Value::NONE,
        given => match given.downcast::<Str>().map(|s| s.to_text()) {
            Some(name) if matches!(name.as_str(), "s" | "r" | "a") => given,
            Some(_) => {
                return Err(th.value_error("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'"));
            }
            None => {
                let class = th.type_name(given);
                return Err(
                    th.type_error(format_args!("Interpolation() argument 'conversion' must be str, not {class}"))
                );
            }
        },
    };
    Ok(make_interpolation(th, args[1], expression, conversion, spec))
}

pub static INTERPOLATION: TypeDef = TypeDef {
    module: "string.templatelib",
    methods: &[
        native(
            "__new__",
            "(cls, value, expression='', conversion=None, format_spec='')",
            "Create and return a new object.",
            interpolation_new,
        )
        .static_method()
        .keywords(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let one = this_interpolation(th, args[0])?;
            let mut shown = Vec::new();
            for slot in [&one.value, &one.expression, &one.conversion, &one.format_spec] {
                shown.push(repr_of(th, slot.get())?);
            }
            Ok(th.str(&format!("Interpolation({})", shown.join(", "))))
        }),
        native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| {
            let one = this_interpolation(th, args[0])?;
            let slots = [&one.value, &one.expression, &one.conversion, &one.format_spec];
            let arguments = th.tuple(&slots.map(Slot::get));
            Ok(th.tuple(&[th.class_of(args[0]).value(), arguments]))
        }),
        generic_alias::CLASS_GETITEM,
    ],
    getset: &[
        getter("value", "Value", |th, v| Ok(this_interpolation(th, v)?.value.get())).settable(read_only),
        getter("expression", "Expression", |th, v| Ok(this_interpolation(th, v)?.expression.get())).settable(read_only),
        getter("conversion", "Conversion", |th, v| Ok(this_interpolation(th, v)?.conversion.get())).settable(read_only),
        getter("format_spec", "Format specifier", |th, v| Ok(this_interpolation(th, v)?.format_spec.get()))
            .settable(read_only),
    ],
    ..TypeDef::new("Interpolation", kinds::NATIVE_STATE, "Interpolation object")
};

const CONVERT: NativeDef =
    native("convert", "(obj, /, conversion)", "Convert *obj* using formatted string literal semantics.", |th, args| {
        if args[1].is_none() {
            return Ok(args[0]);
        }
        let conversion = args[1].downcast::<Str>().map(|s| s.to_text());
        match conversion.as_deref() {
            Some("s") => ops::str(th, args[0]).map(Gc::value),
            Some("r") => ops::repr(th, args[0]).map(Gc::value),
            Some("a") => ops::ascii(th, args[0]).map(Gc::value),
            _ => Err(th.value_error(format!("invalid conversion specifier: {}", repr_of(th, args[1])?))),
        }
    });
