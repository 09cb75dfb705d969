//! `functools.cmp_to_key`: a comparison function as a function that makes sort keys.

use crate::heap::{Slot, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::sequences;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Thread, signature};

/// A key, or the function that makes keys: it has no object.
struct Key {
    compare: Slot,
    object: Slot,
}

impl NativeState for Key {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.compare);
        tracer.slot(&self.object);
    }
}

fn find(value: Value) -> Option<&'static Key> {
    value.downcast::<NativeObject>().and_then(|object| object.state_as::<Key>())
}

fn key(th: &Thread, value: Value) -> Result<&'static Key> {
    find(value).ok_or_else(|| th.type_error("a 'functools.KeyWrapper' object is required"))
}

fn make(th: &Thread, compare: Value, object: Value) -> Value {
    native_object::new(
        th,
        th.vm().class(&KEY),
        Box::new(Key { compare: Slot::new(compare), object: Slot::new(object) }),
    )
    .value()
}

pub const CMP_TO_KEY: NativeDef =
    native("cmp_to_key", "(mycmp)", "Convert a cmp= function into a key= function.", |th, args| {
        Ok(make(th, args[0], Value::EMPTY))
    });

/// What the function says of the two objects, compared with zero.
fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (this, Some(other)) = (key(th, a)?, find(b)) else {
        return Err(th.type_error("other argument must be K instance"));
    };
    let (left, right) = (this.object.get(), other.object.get());
    if left.is_empty() || right.is_empty() {
        return Err(th.attribute_error("object"));
    }
    let said = th.call(this.compare.get(), &[left, right])?;
    ops::compare(th, op, said, Value::small_int(0))
}

sequences::comparisons!(compare);

pub static KEY: TypeDef = TypeDef {
    module: "functools",
    methods: &[
        native("__call__", "($self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let (this, given) = (key(th, args[0])?, signature::items(args[1].downcast()));
            let named = args[2].downcast::<Dict>();
            let object = named.and_then(|named| named.get_str(th, th.intern("obj")));
            match (given, object, given.len() + named.map_or(0, |named| named.len())) {
                ([object], _, 1) => Ok(make(th, this.compare.get(), *object)),
                ([], Some(object), 1) => Ok(make(th, this.compare.get(), object)),
                (.., 0 | 1) => Err(th.type_error("K() missing required argument 'obj' (pos 1)")),
                ([], _, count) => {
                    Err(th.type_error(format_args!("K() takes at most 1 keyword argument ({count} given)")))
                }
                (.., count) => Err(th.type_error(format_args!("K() takes at most 1 argument ({count} given)"))),
            }
        })
        .positional(|th, args| match args {
            [this, object] => Ok(make(th, key(th, *this)?.compare.get(), *object)),
            [_] => Err(th.type_error("K() missing required argument 'obj' (pos 1)")),
            _ => Err(th.type_error(format_args!("K() takes at most 1 argument ({} given)", args.len() - 1))),
        }),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
    ],
    getset: &[
        member("obj", "Value wrapped by a key function.", |th, this| {
            let object = key(th, this)?.object.get();
            Ok(if object.is_empty() { Value::NONE } else { object })
        })
        .settable(|th, this, value| {
            key(th, this)?.object.set(value);
            Ok(())
        }),
        getter("__text_signature__", "How it is called.", |th, _| Ok(th.str("(obj)"))),
    ],
    unhashable: true,
    ..TypeDef::new("KeyWrapper", kinds::NATIVE_STATE, "")
};
