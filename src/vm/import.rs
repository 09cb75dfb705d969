//! Importing: `sys.modules`, native modules, those written in Python that come along, and the program's folder.

use std::path::{Path, PathBuf};

use crate::heap::{Gc, Value};
use crate::modules::{MODULES, ModuleDef, PYTHON_MODULES, python_module};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::list::List;
use crate::objects::module::{self, Module};
use crate::objects::str::Str;

use super::native::Result;
use super::source::{self, Mode};
use super::{Raised, Thread, ops};

/// What a finder found for a module's name.
enum Found {
    Native(&'static ModuleDef),
    Frozen {
        text: &'static str,
        is_package: bool,
    },
    File {
        path: PathBuf,
        folder: Option<PathBuf>,
    },
    /// A folder without `__init__.py`.
    Namespace(PathBuf),
}

/// `import name`, `from name import …` (then `from` is a tuple), with `level` leading dots.
pub fn import(th: &Thread, name: Gc<Str>, globals: Gc<Dict>, from: Value, level: usize) -> Result {
    if level == 0
        && let Some(module) = ready(th, name)
        && super::signature::items(from.downcast()).is_empty()
        && !name.wtf8().contains(&b'.')
    {
        return Ok(module);
    }
    let absolute = if level == 0 { name.to_text() } else { resolve(th, globals, &name.to_text(), level)? };
    if absolute.is_empty() {
        return Err(th.value_error("Empty module name"));
    }
    let imported = import_absolute(th, &absolute)?;
    let named = super::signature::items(from.downcast());
    if named.is_empty() {
        if level == 0 {
            let top = absolute.split('.').next().unwrap_or(&absolute);
            return in_modules(th, top).map_or(Ok(imported), Ok);
        }
        // `__import__("a.b", level=1)`: the part up to the first dot of what was asked for.
        let asked = name.to_text();
        let cut = asked.find('.').map_or(absolute.len(), |dot| absolute.len() - (asked.len() - dot));
        return in_modules(th, &absolute[..cut]).map_or(Ok(imported), Ok);
    }
    if is_package(th, imported) {
        import_named_submodules(th, imported, &absolute, named)?;
    }
    Ok(imported)
}

/// The module that was imported under this absolute name, if its code has run: most imports within functions find one.
fn ready(th: &Thread, name: Gc<Str>) -> Option<Value> {
    let found = th.vm().modules().get_str(th, name)?;
    let module = found.downcast::<Module>()?;
    if is_initializing(th, module) { None } else { Some(found) }
}

/// Submodules that a `from` clause names.
fn import_named_submodules(th: &Thread, package: Value, absolute: &str, named: &[Value]) -> Result<()> {
    for item in named {
        let Some(item) = item.as_str_cell() else {
            return Err(th.type_error(format_args!("Item in ``from list'' must be str, not {}", th.type_name(*item))));
        };
        let text = item.to_text();
        if text == "*" {
            if let Some(all) = ops::find_attr(th, package, th.vm().names.__all__)? {
                // A tuple, which the collector sees: a submodule may give the package another `__all__`.
                let all = ops::collect(th, all)?.to_tuple(th);
                import_named_submodules(th, package, absolute, all.items())?;
            }
            continue;
        }
        if ops::find_attr(th, package, th.intern_str(item))?.is_none() {
            let full = format!("{absolute}.{text}");
            if let Err(raised) = import_absolute(th, &full) {
                // Missing altogether: `ImportFrom` words the error.
                let missing = th.pending_is(Exc::ModuleNotFoundError) && exception::import_name_is(th, &full);
                if !missing {
                    return Err(raised);
                }
                th.take_exception(raised);
            }
        }
    }
    Ok(())
}

/// `ImportFrom`: an attribute of the module, or a submodule.
pub fn import_from(th: &Thread, imported: Value, name: Gc<Str>) -> Result {
    if let Some(value) = ops::find_attr(th, imported, name)? {
        return Ok(value);
    }
    let module_name = ops::find_attr(th, imported, th.vm().names.__name__)?.and_then(|n| n.as_str_cell());
    if let Some(module_name) = module_name
        && let Some(found) = in_modules(th, &format!("{}.{}", module_name.to_text(), name.to_text()))
    {
        return Ok(found);
    }
    Err(cannot_import(th, imported, module_name, name))
}

#[cold]
fn cannot_import(th: &Thread, imported: Value, module: Option<Gc<Str>>, name: Gc<Str>) -> Raised {
    let file = ops::find_attr(th, imported, th.vm().names.__file__).ok().flatten();
    let place = file.and_then(|f| f.as_str_cell()).map_or_else(|| "unknown location".to_string(), |f| f.to_text());
    let module_text = module.map_or_else(|| "<unknown module name>".to_string(), |m| m.to_text());
    let text = name.to_text();
    let half = imported.downcast::<Module>().filter(|m| is_initializing(th, *m));
    let message = match half.map(|module| may_shadow(th, module)) {
        Some(Some(file)) => format!(
            "cannot import name '{text}' from '{module_text}' (consider renaming {file} if it has the same name as a library you intended to import)"
        ),
        Some(None) => format!(
            "cannot import name '{text}' from partially initialized module '{module_text}' (most likely due to a circular import) ({place})"
        ),
        None => format!("cannot import name '{text}' from '{module_text}' ({place})"),
    };
    let raised = th.raise(Exc::ImportError, message);
    let module_value = module.map_or(Value::NONE, Gc::value);
    exception::set_import_fields(th, module_value, file.unwrap_or(Value::NONE), name.value());
    raised
}

/// The absolute name of a relative import.
fn resolve(th: &Thread, globals: Gc<Dict>, name: &str, level: usize) -> Result<String> {
    let names = &*th.vm().names;
    let text = |key| globals.get_str(th, key).and_then(|v: Value| v.as_str_cell()).map(|s| s.to_text());
    let mut package = match (text(names.__package__), text(names.__name__)) {
        (Some(package), _) => package,
        (None, Some(name)) if globals.get_str(th, names.__path__).is_some() => name,
        (None, Some(name)) => name.rsplit_once('.').map_or(String::new(), |(parent, _)| parent.to_string()),
        (None, None) => String::new(),
    };
    if package.is_empty() {
        return Err(th.raise(Exc::ImportError, "attempted relative import with no known parent package"));
    }
    for _ in 1..level {
        package = match package.rsplit_once('.') {
            Some((parent, _)) => parent.to_string(),
            None => return Err(th.raise(Exc::ImportError, "attempted relative import beyond top-level package")),
        };
    }
    Ok(if name.is_empty() { package } else { format!("{package}.{name}") })
}

pub fn in_modules(th: &Thread, name: &str) -> Option<Value> {
    th.vm().modules().get_str(th, th.intern(name))
}

/// `sys.name`, if it exists.
pub fn sys_attribute(th: &Thread, name: Gc<Str>) -> Option<Value> {
    in_modules(th, "sys")?.downcast::<Module>()?.namespace.get_str(th, name)
}

/// The module with this absolute name, imported if need be.
pub fn import_by_name(th: &Thread, name: Gc<Str>) -> Result {
    import_absolute(th, &name.to_text())
}

fn import_absolute(th: &Thread, name: &str) -> Result {
    if let Some(found) = in_modules(th, name) {
        if found.is_none() {
            return Err(not_found(th, &format!("import of {name} halted; None in sys.modules"), name));
        }
        wait_until_initialized(th, found)?;
        // It is gone if its code raised in the thread that ran it: then this one tries.
        if let Some(found) = in_modules(th, name) {
            return Ok(found);
        }
    }
    let parent = match name.rsplit_once('.') {
        Some((parent, _)) => {
            let module = import_absolute(th, parent)?;
            if in_modules(th, name).is_some() {
                // Made by the parent, or being made by another thread meanwhile.
                return import_absolute(th, name);
            }
            if !is_package(th, module) {
                let message = format!("No module named '{name}'; '{parent}' is not a package");
                return Err(not_found(th, &message, name));
            }
            Some(module)
        }
        None => None,
    };
    let Some(_claim) = claim(th, name)? else { return import_absolute(th, name) };
    let Some(found) = find(th, name, parent)? else {
        return Err(not_found(th, &format!("No module named '{name}'"), name));
    };
    let made = make(th, name, found)?;
    if let (Some(parent), Some((_, last))) = (parent, name.rsplit_once('.')) {
        ops::set_attr(th, parent, th.intern(last), made)?;
    }
    Ok(made)
}

/// A module that one thread is making; given up when dropped.
struct Claim<'a> {
    th: &'a Thread,
    name: &'a str,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.th.vm().imports.lock().remove(self.name);
    }
}

