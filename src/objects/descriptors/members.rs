//! The attributes that native types compute, and the members that `__slots__` names.

use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::objects::{exception, instance, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Raised, Thread, ops};

use super::{GetSet, Member, unbound};

pub static GETSET: TypeDef = TypeDef {
    getset: ATTRIBUTES,
    methods: &[
        GET,
        SET,
        DELETE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            Ok(th.str(&format!("<attribute '{}' of '{}' objects>", name_of(args[0]), owner_name(args[0]))))
        }),
    ],
    ..TypeDef::new("getset_descriptor", kinds::GETSET, "")
};

/// The type of what `__slots__` names, and of computed attributes that are plain fields in CPython.
pub static MEMBER: TypeDef = TypeDef {
    getset: ATTRIBUTES,
    methods: &[
        GET,
        SET,
        DELETE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            Ok(th.str(&format!("<member '{}' of '{}' objects>", name_of(args[0]), owner_name(args[0]))))
        }),
    ],
    ..TypeDef::new("member_descriptor", kinds::MEMBER, "")
};

const ATTRIBUTES: &[GetSetDef] = &[
    member("__name__", "Its name.", |th, this| Ok(th.str(&name_of(this)))),
    getter("__qualname__", "Its qualified name.", |th, this| {
        let owner = owner_of(this).as_class();
        let owner = owner.map(|class| class.qualname.get().map_or_else(|| class.short_name(), |q| q.to_text()));
        Ok(th.str(&format!("{}.{}", owner.unwrap_or_default(), name_of(this))))
    }),
    getter("__doc__", "Its documentation; None for what `__slots__` names.", |th, this| {
        Ok(this.downcast::<GetSet>().map_or(Value::NONE, |getset| th.str(getset.def.doc)))
    }),
    member("__objclass__", "The class it belongs to.", |_, this| Ok(owner_of(this))),
];

const GET: NativeDef = native(
    "__get__",
    "(self, instance, owner=None, /)",
    "Return an attribute of instance, which is of type owner.",
    |th, args| {
        if args[1].is_none() {
            return unbound(th, args);
        }
        if let Some(member) = args[0].downcast::<Member>() {
            return member_get(th, member, args[1]);
        }
        check(th, args[0], args[1])?;
        match args[0].downcast::<GetSet>() {
            Some(getset) => (getset.def.get)(th, args[1]),
            None => Ok(Value::NONE),
        }
    },
);

const SET: NativeDef =
    native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
        store(th, args[0], args[1], args[2])
    });

const DELETE: NativeDef =
    native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
        store(th, args[0], args[1], Value::EMPTY)
    });

fn name_of(this: Value) -> String {
    match this.downcast::<Member>() {
        Some(member) => member.name.to_text(),
        None => this.downcast::<GetSet>().map_or("", |getset| getset.def.name).to_owned(),
    }
}

fn owner_of(this: Value) -> Value {
    match this.downcast::<Member>() {
        Some(member) => member.owner,
        None => this.downcast::<GetSet>().map_or(Value::NONE, |getset| getset.owner),
    }
}

fn owner_name(this: Value) -> String {
    owner_of(this).as_class().map_or_else(String::new, |class| class.name())
}

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
    check(th, member.value(), object)
}

/// That the object is an instance of the class that the attribute belongs to.
fn check(th: &Thread, this: Value, object: Value) -> Result<()> {
    match owner_of(this).as_class() {
        Some(owner) if !th.is_instance(object, owner) => Err(th.type_error(format_args!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            name_of(this),
            owner.name(),
            th.type_name(object)
        ))),
        _ => Ok(()),
    }
}

fn store(th: &Thread, this: Value, object: Value, value: Value) -> Result {
    check(th, this, object)?;
    if let Some(member) = this.downcast::<Member>() {
        member_set(th, member, object, value)?;
    } else if let Some(getset) = this.downcast::<GetSet>() {
        match getset.def.set {
            Some(set) => set(th, object, value)?,
            None => return Err(read_only(th, getset, object, th.intern(getset.def.name))),
        }
    }
    Ok(Value::NONE)
}

#[cold]
pub(super) fn read_only(th: &Thread, getset: Gc<GetSet>, object: Value, name: Gc<Str>) -> Raised {
    if getset.def.member {
        return th.attribute_error("readonly attribute");
    }
    let owner = getset.owner.as_class().map_or_else(String::new, |c| c.name());
    let raised =
        th.attribute_error(format_args!("attribute '{}' of '{owner}' objects is not writable", getset.def.name));
    exception::set_name_and_object(th, name.value(), object);
    raised
}
