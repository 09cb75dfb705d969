//! What the README lists is what there is.

use std::collections::BTreeSet;

use gilbox::modules::{MODULES, PYTHON_MODULES, PythonModule};

/// The names in backquotes between two marks of the README.
fn listed(mark: &str) -> BTreeSet<&'static str> {
    let readme = include_str!("../README.md");
    let part = readme.split(&format!("<!-- {mark} -->")).nth(1);
    part.expect("the README has the list").split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_readme_lists_every_module() {
    let native = MODULES.iter().map(|module| module.name);
    let python = PYTHON_MODULES.iter().map(PythonModule::name);
    let public = |name: &&str| !name.contains('.') && (!name.starts_with('_') || name.starts_with("__"));
    let there: BTreeSet<&str> = native.chain(python).filter(public).collect();
    assert_eq!(listed("modules"), there);
}
