//! The hierarchy of the built-in exception classes: one row for each, from which the enumeration, the definitions and the
//! namespace of built-ins follow.

use crate::heap::Gc;
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::vm::native::{GetSetDef, NativeDef, TypeDef};

use super::{attribute, base, group, import, os, stop, syntax, unicode};

macro_rules! exceptions {
    ($($name:ident : $base:ident, $doc:literal;)*) => {
        /// The built-in exception classes.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        #[allow(clippy::enum_variant_names, non_camel_case_types)]
        pub enum Exc { BaseException, $($name),* }

        impl Exc {
            /// All of them, bases first.
            pub const ALL: &[Exc] = &[Exc::BaseException, $(Exc::$name),*];

            /// The class it inherits from; `BaseException` names itself.
            pub const fn base(self) -> Exc {
                match self {
                    Exc::BaseException => Exc::BaseException,
                    $( Exc::$name => Exc::$base, )*
                }
            }
        }

        /// Name, base and documentation of each, in the order of [`Exc`] (bases come first).
        pub const EXCEPTIONS: &[(&str, Exc, &str)] = &[
            ("BaseException", Exc::BaseException, "Common base class for all exceptions"),
            $( (stringify!($name), Exc::$base, $doc), )*
        ];

        /// The definition of each class, in the order of [`Exc`].
        pub static DEFINITIONS: [TypeDef; EXCEPTIONS.len()] =
            [definition(Exc::BaseException), $( definition(Exc::$name) ),*];
    };
}

exceptions! {
    BaseExceptionGroup: BaseException, "A combination of multiple unrelated exceptions.";
    GeneratorExit: BaseException, "Request that a generator exit.";
    KeyboardInterrupt: BaseException, "Program interrupted by user.";
    SystemExit: BaseException, "Request to exit from the interpreter.";
    Exception: BaseException, "Common base class for all non-exit exceptions.";
    ArithmeticError: Exception, "Base class for arithmetic errors.";
    FloatingPointError: ArithmeticError, "Floating-point operation failed.";
    OverflowError: ArithmeticError, "Result too large to be represented.";
    ZeroDivisionError: ArithmeticError, "Second argument to a division or modulo operation was zero.";
    AssertionError: Exception, "Assertion failed.";
    AttributeError: Exception, "Attribute not found.";
    BufferError: Exception, "Buffer error.";
    EOFError: Exception, "Read beyond end of file.";
    ExceptionGroup: BaseExceptionGroup, "";
    ImportError: Exception, "Import can't find module, or can't find name in module.";
    ModuleNotFoundError: ImportError, "Module not found.";
    LookupError: Exception, "Base class for lookup errors.";
    IndexError: LookupError, "Sequence index out of range.";
    KeyError: LookupError, "Mapping key not found.";
    MemoryError: Exception, "Out of memory.";
    NameError: Exception, "Name not found globally.";
    UnboundLocalError: NameError, "Local name referenced but not bound to a value.";
    OSError: Exception, "Base class for I/O related errors.";
    BlockingIOError: OSError, "I/O operation would block.";
    ChildProcessError: OSError, "Child process error.";
    ConnectionError: OSError, "Connection error.";
    BrokenPipeError: ConnectionError, "Broken pipe.";
    ConnectionAbortedError: ConnectionError, "Connection aborted.";
    ConnectionRefusedError: ConnectionError, "Connection refused.";
    ConnectionResetError: ConnectionError, "Connection reset.";
    FileExistsError: OSError, "File already exists.";
    FileNotFoundError: OSError, "File not found.";
    InterruptedError: OSError, "Interrupted by signal.";
    IsADirectoryError: OSError, "Operation doesn't work on directories.";
    NotADirectoryError: OSError, "Operation only works on directories.";
    PermissionError: OSError, "Not enough permissions.";
    ProcessLookupError: OSError, "Process not found.";
    TimeoutError: OSError, "Timeout expired.";
    ReferenceError: Exception, "Weak ref proxy used after referent went away.";
    RuntimeError: Exception, "Unspecified run-time error.";
    NotImplementedError: RuntimeError, "Method or function hasn't been implemented yet.";
    PythonFinalizationError: RuntimeError, "Operation blocked during Python finalization.";
    RecursionError: RuntimeError, "Recursion limit exceeded.";
    StopAsyncIteration: Exception, "Signal the end from iterator.__anext__().";
    StopIteration: Exception, "Signal the end from iterator.__next__().";
    SyntaxError: Exception, "Invalid syntax.";
    IndentationError: SyntaxError, "Improper indentation.";
    TabError: IndentationError, "Improper mixture of spaces and tabs.";
    _IncompleteInputError: SyntaxError, "incomplete input.";
    SystemError: Exception, "Internal error in the interpreter.";
    TypeError: Exception, "Inappropriate argument type.";
    ValueError: Exception, "Inappropriate argument value (of correct type).";
    UnicodeError: ValueError, "Unicode related error.";
    UnicodeDecodeError: UnicodeError, "Unicode decoding error.";
    UnicodeEncodeError: UnicodeError, "Unicode encoding error.";
    UnicodeTranslateError: UnicodeError, "Unicode translation error.";
    Warning: Exception, "Base class for warning categories.";
    BytesWarning: Warning, "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    DeprecationWarning: Warning, "Base class for warnings about deprecated features.";
    EncodingWarning: Warning, "Base class for warnings about encodings.";
    FutureWarning: Warning, "Base class for warnings about constructs that will change semantically\nin the future.";
    ImportWarning: Warning, "Base class for warnings about probable mistakes in module imports";
    PendingDeprecationWarning: Warning, "Base class for warnings about features which will be deprecated\nin the future.";
    ResourceWarning: Warning, "Base class for warnings about resource usage.";
    RuntimeWarning: Warning, "Base class for warnings about dubious runtime behavior.";
    SyntaxWarning: Warning, "Base class for warnings about dubious syntax.";
    UnicodeWarning: Warning, "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    UserWarning: Warning, "Base class for warnings generated by user code.";
}

