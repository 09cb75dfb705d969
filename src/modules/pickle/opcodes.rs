//! The opcodes of the pickle format, protocols 0 to 5, each with what it does to the stack of whoever loads it.

macro_rules! opcodes {
    ($($name:ident = $code:expr, $doc:literal;)*) => {
        $(#[doc = $doc] pub const $name: u8 = $code;)*
        /// Every opcode by its name in `pickle`.
        pub const ALL: &[(&str, u8)] = &[$((stringify!($name), $code)),*];
    };
}

opcodes! {
    MARK = b'(', "Marks a place of the stack.";
    STOP = b'.', "The end: the value is on top.";
    POP = b'0', "Drops the top.";
    POP_MARK = b'1', "Drops everything down to the mark.";
    DUP = b'2', "The top once more.";
    FLOAT = b'F', "A float as a line of text.";
    INT = b'I', "An integer as a line of text; `00` and `01` are bools.";
    BININT = b'J', "A signed integer of four bytes.";
    BININT1 = b'K', "An integer of one byte.";
    LONG = b'L', "An integer as a line of text.";
    BININT2 = b'M', "An integer of two bytes.";
    NONE = b'N', "None.";
    PERSID = b'P', "What a persistent id, a line of text, stands for.";
    BINPERSID = b'Q', "What the persistent id on top stands for.";
    REDUCE = b'R', "Calls a callable with a tuple of arguments.";
    STRING = b'S', "Python 2's str as a line of text in quotes.";
    BINSTRING = b'T', "Python 2's str, its length in four bytes.";
    SHORT_BINSTRING = b'U', "Python 2's str, its length in one byte.";
    UNICODE = b'V', "A str as a line of escaped text.";
    BINUNICODE = b'X', "A str, its length in four bytes.";
    APPEND = b'a', "Appends the top to the list below.";
    BUILD = b'b', "Gives the object below the state on top.";
    GLOBAL = b'c', "A global: a line with its module, one with its name.";
    DICT = b'd', "A dict of the keys and values above the mark.";
    EMPTY_DICT = b'}', "An empty dict.";
    APPENDS = b'e', "Appends what is above the mark to the list below it.";
    GET = b'g', "What the memo holds under a number given as a line.";
    BINGET = b'h', "What the memo holds under a number of one byte.";
    INST = b'i', "Calls a global, given by two lines, with what is above the mark.";
    LONG_BINGET = b'j', "What the memo holds under a number of four bytes.";
    LIST = b'l', "A list of what is above the mark.";
    EMPTY_LIST = b']', "An empty list.";
    OBJ = b'o', "Calls the class behind the mark with what is above it.";
    PUT = b'p', "Puts the top into the memo, under a number given as a line.";
    BINPUT = b'q', "Puts the top into the memo, under a number of one byte.";
    LONG_BINPUT = b'r', "Puts the top into the memo, under a number of four bytes.";
    SETITEM = b's', "Stores a key and its value in the dict below.";
    TUPLE = b't', "A tuple of what is above the mark.";
    EMPTY_TUPLE = b')', "The empty tuple.";
    SETITEMS = b'u', "Stores the keys and values above the mark in the dict below it.";
    BINFLOAT = b'G', "A float of eight bytes, the most significant first.";
    PROTO = 0x80, "The protocol.";
    NEWOBJ = 0x81, "An object of a class by its `__new__` with a tuple of arguments.";
    EXT1 = 0x82, "The global with an extension code of one byte.";
    EXT2 = 0x83, "The global with an extension code of two bytes.";
    EXT4 = 0x84, "The global with an extension code of four bytes.";
    TUPLE1 = 0x85, "A tuple of the top.";
    TUPLE2 = 0x86, "A tuple of the two on top.";
    TUPLE3 = 0x87, "A tuple of the three on top.";
    NEWTRUE = 0x88, "True.";
    NEWFALSE = 0x89, "False.";
    LONG1 = 0x8A, "An integer, its length in one byte.";
    LONG4 = 0x8B, "An integer, its length in four bytes.";
    BINBYTES = b'B', "Bytes, their number in four bytes.";
    SHORT_BINBYTES = b'C', "Bytes, their number in one byte.";
    SHORT_BINUNICODE = 0x8C, "A str, its length in one byte.";
    BINUNICODE8 = 0x8D, "A str, its length in eight bytes.";
    BINBYTES8 = 0x8E, "Bytes, their number in eight bytes.";
    EMPTY_SET = 0x8F, "An empty set.";
    ADDITEMS = 0x90, "Adds what is above the mark to the set below it.";
    FROZENSET = 0x91, "A frozenset of what is above the mark.";
    NEWOBJ_EX = 0x92, "As NEWOBJ, with a dict of keyword arguments too.";
    STACK_GLOBAL = 0x93, "The global whose module and name are on the stack.";
    MEMOIZE = 0x94, "Puts the top into the memo, under the next number.";
    FRAME = 0x95, "So many bytes (a number of eight bytes) follow that can be read at once.";
    BYTEARRAY8 = 0x96, "A bytearray, its length in eight bytes.";
    NEXT_BUFFER = 0x97, "The next of the buffers that came beside the pickle.";
    READONLY_BUFFER = 0x98, "Makes the buffer on top one that cannot be written.";
}

/// The latest protocol, which is also the default.
pub const HIGHEST_PROTOCOL: u8 = 5;
/// Most items are stored in groups of so many.
pub const BATCH: usize = 1000;
