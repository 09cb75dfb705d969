//! Marking: from the roots to everything reachable, without recursion.
//!
//! A marked cell carries the current *colour* in its header. The colour changes with every collection, so marks need no
//! clearing; a cell is born with colour 0, which no collection uses. `parallel` runs several tracers at once.

use std::ops::Range;
use std::sync::atomic::Ordering::Relaxed;

use super::Heap;
use super::cell::{Cell, Gc, GcSlot, Header, Kind, KindInfo, ShapeId};
use super::parallel::Pool;
use super::space::{Block, Space};
use super::value::{Slot, Value};

/// Rows of slots longer than this are set aside and traced piece by piece: a list of ten million items must not
/// put ten million addresses on the stack at once.
const LONG: usize = 256;
/// So many slots of a long row are passed over at once if none of them has a cell.
const GLANCE: usize = 32;
/// How far ahead of tracing a cell its header is fetched into the cache.
const AHEAD: usize = 16;

/// The mark of permanent cells, which is above all colours. A cell is marked if its mark is no less than the colour: no cell
/// has a greater one than the last marking's, or else that of permanent cells.
pub(super) const PERMANENT: u8 = u8::MAX;

/// How many shapes a tracer remembers.
const LATELY: usize = 64;

/// What a cell's `trace` reports its values to.
pub struct Tracer {
    /// Cells to visit: reported, but perhaps marked already.
    pub(super) stack: Vec<usize>,
    /// Pieces of long cells to go through when the stack is empty.
    pub(super) pieces: Vec<Piece>,
    space: *const Space,
    kinds: &'static [KindInfo],
    /// What keeps the class of a cell with a shape of its own alive.
    owners: *const dyn ShapeOwners,
    /// Shapes whose owner was reported lately: most cells have the shape of one before them.
    lately: [ShapeId; LATELY],
    pub(super) colour: u8,
    /// Cells with a mark below this are to be visited: unmarked ones, or all if the tracer only gathers what is reported.
    wanted_below: u16,
    /// Whether every reported value is checked (stress mode).
    checks: bool,
    /// The kind of the cell being traced; `Kind::FREE` for roots.
    holder: Kind,
    pub(super) marked: usize,
    /// Bytes that marked cells own outside the heap.
    pub(super) external: usize,
}

/// Says which cell (the class) the cells of a shape keep alive. The heap asks for every marked cell whose shape is not that
/// of its kind.
pub trait ShapeOwners: Send + Sync {
    fn owner(&self, shape: ShapeId) -> Value;
}

/// For heaps without shapes: no owner.
pub struct NoOwners;

impl ShapeOwners for NoOwners {
    fn owner(&self, _: ShapeId) -> Value {
        Value::EMPTY
    }
}

/// A cell that may be very long and is then traced part by part, by several markers perhaps.
pub trait InParts: Cell {
    /// Reports what lies in these entries, of those that `Tracer::in_parts` was told of.
    fn trace_part(&self, part: Range<usize>, tracer: &mut Tracer);
}

/// Entries of a cell (or slots) that are still to be reported.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    of: *const u8,
    from: usize,
    to: usize,
    /// Reports the entries of a range.
    trace: unsafe fn(*const u8, Range<usize>, &mut Tracer),
    holder: Kind,
}

// SAFETY: what it points to lies in the heap, which stays as it is while the world is stopped.
unsafe impl Send for Piece {}

impl Piece {
    /// Cuts the piece after its first `count` entries and returns the rest, if there is any.
    fn cut(&mut self, count: usize) -> Option<Piece> {
        let middle = self.from + count;
        if middle >= self.to {
            return None;
        }
        let rest = Piece { from: middle, ..*self };
        self.to = middle;
        Some(rest)
    }
}

impl Tracer {
    pub(super) fn new(heap: &Heap, colour: u8, checks: bool) -> Tracer {
        Tracer {
            stack: Vec::new(),
            pieces: Vec::new(),
            space: &*heap.space,
            kinds: heap.kinds,
            owners: &*heap.owners,
            lately: [ShapeId(u32::MAX); LATELY],
            colour,
            wanted_below: colour.into(),
            checks,
            holder: Kind::FREE,
            marked: 0,
            external: 0,
        }
    }

    /// One that only gathers what is reported to it, marked or not.
    pub(super) fn gathering(heap: &Heap, checks: bool) -> Tracer {
        Tracer { wanted_below: u16::MAX, ..Tracer::new(heap, 0, checks) }
    }

    #[inline(always)]
    fn space(&self) -> &Space {
        // SAFETY: tracers live within a collection (or a walk) of the heap that owns the space.
        unsafe { &*self.space }
    }

