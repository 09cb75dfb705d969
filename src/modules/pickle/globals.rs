//! Functions, classes and whatever else is written as the name of a module and a name in it.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, import, ops};

use super::encode::Encoder;
use super::errors::{pickling, pickling_from};
use super::find::home;
use super::names;
use super::opcodes::*;

/// A global that was found under its name.
struct Global {
    module: Gc<Str>,
    name: Gc<Str>,
}

impl Encoder<'_> {
    /// A class whose metaclass is `type`.
    pub(super) fn class(&mut self, class: Value) -> Result<()> {
        let th = self.th;
        for single in [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS] {
            if th.class_of(single).value() == class {
                // They have no name that could be looked up.
                let parts = [th.vm().class_of_kind(kinds::CLASS).value(), th.tuple(&[single])];
                return self.save_reduced(class, &parts);
            }
        }
        self.global(class, None)
    }

    /// Writes an object by its name; `name`: the one it gives itself.
    pub(super) fn global(&mut self, value: Value, name: Option<Gc<Str>>) -> Result<()> {
        let Global { module, name } = self.look_up(value, name)?;
        if self.settings.protocol >= 2 && self.extension(module, name)? {
            return Ok(());
        }
        if self.settings.protocol >= 4 {
            self.save(module.value())?;
            self.save(name.value())?;
            self.out.op(STACK_GLOBAL);
        } else {
            self.old_global(module, name)?;
        }
        self.remember(value);
        Ok(())
    }

    /// Where an object is to be found again, made sure of.
    fn look_up(&self, value: Value, name: Option<Gc<Str>>) -> Result<Global> {
        let th = self.th;
        let known = &*th.vm().names;
        let name = match name {
            Some(name) => name,
            None => match ops::find_attr(th, value, known.__qualname__)?.and_then(Value::as_str_cell) {
                Some(name) => name,
                None => match ops::get_attr(th, value, known.__name__)?.as_str_cell() {
                    Some(name) => name,
                    None => return Err(pickling(th, "name must be a string")),
                },
            },
        };
        let shown = || ops::repr(th, value).map(|shown| shown.to_text());
        let text = name.to_text();
        if text.split('.').any(|part| part == "<locals>") {
            return Err(pickling(th, format_args!("Can't pickle local object {}", shown()?)));
        }
        let module = self.module_of(value, name)?;
        if module.wtf8().is_empty() {
            let raised = th.value_error("Empty module name");
            let error = th.take_exception(raised);
            return Err(pickling_from(th, error, format_args!("Can't pickle {}: Empty module name", shown()?)));
        }
        let place = match import::import_by_name(th, home(th, module, name)) {
            Ok(place) => place,
            Err(raised) => {
                let error = th.caught(raised, Exc::ImportError)?;
                let why = ops::str(th, error)?.to_text();
                return Err(pickling_from(th, error, format_args!("Can't pickle {}: {why}", shown()?)));
            }
        };
        let full = format!("{}.{text}", module.to_text());
        let found = match by_path(th, place, name) {
            Ok(found) => found,
            Err(raised) => {
                let error = th.caught(raised, Exc::AttributeError)?;
                let message = format!("Can't pickle {}: it's not found as {full}", shown()?);
                return Err(pickling_from(th, error, message));
            }
        };
        if found != value {
            return Err(pickling(th, format_args!("Can't pickle {}: it's not the same object as {full}", shown()?)));
        }
        Ok(Global { module, name })
    }

    /// The name of the module that an object says it is from, or that it is found in.
    fn module_of(&self, value: Value, name: Gc<Str>) -> Result<Gc<Str>> {
        let th = self.th;
        match ops::find_attr(th, value, th.vm().names.__module__)? {
            Some(module) if !module.is_none() => {
                let Some(module) = module.as_str_cell() else {
                    return Err(th.type_error("module name must be a string"));
                };
                // One string for all of them, so that it is written once.
                let built_in = value.as_class().and_then(|class| class.def).is_some_and(|def| def.module == "builtins");
                return Ok(if built_in { th.intern_str(module) } else { module });
            }
            _ => {}
        }
        let main = th.vm().names.__main__;
        let modules = th.vm().modules();
        // The table stays as it is while it is walked, whatever happens to the dict.
        for (_, key, module) in modules.live_entries() {
            let Some(key) = key.as_str_cell() else { continue };
            if key.same_text(&main) || module.is_none() {
                continue;
            }
            match by_path(th, module, name) {
                Ok(found) if found == value => return Ok(th.intern_str(key)),
                Ok(_) => {}
                Err(raised) => drop(th.caught(raised, Exc::AttributeError)?),
            }
        }
        Ok(main)
    }

    /// Writes the number that `copyreg.add_extension` has given to a global; false if there is none.
    fn extension(&mut self, module: Gc<Str>, name: Gc<Str>) -> Result<bool> {
        let th = self.th;
        let Some(copyreg) = import::in_modules(th, "copyreg").and_then(|module| module.downcast::<Module>()) else {
            return Ok(false);
        };
        let registry = copyreg.namespace.get_str(th, th.intern("_extension_registry"));
        let Some(registry) = registry.and_then(|registry| registry.downcast::<Dict>()).filter(|r| !r.is_empty()) else {
            return Ok(false);
        };
        let Some(code) = registry.get_item(th, th.tuple(&[module.value(), name.value()]))? else { return Ok(false) };
        let code = match code.as_small_int().and_then(|code| u32::try_from(code).ok()) {
            Some(code) if (1..=0x7FFF_FFFF).contains(&code) => code,
            _ => return Err(pickling(th, "extension code is out of range")),
        };
        match (u8::try_from(code), u16::try_from(code)) {
            (Ok(code), _) => self.out.push(&[EXT1, code]),
            (_, Ok(code)) => {
                let [a, b] = code.to_le_bytes();
                self.out.push(&[EXT2, a, b]);
            }
            _ => self.with_u32(EXT4, code),
        }
        Ok(true)
    }

    /// As protocols below 4 write globals: two lines, and calls of `getattr` for what lies in a class.
    fn old_global(&mut self, module: Gc<Str>, name: Gc<Str>) -> Result<()> {
        let th = self.th;
        let text = name.to_text();
        let mut path = text.split('.');
        let first = path.next().unwrap_or_default();
        let rest: Vec<Value> = path.map(|part| th.intern(part).value()).collect();
        if !rest.is_empty() {
            let getattr = th.vm().builtins().get_str(th, th.intern("getattr")).unwrap_or(Value::NONE);
            for _ in &rest {
                self.save(getattr)?;
                if self.settings.protocol < 2 {
                    self.out.op(MARK);
                }
            }
        }
        self.two_lines(&module.to_text(), first, module, name)?;
        // Names are interned, and held by the classes that have them.
        for name in rest {
            self.save(name)?;
            self.out.push(&[if self.settings.protocol < 2 { TUPLE } else { TUPLE2 }, REDUCE]);
        }
        Ok(())
    }

    fn two_lines(&mut self, module: &str, name: &str, whole_module: Gc<Str>, whole_name: Gc<Str>) -> Result<()> {
        let th = self.th;
        let protocol = self.settings.protocol;
        let (mut module, mut name) = (module, name);
        if protocol < 3 && self.settings.fix_imports {
            (module, name) = names::to_python_2(module, name);
        }
        for (part, whole, what) in [(module, whole_module, "module"), (name, whole_name, "global")] {
            if part.is_ascii() || protocol >= 3 && whole.as_str().is_some() {
                continue;
            }
            let shown = ops::repr(th, whole.value())?.to_text();
            let message = format!("can't pickle {what} identifier {shown} using pickle protocol {protocol}");
            let encoding = th.intern(if protocol < 3 { "ascii" } else { "utf-8" });
            let encoded = crate::objects::str::codec::encode(th, whole, Some(encoding), None);
            return Err(match encoded {
                Ok(_) => pickling(th, message),
                Err(raised) => {
                    let error = th.take_exception(raised);
                    pickling_from(th, error, message)
                }
            });
        }
        self.out.push(format!("{}{module}\n{name}\n", char::from(GLOBAL)).as_bytes());
        Ok(())
    }
}

/// `object.a.b.c`
pub fn by_path(th: &Thread, object: Value, path: Gc<Str>) -> Result {
    if !path.wtf8().contains(&b'.') {
        return ops::get_attr(th, object, th.intern_str(path));
    }
    let parts: Vec<Value> = path.to_text().split('.').map(|part| th.intern(part).value()).collect();
    // Looking an attribute up may run code of the program's.
    let parts = Tuple::new(th, &parts);
    let mut found = object;
    for part in parts.items() {
        let Some(name) = part.as_str_cell() else { continue };
        found = ops::get_attr(th, found, name)?;
    }
    Ok(found)
}
