//! The method resolution order: C3 over the bases' orders, or what a metaclass's own `mro` says.

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::native::Native;
use crate::objects::tuple::Tuple;

use super::native::Result;
use super::{Thread, ops};

/// Gives the class, which has these bases, its order.
pub fn set(th: &Thread, class: Gc<Class>, bases: &[Value]) -> Result<()> {
    let meta = th.class_of(class.value());
    let own = th.lookup(meta, th.intern("mro")).filter(|mro| mro.downcast::<Native>().is_none());
    let Some(own) = own else {
        class.mro.set(Some(linearisation(th, class, bases)?));
        return Ok(());
    };
    // The metaclass sees a new class without an order: nothing is found in it, and nothing can be derived from it.
    let before = class.mro.get().unwrap_or_else(|| Tuple::new(th, &[]));
    class.mro.set(Some(before));
    let given = th.call_unbound(own, class.value(), &[])?;
    let order = ops::collect(th, given)?.items(th);
    if class.mro.get() != Some(before) {
        // It has meanwhile given the class other bases, whose order counts.
        return Ok(());
    }
    if order.is_empty() {
        return Err(th.type_error("type MRO must not be empty"));
    }
    for base in &order {
        let Some(base) = base.as_class() else {
            let given = th.type_name(*base);
            return Err(th.type_error(format_args!("mro() returned a non-class ('{given}')")));
        };
        if base.instance_kind != kinds::OBJECT && base.instance_kind != class.instance_kind {
            let name = base.name();
            return Err(th.type_error(format_args!("mro() returned base with unsuitable layout ('{name}')")));
        }
    }
    class.mro.set(Some(Tuple::new(th, &order)));
    // What was looked up in a class without an order was found nowhere.
    th.vm().classes_changed();
    Ok(())
}

/// The C3 linearisation of the bases' orders.
pub fn linearisation(th: &Thread, class: Gc<Class>, bases: &[Value]) -> Result<Gc<Tuple>> {
    for (at, base) in bases.iter().enumerate() {
        if bases[..at].contains(base) {
            let name = base.as_class().map_or_else(String::new, |c| c.name());
            return Err(th.type_error(format_args!("duplicate base class {name}")));
        }
    }
    let mut sequences: Vec<Vec<Value>> =
        bases.iter().filter_map(|b| b.as_class()).map(|b| b.mro().items().to_vec()).collect();
    sequences.push(bases.to_vec());
    let mut order = vec![class.value()];
    loop {
        sequences.retain(|s| !s.is_empty());
        if sequences.is_empty() {
            return Ok(Tuple::new(th, &order));
        }
        let next = sequences.iter().map(|s| s[0]).find(|head| !sequences.iter().any(|s| s[1..].contains(head)));
        let Some(next) = next else {
            let mut names: Vec<String> = Vec::new();
            for head in sequences.iter().map(|s| s[0]) {
                let name = head.as_class().map_or_else(String::new, |c| c.name());
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            return Err(th.type_error(format_args!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                names.join(", ")
            )));
        };
        order.push(next);
        for sequence in &mut sequences {
            if sequence[0] == next {
                sequence.remove(0);
            }
        }
    }
}
