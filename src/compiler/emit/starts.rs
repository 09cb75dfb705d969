//! Where lines begin, and what lies in registers there: so that a tracing function can let a program jump (`f_lineno`).

use crate::compiler::code::{Held, HeldKind, Standing, Start};

use super::exceptions::Enclosing;
use super::{Emitter, Reg};

/// So many standings are looked through for one that is there already.
const RECENT: usize = 16;

impl Emitter<'_> {
    /// A line can be jumped to here, 0 if none; `more` is held besides what the code is inside of.
    pub(super) fn start(&mut self, line: u32, more: &[Held]) {
        if !self.unit.reachable {
            return;
        }
        let standing = self.standing(more);
        let known = &mut self.unit.code.places.standings;
        let recent = known.len().saturating_sub(RECENT);
        let found = known[recent..].iter().position(|other| *other == standing).map(|at| at + recent);
        let index = found.unwrap_or_else(|| {
            known.push(standing);
            known.len() - 1
        });
        let start = Start { line, at: self.unit.here(), standing: index as u32 };
        self.unit.code.places.starts.push(start);
    }

    fn standing(&self, more: &[Held]) -> Standing {
        let mut held = Vec::new();
        let mut add = |kind, register: Reg| held.push(Held { kind, register });
        for block in &self.unit.blocks {
            match block {
                Enclosing::Loop { iterator: Some(iterator), .. } => add(iterator.kind, iterator.register),
                Enclosing::Loop { .. } | Enclosing::Finally { .. } => {}
                Enclosing::Handled { saved, exception, .. } => {
                    add(HeldKind::Handled, *saved);
                    exception.iter().for_each(|register| add(HeldKind::Exception, *register));
                }
                Enclosing::With { exit, .. } => {
                    add(HeldKind::Object, *exit);
                    add(HeldKind::Receiver, exit + 1);
                }
                Enclosing::StarHandler { rest, before } => {
                    add(HeldKind::Star, *rest);
                    add(HeldKind::Handled, *before);
                }
            }
        }
        held.extend(self.unit.returning.map(|register| Held { kind: HeldKind::Object, register }));
        held.extend_from_slice(more);
        Standing { held, constants: self.unit.hoists }
    }
}
