//! The code of one scope while it is being made: its instructions with their positions and handlers, its names and
//! registers; and what becomes of all that in the end.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::compiler::code::{CodeUnit, Const, Handler, Position, flags};
use crate::compiler::opcodes::{Instr, Intrinsic, Op};
use crate::compiler::scopes::{Binding, CompKind, Scope, ScopeId, ScopeKind, uses};
use crate::syntax::error::{Stage, SyntaxError};
use crate::syntax::tree::Span;

use super::annotations::Annotation;
use super::consts::Pool;
use super::exceptions::Enclosing;
use super::jumps::{Label, LabelState};
use super::lines::Lines;
use super::registers::Bits;
use super::{Emitter, Maybe, Reg};

/// Names an entry of `Unit::handlers`; 0 is none.
pub(super) type HandlerId = u32;

/// Where the exceptions of some instructions go.
pub(super) struct HandlerState {
    pub target: Label,
    pub register: Reg,
}

pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: ScopeKind,
    pub code: CodeUnit,
    /// What the qualified names of scopes inside begin with.
    pub prefix: Rc<str>,
    pub pool: Pool,
    names: FxHashMap<&'a str, u32>,
    /// The register of each local; of cells, the register that holds the cell.
    pub locals: FxHashMap<&'a str, Reg>,
    pub free: FxHashMap<&'a str, u32>,
    /// The comprehensions being inlined, with the registers of their targets.
    pub comprehensions: Vec<(ScopeId, Vec<(&'a str, Reg)>)>,
    /// The next free temporary, and how many registers there have been at most.
    pub next: u32,
    pub most: u32,
    /// Registers below belong to variables: see `Emitter::is_variable`.
    pub floor: u32,
    /// The variables that are surely bound here.
    pub bound: Bits,
    /// Those that something unbinds: no loop or handler can rely on them.
    pub unbinds: Bits,
    pub reachable: bool,
    pub position: Position,
    pub labels: Vec<LabelState>,
    pub handlers: Vec<HandlerState>,
    /// The handler of the instructions being made.
    pub handler: HandlerId,
    /// From which instruction on which handler holds.
    regions: Vec<(u32, HandlerId)>,
    /// What must be left on the way out: see `exceptions`.
    pub blocks: Vec<Enclosing<'a>>,
    /// Constants that lie in registers while a loop runs.
    pub hoisted: Vec<(Const, Reg)>,
    pub in_loop: bool,
    /// The instructions that load them, from the first up to the second.
    pub hoists: (u32, u32),
    /// The value of the `return` whose way out is being made.
    pub returning: Option<Reg>,
    /// What the methods of a class store on their first parameter.
    pub static_attributes: Vec<&'a str>,
    /// The annotated variables of a module or class.
    pub annotations: Vec<Annotation<'a>>,
    /// How many of them may not be reached.
    pub conditional_annotations: u32,
    /// How many loops, `try` and `with` the code being made is inside of.
    pub nesting: u32,
    /// How many branches of `if`, `match` … the code being made is inside of.
    pub branches: u32,
    /// The lines that have no instruction.
    pub lines: Lines,
    too_large: bool,
}

impl<'a> Unit<'a> {
    pub fn new(id: ScopeId, scope: &Scope<'a>, name: &str, qualname: Rc<str>) -> Unit<'a> {
        Unit {
            scope: id,
            kind: scope.kind,
            code: CodeUnit { name: name.into(), qualname, ..CodeUnit::default() },
            prefix: "".into(),
            pool: Pool::default(),
            names: FxHashMap::default(),
            locals: FxHashMap::default(),
            free: scope.free.iter().enumerate().map(|(at, name)| (*name, at as u32)).collect(),
            comprehensions: Vec::new(),
            next: 0,
            most: 0,
            floor: 0,
            bound: Bits::default(),
            unbinds: Bits::default(),
            reachable: true,
            position: Position::default(),
            labels: Vec::new(),
            handlers: Vec::new(),
            handler: 0,
            regions: Vec::new(),
            blocks: Vec::new(),
            hoisted: Vec::new(),
            in_loop: false,
            hoists: (0, 0),
            returning: None,
            static_attributes: Vec::new(),
            annotations: Vec::new(),
            conditional_annotations: 0,
            nesting: 0,
            branches: 0,
            lines: Lines::default(),
            too_large: false,
        }
    }

    /// The index of the next instruction.
    pub fn here(&self) -> u32 {
        self.code.instructions.len() as u32
    }
}

impl<'a> Emitter<'a> {
    // ---- instructions

    /// Appends an instruction, unless no way leads here.
    pub(super) fn emit(&mut self, op: Op, a: Reg, b: Reg, c: u32) {
        let unit = &mut self.unit;
        if !unit.reachable {
            return;
        }
        if unit.regions.last().map_or(0, |region| region.1) != unit.handler {
            let here = unit.here();
            unit.regions.push((here, unit.handler));
        }
        if matches!(op, Op::Call | Op::CallMethod) {
            unit.most = unit.most.max(a as u32 + Instr::CALL_ROOM as u32);
        }
        unit.code.instructions.push(Instr::new(op, a, b, c));
        unit.code.positions.push(unit.position);
        unit.code.live.push(unit.next.min(Reg::MAX as u32) as u16);
    }

    /// Appends an instruction that belongs to this piece of the source.
    pub(super) fn emit_at(&mut self, span: Span, op: Op, a: Reg, b: Reg, c: u32) {
        if self.unit.reachable {
            self.at(span);
            self.emit(op, a, b, c);
        }
    }

    pub(super) fn move_to(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.emit(Op::Move, dst, src, 0);
        }
    }

    pub(super) fn emit_intrinsic(&mut self, dst: Reg, base: Reg, which: Intrinsic) {
        self.emit(Op::Intrinsic, dst, base, which as u32);
    }

    /// No way leads to what follows, up to the next label that something jumps to.
    pub(super) fn unreachable(&mut self) {
        self.unit.reachable = false;
    }

    /// The index of a name.
    pub(super) fn name(&mut self, name: &'a str) -> u32 {
        let unit = &mut self.unit;
        if !unit.reachable {
            return 0;
        }
        if let Some(&at) = unit.names.get(name) {
            return at;
        }
        let at = unit.code.names.len() as u32;
        unit.code.names.push(name.into());
        unit.names.insert(name, at);
        unit.check_size(at);
        at
    }

    /// A new site for a name.
    pub(super) fn site(&mut self, name: &'a str) -> u32 {
        let name = self.name(name);
        if !self.unit.reachable {
            return 0;
        }
        let at = self.unit.code.sites.len() as u32;
        self.unit.code.sites.push(name);
        self.unit.check_size(at);
        at
    }

    /// The index of a constant.
    pub(super) fn constant(&mut self, value: Const) -> u32 {
        if !self.unit.reachable {
            return 0;
        }
        let at = self.unit.pool.index(value);
        self.unit.check_size(at);
        at
    }

    // ---- handlers

    /// A handler, to be put in charge of instructions with `self.unit.handler`. Its code begins where `target` is bound.
    pub(super) fn new_handler(&mut self) -> HandlerId {
        let target = self.new_label();
        self.unit.handlers.push(HandlerState { target, register: 0 });
        let mut bound = self.unit.bound.clone();
        bound.remove_all(&self.unit.unbinds);
        if self.unit.reachable {
            self.unit.labels[target.index()].expect(bound);
        }
        self.unit.handlers.len() as HandlerId
    }

    /// The code of a handler begins here: the exception lies in a new temporary.
    pub(super) fn enter_handler(&mut self, id: HandlerId) -> Reg {
        let register = self.temporary();
        let state = &mut self.unit.handlers[id as usize - 1];
        state.register = register;
        let target = state.target;
        self.bind(target);
        register
    }

    // ---- a unit's beginning and end

    /// Lays out the registers and emits what comes first.
    pub(super) fn begin_unit(&mut self) {
        let scope = self.table.scope(self.unit.scope);
        self.unit.code.flags |= code_flags(scope);
        if self.table.future_annotations {
            self.unit.code.flags |= flags::FUTURE_ANNOTATIONS;
        }
        self.unit.code.filename = self.filename.clone();
        if scope.is_function_like() {
            self.lay_out_locals(scope);
        } else if scope.kind == ScopeKind::Class {
            for (needed, name) in [
                (scope.needs_class_cell, "__class__"),
                (scope.needs_class_dict, "__classdict__"),
                (scope.has_conditional_annotations, "__conditional_annotations__"),
            ] {
                if needed {
                    let register = self.add_local(name);
                    self.unit.code.cell_registers.push(register);
                }
            }
        }
        for name in &scope.free {
            self.unit.code.free_names.push((*name).into());
        }
        let locals = self.unit.code.var_names.len() as u32;
        self.unit.next = locals;
        self.unit.most = locals;
        self.unit.floor = locals;
        for at in 0..self.unit.code.cell_registers.len() {
            let register = self.unit.code.cell_registers[at];
            self.emit(Op::MakeCell, register, 0, 0);
        }
    }

    fn add_local(&mut self, name: &'a str) -> Reg {
        let unit = &mut self.unit;
        let register = unit.code.var_names.len() as u32;
        unit.check_registers(register);
        // The parameter of `__annotate__` has a name that no annotation can use.
        let is_format = name == ".format" && unit.kind == ScopeKind::Annotations;
        unit.code.var_names.push(if is_format { "format".into() } else { name.into() });
        unit.locals.insert(name, register as Reg);
        register as Reg
    }

    fn lay_out_locals(&mut self, scope: &'a Scope<'a>) {
        let parameters = scope.symbols.iter().filter(|symbol| symbol.has(uses::PARAM));
        let others = scope.symbols.iter().filter(|symbol| !symbol.has(uses::PARAM));
        for symbol in parameters.chain(others) {
            if !matches!(symbol.binding, Binding::Local | Binding::Cell) || symbol.uses == 0 {
                continue;
            }
            let register = self.add_local(symbol.name);
            if symbol.binding == Binding::Cell {
                self.unit.code.cell_registers.push(register);
            } else if symbol.has(uses::PARAM) {
                self.unit.bound.insert(register);
            }
            if symbol.has(uses::UNBOUND) {
                self.unit.unbinds.insert(register);
            }
        }
        for name in &scope.comprehension_locals {
            self.add_local(name);
        }
    }

    pub(super) fn finish_unit(&mut self) -> Maybe<CodeUnit> {
        let unit = &mut self.unit;
        let mut code = std::mem::take(&mut unit.code);
        code.consts = std::mem::take(&mut unit.pool).into_consts();
        if unit.too_large || unit.most > Reg::MAX as u32 || code.reaches_too_far() {
            let message = "too many variables, constants or instructions in one scope";
            return Err(SyntaxError::after_parsing(Stage::Code, message, Span::default(), self.lines));
        }
        code.registers = unit.most as u16;
        let end = code.instructions.len() as u32;
        for (at, &(start, handler)) in unit.regions.iter().enumerate() {
            let end = unit.regions.get(at + 1).map_or(end, |next| next.0);
            if handler == 0 || start == end {
                continue;
            }
            let state = &unit.handlers[handler as usize - 1];
            let target = unit.labels[state.target.index()].target();
            code.handlers.push(Handler { start, end, target, register: state.register });
        }
        code.marks = unit.lines.marks(&code, &unit.labels);
        unit.static_attributes.sort_unstable();
        unit.static_attributes.dedup();
        code.static_attributes = unit.static_attributes.iter().map(|name| (*name).into()).collect();
        Ok(code)
    }
}

impl Unit<'_> {
    pub fn check_size(&mut self, index: u32) {
        self.too_large |= index > Instr::C_MAX;
    }

    pub fn check_registers(&mut self, register: u32) {
        self.too_large |= register >= Reg::MAX as u32;
    }
}

fn code_flags(scope: &Scope<'_>) -> u32 {
    if !scope.is_function_like() {
        return 0;
    }
    let mut value = flags::OPTIMIZED | flags::NEWLOCALS;
    let mut set = |condition: bool, flag: u32| value |= if condition { flag } else { 0 };
    set(scope.is_nested, flags::NESTED);
    let generator = scope.is_generator || scope.kind == ScopeKind::Comprehension(CompKind::Generator);
    set(generator && !scope.is_coroutine, flags::GENERATOR);
    set(!generator && scope.is_coroutine, flags::COROUTINE);
    set(generator && scope.is_coroutine, flags::ASYNC_GENERATOR);
    set(scope.is_method, flags::METHOD);
    value
}