    /// Reports how many bytes the cell owns outside the heap.
    #[inline(always)]
    pub fn owns(&mut self, bytes: usize) {
        self.external += bytes;
    }

    /// Reports a value.
    #[inline(always)]
    pub fn value(&mut self, value: Value) {
        if let Some(header) = value.header() {
            if self.checks {
                self.check(value.bits() as usize);
            }
            // Half of what is reported was before: it need not wait for its visit to be dropped.
            if u16::from(header.mark.load(Relaxed)) < self.wanted_below {
                self.stack.push(value.bits() as usize);
            }
        }
    }

    #[inline(always)]
    pub fn slot(&mut self, slot: &Slot) {
        self.value(slot.get());
    }

    /// Reports every slot of a slice.
    #[inline]
    pub fn slots(&mut self, slots: &[Slot]) {
        // Only slots in the heap are sure to be there later.
        if slots.len() > LONG && self.space().contains(slots.as_ptr() as usize) {
            unsafe fn trace(slots: *const u8, part: Range<usize>, tracer: &mut Tracer) {
                // SAFETY: a part of the slice, which lies in a live cell, and cells stay while the world is stopped.
                let slots = unsafe { std::slice::from_raw_parts(slots.cast::<Slot>().add(part.start), part.len()) };
                // SAFETY: nobody writes slots while the world is stopped.
                for values in unsafe { Slot::as_values(slots) }.chunks(GLANCE) {
                    if may_have_cells(values) {
                        values.iter().for_each(|value| tracer.value(*value));
                    }
                }
            }
            self.set_aside(slots.as_ptr().cast(), slots.len(), trace);
            return;
        }
        for slot in slots {
            self.slot(slot);
        }
    }

    /// Reports the first `len` entries of a cell by [`InParts::trace_part`], at once if they are few.
    #[inline]
    pub fn in_parts<T: InParts>(&mut self, cell: &T, len: usize) {
        if len > LONG && self.space().contains(std::ptr::from_ref(cell) as usize) {
            unsafe fn trace<T: InParts>(cell: *const u8, part: Range<usize>, tracer: &mut Tracer) {
                // SAFETY: the cell is alive, being traced, and cells stay while the world is stopped.
                unsafe { &*cell.cast::<T>() }.trace_part(part, tracer);
            }
            self.set_aside(std::ptr::from_ref(cell).cast(), len, trace::<T>);
        } else {
            cell.trace_part(0..len, self);
        }
    }

    #[cold]
    fn set_aside(&mut self, of: *const u8, len: usize, trace: unsafe fn(*const u8, Range<usize>, &mut Tracer)) {
        self.pieces.push(Piece { of, from: 0, to: len, trace, holder: self.holder });
    }

    #[inline(always)]
    pub fn cell<T: Cell>(&mut self, cell: Gc<T>) {
        self.value(cell.value());
    }

    #[inline(always)]
    pub fn gc_slot<T: Cell>(&mut self, slot: &GcSlot<T>) {
        self.slot(slot.as_slot());
    }

    /// Everything that was reported, when this tracer only gathers.
    pub(super) fn into_reported(mut self) -> impl Iterator<Item = Value> {
        while let Some(piece) = self.pieces.pop() {
            self.open(piece);
        }
        self.stack.into_iter().map(|address| Value::from_bits(address as u64))
    }

    /// Reports the cell that a word of a native stack points to or into, if it does. `last_colour` is that of the
    /// marking before: by it the dead cells of blocks not yet swept are told from live ones.
    pub(super) fn conservative(&mut self, word: usize, last_colour: u8) {
        let Some((address, block)) = self.space().cell_at(word) else { return };
        // SAFETY: every cell of a cut block starts with a header, of a live cell or zero.
        let header = unsafe { &*(address as *const Header) };
        let dead = block.has_flag(Block::UNSWEPT) && header.mark.load(Relaxed) < last_colour;
        if header.kind() != Kind::FREE && !dead && u16::from(header.mark.load(Relaxed)) < self.wanted_below {
            self.stack.push(address);
        }
    }

    /// Visits everything that was reported and what it leads to.
    pub(super) fn drain(&mut self) {
        self.drain_with::<false>(None);
    }

