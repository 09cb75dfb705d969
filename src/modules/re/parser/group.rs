//! What begins with a bracket: groups, comments, flags, assertions, conditions, references by name.

use crate::modules::re::flags;
use crate::modules::re::tree::{self, Node, Sequence};
use crate::objects::str::repr::{push_ascii, push_repr};
use crate::objects::str::{Str, case, count_chars};
use crate::vm::Thread;

use super::source::{Source, Token};
use super::{Failure, Parser};

/// What the text behind a bracket makes of it.
enum Opening {
    /// It has been read to its end.
    Done(Option<Node>),
    /// Flags for the whole pattern.
    Flags,
    Capture(Option<Vec<u8>>),
    Plain {
        add: u32,
        remove: u32,
    },
    Atomic,
}

impl Parser<'_> {
    /// Reads on behind a bracket. True if it was flags for the whole pattern.
    pub fn bracket(&mut self, sequence: &mut Sequence, verbose: bool, may_have_flags: bool) -> Result<bool, Failure> {
        let start = self.source.tell() - 1;
        let opening = if self.source.accept(b'?')? { self.extension(start, verbose)? } else { Opening::Capture(None) };
        let node = match opening {
            Opening::Done(node) => {
                sequence.extend(node);
                return Ok(false);
            }
            Opening::Flags if may_have_flags => return Ok(true),
            Opening::Flags => {
                let back = self.source.tell() - start;
                return Err(self.source.failure("global flags not at the start of the expression", back));
            }
            Opening::Capture(name) => {
                let index = self.open_group(name)?;
                let body = self.contents(start, verbose)?;
                self.widths[index as usize] = Some(self.width_of(&body));
                Node::Group { index: Some(index), add: 0, remove: 0, body }
            }
            Opening::Plain { add, remove } => {
                let verbose = (verbose || add & flags::VERBOSE != 0) && remove & flags::VERBOSE == 0;
                Node::Group { index: None, add, remove, body: self.contents(start, verbose)? }
            }
            Opening::Atomic => Node::Atomic(self.contents(start, verbose)?),
        };
        sequence.push(node);
        Ok(false)
    }

    fn width_of(&self, body: &[Node]) -> tree::Width {
        let known: Vec<_> = self.widths.iter().map(|width| width.unwrap_or_default()).collect();
        tree::width(body, &known)
    }

    /// What is inside, with the closing bracket.
    fn contents(&mut self, start: usize, verbose: bool) -> Result<Sequence, Failure> {
        let body = self.branches(verbose, false)?;
        self.close(start)?;
        Ok(body)
    }

    fn close(&mut self, start: usize) -> Result<(), Failure> {
        if self.source.accept(b')')? {
            return Ok(());
        }
        Err(self.source.failure("missing ), unterminated subpattern", self.source.tell() - start))
    }

    fn open_group(&mut self, name: Option<Vec<u8>>) -> Result<u32, Failure> {
        let index = self.widths.len() as u32;
        self.widths.push(None);
        let Some(name) = name else { return Ok(index) };
        if let Some((_, other)) = self.names.iter().find(|(known, _)| *known == name) {
            let mut message = b"redefinition of group name ".to_vec();
            push_repr(&mut message, &name);
            message.extend(format!(" as group {index}; was group {other}").bytes());
            return Err(self.source.failure(message, count_chars(&name) + 1));
        }
        self.names.push((name, index));
        Ok(index)
    }

    fn some_token(&mut self) -> Result<Token, Failure> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => Err(self.source.failure("unexpected end of pattern", 0)),
        }
    }

    fn unknown(&self, prefix: &str, token: Token) -> Failure {
        let mut message = format!("unknown extension ?{prefix}").into_bytes();
        token.push(&mut message);
        self.source.failure(message, prefix.len() + token.len() + 1)
    }

    /// Behind `(?`.
    fn extension(&mut self, start: usize, verbose: bool) -> Result<Opening, Failure> {
        let token = self.some_token()?;
        let Token::Char(c) = token else { return Err(self.unknown("", token)) };
        match u8::try_from(c) {
            Ok(b'P') => self.named(),
            Ok(b':') => Ok(Opening::Plain { add: 0, remove: 0 }),
            Ok(b'#') => self.comment(start),
            Ok(b'>') => Ok(Opening::Atomic),
            Ok(b'=') => self.look(start, verbose, false, false),
            Ok(b'!') => self.look(start, verbose, false, true),
            Ok(b'<') => {
                let direction = self.some_token()?;
                if direction.is(b'=') || direction.is(b'!') {
                    self.look(start, verbose, true, direction.is(b'!'))
                } else {
                    Err(self.unknown("<", direction))
                }
            }
            Ok(b'(') => self.conditional(start, verbose),
            _ if token.is(b'-') || flags::of_letter(c).is_some() => self.inline_flags(c),
            _ => Err(self.unknown("", token)),
        }
    }

    /// `(?P<name>…)` and `(?P=name)`
    fn named(&mut self) -> Result<Opening, Failure> {
        if self.source.accept(b'<')? {
            let (name, _) = self.source.until(b'>', "group name")?;
            check_name(self.th, &self.source, &name)?;
            return Ok(Opening::Capture(Some(name)));
        }
        if self.source.accept(b'=')? {
            let (name, len) = self.source.until(b')', "group name")?;
            let group = self.group_of_name(&name, len)?;
            if self.is_open(group) {
                return Err(self.source.failure("cannot refer to an open group", len + 1));
            }
            self.check_look_behind(group)?;
            return Ok(Opening::Done(Some(Node::Backreference(group))));
        }
        let token = self.some_token()?;
        Err(self.unknown("P", token))
    }

    fn group_of_name(&self, name: &[u8], len: usize) -> Result<u32, Failure> {
        check_name(self.th, &self.source, name)?;
        if let Some((_, group)) = self.names.iter().find(|(known, _)| known == name) {
            return Ok(*group);
        }
        let mut message = b"unknown group name ".to_vec();
        push_repr(&mut message, name);
        Err(self.source.failure(message, len + 1))
    }

    fn comment(&mut self, start: usize) -> Result<Opening, Failure> {
        loop {
            if self.source.next.is_none() {
                return Err(self.source.failure("missing ), unterminated comment", self.source.tell() - start));
            }
            if self.source.get()?.is_some_and(|token| token.is(b')')) {
                return Ok(Opening::Done(None));
            }
        }
    }

    fn look(&mut self, start: usize, verbose: bool, behind: bool, negated: bool) -> Result<Opening, Failure> {
        let outer = self.look_behind;
        if behind && outer.is_none() {
            self.look_behind = Some(self.widths.len());
        }
        let body = self.branches(verbose, false)?;
        if behind {
            self.look_behind = outer;
        }
        self.close(start)?;
        let never = negated && body.is_empty();
        Ok(Opening::Done(Some(if never { Node::Never } else { Node::Look { behind, negated, body } })))
    }

    /// Behind `(?(`.
    fn conditional(&mut self, start: usize, verbose: bool) -> Result<Opening, Failure> {
        let (name, len) = self.source.until(b')', "group name")?;
        let group = if name.iter().all(u8::is_ascii_digit) {
            self.group_of_number(&name)?
        } else {
            self.group_of_name(&name, len)?
        };
        self.check_look_behind(group)?;
        let yes = self.nested_sequence(verbose)?;
        let no = if self.source.accept(b'|')? {
            let no = self.nested_sequence(verbose)?;
            if self.source.next.is_some_and(|next| next.is(b'|')) {
                return Err(self.source.failure("conditional backref with more than two branches", 0));
            }
            Some(no)
        } else {
            None
        };
        self.close(start)?;
        Ok(Opening::Done(Some(Node::Conditional { group, yes, no })))
    }

    fn nested_sequence(&mut self, verbose: bool) -> Result<Sequence, Failure> {
        self.th.check_recursion("")?;
        self.sequence(verbose, false)
    }

    fn group_of_number(&mut self, digits: &[u8]) -> Result<u32, Failure> {
        /// No pattern can have so many groups.
        const TOO_MANY: u32 = 0x3FFF_FFFF;
        let text = String::from_utf8_lossy(digits);
        let shown = text.trim_start_matches('0');
        if shown.is_empty() {
            return Err(self.source.failure("bad group number", digits.len() + 1));
        }
        match shown.parse::<u32>() {
            Ok(group) if group < TOO_MANY => {
                if self.tested.iter().all(|(known, _)| *known != group) {
                    self.tested.push((group, self.source.tell() - digits.len() - 1));
                }
                Ok(group)
            }
            _ => Err(self.source.failure(format!("invalid group reference {shown}"), digits.len() + 1)),
        }
    }

    /// `(?i)`, `(?i-m:…)`, with the first letter or sign read.
    fn inline_flags(&mut self, first: u32) -> Result<Opening, Failure> {
        let (mut add, mut remove) = (0, 0);
        let mut end = Token::Char(first);
        if !end.is(b'-') {
            (add, end) = self.added_flags(first)?;
        }
        if end.is(b')') {
            self.flags |= add;
            return Ok(Opening::Flags);
        }
        if end.is(b'-') {
            remove = self.removed_flags()?;
        }
        if add & remove != 0 {
            return Err(self.source.failure("bad inline flags: flag turned on and off", 1));
        }
        Ok(Opening::Plain { add, remove })
    }

    /// The flag of a letter, or complaints.
    fn flag(&self, token: Token, missing: &str) -> Result<u32, Failure> {
        if let Token::Char(c) = token {
            if let Some(flag) = flags::of_letter(c) {
                return Ok(flag);
            }
            if crate::objects::str::unicode::is_alpha(c) {
                return Err(self.source.failure("unknown flag", 1));
            }
        }
        Err(self.source.failure(missing, token.len()))
    }

    /// Flags up to `)`, `-` or `:`, which comes along.
    fn added_flags(&mut self, first: u32) -> Result<(u32, Token), Failure> {
        const MISSING: &str = "missing -, : or )";
        let mut token = Token::Char(first);
        let mut add = 0;
        loop {
            let flag = self.flag(token, MISSING)?;
            if self.source.is_text && flag == flags::LOCALE {
                return Err(self.source.failure("bad inline flags: cannot use 'L' flag with a str pattern", 0));
            }
            if !self.source.is_text && flag == flags::UNICODE {
                return Err(self.source.failure("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
            }
            add |= flag;
            if flag & flags::KINDS != 0 && add & flags::KINDS != flag {
                let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                return Err(self.source.failure(message, 0));
            }
            match self.source.get()? {
                None => return Err(self.source.failure(MISSING, 0)),
                Some(end) if end.is(b')') || end.is(b'-') || end.is(b':') => return Ok((add, end)),
                Some(next) => token = next,
            }
        }
    }

    /// Behind `-`, up to the colon.
    fn removed_flags(&mut self) -> Result<u32, Failure> {
        let mut remove = 0;
        let mut missing = "missing flag";
        loop {
            let token = match self.source.get()? {
                None => return Err(self.source.failure(missing, 0)),
                Some(end) if end.is(b':') && remove != 0 => return Ok(remove),
                Some(token) => token,
            };
            let flag = self.flag(token, missing)?;
            if flag & flags::KINDS != 0 {
                let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                return Err(self.source.failure(message, 0));
            }
            remove |= flag;
            missing = "missing :";
        }
    }
}

/// Refuses what could not be the name of a variable.
pub fn check_name(th: &Thread, source: &Source<'_>, name: &[u8]) -> Result<(), Failure> {
    let mut message = b"bad character in group name ".to_vec();
    if !source.is_text && !name.is_ascii() {
        let mut shown = Vec::new();
        push_repr(&mut shown, name);
        push_ascii(&mut message, &shown);
    } else if case::is_identifier(Str::from_wtf8(th, name)) {
        return Ok(());
    } else {
        push_repr(&mut message, name);
    }
    Err(source.failure(message, count_chars(name) + 1))
}
