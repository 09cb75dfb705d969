//! `array`: the type is `objects::array`'s.

use crate::modules::ModuleDef;
use crate::objects::array;
use crate::vm::{import, ops};

pub static ARRAY: ModuleDef = ModuleDef {
    functions: &[array::RECONSTRUCT],
    types: &[&array::ARRAY],
    init: Some(|th, module| {
        let class = th.vm().class(&array::ARRAY).value();
        module.namespace.set_str(th, th.intern("ArrayType"), class);
        module.namespace.set_str(th, th.intern("typecodes"), th.str(array::CODES));
        th.make_native_class(&array::ARRAY_ITERATOR);
        let abc = import::import_by_name(th, th.intern("collections.abc"))?;
        let sequence = ops::get_attr(th, abc, th.intern("MutableSequence"))?;
        th.call_method(sequence, th.intern("register"), &[class])?;
        Ok(())
    }),
    ..ModuleDef::new(
        "array",
        "This module defines an object type which can efficiently represent\nan array of basic values.",
    )
};
