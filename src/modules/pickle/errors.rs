//! `PickleError` and its two kinds.

use std::fmt::Display;

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::class::methods::full_name;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::kinds;
use crate::vm::native::TypeDef;
use crate::vm::{Raised, Thread};

pub static PICKLE_ERROR: TypeDef = TypeDef {
    module: "_pickle",
    base: Some(&exception::DEFINITIONS[Exc::Exception as usize]),
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("PickleError", kinds::EXCEPTION, "")
};

pub static PICKLING_ERROR: TypeDef =
    TypeDef { module: "_pickle", base: Some(&PICKLE_ERROR), ..error_type("PicklingError") };

pub static UNPICKLING_ERROR: TypeDef =
    TypeDef { module: "_pickle", base: Some(&PICKLE_ERROR), ..error_type("UnpicklingError") };

const fn error_type(name: &'static str) -> TypeDef {
    TypeDef { subclassable: true, has_dict: true, ..TypeDef::new(name, kinds::EXCEPTION, "") }
}

#[cold]
#[inline(never)]
pub fn pickling(th: &Thread, message: impl Display) -> Raised {
    raise(th, &PICKLING_ERROR, message)
}

#[cold]
#[inline(never)]
pub fn unpickling(th: &Thread, message: impl Display) -> Raised {
    raise(th, &UNPICKLING_ERROR, message)
}

fn raise(th: &Thread, class: &'static TypeDef, message: impl Display) -> Raised {
    let message = th.str(&message.to_string());
    th.raise_value(exception::new(th, th.make_native_class(class), &[message]))
}

/// As `pickling`, raised while `context` was being handled.
#[cold]
pub fn pickling_from(th: &Thread, context: Value, message: impl Display) -> Raised {
    let raised = pickling(th, message);
    let error = th.take_exception(raised);
    if let Some(error) = error.downcast::<Exception>() {
        error.get().context.set(context);
    }
    th.raise_value(error)
}

/// Says of an error what was being written.
#[cold]
#[inline(never)]
pub fn note(th: &Thread, raised: Raised, place: impl Display) -> Raised {
    exception::add_note(th, &format!("when serializing {place}"));
    raised
}

/// A class as the notes name it: with its module, unless that says nothing.
pub fn class_text(th: &Thread, class: Gc<Class>) -> String {
    let name = full_name(th, class);
    name.strip_prefix("__main__.").map_or(name.clone(), str::to_owned)
}