/// What the class adds to its base: methods and attributes.
type Members = (&'static [NativeDef], &'static [GetSetDef]);

const fn members(class: Exc) -> Members {
    match class {
        Exc::BaseException => (base::METHODS, base::ATTRIBUTES),
        Exc::BaseExceptionGroup => (group::METHODS, group::ATTRIBUTES),
        Exc::StopIteration => (stop::ITERATION_METHODS, stop::ITERATION_ATTRIBUTES),
        Exc::SystemExit => (stop::EXIT_METHODS, stop::EXIT_ATTRIBUTES),
        Exc::KeyError => (base::KEY_ERROR_METHODS, &[]),
        Exc::AttributeError => (attribute::ATTRIBUTE_METHODS, attribute::ATTRIBUTE_ATTRIBUTES),
        Exc::NameError => (attribute::NAME_METHODS, attribute::NAME_ATTRIBUTES),
        Exc::ImportError => (import::METHODS, import::ATTRIBUTES),
        Exc::OSError => (os::METHODS, os::ATTRIBUTES),
        Exc::SyntaxError => (syntax::METHODS, syntax::ATTRIBUTES),
        Exc::UnicodeDecodeError => (unicode::DECODE_METHODS, unicode::ATTRIBUTES),
        Exc::UnicodeEncodeError => (unicode::ENCODE_METHODS, unicode::ATTRIBUTES),
        Exc::UnicodeTranslateError => (unicode::TRANSLATE_METHODS, unicode::ATTRIBUTES),
        _ => (&[], &[]),
    }
}

const fn definition(class: Exc) -> TypeDef {
    let (name, base, doc) = EXCEPTIONS[class as usize];
    let (methods, getset) = members(class);
    TypeDef {
        base: match class {
            Exc::BaseException => None,
            _ => Some(&DEFINITIONS[base as usize]),
        },
        methods,
        getset,
        subclassable: true,
        has_dict: true,
        ..TypeDef::new(name, kinds::EXCEPTION, doc)
    }
}

impl Exc {
    pub fn definition(self) -> &'static TypeDef {
        &DEFINITIONS[self as usize]
    }

    pub fn name(self) -> &'static str {
        EXCEPTIONS[self as usize].0
    }

    /// Whether it is `other` or inherits from it.
    pub const fn is(self, other: Exc) -> bool {
        let mut class = self;
        loop {
            if class as u8 == other as u8 {
                return true;
            }
            if matches!(class, Exc::BaseException) {
                return false;
            }
            class = class.base();
        }
    }

    /// The built-in exception class that this one is or inherits from, the first along its MRO.
    pub fn nearest(class: Gc<Class>) -> Exc {
        let built_in = |class: Gc<Class>| {
            let offset = (std::ptr::from_ref(class.def?) as usize).checked_sub(DEFINITIONS.as_ptr() as usize)?;
            Exc::ALL.get(offset / size_of::<TypeDef>()).copied()
        };
        if let Some(found) = built_in(class) {
            return found;
        }
        class.mro().items().iter().filter_map(|c| c.as_class()).find_map(built_in).unwrap_or(Exc::BaseException)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_come_before_what_inherits_from_them() {
        for (at, class) in Exc::ALL.iter().enumerate() {
            assert_eq!(*class as usize, at);
            assert!(at == 0 || (class.base() as usize) < at);
            assert!(class.is(Exc::BaseException));
        }
    }

    #[test]
    fn definitions_name_their_bases() {
        for class in &Exc::ALL[1..] {
            let base = class.definition().base.expect("has a base");
            assert!(std::ptr::eq(base, class.base().definition()), "{}", class.name());
        }
        assert!(Exc::FileNotFoundError.is(Exc::OSError) && !Exc::OSError.is(Exc::FileNotFoundError));
    }
}
