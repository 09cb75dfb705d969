//! The attributes that native types compute, and the members that `__slots__` names.

use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::objects::{exception, instance, kinds};
use crate::vm::native::{Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops};

use super::{GetSet, Member, unbound};

pub static GETSET: TypeDef = TypeDef {
    getset: &[
        getter("__name__", "Its name.", |th, this| Ok(th.str(this.downcast::<GetSet>().map_or("", |g| g.def.name)))),
        getter("__qualname__", "Its qualified name.", |th, this| match this.downcast::<GetSet>() {
            Some(getset) => Ok(qualified(th, getset.owner, getset.def.name)),
            None => Ok(Value::NONE),
        }),
        getter("__doc__", "Its documentation.", |th, this| {
            Ok(th.str(this.downcast::<GetSet>().map_or("", |g| g.def.doc)))
        }),
        getter("__objclass__", "The class it belongs to.", |_, this| {
            Ok(this.downcast::<GetSet>().map_or(Value::NONE, |g| g.owner))
        }),
    ],
    methods: &[
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| match args[0].downcast::<GetSet>() {
                Some(getset) if !args[1].is_none() => {
                    check(th, getset.owner, getset.def.name, args[1])?;
                    (getset.def.get)(th, args[1])
                }
                _ => unbound(th, args),
            },
        ),
        native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
            getset_set(th, args[0], args[1], args[2])
        }),
        native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
            getset_set(th, args[0], args[1], Value::EMPTY)
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let Some(getset) = args[0].downcast::<GetSet>() else { return Ok(Value::NONE) };
            let owner = getset.owner.as_class().map_or_else(String::new, |c| c.name());
            Ok(th.str(&format!("<attribute '{}' of '{owner}' objects>", getset.def.name)))
        }),
    ],
    ..TypeDef::new("getset_descriptor", kinds::GETSET, "")
};

pub static MEMBER: TypeDef =
    TypeDef {
        getset: &[
            getter("__name__", "Its name.", |_, this| {
                Ok(this.downcast::<Member>().map_or(Value::NONE, |m| m.name.value()))
            }),
            getter("__qualname__", "Its qualified name.", |th, this| match this.downcast::<Member>() {
                Some(member) => Ok(qualified(th, member.owner, &member.name.to_text())),
                None => Ok(Value::NONE),
            }),
            getter("__doc__", "None: `__slots__` has no place for documentation.", |_, _| Ok(Value::NONE)),
            getter("__objclass__", "The class it belongs to.", |_, this| {
                Ok(this.downcast::<Member>().map_or(Value::NONE, |m| m.owner))
            }),
        ],
        methods: &[
            native(
                "__get__",
                "(self, instance, owner=None, /)",
                "Return an attribute of instance, which is of type owner.",
                |th, args| match args[0].downcast::<Member>() {
                    Some(member) if !args[1].is_none() => member_get(th, member, args[1]),
                    _ => unbound(th, args),
                },
            ),
            native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
                match args[0].downcast::<Member>() {
                    Some(member) => member_set(th, member, args[1], args[2]).map(|()| Value::NONE),
                    None => Ok(Value::NONE),
                }
            }),
            native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
                match args[0].downcast::<Member>() {
                    Some(member) => member_set(th, member, args[1], Value::EMPTY).map(|()| Value::NONE),
                    None => Ok(Value::NONE),
                }
            }),
            native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
                let Some(member) = args[0].downcast::<Member>() else { return Ok(Value::NONE) };
                let owner = member.owner.as_class().map_or_else(String::new, |c| c.name());
                Ok(th.str(&format!("<member '{}' of '{owner}' objects>", member.name.to_text())))
            }),
        ],
        ..TypeDef::new("member_descriptor", kinds::MEMBER, "")
    };

pub fn member_get(th: &Thread, member: Gc<Member>, object: Value) -> Result {
    check_member(th, member, object)?;
    match instance::get_own(th, object, member.name) {
        Some(value) => Ok(value),
        None => Err(ops::no_attribute(th, object, member.name)),
    }
}

pub(super) fn member_set(th: &Thread, member: Gc<Member>, object: Value, value: Value) -> Result<()> {
    check_member(th, member, object)?;
    let done = if value.is_empty() {
        instance::delete_own(th, object, member.name)
    } else {
        instance::set_own(th, object, member.name, value)
    };
    if done { Ok(()) } else { Err(th.attribute_error(member.name.to_text())) }
}

fn check_member(th: &Thread, member: Gc<Member>, object: Value) -> Result<()> {
    let Some(owner) = member.owner.as_class() else { return Ok(()) };
    if th.is_instance(object, owner) { Ok(()) } else { check(th, member.owner, &member.name.to_text(), object) }
}

/// That the object is an instance of the class that the attribute belongs to.
fn check(th: &Thread, owner: Value, name: &str, object: Value) -> Result<()> {
    match owner.as_class() {
        Some(owner) if !th.is_instance(object, owner) => Err(th.type_error(format_args!(
            "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
            owner.name(),
            th.type_name(object)
        ))),
        _ => Ok(()),
    }
}

fn qualified(th: &Thread, owner: Value, name: &str) -> Value {
    let owner = owner.as_class().map(|class| class.qualname.get().map_or_else(|| class.name(), |q| q.to_text()));
    th.str(&format!("{}.{name}", owner.unwrap_or_default()))
}

fn getset_set(th: &Thread, this: Value, object: Value, value: Value) -> Result {
    let Some(getset) = this.downcast::<GetSet>() else { return Ok(Value::NONE) };
    check(th, getset.owner, getset.def.name, object)?;
    match getset.def.set {
        Some(set) => set(th, object, value).map(|()| Value::NONE),
        None => Err(read_only(th, getset, object, th.intern(getset.def.name))),
    }
}

#[cold]
pub(super) fn read_only(th: &Thread, getset: Gc<GetSet>, object: Value, name: Gc<Str>) -> Raised {
    let owner = getset.owner.as_class().map_or_else(String::new, |c| c.name());
    let raised =
        th.attribute_error(format_args!("attribute '{}' of '{owner}' objects is not writable", getset.def.name));
    exception::set_name_and_object(th, name.value(), object);
    raised
}
