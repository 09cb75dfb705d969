//! `StopIteration` with its value, `SystemExit` with its code.

use crate::heap::{Gc, Value};
use crate::vm::Thread;
use crate::vm::native::{GetSetDef, NativeDef, member, native};

use super::{Exception, items, no_keywords, of, or_none};

pub(super) const ITERATION_METHODS: &[NativeDef] =
    &[native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        no_keywords(th, th.class_of(args[0]), args[2])?;
        of(args[0]).args.set(args[1]);
        iteration(of(args[0]), items(args[1]));
        Ok(Value::NONE)
    })];

pub(super) const ITERATION_ATTRIBUTES: &[GetSetDef] = &[extra("value", "generator return value")];

pub(super) const EXIT_METHODS: &[NativeDef] =
    &[native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        no_keywords(th, th.class_of(args[0]), args[2])?;
        of(args[0]).args.set(args[1]);
        exit(th, of(args[0]), items(args[1]));
        Ok(Value::NONE)
    })];

pub(super) const EXIT_ATTRIBUTES: &[GetSetDef] = &[extra("code", "exception code")];

/// The one attribute of a class that has no other: it lies in `extra` itself.
const fn extra(name: &'static str, doc: &'static str) -> GetSetDef {
    member(name, doc, |_, this| Ok(or_none(&of(this).extra))).settable(|_, this, value| {
        of(this).extra.set(value);
        Ok(())
    })
}

pub(super) fn iteration(this: Gc<Exception>, args: &[Value]) {
    this.extra.set(args.first().copied().unwrap_or(Value::NONE));
}

pub(super) fn exit(th: &Thread, this: Gc<Exception>, args: &[Value]) {
    this.extra.set(match args {
        [] => Value::NONE,
        [code] => *code,
        _ => th.tuple(args),
    });
}
