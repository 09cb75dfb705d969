//! From uses to bindings. Every name that a scope uses without binding it is looked for in the scopes around it; what
//! is found across the border of a function becomes a cell there, and a free variable on the way.
//!
//! Comprehensions that are inlined are no border: what they use of the function around them is a plain local.

use crate::syntax::error::SyntaxError;
use crate::syntax::lines::LineIndex;

use super::{Binding, ScopeId, ScopeKind, SymbolTable, error, uses};

/// Names that a class provides to the functions inside it, although its other names are not seen there.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

pub(super) fn resolve(table: &mut SymbolTable<'_>, lines: &LineIndex<'_>) -> Result<(), SyntaxError> {
    for id in 0..table.scopes.len() as u32 {
        let id = ScopeId(id);
        // Free variables of scopes further in are appended while this runs: they are resolved already.
        for at in 0..table.scope(id).symbols.len() {
            resolve_symbol(table, id, at, lines)?;
        }
    }
    for scope in &mut table.scopes {
        let symbols = scope.symbols.iter();
        let of_symbols = symbols.filter(|symbol| symbol.binding == Binding::Free).map(|symbol| symbol.name);
        scope.free.extend(of_symbols);
        scope.free.sort_unstable();
        scope.free.dedup();
    }
    for id in 0..table.scopes.len() {
        if table.scopes[id].is_inlined {
            name_targets(table, id);
        }
    }
    Ok(())
}

/// The targets of an inlined comprehension become locals of the function around it, if it has no such name itself.
fn name_targets(table: &mut SymbolTable<'_>, comprehension: usize) {
    let mut owner = comprehension;
    while table.scopes[owner].is_inlined {
        let Some(parent) = table.scopes[owner].parent else { return };
        owner = parent.0 as usize;
    }
    if !table.scopes[owner].is_function_like() {
        return;
    }
    for at in 0..table.scopes[comprehension].symbols.len() {
        let symbol = table.scopes[comprehension].symbols[at];
        let is_target = symbol.has(uses::COMP_TARGET) && symbol.binding == Binding::Local;
        let owner = &mut table.scopes[owner];
        if is_target && owner.get(symbol.name).is_none() {
            // Found by name from now on, but bound by nobody else.
            owner.add(symbol.name, 0, Binding::Local);
            owner.comprehension_locals.push(symbol.name);
        }
    }
}

fn resolve_symbol(
    table: &mut SymbolTable<'_>,
    id: ScopeId,
    at: usize,
    lines: &LineIndex<'_>,
) -> Result<(), SyntaxError> {
    let scope = table.scope(id);
    let symbol = scope.symbols[at];
    let name = symbol.name;
    let binding = if symbol.has(uses::GLOBAL) {
        if symbol.has(uses::NONLOCAL) {
            return error(format!("name '{name}' is nonlocal and global"), symbol.directive, lines);
        }
        Binding::GlobalExplicit
    } else if symbol.has(uses::NONLOCAL) {
        if scope.kind == ScopeKind::Module {
            return error("nonlocal declaration not allowed at module level", symbol.directive, lines);
        }
        match find(table, id, name) {
            Found::Variable { type_param: true } if symbol.directive != Default::default() => {
                let message = format!("nonlocal binding not allowed for type parameter '{name}'");
                return error(message, symbol.directive, lines);
            }
            Found::Variable { .. } => Binding::Free,
            Found::Global => return error(format!("no binding for nonlocal '{name}' found"), symbol.directive, lines),
        }
    } else if symbol.has(uses::BOUND) {
        // A cell already, if something further in was resolved first.
        match symbol.binding {
            Binding::Cell => Binding::Cell,
            _ => Binding::Local,
        }
    } else if symbol.uses == 0 {
        // Only handed on to scopes further in.
        symbol.binding
    } else if let Some(binding) = from_class(table, id, name) {
        binding
    } else {
        match find(table, id, name) {
            Found::Variable { .. } => Binding::Free,
            Found::Global => Binding::GlobalImplicit,
        }
    };
    table.scope_mut(id).symbols[at].binding = binding;
    Ok(())
}

/// Annotation scopes in a class body see the names of the class, through its namespace.
fn from_class(table: &SymbolTable<'_>, id: ScopeId, name: &str) -> Option<Binding> {
    if !table.scope(id).sees_class {
        return None;
    }
    let mut at = table.scope(id).parent?;
    while table.scope(at).kind != ScopeKind::Class {
        if table.scope(at).get(name).is_some_and(|symbol| symbol.is_bound_here()) {
            return None;
        }
        at = table.scope(at).parent?;
    }
    let symbol = table.scope(at).get(name)?;
    if CLASS_CELLS.contains(&name) {
        None
    } else if symbol.has(uses::GLOBAL) {
        Some(Binding::GlobalExplicit)
    } else {
        symbol.is_bound_here().then_some(Binding::GlobalImplicit)
    }
}

enum Found {
    Variable { type_param: bool },
    Global,
}

/// Looks a name up in the scopes around `from`, and makes what it finds reachable from there.
fn find<'a>(table: &mut SymbolTable<'a>, from: ScopeId, name: &'a str) -> Found {
    let mut crossed = !table.scope(from).is_inlined;
    let mut path = Vec::new();
    let mut at = table.scope(from).parent;
    while let Some(id) = at {
        let scope = table.scope(id);
        match scope.kind {
            ScopeKind::Module => return Found::Global,
            ScopeKind::Class => {
                if crossed && CLASS_CELLS.contains(&name) {
                    make_class_cell(table, id, name);
                    hand_on(table, &path, name);
                    return Found::Variable { type_param: false };
                }
                // A comprehension of the class body does not see what belongs to its methods.
                if CLASS_CELLS.contains(&name) {
                    return Found::Global;
                }
            }
            _ => {
                if let Some(symbol) = scope.get(name) {
                    if symbol.has(uses::GLOBAL) {
                        return Found::Global;
                    }
                    if symbol.is_bound_here() {
                        let type_param = symbol.has(uses::TYPE_PARAM);
                        if crossed {
                            if let Some(symbol) = table.scope_mut(id).get_mut(name) {
                                symbol.binding = Binding::Cell;
                            }
                            hand_on(table, &path, name);
                        }
                        return Found::Variable { type_param };
                    }
                }
            }
        }
        if !scope.is_inlined {
            path.push(id);
        }
        crossed |= !scope.is_inlined;
        at = scope.parent;
    }
    Found::Global
}

fn make_class_cell(table: &mut SymbolTable<'_>, class: ScopeId, name: &str) {
    let class = table.scope_mut(class);
    match name {
        "__class__" => class.needs_class_cell = true,
        "__classdict__" => class.needs_class_dict = true,
        _ => {
            if let Some(symbol) = class.get_mut(name) {
                symbol.binding = Binding::Cell;
            }
        }
    }
}

/// The functions and classes in between must hand the cell on.
fn hand_on<'a>(table: &mut SymbolTable<'a>, path: &[ScopeId], name: &'a str) {
    for &id in path {
        let scope = table.scope_mut(id);
        // An annotation scope may mean a name of the class around it by the same name.
        let means_another = scope.get(name).is_some_and(|symbol| symbol.binding == Binding::GlobalImplicit);
        if scope.kind == ScopeKind::Class || means_another {
            if !scope.free.contains(&name) {
                scope.free.push(name);
            }
        } else if scope.get(name).is_none() {
            scope.add(name, 0, Binding::Free);
        }
    }
}
