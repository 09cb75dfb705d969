//! `match`. What a pattern captures stays in temporaries until the whole pattern has matched; only then are names bound.

use rustc_hash::FxHashSet;

use crate::compiler::code::{Const, Held, HeldKind};
use crate::compiler::opcodes::Op;
use crate::syntax::tree::*;

use super::consts::str_const;
use super::fold::{literal, name_tuple};
use super::jumps::Label;
use super::{Done, Emitter, Maybe, Reg};

/// What a pattern has captured, and where a mismatch leads.
struct Matching<'a> {
    captures: Vec<(&'a str, Reg, Span)>,
    fail: Label,
}

impl<'a> Emitter<'a> {
    pub(super) fn match_statement(&mut self, subject: &'a Expr<'a>, cases: &'a [MatchCase<'a>]) -> Done {
        let mark = self.mark();
        // A copy: a capture may bind the variable that is matched.
        let register = self.temporary();
        self.expr(subject, register)?;
        let end = self.new_label();
        self.unit.branches += 1;
        for (at, case) in cases.iter().enumerate() {
            let inner = self.mark();
            let next = self.new_label();
            if at + 1 < cases.len() && case.guard.is_none() {
                self.check_refutable(&case.pattern)?;
            }
            if at > 0 && matches!(case.pattern.kind, PatternKind::MatchAs { pattern: None, name: None }) {
                self.mark_line(case.pattern.span);
            }
            let line = self.line(case.pattern.span);
            let is_last = at + 1 == cases.len() && is_wildcard(&case.pattern);
            let subject = Held { kind: HeldKind::Object, register };
            self.start(line, if is_last { &[] } else { std::slice::from_ref(&subject) });
            let mut matching = Matching { captures: Vec::new(), fail: next };
            self.pattern(&case.pattern, register, &mut matching)?;
            for (name, value, span) in matching.captures {
                self.at(span);
                self.store_name(name, value, span)?;
            }
            self.release(inner);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, false, next)?;
            }
            self.block(case.body)?;
            if at + 1 < cases.len() {
                self.nowhere();
                self.jump(end);
            }
            self.bind(next);
        }
        self.unit.branches -= 1;
        self.bind(end);
        self.release(mark);
        Ok(())
    }

    /// A pattern that always matches leaves nothing for those behind it.
    fn check_refutable(&self, pattern: &Pattern<'a>) -> Done {
        match irrefutable(pattern) {
            Some((Some(name), span)) => {
                self.error(format!("name capture '{name}' makes remaining patterns unreachable"), span)
            }
            Some((None, span)) => self.error("wildcard makes remaining patterns unreachable", span),
            None => Ok(()),
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern<'a>, subject: Reg, matching: &mut Matching<'a>) -> Done {
        self.deeper(pattern.span, |this| this.pattern_inner(pattern, subject, matching))
    }

    fn pattern_inner(&mut self, pattern: &'a Pattern<'a>, subject: Reg, matching: &mut Matching<'a>) -> Done {
        let span = pattern.span;
        match &pattern.kind {
            PatternKind::MatchValue(value) => {
                // The parser takes f-strings for literals.
                if matches!(value.kind, ExprKind::JoinedStr(_) | ExprKind::TemplateStr(_)) {
                    return self.error("patterns may only match literals and attribute lookups", value.span);
                }
                let number = self.small_int(value).and_then(|number| i16::try_from(number).ok());
                if let Some(number) = number {
                    self.at(span);
                    self.emit_jump(Op::JumpUnlessEqInt, subject, number as u16, matching.fail);
                    return Ok(());
                }
                let value = self.operand(value)?;
                self.at(span);
                self.emit_jump(Op::JumpUnlessEq, subject, value, matching.fail);
                Ok(())
            }
            PatternKind::MatchSingleton(Constant::None) => {
                self.at(span);
                self.emit_jump(Op::JumpUnlessNone, subject, 0, matching.fail);
                Ok(())
            }
            PatternKind::MatchSingleton(constant) => {
                let value = self.temporary();
                self.at(span);
                self.load_const(value, literal(constant));
                self.emit(Op::Is, value, subject, value as u32);
                self.jump_if_false(value, matching.fail);
                Ok(())
            }
            PatternKind::MatchSequence(items) => self.sequence_pattern(items, subject, span, matching),
            PatternKind::MatchMapping(mapping) => self.mapping_pattern(mapping, subject, span, matching),
            PatternKind::MatchClass(class) => self.class_pattern(class, subject, span, matching),
            PatternKind::MatchStar(name) => self.capture(*name, subject, span, matching),
            PatternKind::MatchAs { pattern, name } => {
                if let Some(inner) = pattern {
                    self.pattern(inner, subject, matching)?;
                }
                self.capture(*name, subject, span, matching)
            }
            PatternKind::MatchOr(alternatives) => self.or_pattern(alternatives, subject, span, matching),
        }
    }

    fn capture(&mut self, name: Option<&'a str>, value: Reg, span: Span, matching: &mut Matching<'a>) -> Done {
        let Some(name) = name else { return Ok(()) };
        if matching.captures.iter().any(|(other, ..)| *other == name) {
            return self.error(format!("multiple assignments to name '{name}' in pattern"), span);
        }
        matching.captures.push((name, value, span));
        Ok(())
    }

    // ---- sequences

    fn sequence_pattern(
        &mut self,
        items: &'a [Pattern<'a>],
        subject: Reg,
        span: Span,
        matching: &mut Matching<'a>,
    ) -> Done {
        let star = items.iter().position(is_star);
        if let Some(star) = star
            && items[star + 1..].iter().any(is_star)
        {
            return self.error("multiple starred names in sequence pattern", span);
        }
        let fixed = items.len() - star.is_some() as usize;
        self.at(span);
        match i16::try_from(fixed) {
            Ok(fixed) if star.is_none() => self.emit_jump(Op::JumpUnlessItems, subject, fixed as u16, matching.fail),
            _ => {
                let look = self.temporary();
                self.emit(Op::MatchSequence, look, subject, 0);
                self.jump_if_false(look, matching.fail);
                self.check_length(subject, look, fixed, star.is_none(), matching.fail);
            }
        }
        let only_wildcards = items.iter().all(is_wildcard);
        match star {
            _ if only_wildcards => Ok(()),
            Some(star) if is_wildcard(&items[star]) => {
                for (at, item) in items.iter().enumerate() {
                    if at != star && !is_wildcard(item) {
                        let value = self.item_of(subject, at, star, items.len(), span);
                        self.pattern(item, value, matching)?;
                    }
                }
                Ok(())
            }
            _ => {
                let base = self.temporaries(items.len() as u32);
                self.at(span);
                match star {
                    None => self.emit(Op::UnpackSequence, base, subject, fixed as u32),
                    Some(star) => self.emit(Op::UnpackEx, base, subject, (star | (fixed - star) << 12) as u32),
                }
                for (at, item) in items.iter().enumerate() {
                    self.pattern(item, base + at as Reg, matching)?;
                }
                Ok(())
            }
        }
    }

    /// Fails unless the subject has `length` items, or at least so many.
    fn check_length(&mut self, subject: Reg, look: Reg, length: usize, exactly: bool, fail: Label) {
        if length == 0 && !exactly {
            return;
        }
        self.emit(Op::GetLen, look, subject, 0);
        match i16::try_from(length) {
            Ok(length) => {
                let op = if exactly { Op::JumpUnlessEqInt } else { Op::JumpUnlessGeInt };
                self.emit_jump(op, look, length as u16, fail);
            }
            Err(_) => {
                let wanted = self.temporary();
                self.load_const(wanted, Const::Int(length.into()));
                self.emit_jump(if exactly { Op::JumpUnlessEq } else { Op::JumpUnlessGe }, look, wanted, fail);
            }
        }
    }

    /// The item before or after `*_`, by its index.
    fn item_of(&mut self, subject: Reg, at: usize, star: usize, length: usize, span: Span) -> Reg {
        let index = self.temporary();
        self.at(span);
        if at < star {
            self.load_const(index, Const::Int(at.into()));
        } else {
            let from_end = self.temporary();
            self.emit(Op::GetLen, index, subject, 0);
            self.load_const(from_end, Const::Int((length - at).into()));
            self.emit(Op::Sub, index, index, from_end as u32);
        }
        self.emit(Op::GetItem, index, subject, index as u32);
        index
    }

    // ---- mappings

    fn mapping_pattern(
        &mut self,
        mapping: &'a MatchMapping<'a>,
        subject: Reg,
        span: Span,
        matching: &mut Matching<'a>,
    ) -> Done {
        self.at(span);
        let look = self.temporary();
        self.emit(Op::MatchMapping, look, subject, 0);
        self.jump_if_false(look, matching.fail);
        if mapping.keys.is_empty() && mapping.rest.is_none() {
            return Ok(());
        }
        self.check_length(subject, look, mapping.keys.len(), false, matching.fail);
        let keys = self.mapping_keys(mapping.keys, span)?;
        self.at(span);
        self.emit(Op::MatchKeys, look, subject, keys as u32);
        self.emit_jump(Op::JumpIfNone, look, 0, matching.fail);
        let base = self.temporaries(mapping.keys.len() as u32);
        self.emit(Op::UnpackSequence, base, look, mapping.keys.len() as u32);
        for (at, item) in mapping.patterns.iter().enumerate() {
            self.pattern(item, base + at as Reg, matching)?;
        }
        if mapping.rest.is_some() {
            let rest = self.temporary();
            self.at(span);
            self.emit(Op::CopyDictWithoutKeys, rest, subject, keys as u32);
            self.capture(mapping.rest, rest, span, matching)?;
        }
        Ok(())
    }

    /// The tuple of the keys in a new temporary.
    fn mapping_keys(&mut self, keys: &'a [Expr<'a>], span: Span) -> Maybe<Reg> {
        let mut seen = FxHashSet::default();
        let mut constants = Vec::new();
        for key in keys {
            let value = self.fold(key);
            if let Some(value) = &value {
                let text = crate::compiler::dis::repr(&comparable(value));
                if !seen.insert(text) {
                    let shown = crate::compiler::dis::repr(value);
                    return self.error(format!("mapping pattern checks duplicate key ({shown})"), span);
                }
            } else if !matches!(key.kind, ExprKind::Attribute { .. }) {
                let words = "mapping pattern keys may only match literals and attribute lookups";
                return self.error(words, span);
            }
            constants.extend(value);
        }
        let tuple = self.temporary();
        if constants.len() == keys.len() {
            self.at(span);
            self.load_const(tuple, Const::Tuple(constants));
            return Ok(tuple);
        }
        let mark = self.mark();
        let base = self.in_a_row(keys)?;
        self.emit_at(span, Op::BuildTuple, tuple, base, keys.len() as u32);
        self.release(mark);
        Ok(tuple)
    }

    // ---- classes

    fn class_pattern(
        &mut self,
        class: &'a MatchClass<'a>,
        subject: Reg,
        span: Span,
        matching: &mut Matching<'a>,
    ) -> Done {
        let mut seen = FxHashSet::default();
        for keyword in class.keywords {
            if !seen.insert(keyword.name) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.name);
                return self.error(message, keyword.pattern.span);
            }
        }
        let base = self.temporaries(3);
        self.expr(&class.cls, base)?;
        self.at(span);
        self.load_const(base + 1, name_tuple(class.keywords.iter().map(|keyword| keyword.name)));
        self.load_const(base + 2, Const::Int(class.patterns.len().into()));
        self.emit(Op::MatchClass, base, subject, base as u32);
        self.emit_jump(Op::JumpIfNone, base, 0, matching.fail);
        let count = class.patterns.len() + class.keywords.len();
        let values = self.temporaries(count as u32);
        self.emit(Op::UnpackSequence, values, base, count as u32);
        let patterns = class.patterns.iter().chain(class.keywords.iter().map(|keyword| &keyword.pattern));
        for (at, item) in patterns.enumerate() {
            self.pattern(item, values + at as Reg, matching)?;
        }
        Ok(())
    }

    // ---- alternatives

    /// All alternatives capture the same names; what each captures is moved to where the first one has it.
    fn or_pattern(
        &mut self,
        alternatives: &'a [Pattern<'a>],
        subject: Reg,
        span: Span,
        matching: &mut Matching<'a>,
    ) -> Done {
        let end = self.new_label();
        let mut common: Option<Vec<(&'a str, Reg, Span)>> = None;
        for (at, alternative) in alternatives.iter().enumerate() {
            let is_last = at + 1 == alternatives.len();
            if !is_last {
                self.check_refutable(alternative)?;
            }
            let next = self.new_label();
            let mut inner = Matching { captures: Vec::new(), fail: if is_last { matching.fail } else { next } };
            self.pattern(alternative, subject, &mut inner)?;
            match &common {
                None => {
                    // Registers of their own: the subject may be captured by more than one name.
                    let mut moved = Vec::new();
                    for (name, value, span) in inner.captures {
                        let register = self.temporary();
                        self.emit(Op::Move, register, value, 0);
                        moved.push((name, register, span));
                    }
                    common = Some(moved);
                }
                Some(common) => {
                    if common.len() != inner.captures.len() {
                        return self.error("alternative patterns bind different names", span);
                    }
                    for (name, value, _) in &inner.captures {
                        let Some((_, register, _)) = common.iter().find(|(other, ..)| other == name) else {
                            return self.error("alternative patterns bind different names", span);
                        };
                        self.emit(Op::Move, *register, *value, 0);
                    }
                }
            }
            if !is_last {
                self.jump(end);
                self.bind(next);
            }
        }
        self.bind(end);
        for (name, value, capture_span) in common.unwrap_or_default() {
            self.capture(Some(name), value, capture_span, matching)?;
        }
        Ok(())
    }
}

