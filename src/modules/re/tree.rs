//! A pattern as the parser reads it: a tree, before flags and widths have been worked out.

use super::flags;

/// Things that match one after the other.
pub type Sequence = Vec<Node>;

/// As often as one likes.
pub const UNLIMITED: u32 = u32::MAX;

#[derive(Debug)]
pub enum Node {
    Literal(u32),
    /// `.`
    Any,
    Set(SetNode),
    At(Place),
    Branch(Vec<Sequence>),
    /// A group that captures, or one with flags of its own, or a mere bracket.
    Group {
        index: Option<u32>,
        add: u32,
        remove: u32,
        body: Sequence,
    },
    Atomic(Sequence),
    Repeat {
        min: u32,
        max: u32,
        manner: Manner,
        body: Sequence,
    },
    Look {
        behind: bool,
        negated: bool,
        body: Sequence,
    },
    Backreference(u32),
    /// `(?(1)yes|no)`
    Conditional {
        group: u32,
        yes: Sequence,
        no: Option<Sequence>,
    },
    /// `(?!)`: never matches.
    Never,
}

/// How a repeat chooses among the numbers of times it can match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    Greedy,
    Lazy,
    /// As often as possible, and no second thoughts.
    Possessive,
}

#[derive(Debug)]
pub struct SetNode {
    pub negated: bool,
    pub items: Vec<SetItem>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetItem {
    Range(u32, u32),
    Category(Category),
}

/// `\d` or, negated, `\D`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Category {
    pub class: Class,
    pub negated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    Digit,
    Space,
    Word,
}

/// What matches between characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// `^`
    Beginning,
    /// `\A`
    StringStart,
    /// `$`
    End,
    /// `\Z`, `\z`
    StringEnd,
    /// `\b`
    Boundary,
    /// `\B`
    NoBoundary,
}

/// A pattern that has been read.
pub struct Parsed {
    pub body: Sequence,
    pub flags: u32,
    /// The number of capturing groups.
    pub groups: u32,
    /// Name and number of the named ones, in their order.
    pub names: Vec<(Vec<u8>, u32)>,
    /// How long the text of each group can be, by its number (group 0 is not one of them).
    pub widths: Vec<Width>,
}

/// The least and the greatest number of characters that something matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Width {
    pub min: u64,
    pub max: u64,
}

impl Width {
    pub const ONE: Width = Width { min: 1, max: 1 };

    fn then(self, next: Width) -> Width {
        Width { min: self.min.saturating_add(next.min), max: self.max.saturating_add(next.max) }
    }

    fn or(self, other: Width) -> Width {
        Width { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    fn times(self, min: u32, max: u32) -> Width {
        let most = if max == UNLIMITED && self.max > 0 { u64::MAX } else { self.max.saturating_mul(max.into()) };
        Width { min: self.min.saturating_mul(min.into()), max: most }
    }
}

/// The width of a sequence; `groups` are those of the groups that end before it.
pub fn width(sequence: &[Node], groups: &[Width]) -> Width {
    sequence.iter().fold(Width::default(), |all, node| all.then(node.width(groups)))
}

impl Node {
    pub fn width(&self, groups: &[Width]) -> Width {
        match self {
            Node::Literal(_) | Node::Any | Node::Set(_) => Width::ONE,
            Node::At(_) | Node::Look { .. } | Node::Never => Width::default(),
            Node::Branch(branches) => {
                let widths = branches.iter().map(|branch| width(branch, groups));
                widths.reduce(Width::or).unwrap_or_default()
            }
            Node::Group { body, .. } | Node::Atomic(body) => width(body, groups),
            Node::Repeat { min, max, body, .. } => width(body, groups).times(*min, *max),
            Node::Backreference(group) => groups.get(*group as usize).copied().unwrap_or_default(),
            Node::Conditional { yes, no, .. } => match no {
                Some(no) => width(yes, groups).or(width(no, groups)),
                None => width(yes, groups).or(Width::default()),
            },
        }
    }

    pub fn is_repeat(&self) -> bool {
        matches!(self, Node::Repeat { .. })
    }
}

/// The flags that hold for the whole pattern; the words of a ValueError where they contradict each other or the kind of
/// pattern.
pub fn completed(flags: u32, is_text: bool) -> Result<u32, &'static str> {
    let has = |flag| flags & flag != 0;
    if is_text {
        return match () {
            () if has(flags::LOCALE) => Err("cannot use LOCALE flag with a str pattern"),
            () if !has(flags::ASCII) => Ok(flags | flags::UNICODE),
            () if has(flags::UNICODE) => Err("ASCII and UNICODE flags are incompatible"),
            () => Ok(flags),
        };
    }
    match () {
        () if has(flags::UNICODE) => Err("cannot use UNICODE flag with a bytes pattern"),
        () if has(flags::LOCALE) && has(flags::ASCII) => Err("ASCII and LOCALE flags are incompatible"),
        () => Ok(flags),
    }
}
