//! `import` and `from … import`.

use crate::compiler::code::Const;
use crate::compiler::opcodes::Op;
use crate::syntax::tree::*;

use super::fold::name_tuple;
use super::{Done, Emitter, Reg};

impl<'a> Emitter<'a> {
    pub(super) fn import(&mut self, names: &'a [Alias<'a>], span: Span) -> Done {
        for alias in names {
            let mark = self.mark();
            let module = self.import_name(alias.name, 0, Const::None, span);
            let mut parts = alias.name.split('.');
            let first = parts.next().unwrap_or(alias.name);
            match alias.asname {
                None => self.store_name(first, module, alias.span)?,
                Some(asname) => {
                    // `import a.b.c as d` binds the last part.
                    for part in parts {
                        let name = self.name(part);
                        self.emit(Op::ImportFrom, module, module, name);
                    }
                    self.store_name(asname, module, alias.span)?;
                }
            }
            self.release(mark);
        }
        Ok(())
    }

    /// The module in a new temporary.
    fn import_name(&mut self, name: &'a str, level: u32, from: Const, span: Span) -> Reg {
        let module = self.temporaries(2);
        self.at(span);
        self.load_int(module, level.into());
        self.load_const(module + 1, from);
        let name = self.name(name);
        self.emit(Op::ImportName, module, module, name);
        module
    }

    pub(super) fn import_from(&mut self, import: &'a ImportFrom<'a>, span: Span) -> Done {
        let name = import.module.unwrap_or("");
        if name == "__future__" && import.level == 0 && span.start >= self.table.future_end {
            return self.error("from __future__ imports must occur at the beginning of the file", span);
        }
        let mark = self.mark();
        let names = name_tuple(import.names.iter().map(|alias| alias.name));
        let module = self.import_name(name, import.level, names, span);
        for alias in import.names {
            if alias.name == "*" {
                self.emit(Op::ImportStar, module, 0, 0);
                continue;
            }
            let inner = self.mark();
            let value = self.temporary();
            let name = self.name(alias.name);
            self.at(span);
            self.emit(Op::ImportFrom, value, module, name);
            self.store_name(alias.asname.unwrap_or(alias.name), value, alias.span)?;
            self.release(inner);
        }
        self.release(mark);
        Ok(())
    }
}
