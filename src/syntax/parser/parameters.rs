//! Parameters of functions and lambdas, and type parameters.

use super::super::tokens::Tok;
use super::super::tree::*;
use super::{Parse, Parser, Place};

/// Functions write annotations and parentheses, lambdas neither.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Function,
    Lambda,
}

impl Owner {
    /// The token behind the parameters.
    pub(super) fn end(self) -> Tok {
        match self {
            Owner::Function => Tok::RPar,
            Owner::Lambda => Tok::Colon,
        }
    }
}

/// What has been seen of a parameter list. CPython's grammar spells these states out as rules.
#[derive(Default)]
pub(super) struct Progress<'a> {
    posonly: Option<&'a [Parameter<'a>]>,
    pub(super) current: Vec<Parameter<'a>>,
    args: Option<&'a [Parameter<'a>]>,
    vararg: Option<&'a Parameter<'a>>,
    pub(super) default_seen: bool,
}

impl Progress<'_> {
    pub(super) fn slash_seen(&self) -> bool {
        self.posonly.is_some()
    }

    pub(super) fn star_seen(&self) -> bool {
        self.args.is_some()
    }

    /// `a=1, /, b=2`
    pub(super) fn defaults_around_slash(&self) -> bool {
        let has_default = |list: &[Parameter<'_>]| list.iter().any(|parameter| parameter.default.is_some());
        self.posonly.is_some_and(has_default) && has_default(&self.current)
    }

    /// `*args: *Ts`
    pub(super) fn starred_annotation(&self) -> bool {
        let annotation = self.vararg.and_then(|parameter| parameter.annotation);
        annotation.is_some_and(|annotation| matches!(annotation.kind, ExprKind::Starred(_)))
    }
}

impl<'a> Parser<'a> {
    pub(super) fn lambda_parameters(&mut self) -> Parse<Parameters<'a>> {
        self.parameters(Owner::Lambda)
    }

    /// Everything between the parentheses of a `def`, or between `lambda` and its colon.
    pub(super) fn parameters(&mut self, owner: Owner) -> Parse<Parameters<'a>> {
        let mut seen = Progress::default();
        let mut kwarg = None;
        while !self.at(owner.end()) {
            if self.diagnosing {
                self.diagnose_parameter(owner, &seen)?;
            }
            match self.tok.kind {
                Tok::Slash => {
                    if seen.slash_seen() || seen.star_seen() || seen.current.is_empty() {
                        return self.fail();
                    }
                    self.bump();
                    seen.posonly = Some(self.arena.alloc_slice(seen.current.drain(..)));
                }
                Tok::Star => self.star_parameter(owner, &mut seen)?,
                Tok::DoubleStar => {
                    self.bump();
                    kwarg = Some(self.plain_parameter(owner, false)?);
                    self.eat(Tok::Comma);
                    break;
                }
                _ => {
                    let parameter = self.parameter_with_default(owner)?;
                    if parameter.default.is_some() {
                        seen.default_seen = true;
                    } else if seen.default_seen && !seen.star_seen() {
                        return self.missing_default(parameter.span, &seen);
                    }
                    seen.current.push(parameter);
                }
            }
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        if !self.at(owner.end()) {
            return self.fail();
        }
        let rest = self.arena.alloc_slice(seen.current.into_iter());
        let (args, kwonly) = match seen.args {
            Some(args) => (args, rest),
            None => (rest, &[][..]),
        };
        let kwarg = kwarg.map(|parameter| self.arena.alloc(parameter));
        Ok(Parameters { posonly: seen.posonly.unwrap_or(&[]), args, vararg: seen.vararg, kwonly, kwarg })
    }

    /// `*args`, or a bare `*` behind which something must come.
    fn star_parameter(&mut self, owner: Owner, seen: &mut Progress<'a>) -> Parse<()> {
        if seen.star_seen() {
            return self.fail();
        }
        self.bump();
        seen.args = Some(self.arena.alloc_slice(seen.current.drain(..)));
        if self.at(Tok::Comma) {
            if !matches!(self.peek(1), Tok::Name | Tok::WideName) {
                self.bump();
                return self.fail();
            }
        } else {
            let parameter = self.plain_parameter(owner, true)?;
            seen.vararg = Some(self.arena.alloc(parameter));
        }
        Ok(())
    }

    fn parameter_with_default(&mut self, owner: Owner) -> Parse<Parameter<'a>> {
        let mut parameter = self.plain_parameter(owner, false)?;
        if self.eat(Tok::Equal) {
            if self.diagnosing && matches!(self.tok.kind, Tok::Comma | Tok::RPar) {
                let equal = Span::new(self.previous_end - 1, self.previous_end);
                return self.raise(equal, "expected default value expression");
            }
            let default = self.expression()?;
            parameter.default = Some(self.boxed(default));
        }
        Ok(parameter)
    }

    /// A name and its annotation. That of `*args` may be starred.
    pub(super) fn plain_parameter(&mut self, owner: Owner, starred: bool) -> Parse<Parameter<'a>> {
        let name = self.identifier()?;
        let mut annotation = None;
        if owner == Owner::Function && self.eat(Tok::Colon) {
            let value = if starred && self.at(Tok::Star) { self.starred()? } else { self.expression()? };
            annotation = Some(self.boxed(value));
        }
        let span = self.span_from(name.span.start);
        Ok(Parameter { span, name: name.name, annotation, default: None })
    }

    /// `[T: bound = default, *Ts, **P]`, if there is one.
    pub(super) fn type_parameters(&mut self) -> Parse<&'a [TypeParam<'a>]> {
        if !self.at(Tok::LSqb) {
            return Ok(&[]);
        }
        self.bump();
        self.nesting += 1;
        let mut parameters = Vec::new();
        if self.at(Tok::RSqb) {
            let place = Place::StartingFrom(self.tok.start, self.tok);
            return self.raise_at(place, "Type parameter list cannot be empty");
        }
        loop {
            parameters.push(self.type_parameter()?);
            if !self.eat(Tok::Comma) || self.at(Tok::RSqb) {
                break;
            }
        }
        self.close(Tok::RSqb)?;
        Ok(self.arena.alloc_slice(parameters.into_iter()))
    }

    fn type_parameter(&mut self) -> Parse<TypeParam<'a>> {
        let start = self.tok.start;
        let kind = if self.eat(Tok::Star) {
            TypeParamKind::TypeVarTuple
        } else if self.eat(Tok::DoubleStar) {
            TypeParamKind::ParamSpec
        } else {
            TypeParamKind::TypeVar
        };
        let name = self.identifier()?.name;
        let mut bound = None;
        if self.at(Tok::Colon) {
            if self.diagnosing {
                self.diagnose_type_bound(kind)?;
            }
            if kind != TypeParamKind::TypeVar {
                return self.fail();
            }
            self.bump();
            let value = self.expression()?;
            bound = Some(self.boxed(value));
        }
        let mut default = None;
        if self.eat(Tok::Equal) {
            let value = match kind {
                TypeParamKind::TypeVarTuple if self.at(Tok::Star) => self.starred()?,
                _ => self.expression()?,
            };
            default = Some(self.boxed(value));
        }
        Ok(TypeParam { span: self.span_from(start), kind, name, bound, default })
    }
}