    /// As `drain`; with `SHARED`, other tracers run at the same time and `pool` says when they are out of work.
    pub(super) fn drain_with<const SHARED: bool>(&mut self, pool: Option<&Pool>) {
        let mut ahead = [0usize; AHEAD];
        let (mut first, mut waiting) = (0, 0);
        loop {
            if waiting < AHEAD
                && let Some(address) = self.stack.pop()
            {
                prefetch(address);
                ahead[(first + waiting) % AHEAD] = address;
                waiting += 1;
                continue;
            }
            if waiting > 0 {
                let address = ahead[first];
                first = (first + 1) % AHEAD;
                waiting -= 1;
                self.visit::<SHARED>(address);
                if SHARED && let Some(pool) = pool {
                    pool.relieve(self);
                }
                continue;
            }
            let Some(piece) = self.pieces.pop() else { return };
            self.open(piece);
        }
    }

    fn open(&mut self, mut piece: Piece) {
        self.pieces.extend(piece.cut(LONG));
        self.holder = piece.holder;
        // SAFETY: `trace` was set aside together with what it traces.
        unsafe { (piece.trace)(piece.of, piece.from..piece.to, self) };
    }

    /// Splits a long piece that is waiting, so that another tracer can have half of it.
    pub(super) fn split_piece(&mut self) -> Option<Piece> {
        let mut piece = self.pieces.pop()?;
        let half = (piece.to - piece.from) / 2;
        if half >= LONG {
            let rest = piece.cut(half);
            self.pieces.push(piece);
            return rest;
        }
        Some(piece)
    }

    #[inline(always)]
    fn visit<const SHARED: bool>(&mut self, address: usize) {
        // SAFETY: only addresses of live cells are reported (the contract of `Cell::trace` and of the roots; stress mode
        // checks it), and nothing is freed while the world is stopped.
        let header = unsafe { &*(address as *const Header) };
        if header.mark.load(Relaxed) >= self.colour {
            return;
        }
        if SHARED {
            if header.mark.swap(self.colour, Relaxed) == self.colour {
                return;
            }
        } else {
            header.mark.store(self.colour, Relaxed);
        }
        self.marked += 1;
        let space = self.space();
        space.block(space.block_of(address)).count_live();
        self.trace_cell(header);
    }

    /// Reports what a cell holds.
    #[inline(always)]
    pub(super) fn trace_cell(&mut self, header: &Header) {
        let info = &self.kinds[header.kind().0 as usize];
        self.holder = header.kind();
        // SAFETY: the row is that of the cell's kind.
        unsafe { (info.trace)(header, self) };
        if !header.is_exact() {
            let shape = header.shape();
            if self.lately[shape.0 as usize % LATELY] != shape {
                self.report_owner(shape);
            }
        }
        if header.has_flag(Header::HAS_TAIL_VALUES) {
            self.trace_tail(header, info.size);
        }
    }

    #[cold]
    fn report_owner(&mut self, shape: ShapeId) {
        self.lately[shape.0 as usize % LATELY] = shape;
        // SAFETY: as for the space: the heap outlives its tracers.
        self.value(unsafe { &*self.owners }.owner(shape));
    }

    fn trace_tail(&mut self, header: &Header, fixed: usize) {
        let address = std::ptr::from_ref(header) as usize;
        let space = self.space();
        let size = space.block(space.block_of(address)).cell_size();
        let start = address + fixed.next_multiple_of(8);
        let len = (address + size).saturating_sub(start) / size_of::<Slot>();
        // SAFETY: the bytes behind the fixed part are part of the cell, were zeroed at birth and are written as slots only.
        self.slots(unsafe { std::slice::from_raw_parts(start as *const Slot, len) });
    }

    #[cold]
    #[inline(never)]
    fn check(&self, address: usize) {
        let holder = match self.holder {
            Kind::FREE => "a root",
            kind => self.kinds[kind.0 as usize].name,
        };
        match self.space().cell_at(address) {
            Some((start, _)) if start == address => {
                // SAFETY: every cell of a cut block starts with a header, of a live cell or zero.
                let header = unsafe { &*(address as *const Header) };
                assert!(header.kind() != Kind::FREE, "{holder} refers to a freed cell at {address:#x}");
            }
            _ => panic!("{holder} refers to {address:#x}, which is no cell"),
        }
    }
}

/// Whether one of the words has no tag: cells have none, and neither has the empty value. Without a branch, so that several
/// words are looked at together.
#[inline(always)]
fn may_have_cells(values: &[Value]) -> bool {
    let untagged = |value: &Value| (value.bits() >> Value::ADDRESS_BITS).wrapping_sub(1);
    values.iter().fold(0, |all, value| all | untagged(value)) >> 63 != 0
}

/// Asks for the cache line at `address` without waiting for it.
#[inline(always)]
pub(super) fn prefetch(address: usize) {
    // SAFETY: prefetching has no effect a program could see, whatever the address.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address as *const i8);
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!("prfm pldl1keep, [{}]", in(reg) address, options(nostack, readonly, preserves_flags));
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let _ = address;
}