/// Whether a pattern matches anything: the name that it captures then, and where it stands.
fn irrefutable<'a>(pattern: &Pattern<'a>) -> Option<(Option<&'a str>, Span)> {
    match pattern.kind {
        PatternKind::MatchAs { pattern: None, name } => Some((name, pattern.span)),
        PatternKind::MatchAs { pattern: Some(inner), .. } => irrefutable(inner),
        PatternKind::MatchOr(alternatives) => alternatives.last().and_then(irrefutable),
        _ => None,
    }
}

fn is_star(pattern: &Pattern<'_>) -> bool {
    matches!(pattern.kind, PatternKind::MatchStar(_))
}

fn is_wildcard(pattern: &Pattern<'_>) -> bool {
    matches!(pattern.kind, PatternKind::MatchStar(None) | PatternKind::MatchAs { pattern: None, name: None })
}

/// Keys that are equal as Python compares them look the same here: `1`, `1.0` and `True`.
fn comparable(value: &Const) -> Const {
    match value {
        Const::Bool(value) => Const::Float(*value as u8 as f64),
        Const::Int(number) => match i32::try_from(number) {
            Ok(number) => Const::Float(number.into()),
            Err(_) => value.clone(),
        },
        Const::Bytes(bytes) => Const::Tuple(vec![str_const("b"), Const::Bytes(bytes.clone())]),
        _ => value.clone(),
    }
}