/// The right to make a module that is not in `sys.modules`; `None` if another thread has made it or tried to meanwhile.
fn claim<'a>(th: &'a Thread, name: &'a str) -> Result<Option<Claim<'a>>> {
    loop {
        let owner = *th.vm().imports.lock().entry(name.to_string()).or_insert(th.ident);
        if owner == th.ident {
            let claim = Claim { th, name };
            return Ok(in_modules(th, name).is_none().then_some(claim));
        }
        if in_modules(th, name).is_some() {
            return Ok(None);
        }
        wait_a_moment(th)?;
    }
}

/// Lets the thread that is importing go on.
fn wait_a_moment(th: &Thread) -> Result<()> {
    let clock = th.vm().world().clock;
    th.detached(super::thread::Reason::Lock, move || clock.sleep(1_000_000));
    th.safepoint()
}

#[cold]
fn not_found(th: &Thread, message: &str, name: &str) -> Raised {
    let raised = th.raise(Exc::ModuleNotFoundError, message);
    exception::set_import_fields(th, th.str(name), Value::NONE, Value::EMPTY);
    raised
}

fn is_package(th: &Thread, module: Value) -> bool {
    module.downcast::<Module>().is_some_and(|m| m.namespace.has_str(th, th.vm().names.__path__))
}

