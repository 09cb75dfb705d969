//! The tokens of Python, cut by logos. What a regular expression cannot know, where lines and blocks
//! end and what lies inside strings, is left to `layout.rs`, which drives this lexer and adds the
//! tokens at the end of the list.

use logos::Logos;

use super::tree::Span;

/// What a token is. Where it stands says [`Token`]; what it means, the source text.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\x0c]+")]
#[repr(u8)]
pub enum Tok {
    // Names, and words that cannot be names. Soft keywords (match, case, type, _) are names.
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*")]
    Name,
    /// A name with other than ASCII characters: checked and normalised by the driver.
    #[regex(r"([A-Za-z_][A-Za-z0-9_]*)?[\u{80}-\u{10FFFF}][A-Za-z0-9_\u{80}-\u{10FFFF}]*", priority = 1)]
    WideName,
    #[token("False")]
    False,
    #[token("None")]
    None,
    #[token("True")]
    True,
    #[token("and")]
    And,
    #[token("as")]
    As,
    #[token("assert")]
    Assert,
    #[token("async")]
    Async,
    #[token("await")]
    Await,
    #[token("break")]
    Break,
    #[token("class")]
    Class,
    #[token("continue")]
    Continue,
    #[token("def")]
    Def,
    #[token("del")]
    Del,
    #[token("elif")]
    Elif,
    #[token("else")]
    Else,
    #[token("except")]
    Except,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("from")]
    From,
    #[token("global")]
    Global,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lambda")]
    Lambda,
    #[token("nonlocal")]
    Nonlocal,
    #[token("not")]
    Not,
    #[token("or")]
    Or,
    #[token("pass")]
    Pass,
    #[token("raise")]
    Raise,
    #[token("return")]
    Return,
    #[token("try")]
    Try,
    #[token("while")]
    While,
    #[token("with")]
    With,
    #[token("yield")]
    Yield,

    /// A number. The lexer stops after its first digit; `numbers.rs` finds the end.
    #[regex(r"[0-9]")]
    #[regex(r"\.[0-9]")]
    Number,
    /// A plain or bytes literal. The lexer stops after the opening quote.
    #[regex(r#"(?i:u|b|r|br|rb)?["']"#)]
    String,

    /// Letters before a quote that do not go together; only between lexer and driver.
    #[regex(r#"(?i:[bruft]{2,5})["']"#, priority = 1)]
    BadPrefix,

    #[token("(")]
    LPar,
    #[token(")")]
    RPar,
    #[token("[")]
    LSqb,
    #[token("]")]
    RSqb,
    #[token("{")]
    LBrace,
    #[token("}")]
    RBrace,
    #[token(",")]
    Comma,
    #[token(":")]
    Colon,
    #[token(";")]
    Semi,
    #[token(".")]
    Dot,
    #[token("...")]
    Ellipsis,
    #[token("->")]
    Arrow,
    #[token(":=")]
    ColonEqual,
    #[token("=")]
    Equal,
    #[token("!")]
    Exclamation,
    #[token("@")]
    At,

    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("**")]
    DoubleStar,
    #[token("/")]
    Slash,
    #[token("//")]
    DoubleSlash,
    #[token("%")]
    Percent,
    #[token("<<")]
    LeftShift,
    #[token(">>")]
    RightShift,
    #[token("&")]
    Ampersand,
    #[token("|")]
    VBar,
    #[token("^")]
    Circumflex,
    #[token("~")]
    Tilde,

    #[token("==")]
    EqEqual,
    #[token("!=")]
    NotEqual,
    /// `<>`, which has been no operator since Python 3, but gets an error message of its own.
    #[token("<>")]
    LessGreater,
    #[token("<")]
    Less,
    #[token("<=")]
    LessEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterEqual,

    #[token("+=")]
    PlusEqual,
    #[token("-=")]
    MinusEqual,
    #[token("*=")]
    StarEqual,
    #[token("**=")]
    DoubleStarEqual,
    #[token("/=")]
    SlashEqual,
    #[token("//=")]
    DoubleSlashEqual,
    #[token("%=")]
    PercentEqual,
    #[token("<<=")]
    LeftShiftEqual,
    #[token(">>=")]
    RightShiftEqual,
    #[token("&=")]
    AmperEqual,
    #[token("|=")]
    VBarEqual,
    #[token("^=")]
    CircumflexEqual,
    #[token("@=")]
    AtEqual,

    /// Only between lexer and driver.
    #[regex(r"#[^\n\r]*", allow_greedy = true)]
    Comment,
    /// The end of a logical line: from the comment before it, if there is one, to before the line break.
    #[regex(r"\n|\r\n?")]
    Newline,
    /// A backslash at the end of a line; only between lexer and driver.
    #[regex(r"\\(\n|\r\n?)")]
    Continuation,

    // From here on, only the driver makes them.
    Indent,
    Dedent,
    /// `f"`, and the other ways to open an f-string. A t-string opens with `TStringStart`.
    #[regex(r#"(?i:f|fr|rf)["']"#)]
    FStringStart,
    #[regex(r#"(?i:t|tr|rt)["']"#)]
    TStringStart,
    /// Literal text in an f-string or t-string.
    FStringMiddle,
    FStringEnd,
    /// A printable character that begins no token (`$`, `?`, a backquote).
    Unknown,
    /// Where the parser makes believe that the text is at its end.
    Cut,
    /// The end of the text. Comes again and again.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Tok,
    pub start: u32,
    pub end: u32,
}

impl Token {
    pub const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

const _: () = assert!(size_of::<Token>() == 12);

impl Tok {
    pub const fn is_name(self) -> bool {
        matches!(self, Tok::Name | Tok::WideName)
    }
}
