//! What `sys` has beside functions: versions, streams, paths, settings.

use crate::heap::{Gc, Value};
use crate::modules::streams;
use crate::objects::dict::Dict;
use crate::objects::module::Module;
use crate::objects::namespace;
use crate::objects::set::algebra::frozen_from;
use crate::vm::native::Result;
use crate::vm::{Thread, report};

use super::structures;

const VERSION: &str = concat!("3.14.0 (gilbox ", env!("CARGO_PKG_VERSION"), ")");

const HEX_VERSION: i64 = 0x030e_00f0;

pub(super) fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let options = &th.vm().options;
    let strings = |items: &[String]| th.list(&items.iter().map(|s| th.str(s)).collect::<Vec<_>>());
    let int = Value::small_int;
    let [stdin, stdout, stderr] = streams::standard(th)?;
    let executable = std::env::current_exe().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    // Values in a vector are only safe until Python code runs: they become tuples at once.
    let names: Vec<Value> = crate::modules::MODULES.iter().map(|m| th.str(m.name)).collect();
    let names = th.tuple(&names);
    let stdlib: Vec<Value> = report::STANDARD_MODULES.split_ascii_whitespace().map(|n| th.str(n)).collect();
    let stdlib = frozen_from(th, th.tuple(&stdlib))?.value();
    let implementation = namespace::new(
        th,
        &[
            ("name", th.str("gilbox")),
            ("cache_tag", Value::NONE),
            ("version", structures::version_info(th)),
            ("hexversion", int(HEX_VERSION)),
            ("supports_isolated_interpreters", Value::FALSE),
        ],
    );
    let values = [
        ("argv", strings(&options.argv)),
        ("orig_argv", strings(&options.command)),
        ("path", strings(&options.path)),
        ("modules", th.vm().modules.get()),
        ("stdin", stdin),
        ("stdout", stdout),
        ("stderr", stderr),
        ("__stdin__", stdin),
        ("__stdout__", stdout),
        ("__stderr__", stderr),
        ("version", th.str(VERSION)),
        ("version_info", structures::version_info(th)),
        ("hexversion", int(HEX_VERSION)),
        ("api_version", int(1013)),
        ("copyright", th.str("Copyright (c) the gilbox authors. MIT OR Apache-2.0.")),
        ("platform", th.str(if cfg!(target_os = "macos") { "darwin" } else { "linux" })),
        ("byteorder", th.str("little")),
        ("maxsize", th.int(i64::MAX)),
        ("maxunicode", int(0x10FFFF)),
        ("executable", th.str(&executable)),
        ("prefix", th.str("/usr")),
        ("base_prefix", th.str("/usr")),
        ("exec_prefix", th.str("/usr")),
        ("base_exec_prefix", th.str("/usr")),
        ("platlibdir", th.str("lib")),
        ("float_repr_style", th.str("short")),
        ("_git", th.tuple(&[th.str("gilbox"), th.str(""), th.str("")])),
        ("_framework", th.str("")),
        ("_home", Value::NONE),
        ("_base_executable", th.str(&executable)),
        ("path_importer_cache", Dict::new(th).value()),
        ("builtin_module_names", names),
        ("stdlib_module_names", stdlib),
        ("dont_write_bytecode", Value::TRUE),
        ("pycache_prefix", Value::NONE),
        ("warnoptions", strings(&options.warnings)),
        ("_xoptions", Dict::new(th).value()),
        ("path_hooks", th.list(&[])),
        ("meta_path", th.list(&[])),
        ("abiflags", th.str("")),
        ("flags", structures::flags(th)),
        ("implementation", implementation),
        ("float_info", structures::float_info(th)),
        ("hash_info", structures::hash_info(th)),
        ("int_info", structures::int_info(th)),
        ("thread_info", structures::thread_info(th)),
    ];
    for (name, value) in values {
        module.namespace.set_str(th, th.intern(name), value);
    }
    let jit = crate::objects::module::new(th, "sys._jit", "Utilities for observing just-in-time compilation.");
    for function in super::hooks::JIT {
        let function_of_jit = th.native_function(function, th.intern("sys._jit").value());
        jit.namespace.set_str(th, th.intern(function.name), function_of_jit);
    }
    module.namespace.set_str(th, th.intern("_jit"), jit.value());
    for (alias, name) in [
        ("__displayhook__", "displayhook"),
        ("__breakpointhook__", "breakpointhook"),
        ("__excepthook__", "excepthook"),
        ("__unraisablehook__", "unraisablehook"),
    ] {
        if let Some(hook) = module.namespace.get_str(th, th.intern(name)) {
            module.namespace.set_str(th, th.intern(alias), hook);
        }
    }
    Ok(())
}