/// Where the module is, or `None`.
fn find(th: &Thread, name: &str, parent: Option<Value>) -> Result<Option<Found>> {
    if let Some(def) = MODULES.iter().find(|def| def.name == name) {
        return Ok(Some(Found::Native(def)));
    }
    if let Some(module) = python_module(name) {
        let inner = format!("{name}.");
        let is_package = PYTHON_MODULES.iter().any(|module| module.name().starts_with(&inner))
            || MODULES.iter().any(|def| def.name.starts_with(&inner));
        return Ok(Some(Found::Frozen { text: module.text(), is_package }));
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    let folders = match parent.and_then(|p| p.downcast::<Module>()) {
        Some(parent) => parent.namespace.get_str(th, th.vm().names.__path__),
        None => sys_attribute(th, th.vm().names.path),
    };
    let Some(folders) = folders.and_then(|f| f.downcast::<List>()) else { return Ok(None) };
    let mut namespace = None;
    for folder in folders.items(th) {
        let Some(folder) = folder.as_str_cell() else { continue };
        let folder = match folder.to_text() {
            // The working folder, whichever that is by now.
            here if here.is_empty() => std::env::current_dir().unwrap_or_default(),
            folder => PathBuf::from(folder),
        };
        let package = folder.join(last);
        let init = package.join("__init__.py");
        if init.is_file() {
            return Ok(Some(Found::File { path: init, folder: Some(package) }));
        }
        let file = folder.join(format!("{last}.py"));
        if file.is_file() {
            return Ok(Some(Found::File { path: file, folder: None }));
        }
        if namespace.is_none() && package.is_dir() {
            namespace = Some(package);
        }
    }
    Ok(namespace.map(Found::Namespace))
}

/// Makes the module and runs its code; a failure takes it out of `sys.modules` again.
fn make(th: &Thread, name: &str, found: Found) -> Result {
    match found {
        Found::Native(def) => native(th, def).map(Gc::value),
        Found::Frozen { text, is_package } => {
            let module = module::new(th, name, "");
            let folders = is_package.then(|| th.list(&[]));
            run(th, module, name, text.as_bytes(), &format!("<frozen {name}>"), None, folders)
        }
        Found::File { path, folder } => {
            let source = read(th, &path)?;
            let module = module::new(th, name, "");
            let folders = folder.map(|f| th.list(&[th.str(&f.to_string_lossy())]));
            let path = path.to_string_lossy().into_owned();
            th.vm().sources.add_file(&path);
            run(th, module, name, &source, &path, Some(&path), folders)
        }
        Found::Namespace(folder) => {
            let module = module::new(th, name, "");
            let folders = th.list(&[th.str(&folder.to_string_lossy())]);
            module.namespace.set_str(th, th.vm().names.__path__, folders);
            module.namespace.set_str(th, th.vm().names.__package__, th.str(name));
            th.vm().modules().set_str(th, th.intern(name), module.value());
            Ok(module.value())
        }
    }
}

/// The source in a file from which the gate lets modules be read.
fn read(th: &Thread, path: &Path) -> Result<Vec<u8>> {
    let gate = th.vm().gate();
    th.detached(super::thread::Reason::Io, || gate.read_module(path))
        .map_err(|refused| exception::raise_refused(th, &refused, &[th.str(&path.to_string_lossy())]))
}

/// What a module is made of that is run and not imported.
pub struct Runnable {
    /// `None` if it is native, or a package without `__init__.py`.
    pub code: Option<Gc<Code>>,
    pub file: Option<String>,
    pub is_package: bool,
}

/// What is to be run of a module; `None` if there is no such module.
pub fn runnable(th: &Thread, name: &str, parent: Option<Value>) -> Result<Option<Runnable>> {
    Ok(match find(th, name, parent)? {
        None => None,
        Some(Found::Native(_)) => Some(Runnable { code: None, file: None, is_package: false }),
        Some(Found::Namespace(_)) => Some(Runnable { code: None, file: None, is_package: true }),
        Some(Found::Frozen { text, is_package }) => {
            let filename = format!("<frozen {name}>");
            let text = source::Text::Bytes(text.as_bytes());
            let code = source::compile(th, text, &filename, Mode::Module, source::default_options(th))?;
            Some(Runnable { code: Some(code), file: None, is_package })
        }
        Some(Found::File { path, folder }) => {
            let code = Some(code_of_file(th, &path)?);
            let file = Some(path.to_string_lossy().into_owned());
            Some(Runnable { code, file, is_package: folder.is_some() })
        }
    })
}

/// The code of a file.
pub fn code_of_file(th: &Thread, path: &Path) -> Result<Gc<Code>> {
    let text = read(th, path)?;
    let filename = path.to_string_lossy();
    th.vm().sources.add_file(&filename);
    source::compile(th, source::Text::Bytes(&text), &filename, Mode::Module, source::default_options(th))
}

/// Makes a native module and puts it into `sys.modules`.
pub fn native(th: &Thread, def: &'static ModuleDef) -> Result<Gc<Module>> {
    let module = module::new(th, def.name, def.doc);
    let name = th.intern(def.name);
    let initializing = th.vm().names.__gilbox_initializing__;
    module.namespace.set_str(th, initializing, Value::small_int(th.ident as i64));
    th.vm().modules().set_str(th, name, module.value());
    let owner = def.in_c.map_or(name, |in_c| th.intern(in_c)).value();
    for function in def.functions {
        module.namespace.set_str(th, th.intern(function.name), th.native_function(function, owner));
    }
    for class in def.types {
        let class = th.make_native_class(class);
        if let Some(name) = class.name.get() {
            module.namespace.set_str(th, name, class.value());
        }
    }
    let made = def.init.map_or(Ok(()), |init| init(th, module));
    is_initialized(th, module);
    if made.is_err() {
        th.vm().modules().remove_str(th, name);
    }
    made.map(|()| module)
}

fn run(
    th: &Thread,
    module: Gc<Module>,
    name: &str,
    source: &[u8],
    filename: &str,
    file: Option<&str>,
    folders: Option<Value>,
) -> Result {
    let names = &*th.vm().names;
    let namespace = module.namespace;
    if let Some(file) = file {
        namespace.set_str(th, names.__file__, th.str(file));
    }
    let package = if folders.is_some() { name } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
    namespace.set_str(th, names.__package__, th.str(package));
    if let Some(folders) = folders {
        namespace.set_str(th, names.__path__, folders);
    }
    namespace.set_str(th, names.__builtins__, th.vm().builtins().value());
    let initializing = th.vm().names.__gilbox_initializing__;
    namespace.set_str(th, initializing, Value::small_int(th.ident as i64));
    th.vm().modules().set_str(th, th.intern(name), module.value());
    let code = source::compile(th, source::Text::Bytes(source), filename, Mode::Module, source::default_options(th));
    let result = code.and_then(|code| th.run_code(code, namespace, Value::EMPTY, None));
    is_initialized(th, module);
    match result {
        // A module may have put something else in its place.
        Ok(_) => Ok(in_modules(th, name).unwrap_or(module.value())),
        Err(raised) => {
            th.vm().modules().remove_str(th, th.intern(name));
            Err(raised)
        }
    }
}

/// Whether its code is running: then its namespace has `__gilbox_initializing__`, the thread that runs it.
pub fn is_initializing(th: &Thread, module: Gc<Module>) -> bool {
    module.namespace.has_str(th, th.vm().names.__gilbox_initializing__)
}

/// The file of a module that lies in the program's own folder, where it may hide a library of the same name: as `repr`
/// shows it.
pub fn may_shadow(th: &Thread, module: Gc<Module>) -> Option<String> {
    let file = module.namespace.get_str(th, th.vm().names.__file__)?;
    let path = PathBuf::from(file.as_str_cell()?.to_text());
    let mut folder = path.parent()?;
    if path.file_name()? == "__init__.py" {
        folder = folder.parent()?;
    }
    let first = th.vm().options.permissions.imports.first()?;
    (folder == first).then(|| ops::repr(th, file).map_or_else(|_| String::new(), |text| text.to_text()))
}

/// Another thread may be running the module's code: wait for it, unless that would be for ourselves.
fn wait_until_initialized(th: &Thread, module: Value) -> Result<()> {
    let Some(module) = module.downcast::<Module>() else { return Ok(()) };
    let waits = Waits { th, module };
    // What would never come is taken as it is, half made: as CPython does it.
    while waits.owner().is_some() && !waits.would_wait_for_itself() {
        wait_a_moment(th)?;
    }
    Ok(())
}

/// Its code has run: nobody waits for this thread because of it any more.
fn is_initialized(th: &Thread, module: Gc<Module>) {
    module.namespace.remove_str(th, th.vm().names.__gilbox_initializing__);
    th.vm().importing.lock().retain(|_, owner| *owner != th.ident);
}

/// A thread that waits for modules of others; entered in `Vm::importing` while it does.
struct Waits<'a> {
    th: &'a Thread,
    module: Gc<Module>,
}

