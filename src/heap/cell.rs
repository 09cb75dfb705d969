//! What every object of the heap starts with, and the pointer to it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use super::lock::ObjectLock;
use super::mark::Tracer;
use super::value::{Slot, Value};

/// Which Rust type a cell is: an index into the table of [`KindInfo`] that the heap was made with.
///
/// The heap knows kinds only by that table; `objects::kinds` fills it. A subclass of a built-in type written in Python
/// has the kind of the built-in type and a shape of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Kind(pub u8);

impl Kind {
    /// No object: a cell on a free list.
    pub const FREE: Kind = Kind(0);
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kind {}", self.0)
    }
}

/// The number of a hidden class in its interpreter's table of shapes (`vm::shape`).
///
/// Equal shapes mean: same class, same attributes at the same offsets. The exact built-in types have the shapes whose
/// number is their kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct ShapeId(pub u32);

impl ShapeId {
    /// The kind whose exact built-in type this is the shape of.
    #[inline(always)]
    pub fn exact_kind(self) -> Option<Kind> {
        u8::try_from(self.0).ok().map(Kind)
    }
}

/// How the collector treats one kind of cell.
pub struct KindInfo {
    pub name: &'static str,
    /// Bytes of the fixed part: what follows it in a cell flagged [`Header::HAS_TAIL_VALUES`] is scanned as values.
    pub size: usize,
    /// Reports every value in the fixed part (and whatever untagged tail the kind has) to the tracer.
    pub trace: unsafe fn(*const Header, &mut Tracer),
    /// Frees what the cell owns outside the heap; `None` where it owns nothing.
    pub drop: Option<unsafe fn(*mut Header)>,
}

/// The first eight bytes of every cell.
#[repr(C, align(8))]
pub struct Header {
    kind: Kind,
    /// The collector's mark; its meaning is `heap::mark`'s alone.
    pub(super) mark: AtomicU8,
    flags: AtomicU8,
    /// Taken for writes while the lock is off; never held across a safepoint.
    lock: ObjectLock,
    shape: AtomicU32,
}

const _: () = assert!(size_of::<Header>() == 8);

impl Header {
    /// The bytes after the fixed part are values (attributes), zeroed where unused.
    pub const HAS_TAIL_VALUES: u8 = 1;
    /// Its class has `__del__`, which has not run yet.
    pub const HAS_FINALIZER: u8 = 2;
    /// At least one weak reference points to it.
    pub const HAS_WEAKREFS: u8 = 4;
    /// For the kind's own use (`Str`: interned; `Class`: see there).
    pub const KIND_FLAG: u8 = 0x80;

    #[inline(always)]
    pub const fn new(kind: Kind, shape: ShapeId) -> Header {
        Header {
            kind,
            mark: AtomicU8::new(0),
            flags: AtomicU8::new(0),
            lock: ObjectLock::new(),
            shape: AtomicU32::new(shape.0),
        }
    }

    /// A header for an exact instance of the built-in type of `kind`.
    #[inline(always)]
    pub const fn of_kind(kind: Kind) -> Header {
        Header::new(kind, ShapeId(kind.0 as u32))
    }

    #[inline(always)]
    pub const fn with_flags(kind: Kind, shape: ShapeId, flags: u8) -> Header {
        let mut header = Header::new(kind, shape);
        header.flags = AtomicU8::new(flags);
        header
    }

    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    #[inline(always)]
    pub fn shape(&self) -> ShapeId {
        ShapeId(self.shape.load(Ordering::Acquire))
    }

    #[inline(always)]
    pub fn set_shape(&self, shape: ShapeId) {
        self.shape.store(shape.0, Ordering::Release);
    }

    /// Whether this is an instance of exactly the built-in type of its kind, not of a subclass.
    #[inline(always)]
    pub fn is_exact(&self) -> bool {
        self.shape().0 == self.kind.0 as u32
    }

    #[inline(always)]
    pub fn has_flag(&self, flag: u8) -> bool {
        self.flags.load(Ordering::Relaxed) & flag != 0
    }

    /// As `has_flag`, of a header that nobody shares yet: a plain read, which the compiler can often work out beforehand.
    #[inline(always)]
    pub(super) fn is_born_with(&mut self, flag: u8) -> bool {
        *self.flags.get_mut() & flag != 0
    }

    /// Sets the flag of a cell that no other thread knows yet: no read-modify-write is needed.
    #[inline(always)]
    pub fn set_flag_of_new(&self, flag: u8) {
        self.flags.store(self.flags.load(Ordering::Relaxed) | flag, Ordering::Relaxed);
    }

    pub fn set_flag(&self, flag: u8) {
        self.flags.fetch_or(flag, Ordering::AcqRel);
    }

    pub fn clear_flag(&self, flag: u8) {
        self.flags.fetch_and(!flag, Ordering::AcqRel);
    }

    /// The one-byte lock that a writer takes while the interpreter's lock is off. Go through `Thread::guard`, which skips
    /// it while the lock is on and counts contention.
    #[inline(always)]
    pub fn object_lock(&self) -> &ObjectLock {
        &self.lock
    }
}

/// A type whose values live in the heap.
///
/// # Safety
/// `Self` is `#[repr(C)]` with a [`Header`] of kind `KIND` as its first field, and `trace` reports every value and every
/// cell pointer it holds. A type that owns memory outside the heap sets `NEEDS_DROP`; its `Drop` must touch no other cell.
pub unsafe trait Cell: Sized + 'static {
    const KIND: Kind;
    const NEEDS_DROP: bool = false;
    fn trace(&self, tracer: &mut Tracer);
}

