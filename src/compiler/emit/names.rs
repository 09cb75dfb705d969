//! Where a name lives, seen from the code being made: loads, stores and deletions of it.

use crate::compiler::Names;
use crate::compiler::opcodes::Op;
use crate::compiler::scopes::{Binding, ScopeKind, Symbol, mangle, uses};
use crate::syntax::tree::Span;

use super::{Done, Emitter, Reg};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// A register of its own; `stable` if no `:=` can change it while an expression is evaluated.
    Register {
        register: Reg,
        stable: bool,
    },
    /// A register that holds its cell.
    Cell(Reg),
    Free(u32),
    Global,
    /// The frame's namespace, then globals and built-ins.
    Namespace,
    /// A free variable of a class body, which its namespace can hide.
    NamespaceOrFree(u32),
    /// An annotation scope in a class: the namespace of the class (free variable), then globals.
    ClassOrGlobal(u32),
    /// The same, then another free variable.
    ClassOrFree {
        class: u32,
        free: u32,
    },
}

impl<'a> Emitter<'a> {
    pub(super) fn mangled(&self, name: &'a str) -> &'a str {
        mangle(self.table.scope(self.unit.scope).private, name, self.arena)
    }

    /// Where a name lives that is mangled already.
    pub(super) fn place(&self, name: &'a str) -> Place {
        for (scope, registers) in self.unit.comprehensions.iter().rev() {
            let Some(&(_, register)) = registers.iter().find(|(target, _)| *target == name) else { continue };
            let symbol = self.table.scope(*scope).get(name);
            return match symbol.map(|symbol| symbol.binding) {
                Some(Binding::Cell) => Place::Cell(register),
                _ => Place::Register { register, stable: true },
            };
        }
        match self.unit.kind {
            ScopeKind::Module => self.place_in_module(name),
            ScopeKind::Class => self.place_in_class(name),
            _ => self.place_in_function(name),
        }
    }

    fn place_in_module(&self, name: &str) -> Place {
        if self.options.names == Names::Module {
            return Place::Global;
        }
        let symbol = self.table.scope(self.unit.scope).get(name);
        match symbol {
            Some(symbol) if symbol.binding == Binding::GlobalExplicit => Place::Global,
            _ => Place::Namespace,
        }
    }

    fn place_in_class(&self, name: &'a str) -> Place {
        let free = || self.unit.free.get(name).copied();
        if let Some((scope, _)) = self.unit.comprehensions.last() {
            let binding = self.table.scope(*scope).get(name).map(|symbol| symbol.binding);
            return match (binding, free()) {
                (Some(Binding::Free), Some(free)) => Place::Free(free),
                _ => Place::Global,
            };
        }
        if let Some(&register) = self.unit.locals.get(name)
            && name == "__conditional_annotations__"
        {
            return Place::Cell(register);
        }
        match self.table.scope(self.unit.scope).get(name).map(|symbol| symbol.binding) {
            Some(Binding::Free) => match (self.is_nonlocal(name), free()) {
                (true, Some(free)) => Place::Free(free),
                (false, Some(free)) => Place::NamespaceOrFree(free),
                _ => Place::Namespace,
            },
            Some(Binding::GlobalExplicit) => Place::Global,
            _ => Place::Namespace,
        }
    }

    fn is_nonlocal(&self, name: &str) -> bool {
        self.table.scope(self.unit.scope).get(name).is_some_and(|symbol| symbol.has(uses::NONLOCAL))
    }

    fn place_in_function(&self, name: &'a str) -> Place {
        let scope = self.table.scope(self.unit.scope);
        // Behind a comprehension's target that stands among the function's locals, the name means what it means without.
        let is_own = |symbol: &&Symbol| symbol.uses != 0 || symbol.binding != Binding::Local;
        let Some(symbol) = scope.get(name).filter(is_own) else { return Place::Global };
        let free = || self.unit.free.get(name).copied().unwrap_or(0);
        let class = || self.unit.free.get("__classdict__").copied().filter(|_| scope.sees_class);
        match symbol.binding {
            Binding::Local | Binding::Cell => {
                let Some(&register) = self.unit.locals.get(name) else { return Place::Global };
                match symbol.binding {
                    Binding::Cell => Place::Cell(register),
                    _ => Place::Register { register, stable: !symbol.has(uses::WALRUS) },
                }
            }
            Binding::Free => match class() {
                Some(class) if !matches!(name, "__classdict__" | "__class__" | "__conditional_annotations__") => {
                    Place::ClassOrFree { class, free: free() }
                }
                _ => Place::Free(free()),
            },
            Binding::GlobalImplicit => class().map_or(Place::Global, Place::ClassOrGlobal),
            Binding::GlobalExplicit => Place::Global,
        }
    }

    // ---- loads

    /// Loads a name, as it is written, into a register.
    pub(super) fn load_name(&mut self, name: &'a str, dst: Reg) {
        let name = self.mangled(name);
        let place = self.place(name);
        self.load_place(place, name, dst);
    }

    pub(super) fn load_place(&mut self, place: Place, name: &'a str, dst: Reg) {
        match place {
            Place::Register { register, .. } => {
                self.check_bound(register, name);
                self.move_to(dst, register);
            }
            Place::Cell(register) => {
                let at = self.name(name);
                self.emit(Op::LoadCell, dst, register, at);
            }
            Place::Free(free) => self.emit(Op::LoadFree, dst, 0, free),
            Place::Global => {
                let site = self.site(name);
                self.emit(Op::LoadGlobal, dst, 0, site);
            }
            Place::Namespace => {
                let site = self.site(name);
                self.emit(Op::LoadName, dst, 0, site);
            }
            Place::NamespaceOrFree(free) => {
                self.in_steps(dst, |this, work| {
                    this.emit(Op::LoadLocals, work, 0, 0);
                    this.load_from_mapping_or_cell(work, free, name);
                });
            }
            Place::ClassOrGlobal(class) => {
                self.in_steps(dst, |this, work| {
                    this.emit(Op::LoadFree, work, 0, class);
                    let at = this.name(name);
                    this.emit(Op::LoadFromDictOrGlobals, work, work, at);
                });
            }
            Place::ClassOrFree { class, free } => {
                self.in_steps(dst, |this, work| {
                    this.emit(Op::LoadFree, work, 0, class);
                    this.load_from_mapping_or_cell(work, free, name);
                });
            }
        }
    }

    fn load_from_mapping_or_cell(&mut self, mapping: Reg, free: u32, name: &'a str) {
        let mark = self.mark();
        let cell = self.temporary();
        self.emit(Op::LoadFreeCell, cell, 0, free);
        let at = self.name(name);
        self.emit(Op::LoadFromDictOrCell, mapping, cell, at);
        self.release(mark);
    }

    /// Builds a value by several instructions, of which only the last may write a variable.
    pub(super) fn in_steps(&mut self, dst: Reg, emit: impl FnOnce(&mut Self, Reg)) {
        let mark = self.mark();
        let work = self.scratch(dst);
        emit(self, work);
        self.move_to(dst, work);
        self.release(mark);
    }

    /// Raises if the variable may be unbound, and is.
    pub(super) fn check_bound(&mut self, register: Reg, name: &'a str) {
        if !self.unit.bound.contains(register) {
            let at = self.name(name);
            self.emit(Op::CheckLocal, register, 0, at);
            self.unit.bound.insert(register);
        }
    }

    /// The register of a name, if it is a local that can be read where it is.
    pub(super) fn name_in_place(&mut self, name: &'a str, span: Span) -> Option<Reg> {
        let name = self.mangled(name);
        let Place::Register { register, stable: true } = self.place(name) else { return None };
        self.mark_line(span);
        self.at(span);
        self.check_bound(register, name);
        Some(register)
    }

    // ---- stores

    /// The register in which a name lives, if an expression can be evaluated right into it.
    pub(super) fn own_register(&mut self, name: &'a str) -> Option<Reg> {
        match self.place(self.mangled(name)) {
            Place::Register { register, .. } => Some(register),
            _ => None,
        }
    }

    /// Assigns a register to a name.
    pub(super) fn store_name(&mut self, name: &'a str, src: Reg, span: Span) -> Done {
        if name == "__debug__" {
            return self.error("cannot assign to __debug__", span);
        }
        let name = self.mangled(name);
        match self.place(name) {
            Place::Register { register, .. } => {
                self.move_to(register, src);
                self.unit.bound.insert(register);
            }
            Place::Cell(register) => self.emit(Op::StoreCell, register, src, 0),
            Place::Free(free) | Place::ClassOrFree { free, .. } => self.emit(Op::StoreFree, src, 0, free),
            Place::Global | Place::ClassOrGlobal(_) => {
                let site = self.site(name);
                self.emit(Op::StoreGlobal, src, 0, site);
            }
            Place::Namespace | Place::NamespaceOrFree(_) => {
                let at = self.name(name);
                self.emit(Op::StoreName, src, 0, at);
            }
        }
        Ok(())
    }

    pub(super) fn delete_name(&mut self, name: &'a str, span: Span) -> Done {
        if name == "__debug__" {
            return self.error("cannot delete __debug__", span);
        }
        let name = self.mangled(name);
        let at = self.name(name);
        match self.place(name) {
            Place::Register { register, .. } => {
                self.emit(Op::DeleteLocal, register, 0, at);
                self.unit.bound.remove(register);
            }
            Place::Cell(register) => self.emit(Op::DeleteCell, register, 0, at),
            Place::Free(free) | Place::ClassOrFree { free, .. } => self.emit(Op::DeleteFree, 0, 0, free),
            Place::Global | Place::ClassOrGlobal(_) => self.emit(Op::DeleteGlobal, 0, 0, at),
            Place::Namespace | Place::NamespaceOrFree(_) => self.emit(Op::DeleteName, 0, 0, at),
        }
        Ok(())
    }

    /// The end of `except … as name`: the name is unbound, whether or not the handler has unbound it.
    pub(super) fn forget_name(&mut self, name: &'a str, span: Span) -> Done {
        if let Some(register) = self.own_register(name) {
            self.emit(Op::ClearLocal, register, 0, 0);
            self.unit.bound.remove(register);
            return Ok(());
        }
        let mark = self.mark();
        let none = self.temporary();
        self.emit(Op::LoadNone, none, 0, 0);
        self.store_name(name, none, span)?;
        self.release(mark);
        self.delete_name(name, span)
    }

    // ---- closures

    /// Puts the cell of a variable into a register, for a function being made.
    pub(super) fn load_cell_of(&mut self, name: &'a str, dst: Reg) {
        for (scope, registers) in self.unit.comprehensions.iter().rev() {
            if let Some(&(_, register)) = registers.iter().find(|(target, _)| *target == name)
                && self.table.scope(*scope).get(name).is_some_and(|symbol| symbol.binding == Binding::Cell)
            {
                return self.emit(Op::Move, dst, register, 0);
            }
        }
        match self.unit.locals.get(name).copied() {
            Some(register) => self.emit(Op::Move, dst, register, 0),
            None => {
                let free = self.unit.free.get(name).copied().unwrap_or(0);
                self.emit(Op::LoadFreeCell, dst, 0, free);
            }
        }
    }
}
