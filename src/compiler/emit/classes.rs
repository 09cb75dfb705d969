//! Classes: the function that runs a class body, and the call that makes a class of it.

use crate::compiler::opcodes::Op;
use crate::compiler::scopes::Role;
use crate::syntax::tree::*;

use super::docstrings::docstring;
use super::functions::strings;
use super::{Done, Emitter, Reg};

impl<'a> Emitter<'a> {
    pub(super) fn class_def(&mut self, def: &'a ClassDef<'a>, span: Span) -> Done {
        if def.name.name == "__debug__" {
            return self.error("cannot assign to __debug__", span);
        }
        let first = def.decorators.first().map_or(span, |decorator| decorator.span);
        self.decorated(def.decorators, def.name, |this, dst| {
            if def.type_params.is_empty() {
                this.make_class(def, span, first, None, dst)
            } else {
                this.generic_class(def, span, first, dst)
            }
        })
    }

    /// Calls the built-in that builds classes. `generic` is the register of the base that a generic class gets.
    pub(super) fn make_class(
        &mut self,
        def: &'a ClassDef<'a>,
        span: Span,
        first: Span,
        generic: Option<Reg>,
        dst: Reg,
    ) -> Done {
        self.check_keywords(&def.arguments)?;
        let mark = self.mark();
        let callee = self.temporaries(3);
        self.at(span);
        self.emit(Op::LoadBuildClass, callee, 0, 0);
        let scope = self.table.of_node(def, Role::Body);
        let code = self.nested(scope, def.name.name, first, |this| this.class_body(def, first))?;
        self.make_bare_function(code, scope, callee + 2, span);
        let name = self.temporary();
        self.load_str(name, def.name.name);
        if self.needs_tuple(&def.arguments) || (generic.is_some() && !def.arguments.keywords.is_empty()) {
            self.class_with_tuple(callee, def, generic, span)?;
            self.move_to(dst, callee);
        } else {
            for base in def.arguments.args {
                let register = self.temporary();
                self.expr(base, register)?;
            }
            let mut count = 2 + def.arguments.args.len();
            if let Some(generic) = generic {
                let register = self.temporary();
                self.emit(Op::Move, register, generic, 0);
                count += 1;
            }
            self.finish_call(callee, false, count, def.arguments.keywords, span, Some(dst))?;
        }
        self.release(mark);
        Ok(())
    }

    /// The same with `*bases` or `**keywords`: the function and the name lie in `callee + 2` and behind it.
    fn class_with_tuple(&mut self, callee: Reg, def: &'a ClassDef<'a>, generic: Option<Reg>, span: Span) -> Done {
        let list = callee + 1;
        self.emit_at(span, Op::BuildList, list, callee + 2, 2);
        self.release(list as u32 + 1);
        self.append_arguments(list, def.arguments.args, span)?;
        if let Some(generic) = generic {
            self.emit_at(span, Op::ListAppend, list, generic, 0);
        }
        self.emit_at(span, Op::ListToTuple, list, list, 0);
        self.keyword_dict(callee, def.arguments.keywords, span)?;
        self.emit_at(span, Op::CallEx, callee, 0, 0);
        Ok(())
    }

    fn class_body(&mut self, def: &'a ClassDef<'a>, first: Span) -> Done {
        let scope = self.table.scope(self.unit.scope);
        let mark = self.mark();
        let register = self.temporary();
        let line = self.line(first);
        let start = Span::new(self.lines.start(line), self.lines.start(line));
        self.at(start);
        self.load_name("__name__", register);
        self.store_name("__module__", register, start)?;
        let qualname = self.unit.code.qualname.clone();
        self.load_str(register, &qualname);
        self.store_name("__qualname__", register, start)?;
        if !def.type_params.is_empty() {
            self.load_name(".type_params", register);
            self.store_name("__type_params__", register, start)?;
        }
        self.load_const(register, crate::compiler::code::Const::Int(line.into()));
        self.store_name("__firstlineno__", register, start)?;
        if scope.needs_class_dict {
            let cell = self.unit.locals["__classdict__"];
            self.emit(Op::LoadLocals, register, 0, 0);
            self.emit(Op::StoreCell, cell, register, 0);
        }
        let mut body = def.body;
        if let Some(text) = docstring(body) {
            if self.options.optimize < 2 {
                self.at(body[0].span);
                self.load_const(register, text);
                self.store_name("__doc__", register, start)?;
            }
            body = &body[1..];
        }
        self.release(mark);
        let annotations = self.begin_annotations()?;
        self.block(body)?;
        self.finish_annotations(annotations)?;
        self.at_end(body);
        self.class_end(start)
    }

    fn class_end(&mut self, start: Span) -> Done {
        let scope = self.table.scope(self.unit.scope);
        let mark = self.mark();
        let register = self.temporary();
        self.unit.static_attributes.sort_unstable();
        self.unit.static_attributes.dedup();
        let names = strings(self.unit.static_attributes.iter().copied());
        self.load_const(register, names);
        self.store_name("__static_attributes__", register, start)?;
        if scope.needs_class_dict {
            let cell = self.unit.locals["__classdict__"];
            self.store_name("__classdictcell__", cell, start)?;
        }
        if scope.needs_class_cell {
            let cell = self.unit.locals["__class__"];
            self.store_name("__classcell__", cell, start)?;
            self.emit(Op::Return, cell, 0, 0);
        } else {
            self.emit(Op::ReturnNone, 0, 0, 0);
        }
        self.release(mark);
        Ok(())
    }
}
