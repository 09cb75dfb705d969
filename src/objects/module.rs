//! Module objects.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::vm::native::{Result, TypeDef, getter, member, native};
use crate::vm::{Raised, Thread, import, ops};

use super::class::annotations::returned_no_dict;
use super::dict::Dict;
use super::exception;
use super::kinds;
use super::str::Str;

#[repr(C)]
pub struct Module {
    pub header: Header,
    pub namespace: Gc<Dict>,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Module {
    const KIND: Kind = kinds::MODULE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.namespace);
    }
}

pub static MODULE: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let Some(class) = args[0].as_class() else {
                return Err(th.type_error("module.__new__(X): X is not a type object"));
            };
            let namespace = Dict::new(th);
            Ok(th.instantiate(class, Module { header: Header::of_kind(kinds::MODULE), namespace }).value())
        })
        .static_method(),
        native("__init__", "(self, name, doc=None)", "Initialize self.", |th, args| {
            let Some(module) = args[0].downcast::<Module>() else { return Ok(Value::NONE) };
            if args[1].as_str_cell().is_none() {
                return Err(
                    th.type_error(format_args!("module() argument 'name' must be str, not {}", th.type_name(args[1])))
                );
            }
            let doc = if args[2].is_empty() { Value::NONE } else { args[2] };
            fill(th, module, args[1], doc);
            Ok(Value::NONE)
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            args[0].downcast::<Module>().map_or(Ok(Value::NONE), |module| repr(th, module))
        }),
        native("__dir__", "($self, /)", "__dir__() -> list\nspecialized dir() implementation", dir),
    ],
    getset: &[
        member("__dict__", "The namespace.", |_, this| {
            Ok(this.downcast::<Module>().map_or(Value::NONE, |m| m.namespace.value()))
        }),
        getter("__annotations__", "The annotations of the module's own names.", annotations).settable(set_annotations),
        getter("__annotate__", "The function that computes the annotations.", |th, this| {
            namespace(th, this)?.get_or_set(th, th.vm().names.__annotate__.value(), Value::NONE)
        })
        .settable(set_annotate),
    ],
    subclassable: true,
    ..TypeDef::new("module", kinds::MODULE, "Create a module object.")
};

fn namespace(th: &Thread, this: Value) -> Result<Gc<Dict>> {
    this.downcast::<Module>()
        .map(|module| module.namespace)
        .ok_or_else(|| th.type_error("a 'module' object is required"))
}

/// Its name, and where it comes from: a file, the interpreter, or a loader.
fn repr(th: &Thread, module: Gc<Module>) -> Result {
    let given = |name: &str| module.namespace.get_str(th, th.intern(name)).filter(|value| !value.is_none());
    let name = given("__name__").unwrap_or_else(|| th.str("?"));
    let shown = |value: Value| ops::repr(th, value).map(|text| text.to_text());
    let built_in = name.as_str_cell().is_some_and(|name| crate::modules::is_built_in(&name.to_text()));
    let name = shown(name)?;
    Ok(th.str(&match (given("__file__"), given("__loader__")) {
        (Some(file), _) => format!("<module {name} from {}>", shown(file)?),
        (None, _) if built_in => format!("<module {name} (built-in)>"),
        (None, Some(loader)) => format!("<module {name} ({})>", shown(loader)?),
        (None, None) => format!("<module {name}>"),
    }))
}

/// What its own `__dir__` answers, or its names.
fn dir(th: &Thread, args: &[Value]) -> Result {
    let namespace = ops::get_attr(th, args[0], th.vm().names.__dict__)?;
    let Some(namespace) = namespace.downcast::<Dict>() else {
        return Err(th.type_error("<module>.__dict__ is not a dictionary"));
    };
    match namespace.get_str(th, th.vm().names.__dir__) {
        Some(own) => th.call(own, &[]),
        None => ops::collect(th, namespace.value()).map(Gc::value),
    }
}

