//! How native code fails: a Python exception is pending in the thread, and [`Raised`] says so.

use std::fmt::Display;

use crate::gil::breaker;
use crate::heap::Value;
use crate::objects::exception::Exc;

use super::Thread;

/// Proof that an exception is pending in the thread. The only way to make one is to raise; whoever drops one without
/// `Thread::take_exception` (or `clear_exception`) loses an exception.
#[derive(Debug)]
#[must_use]
pub struct Raised(());

impl Thread {
    /// Raises `class(message)`.
    #[cold]
    #[inline(never)]
    pub fn raise(&self, class: Exc, message: impl Display) -> Raised {
        let message = self.str(&message.to_string());
        self.raise_with(class, &[message])
    }

    /// Raises `class(*args)` for a built-in exception class.
    #[cold]
    #[inline(never)]
    pub fn raise_with(&self, class: Exc, args: &[Value]) -> Raised {
        let class = self.vm().exception_class(class);
        let exception = crate::objects::exception::new(self, class, args);
        self.raise_value(exception)
    }

    /// Makes `exception` (an exception instance) the pending one. Its context is set by the unwinder.
    #[cold]
    pub fn raise_value(&self, exception: Value) -> Raised {
        self.pending.set(exception);
        self.chained.set(false);
        Raised(())
    }

    /// The pending exception, which is then no longer pending.
    pub fn take_exception(&self, _: Raised) -> Value {
        self.pending.replace(Value::EMPTY)
    }

    /// Swallows the exception if it is an instance of `class`, hands it on otherwise.
    pub fn caught(&self, raised: Raised, class: Exc) -> Result<Value, Raised> {
        let exception = self.pending.get();
        if crate::objects::exception::is_instance(self, exception, class) {
            return Ok(self.take_exception(raised));
        }
        Err(raised)
    }

    /// The same for the StopIteration of an iterator: a tracing function may be told of it.
    pub fn caught_stop(&self, raised: Raised) -> Result<Value, Raised> {
        let exception = self.caught(raised, Exc::StopIteration)?;
        if self.breaker().has(breaker::TRACING) {
            self.tracing.note_stop(self.stack.depth(), exception);
        }
        Ok(exception)
    }

    #[cold]
    pub fn type_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::TypeError, message)
    }

    #[cold]
    pub fn value_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::ValueError, message)
    }

    #[cold]
    pub fn index_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::IndexError, message)
    }

    /// KeyError(key)
    #[cold]
    pub fn key_error(&self, key: Value) -> Raised {
        self.raise_with(Exc::KeyError, &[key])
    }

    #[cold]
    pub fn attribute_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::AttributeError, message)
    }

    #[cold]
    pub fn overflow_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::OverflowError, message)
    }

    #[cold]
    pub fn runtime_error(&self, message: impl Display) -> Raised {
        self.raise(Exc::RuntimeError, message)
    }

    #[cold]
    pub fn memory_error(&self) -> Raised {
        self.raise_with(Exc::MemoryError, &[])
    }
}
