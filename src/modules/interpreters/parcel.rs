//! What crosses from one interpreter to another: a copy, in Rust's memory, from which the other one makes its own value.
//!
//! Some values are *shareable*: None, numbers, text, bytes, views of bytes, tuples of such, queues. The rest is pickled, if
//! that will do. A function that needs nothing from its module crosses as its code.
//!
//! CPython shares the bytes under a memoryview. Here they are copied like everything else: the heap that they lie in may
//! be gone before the view is.

use std::sync::Arc;

use num_bigint::BigInt;

use crate::heap::{Gc, Value};
use crate::objects::bytes::{self, ByteArray, Bytes, MemoryView, view_over};
use crate::objects::exception::Exc;
use crate::objects::function::Function;
use crate::objects::int::{self, IntRef};
use crate::objects::list::List;
use crate::objects::native_object::NativeObject;
use crate::objects::set::FrozenSet;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{callables, complex, kinds};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, load};

use super::code::{CodeParcel, what_it_needs};
use super::queues::{Channel, ChannelObject};
use super::{helper, main_namespace};

pub enum Parcel {
    None,
    Ellipsis,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
    Str(Box<[u8]>),
    Bytes(Box<[u8]>),
    Tuple(Vec<Parcel>),
    FrozenSet(Vec<Parcel>),
    View {
        bytes: Box<[u8]>,
        is_read_only: bool,
    },
    Queue(Arc<Channel>),
    Code(Box<CodeParcel>),
    /// A function that needs nothing but built-in names.
    Function(Box<CodeParcel>),
    Pickled {
        data: Box<[u8]>,
        /// The file of the program whose `__main__` the pickle may name.
        main: Option<Box<str>>,
    },
}

/// Whether a value is of a shareable type; what is in a tuple is not looked at, nor how large an integer is.
pub fn is_shareable(th: &Thread, value: Value) -> bool {
    value.downcast::<Tuple>().is_some_and(|tuple| tuple.header().is_exact())
        || IntRef::of_exact(value).is_some()
        || Parcel::of_plain(th, value).is_some()
}

impl Parcel {
    /// Of what is shareable as it is.
    pub fn of(th: &Thread, value: Value) -> Result<Option<Parcel>> {
        let Some(tuple) = value.downcast::<Tuple>().filter(|tuple| tuple.header().is_exact()) else {
            return Ok(Parcel::of_plain(th, value));
        };
        th.check_recursion("")?;
        let mut items = Vec::with_capacity(tuple.len());
        for item in tuple.items() {
            match Parcel::of(th, *item)? {
                Some(item) => items.push(item),
                None => return Ok(None),
            }
        }
        Ok(Some(Parcel::Tuple(items)))
    }

    /// Of what is shareable and no tuple.
    fn of_plain(th: &Thread, value: Value) -> Option<Parcel> {
        let class = th.class_of(value);
        let vm = th.vm();
        let is = |kind| class == vm.class_of_kind(kind);
        Some(match value {
            Value::NONE => Parcel::None,
            Value::TRUE | Value::FALSE => Parcel::Bool(value == Value::TRUE),
            _ if is(kinds::INT) => Parcel::Int(IntRef::of_exact(value).filter(|int| int.to_i64().is_some())?.to_big()),
            _ if value.is_float() => Parcel::Float(value.as_inline_float()?),
            _ if is(kinds::STR) => Parcel::Str(value.as_str_cell()?.wtf8().into()),
            _ if is(kinds::BYTES) => Parcel::Bytes(value.downcast::<Bytes>()?.bytes().into()),
            _ if is(kinds::MEMORYVIEW) => {
                let view = value.downcast::<MemoryView>()?;
                let bytes = view.content()?.into_owned().into_boxed_slice();
                Parcel::View { bytes, is_read_only: view.is_read_only() }
            }
            _ => {
                let channel = value.downcast::<NativeObject>()?.state_as::<ChannelObject>()?;
                Parcel::Queue(channel.0.clone())
            }
        })
    }

    /// A constant of code, which is never of the program's making.
    pub fn of_const(th: &Thread, value: Value) -> Result<Parcel> {
        let all = |values: &[Value]| values.iter().map(|item| Parcel::of_const(th, *item)).collect::<Result<Vec<_>>>();
        if value == Value::ELLIPSIS {
            return Ok(Parcel::Ellipsis);
        }
        if let Some(tuple) = value.downcast::<Tuple>() {
            return Ok(Parcel::Tuple(all(tuple.items())?));
        }
        if let Some(code) = value.downcast() {
            return Ok(Parcel::Code(Box::new(CodeParcel::of(th, code)?)));
        }
        if let Some((re, im)) =
            complex::of(value).filter(|_| th.class_of(value) == th.vm().class_of_kind(kinds::COMPLEX))
        {
            return Ok(Parcel::Complex(re, im));
        }
        if let Some(int) = IntRef::of_exact(value) {
            return Ok(Parcel::Int(int.to_big()));
        }
        if let Some(set) = value.downcast::<FrozenSet>() {
            return Ok(Parcel::FrozenSet(all(&set.any_frozen().items(th))?));
        }
        match Parcel::of_plain(th, value) {
            Some(parcel) => Ok(parcel),
            None => Err(unshareable(th, value)),
        }
    }