impl KindInfo {
    /// The table row of cell type `T`.
    pub const fn of<T: Cell>(name: &'static str) -> KindInfo {
        unsafe fn trace<T: Cell>(header: *const Header, tracer: &mut Tracer) {
            // SAFETY: the collector looks the row up by the header's kind, so the cell is a live `T`.
            unsafe { &*header.cast::<T>() }.trace(tracer)
        }
        unsafe fn drop<T: Cell>(header: *mut Header) {
            // SAFETY: as above, and the sweeper calls it once, when nothing refers to the cell any more.
            unsafe { std::ptr::drop_in_place(header.cast::<T>()) }
        }
        KindInfo {
            name,
            size: size_of::<T>(),
            trace: trace::<T>,
            drop: if T::NEEDS_DROP { Some(drop::<T>) } else { None },
        }
    }
}

/// A pointer to a cell of the heap. `Copy`, and only valid while its thread is attached: cells never move, and the
/// collector keeps alive whatever a native stack word or register points to, so a local needs no ceremony.
#[repr(transparent)]
pub struct Gc<T: ?Sized> {
    pointer: NonNull<Header>,
    of: PhantomData<*const T>,
}

impl<T: ?Sized> Clone for Gc<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> Copy for Gc<T> {}
impl<T: ?Sized> PartialEq for Gc<T> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.pointer == other.pointer
    }
}
impl<T: ?Sized> Eq for Gc<T> {}

impl<T: ?Sized> Gc<T> {
    #[inline(always)]
    pub fn address(self) -> usize {
        self.pointer.as_ptr() as usize
    }

    #[inline(always)]
    pub fn value(self) -> Value {
        Value::cell(self)
    }
}

impl<T: Cell> Gc<T> {
    /// # Safety
    /// `address` is that of a live cell of type `T`.
    #[inline(always)]
    pub unsafe fn from_address(address: usize) -> Gc<T> {
        // SAFETY: a live cell's address is not zero.
        Gc { pointer: unsafe { NonNull::new_unchecked(address as *mut Header) }, of: PhantomData }
    }

    #[inline(always)]
    pub fn header(self) -> &'static Header {
        // SAFETY: a `Gc` points to a live cell for as long as it is held (see the type's documentation).
        unsafe { self.pointer.as_ref() }
    }

    /// The slots behind the fixed part: `len` of them were asked for when the cell was allocated.
    #[inline(always)]
    pub fn tail_slots(self, len: usize) -> &'static [Slot] {
        // SAFETY: the caller passes the length (or less) that `alloc_with_tail` was called with; slots are plain atomics.
        unsafe { std::slice::from_raw_parts((self.address() + size_of::<T>()) as *const Slot, len) }
    }

    /// The cell's contents. Their lifetime is not tied to the `Gc`: it is that of the cell, which lives while any
    /// reference into it lies on a native stack, in a register or in a reachable cell.
    #[inline(always)]
    pub fn get(self) -> &'static T {
        // SAFETY: as for `header`; and a cell's contents are only changed through atomics and `Cell`s under the locks.
        unsafe { &*self.pointer.as_ptr().cast::<T>() }
    }
}

impl<T: Cell> Deref for Gc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        (*self).get()
    }
}

impl<T: Cell> fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

/// A [`Slot`] that holds a cell of one type, or nothing.
#[repr(transparent)]
pub struct GcSlot<T> {
    slot: Slot,
    of: PhantomData<*const T>,
}

// SAFETY: a slot is an atomic word; the cell behind it is only touched by threads attached to its interpreter.
unsafe impl<T> Send for GcSlot<T> {}
// SAFETY: as for `Send`.
unsafe impl<T> Sync for GcSlot<T> {}

impl<T: Cell> GcSlot<T> {
    pub fn new(cell: Option<Gc<T>>) -> GcSlot<T> {
        GcSlot { slot: Slot::new(cell.map_or(Value::EMPTY, Gc::value)), of: PhantomData }
    }

    #[inline(always)]
    pub fn get(&self) -> Option<Gc<T>> {
        let value = self.slot.get();
        // SAFETY: only `new` and `set` write the slot, and they write cells of type `T` or `EMPTY`.
        if value.is_empty() { None } else { Some(unsafe { Gc::from_address(value.bits() as usize) }) }
    }

    #[inline(always)]
    pub fn set(&self, cell: Option<Gc<T>>) {
        self.slot.set(cell.map_or(Value::EMPTY, Gc::value));
    }

    #[inline(always)]
    pub fn as_slot(&self) -> &Slot {
        &self.slot
    }
}

/// A [`Slot`] that always holds a cell of one type.
#[repr(transparent)]
pub struct GcField<T>(GcSlot<T>);

impl<T: Cell> GcField<T> {
    pub fn new(cell: Gc<T>) -> GcField<T> {
        GcField(GcSlot::new(Some(cell)))
    }

    #[inline(always)]
    pub fn get(&self) -> Gc<T> {
        // SAFETY: only `new` and `set` write the slot, and they write cells of type `T`.
        unsafe { Gc::from_address(self.0.slot.get().bits() as usize) }
    }

    #[inline(always)]
    pub fn set(&self, cell: Gc<T>) {
        self.0.set(Some(cell));
    }

    #[inline(always)]
    pub fn as_slot(&self) -> &GcSlot<T> {
        &self.0
    }
}