/// The annotations, computed when they are first asked for.
fn annotations(th: &Thread, this: Value) -> Result {
    let (namespace, names) = (namespace(th, this)?, &*th.vm().names);
    if let Some(annotations) = namespace.get_str(th, names.__annotations__) {
        return Ok(annotations);
    }
    let annotations = match namespace.get_str(th, names.__annotate__) {
        Some(annotate) if ops::is_callable(th, annotate) => th.call(annotate, &[Value::small_int(1)])?,
        _ => Dict::new(th).value(),
    };
    if annotations.downcast::<Dict>().is_none() {
        return Err(returned_no_dict(th, annotations));
    }
    namespace.get_or_set(th, names.__annotations__.value(), annotations)
}

/// Sets or deletes them: the function that computes others is forgotten.
fn set_annotations(th: &Thread, this: Value, value: Value) -> Result<()> {
    let (namespace, names) = (namespace(th, this)?, &*th.vm().names);
    if !value.is_empty() {
        namespace.set_str(th, names.__annotations__, value);
    } else if namespace.remove_str(th, names.__annotations__).is_none() {
        return Err(th.attribute_error("__annotations__"));
    }
    namespace.set_str(th, names.__annotate__, Value::NONE);
    Ok(())
}

fn set_annotate(th: &Thread, this: Value, value: Value) -> Result<()> {
    let (namespace, names) = (namespace(th, this)?, &*th.vm().names);
    if value.is_empty() {
        return Err(th.type_error("cannot delete __annotate__ attribute"));
    }
    if !value.is_none() {
        if !ops::is_callable(th, value) {
            return Err(th.type_error("__annotate__ must be callable or None"));
        }
        namespace.remove_str(th, names.__annotations__);
    }
    namespace.set_str(th, names.__annotate__, value);
    Ok(())
}

/// A new module with the attributes that every module has.
pub fn new(th: &Thread, name: &str, doc: &str) -> Gc<Module> {
    let module = th.alloc(Module { header: Header::of_kind(kinds::MODULE), namespace: Dict::new(th) });
    let doc = if doc.is_empty() { Value::NONE } else { th.str(doc) };
    fill(th, module, th.intern(name).value(), doc);
    module
}

fn fill(th: &Thread, module: Gc<Module>, name: Value, doc: Value) {
    let names = &*th.vm().names;
    for (key, value) in [
        (names.__name__, name),
        (names.__doc__, doc),
        (names.__package__, Value::NONE),
        (names.__loader__, Value::NONE),
        (names.__spec__, Value::NONE),
    ] {
        module.namespace.set_str(th, key, value);
    }
}

/// The module's name, if it still has one.
pub fn name_of(th: &Thread, module: Gc<Module>) -> Option<String> {
    module.namespace.get_str(th, th.vm().names.__name__)?.as_str_cell().map(|s| s.to_text())
}

/// A module's own `__getattr__` (PEP 562).
pub fn missing_attribute(th: &Thread, module: Gc<Module>, name: Gc<Str>) -> Result<Option<Value>> {
    match module.namespace.get_str(th, th.vm().names.__getattr__) {
        Some(function) => th.call(function, &[name.value()]).map(Some),
        None => Ok(None),
    }
}

#[cold]
pub fn no_attribute(th: &Thread, module: Gc<Module>, name: Gc<Str>) -> Raised {
    let text = name.to_text();
    let raised = match name_of(th, module) {
        Some(module_name) if import::is_initializing(th, module) => match import::may_shadow(th, module) {
            Some(file) => th.attribute_error(format_args!(
                "module '{module_name}' has no attribute '{text}' (consider renaming {file} if it has the same name as a library you intended to import)"
            )),
            None => th.attribute_error(format_args!(
                "partially initialized module '{module_name}' has no attribute '{text}' (most likely due to a circular import)"
            )),
        },
        Some(module_name) => th.attribute_error(format_args!("module '{module_name}' has no attribute '{text}'")),
        None => th.attribute_error(format_args!("module has no attribute '{text}'")),
    };
    exception::set_name_and_object(th, name.value(), module.value());
    raised
}