    /// Of anything: shareable, a function that needs nothing, or what can be pickled.
    pub fn of_any(th: &Thread, value: Value) -> Result<Parcel> {
        if let Some(parcel) = Parcel::of_plain(th, value) {
            return Ok(parcel);
        }
        if let Some(tuple) = value.downcast::<Tuple>().filter(|tuple| tuple.header().is_exact()) {
            th.check_recursion("")?;
            let items: Result<Vec<Parcel>> = tuple.items().iter().map(|item| Parcel::of_any(th, *item)).collect();
            return match items {
                Ok(items) => Ok(Parcel::Tuple(items)),
                Err(raised) => {
                    let cause = th.take_exception(raised);
                    Err(blame(th, value, cause))
                }
            };
        }
        if let Some(function) = value.downcast::<Function>()
            && what_it_needs(th, function).is_none()
        {
            return Ok(Parcel::Function(Box::new(CodeParcel::of(th, function.code())?)));
        }
        let dumped = match th.call(helper(th, "dump")?, &[value]) {
            Ok(dumped) => dumped,
            Err(raised) => {
                th.caught(raised, Exc::Exception)?;
                return Err(blame(th, value, Value::NONE));
            }
        };
        let [data, main] = dumped.downcast::<Tuple>().map_or(&[][..], |pair| pair.items()) else {
            return Err(th.runtime_error("dump() returns a pair"));
        };
        let main = main.as_str_cell().map(|path| path.to_text().into_boxed_str());
        Ok(Parcel::Pickled { data: bytes::required(th, *data)?.into_owned().into_boxed_slice(), main })
    }

    /// Makes the value.
    pub fn open(&self, th: &Thread) -> Result {
        Ok(match self {
            Parcel::None => Value::NONE,
            Parcel::Ellipsis => Value::ELLIPSIS,
            Parcel::Bool(truth) => Value::bool(*truth),
            Parcel::Int(int) => int::from_big(th, int.clone()),
            Parcel::Float(float) => Value::float(*float),
            Parcel::Complex(re, im) => complex::new(th, *re, *im),
            Parcel::Str(text) => Str::from_wtf8(th, text).value(),
            Parcel::Bytes(bytes) => bytes::new(th, bytes),
            Parcel::Tuple(items) => th.tuple(&open_all(th, items)?.snapshot()),
            Parcel::FrozenSet(items) => {
                let class = th.vm().class_of_kind(kinds::FROZENSET).value();
                th.call(class, &[open_all(th, items)?.value()])?
            }
            Parcel::View { bytes, is_read_only: true } => view_over(th, bytes::new(th, bytes))?,
            Parcel::View { bytes, is_read_only: false } => view_over(th, ByteArray::new(th, bytes).value())?,
            Parcel::Queue(channel) => th.call(helper(th, "queue")?, &[th.int(channel.id)])?,
            Parcel::Code(code) => load::load(th, &code.unit()).value(),
            Parcel::Function(code) => {
                let code = load::load(th, &code.unit());
                let globals = main_namespace(th)?;
                callables::function_of(th, code, globals, th.vm().builtins()).value()
            }
            Parcel::Pickled { data, main } => {
                let main = main.as_ref().map_or(Value::NONE, |path| th.str(path));
                th.call(helper(th, "load")?, &[bytes::new(th, data), main])?
            }
        })
    }
}

/// In a list, which the collector sees.
fn open_all(th: &Thread, parcels: &[Parcel]) -> Result<Gc<List>> {
    let list = List::new(th, &[]);
    for parcel in parcels {
        list.push(th, parcel.open(th)?);
    }
    Ok(list)
}

/// NotShareableError, with what in it is to blame.
pub fn unshareable(th: &Thread, value: Value) -> Raised {
    raise_made(th, "unshareable", &[value])
}

/// NotShareableError with that cause, or None.
fn blame(th: &Thread, value: Value, cause: Value) -> Raised {
    raise_made(th, "not_shareable", &[value, cause])
}

/// Raises what a function of the helpers makes.
pub fn raise_made(th: &Thread, maker: &str, args: &[Value]) -> Raised {
    match helper(th, maker).and_then(|make| th.call(make, args)) {
        Ok(exception) => th.raise_object(exception),
        Err(raised) => raised,
    }
}