impl Waits<'_> {
    /// The thread that runs the module's code.
    fn owner(&self) -> Option<u64> {
        let owner = self.module.namespace.get_str(self.th, self.th.vm().names.__gilbox_initializing__)?;
        // Who is not in this process will not come to the module's end.
        owner.as_small_int().map(|owner| owner as u64).filter(|owner| !self.th.is_lost(*owner))
    }

    /// Notes for whom this thread waits. True if that one waits for this one, if only through others.
    fn would_wait_for_itself(&self) -> bool {
        let mut importing = self.th.vm().importing.lock();
        // Asked under the lock: see `is_initialized`, which leaves no entry behind that no longer holds.
        let Some(owner) = self.owner() else { return false };
        importing.insert(self.th.ident, owner);
        let mut next = Some(owner);
        // A cycle that this thread is not part of has been seen by one that is.
        for _ in 0..=importing.len() {
            match next {
                None => return false,
                Some(one) if one == self.th.ident => return true,
                Some(one) => next = importing.get(&one).copied(),
            }
        }
        false
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.th.vm().importing.lock().remove(&self.th.ident);
    }
}

/// The folder that a program's imports begin in.
pub fn folder_of(program: &Path) -> PathBuf {
    let full = std::fs::canonicalize(program).unwrap_or_else(|_| program.to_path_buf());
    full.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
