//! The row of words in which a code object's instructions, constants, sites and guesses lie: see [`Layout`].

use std::sync::atomic::{AtomicU64, Ordering};

use crate::compiler::layout::{Layout, SITE_WORDS};
use crate::compiler::opcodes::Instr;
use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::vm::caches::UNKNOWN;

/// A place in the code with a name and an inline cache: one atomic word, which always checks its own guard
/// (`vm::caches` says what the word can hold).
#[repr(C)]
pub struct Site {
    pub name: Gc<Str>,
    pub cache: AtomicU64,
}

const _: () = assert!(size_of::<Site>() == SITE_WORDS * 8 && align_of::<Site>() == 8);
const _: () = assert!(size_of::<Instr>() == 8 && size_of::<Value>() == 8);

impl Site {
    /// Forgets what the code has learnt here.
    pub fn forget(&self) {
        self.cache.store(UNKNOWN, Ordering::Release);
    }
}

/// Instructions, constants, sites and guesses. Only the sites' caches and the guesses ever change.
pub struct Body {
    words: Box<[AtomicU64]>,
    layout: Layout,
}

impl Body {
    /// From instructions as the compiler made them, which the layout has room for.
    pub fn new(instructions: &[Instr], consts: &[Value], sites: impl ExactSizeIterator<Item = Gc<Str>>) -> Body {
        let layout = Layout::new(instructions, consts.len(), sites.len());
        let instructions = layout.run(instructions).map(|instr| match instr {
            Some(instr) => instr.0,
            None => unreachable!("the compiler refuses code in which something lies too far away"),
        });
        Body::of_words(layout, instructions, consts, sites)
    }

    /// The same instructions with other constants and sites, as many as there were.
    pub fn with(&self, consts: &[Value], sites: impl ExactSizeIterator<Item = Gc<Str>>) -> Body {
        let layout = Layout { consts: consts.len(), sites: sites.len(), ..self.layout };
        assert_eq!(layout, self.layout, "instructions rely on the layout");
        Body::of_words(layout, self.instructions().iter().map(|instr| instr.0), consts, sites)
    }

    fn of_words(
        layout: Layout,
        instructions: impl Iterator<Item = u64>,
        consts: &[Value],
        sites: impl Iterator<Item = Gc<Str>>,
    ) -> Body {
        let mut words = Vec::with_capacity(layout.words());
        words.extend(instructions.map(AtomicU64::new));
        words.extend(consts.iter().map(|value| AtomicU64::new(value.bits())));
        for name in sites {
            words.push(AtomicU64::new(name.address() as u64));
            words.push(AtomicU64::new(UNKNOWN));
        }
        words.extend((0..layout.guesses).map(|_| AtomicU64::new(0)));
        assert_eq!(words.len(), layout.words());
        Body { words: words.into_boxed_slice(), layout }
    }

    /// Where the first instruction lies.
    #[inline(always)]
    pub fn start(&self) -> *const Instr {
        self.words.as_ptr().cast()
    }

    /// As they run: what they name lies so many words away from themselves.
    #[inline(always)]
    pub fn instructions(&self) -> &[Instr] {
        // SAFETY: so many words at the start are instructions, which nobody changes.
        unsafe { std::slice::from_raw_parts(self.start(), self.layout.instructions) }
    }

    /// Where `instruction` lies, one of this code's.
    pub fn index_of(&self, instruction: *const Instr) -> usize {
        (instruction as usize - self.start() as usize) / size_of::<Instr>()
    }

    /// As the compiler made them: what they name is an index.
    pub fn absolute(&self, at: usize) -> Instr {
        self.layout.absolute(self.instructions()[at], at)
    }

    /// All instructions as the compiler made them.
    pub fn compiled(&self) -> impl ExactSizeIterator<Item = Instr> {
        (0..self.layout.instructions).map(|at| self.absolute(at))
    }

    pub fn consts(&self) -> &[Value] {
        // SAFETY: so many words behind the instructions are the bits of values, which nobody changes.
        unsafe {
            std::slice::from_raw_parts(self.words.as_ptr().add(self.layout.first_const()).cast(), self.layout.consts)
        }
    }

    pub fn sites(&self) -> &[Site] {
        // SAFETY: behind the constants lie so many sites, each of a name and an atomic word.
        unsafe {
            std::slice::from_raw_parts(self.words.as_ptr().add(self.layout.first_site()).cast(), self.layout.sites)
        }
    }
}
