//! Where the nodes of a tree live: handed out one after the other, freed as a whole, and without
//! destructors, so that a tree of any depth goes in one stroke.

/// Memory for one tree. Everything made from it lives as long as it does.
#[derive(Default)]
pub struct Arena {
    bump: bumpalo::Bump,
}

impl Arena {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn alloc<T>(&self, value: T) -> &T {
        const { assert!(!std::mem::needs_drop::<T>(), "the arena runs no destructors") };
        self.bump.alloc(value)
    }

    /// Moves everything that `items` yields into one slice.
    pub fn alloc_slice<T>(&self, items: impl ExactSizeIterator<Item = T>) -> &[T] {
        const { assert!(!std::mem::needs_drop::<T>(), "the arena runs no destructors") };
        self.bump.alloc_slice_fill_iter(items)
    }

    pub fn alloc_str(&self, text: &str) -> &str {
        self.bump.alloc_str(text)
    }

    pub fn alloc_bytes(&self, bytes: &[u8]) -> &[u8] {
        self.bump.alloc_slice_copy(bytes)
    }

    /// Bytes taken from the system so far.
    pub fn allocated_bytes(&self) -> usize {
        self.bump.allocated_bytes()
    }
}
