//! Allocation: the part of the heap that one Python thread has to itself.
//!
//! For each size class a thread has a *span*, a row of free cells, and bumps a pointer through it; when it is used up the
//! next span of the same block follows, then another block (swept on the way, if need be). So the fast path is one
//! comparison and one store, for fresh blocks and for the holes in old ones alike.
//!
//! Invariant: **every free cell has a header of zero** (`Kind::FREE`), also in the part of a span that has not been handed
//! out, so that a garbage word on a native stack is recognised for what it is. Whoever frees a cell zeroes its header.

use std::cell::{Cell as StdCell, RefCell};
use std::marker::PhantomData;
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use crate::world::forks;

use super::blocks::Supply;
use super::bytes::{ByteTail, copy_few, map_words};
use super::cell::{Cell, Gc, Header};
use super::mark::prefetch;
use super::size::{CLASS_SIZES, CLASSES, FINE_LIMIT, GRANULE, MAX_SMALL, class_of, fine_class};
use super::space::{BLOCK_SIZE, Block, BlockState};
use super::span::{Chain, read_span};
use super::value::{Slot, Value};
use super::{Heap, OutOfMemory};

/// How a thread learns that it should collect at its next safepoint: implemented by whatever holds its breaker word.
pub trait CollectionRequest: Send + Sync {
    /// Sets the collect bit. Called in the middle of an allocation: it must neither allocate cells nor block.
    fn request_collection(&self);
}

/// For heaps that nobody collects on request; poll [`Heap::collection_wanted`].
pub struct NoRequest;

impl CollectionRequest for NoRequest {
    fn request_collection(&self) {}
}

/// Off-heap bytes a thread gathers before it tells the heap.
const EXTERNAL_STEP: usize = 64 << 10;
/// A tail from this size on has at least one byte behind it, so that a pointer to its end lies in the cell.
const END_POINTER_TAIL: usize = 128;

/// Up to so many bytes are zeroed word by word.
const FEW: usize = 256;

/// The most of a class's cells that a thread takes at first, in bytes; twice as much every time. A thousand threads that
/// allocate little share blocks.
const FIRST_HELPING: usize = 2048;

/// Of larger cells only the ends lie in lines that others can have a part of.
const LONGEST_APART: usize = 256;

/// The free cells of one class that a thread is handing out.
struct Row {
    at: StdCell<usize>,
    end: StdCell<usize>,
    /// The next span of the same chain, or 0.
    next: StdCell<usize>,
    /// Bytes to take next time.
    helping: StdCell<usize>,
}

impl Row {
    const fn new() -> Row {
        Row { at: StdCell::new(0), end: StdCell::new(0), next: StdCell::new(0), helping: StdCell::new(FIRST_HELPING) }
    }

    /// Takes everything away, as a chain.
    fn take(&self, size: usize) -> Chain {
        let unused = (self.end.get() - self.at.get()) / size;
        let mut chain = Chain::at(self.next.take());
        if unused > 0 {
            chain = Chain::before(self.at.get(), unused, chain);
        }
        self.at.set(0);
        self.end.set(0);
        chain
    }
}

/// What a thread has in hand; the collector takes it away while the world is stopped.
pub(super) struct Local {
    rows: [Row; CLASSES],
    /// The same for cells of which all threads read and that nobody changes.
    rows_for_all: [Row; CLASSES],
    external: StdCell<usize>,
    /// Cells with finalisers born here since the last collection.
    finalizable: RefCell<Vec<usize>>,
}

/// What the collector takes from a thread.
#[derive(Default)]
pub(super) struct Taken {
    /// Cells that were handed to the thread, but not yet used.
    pub(super) unused_cells: usize,
    pub(super) unused_bytes: usize,
    pub(super) finalizable: Vec<usize>,
}

impl Local {
    /// Takes all spans away, so that blocks can be swept, and what the thread had registered.
    pub(super) fn take(&self) -> Taken {
        let mut taken = Taken { finalizable: self.take_finalizable(), ..Taken::default() };
        self.external.set(0);
        for (class, row) in self.each_row() {
            let size = CLASS_SIZES[class];
            let cells = row.take(size).cells();
            taken.unused_cells += cells;
            taken.unused_bytes += cells * size;
        }
        taken
    }

    /// All rows with their classes.
    fn each_row(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().chain(self.rows_for_all.iter().enumerate())
    }

    pub(super) fn take_finalizable(&self) -> Vec<usize> {
        self.finalizable.take()
    }
}

/// The allocator of one Python thread: neither `Send` nor `Sync`. Dropped when the thread ends; what it had in hand goes
/// back to the heap.
///
/// Allocation never collects. An allocation that finds the budget spent raises the thread's [`CollectionRequest`].
pub struct LocalHeap {
    local: NonNull<Local>,
    /// Tells it from the heap's other threads, those that have ended included.
    number: u32,
    heap: Arc<Heap>,
    request: Arc<dyn CollectionRequest>,
    not_send: PhantomData<*const ()>,
}

impl LocalHeap {
    pub fn new(heap: Arc<Heap>, request: Arc<dyn CollectionRequest>) -> LocalHeap {
        let local = Box::new(Local {
            rows: [const { Row::new() }; CLASSES],
            rows_for_all: [const { Row::new() }; CLASSES],
            external: StdCell::new(0),
            finalizable: RefCell::default(),
        });
        let local = NonNull::from(Box::leak(local));
        heap.locals.lock().push(local);
        let number = heap.threads.fetch_add(1, Relaxed) + 1;
        LocalHeap { local, number, heap, request, not_send: PhantomData }
    }

    pub fn heap(&self) -> &Arc<Heap> {
        &self.heap
    }

    #[inline(always)]
    fn local(&self) -> &Local {
        // SAFETY: `new` allocated it and `drop` frees it; the collector looks at it only while the world is stopped.
        unsafe { self.local.as_ref() }
    }

    /// Puts `cell` into the heap. What the cell holds may lie in registers or on the stack meanwhile: no collection can
    /// happen before the caller's next safepoint.
    #[inline(always)]
    pub fn alloc<T: Cell>(&self, cell: T) -> Gc<T> {
        const { assert!(align_of::<T>() <= GRANULE && size_of::<T>() >= size_of::<Header>()) };
        if const { size_of::<T>() > MAX_SMALL } {
            return self.alloc_with_tail(cell, 0);
        }
        let class = const { class_of(size_of::<T>()) };
        let at = self.take_cell(class, const { CLASS_SIZES[class_of(size_of::<T>())] });
        self.place(at, cell, const { CLASS_SIZES[class_of(size_of::<T>())] })
    }

    /// Puts a cell into the heap of which all threads read, and which nobody changes any more: apart from what this thread
    /// may write all the time, so that no cache line with both goes from core to core.
    #[inline(never)]
    pub fn alloc_for_all<T: Cell>(&self, cell: T) -> Gc<T> {
        const { assert!(align_of::<T>() <= GRANULE && size_of::<T>() <= MAX_SMALL) };
        let class = const { class_of(size_of::<T>()) };
        let at = self.take_cell_of(&self.local().rows_for_all[class], class, CLASS_SIZES[class]);
        self.place(at, cell, CLASS_SIZES[class])
    }

    /// Puts `cell` into the heap with `tail_bytes` zeroed bytes behind it.
    ///
    /// Pointers into the cell keep it alive; for a tail of 128 bytes and more so does a pointer to the tail's end.
    ///
    /// # Panics
    /// Unwinds with [`OutOfMemory`] when the memory limit or the system forbids it; that becomes a MemoryError where the
    /// dispatch loop was entered. Small cells beyond the limit are noticed after the next collection.
    #[inline(always)]
    pub fn alloc_with_tail<T: Cell>(&self, cell: T, tail_bytes: usize) -> Gc<T> {
        let (at, room) = if let Some(room) = fine_room::<T>(tail_bytes) {
            (self.take_cell(fine_class(room), room), room)
        } else {
            self.take_long(size_of::<T>(), tail_bytes)
        };
        self.place(at, cell, room)
    }

    /// Puts `cell` into the heap with `bytes` behind it: what its `byte_len` says.
    ///
    /// # Panics
    /// As [`LocalHeap::alloc_with_tail`].
    #[inline(always)]
    pub fn alloc_with_bytes<T: ByteTail>(&self, cell: T, bytes: &[u8]) -> Gc<T> {
        debug_assert_eq!(cell.byte_len(), bytes.len());
        let cell = self.alloc_unwritten(cell);
        // SAFETY: nobody has seen the cell yet, which has so many bytes.
        copy_few(unsafe { unseen_tail(cell, bytes.len()) }, bytes);
        cell
    }

    /// As `alloc_with_bytes` where that is quickly done: few bytes, and a cell at hand. Else `None`; the caller goes
    /// another way, out of line, so that this one needs no room on the stack.
    #[inline(always)]
    pub fn alloc_at_hand<T: ByteTail>(&self, cell: T, bytes: &[u8]) -> Option<Gc<T>> {
        const { assert!(size_of::<T>().is_multiple_of(GRANULE)) };
        debug_assert_eq!(cell.byte_len(), bytes.len());
        let room = fine_room::<T>(bytes.len())?;
        let row = &self.local().rows[fine_class(room)];
        let at = row.at.get();
        if at >= row.end.get() {
            return None;
        }
        row.at.set(at + room);
        let cell = self.place(at, cell, size_of::<T>());
        // SAFETY: nobody has seen the cell yet, which has so many bytes.
        copy_few(unsafe { unseen_tail(cell, bytes.len()) }, bytes);
        Some(cell)
    }

    /// Puts `cell` into the heap with room for the bytes that its `byte_len` says, which are to be written with
    /// [`fill_tail`](super::bytes::fill_tail) and before that are what they happen to be.
    ///
    /// # Panics
    /// As [`LocalHeap::alloc_with_tail`].
    #[inline(always)]
    pub fn alloc_unwritten<T: ByteTail>(&self, cell: T) -> Gc<T> {
        const { assert!(size_of::<T>().is_multiple_of(GRANULE)) };
        let at = self.take_with_tail::<T>(cell.byte_len());
        self.place(at, cell, size_of::<T>())
    }

    /// Puts `cell` into the heap with the words of its `byte_len` bytes mapped: a byte of the result depends on the byte in
    /// its place only.
    ///
    /// # Panics
    /// As [`LocalHeap::alloc_with_tail`].
    #[inline(always)]
    pub fn alloc_mapped<T: ByteTail>(&self, cell: T, bytes: &[u8], map: impl Fn(u64) -> u64) -> Gc<T> {
        debug_assert_eq!(cell.byte_len(), bytes.len());
        let cell = self.alloc_unwritten(cell);
        // SAFETY: nobody has seen the cell yet, which has so many bytes.
        map_words(unsafe { unseen_tail(cell, bytes.len()) }, bytes, map);
        cell
    }

    /// Puts `cell` into the heap with `values` as the slots behind it, all that its `trace` reports.
    ///
    /// # Panics
    /// As [`LocalHeap::alloc_with_tail`].
    #[inline(always)]
    pub fn alloc_with_values<T: Cell>(&self, cell: T, values: &[Value]) -> Gc<T> {
        const { assert!(size_of::<T>().is_multiple_of(align_of::<Slot>())) };
        let at = self.take_with_tail::<T>(size_of_val(values));
        let cell = self.place(at, cell, size_of::<T>());
        // SAFETY: a value is a word of any bytes.
        let words = unsafe { std::slice::from_raw_parts(values.as_ptr().cast::<u8>(), size_of_val(values)) };
        // SAFETY: nobody has seen the cell yet, which was taken with room for so many.
        copy_few(unsafe { unseen_tail(cell, words.len()) }, words);
        cell
    }

    #[inline(always)]
    fn take_with_tail<T: Cell>(&self, tail_bytes: usize) -> usize {
        match fine_room::<T>(tail_bytes) {
            Some(room) => self.take_cell(fine_class(room), room),
            None => self.take_long(size_of::<T>(), tail_bytes).0,
        }
    }

    /// Takes a cell for `fixed` bytes and a tail: where it lies, and how much of it may not be zero.
    #[inline(never)]
    fn take_long(&self, fixed: usize, tail_bytes: usize) -> (usize, usize) {
        match self.try_take_long(fixed, tail_bytes) {
            Ok(taken) => taken,
            Err(OutOfMemory) => out_of_memory(),
        }
    }

    fn try_take_long(&self, fixed: usize, tail_bytes: usize) -> Result<(usize, usize), OutOfMemory> {
        let size = total_size(fixed, tail_bytes).ok_or(OutOfMemory)?;
        if size <= MAX_SMALL {
            let class = class_of(size);
            return Ok((self.take_cell(class, CLASS_SIZES[class]), CLASS_SIZES[class]));
        }
        if self.would_exceed_limit(size) {
            return Err(OutOfMemory);
        }
        // Fresh blocks are zero.
        Ok((self.take_large(size)?, fixed.next_multiple_of(GRANULE)))
    }

    /// Whether so many bytes more would be beyond the memory limit. If so, a collection is requested: less may be in use
    /// after the next safepoint.
    pub fn would_exceed_limit(&self, bytes: usize) -> bool {
        let exceeds = self.heap.would_exceed_limit(bytes);
        if exceeds {
            self.heap.wanted.store(true, Relaxed);
            self.request.request_collection();
        }
        exceeds
    }

    /// As [`LocalHeap::alloc_with_tail`], but an error where the memory limit or the system forbids it.
    #[inline]
    pub fn try_alloc_with_tail<T: Cell>(&self, cell: T, tail_bytes: usize) -> Result<Gc<T>, OutOfMemory> {
        let (at, room) = self.try_take_long(size_of::<T>(), tail_bytes)?;
        Ok(self.place(at, cell, room))
    }

    /// Lets the tail of a large cell grow to `tail_bytes` in place, new bytes zeroed, where there happens to be room behind
    /// it; else false, and nothing has changed. Readers notice nothing until they are told of the new length.
    pub fn try_extend<T: Cell>(&self, cell: Gc<T>, tail_bytes: usize) -> bool {
        let heap = &*self.heap;
        let block = heap.space.block(heap.space.block_of(cell.address()));
        let Some(size) = total_size(size_of::<T>(), tail_bytes) else { return false };
        if block.state() != BlockState::Large {
            return false;
        }
        let old_size = block.cell_size();
        if size <= old_size {
            return true;
        }
        if heap.would_exceed_limit(size - old_size) {
            return false;
        }
        if !heap.blocks.extend_large(heap.space.block_of(cell.address()), size) {
            return false;
        }
        self.spend(size - old_size);
        true
    }

    /// The longest tail that takes no more memory than one of `tail_bytes`: what a growing list may as well ask for.
    pub fn usable_tail<T: Cell>(tail_bytes: usize) -> usize {
        let Some(size) = total_size(size_of::<T>(), tail_bytes) else { return tail_bytes };
        let size = if size <= MAX_SMALL { CLASS_SIZES[class_of(size)] } else { size.next_multiple_of(4096) };
        let tail = size - size_of::<T>();
        if tail > END_POINTER_TAIL { (tail - 8).max(tail_bytes) } else { tail }
    }

    /// Notes that a cell owns `bytes` outside the heap (digits of a big integer): they count against the budget.
    ///
    /// # Panics
    /// As [`LocalHeap::alloc_with_tail`], where there are many of them.
    #[inline]
    pub fn note_external(&self, bytes: usize) {
        if bytes >= EXTERNAL_STEP && self.would_exceed_limit(bytes) {
            out_of_memory();
        }
        let external = self.local().external.get().saturating_add(bytes);
        self.local().external.set(external);
        if external >= EXTERNAL_STEP {
            self.local().external.set(0);
            self.heap.external_bytes.fetch_add(external, Relaxed);
            self.spend(external);
        }
    }

    /// Notes that `cell` got [`Header::HAS_FINALIZER`] after it was allocated; `alloc` sees the flag by itself.
    pub fn register_finalizer<T: Cell>(&self, cell: Gc<T>) {
        self.local().finalizable.borrow_mut().push(cell.address());
    }

    #[inline(always)]
    fn take_cell(&self, class: usize, size: usize) -> usize {
        // The class comes from `class_of`, so that the compiler sees no bounds check worth removing.
        self.take_cell_of(&self.local().rows[class], class, size)
    }

    #[inline(always)]
    fn take_cell_of(&self, row: &Row, class: usize, size: usize) -> usize {
        let at = row.at.get();
        if at < row.end.get() {
            row.at.set(at + size);
            return at;
        }
        self.next_span(row, class)
    }

    /// Writes the cell and zeroes the rest of its `room`.
    ///
    /// `cell` must not have an address before this: a cell that is first built on the stack, in small stores, is then read
    /// by large loads that have to wait until all of those are done.
    #[inline(always)]
    fn place<T: Cell>(&self, at: usize, cell: T, room: usize) -> Gc<T> {
        // SAFETY: `at` is a free cell of `room` bytes (at least `size_of::<T>()`) that this thread has just taken.
        // A cell type begins with its header (the contract of `Cell`), and nobody else has seen this one.
        let (cell, finalizable) = unsafe {
            ptr::write(at as *mut T, cell);
            zero(at + size_of::<T>(), at + room, const { size_of::<T>() % GRANULE });
            (Gc::<T>::from_address(at), (*(at as *mut Header)).is_born_with(Header::HAS_FINALIZER))
        };
        if T::NEEDS_DROP {
            let space = &self.heap.space;
            space.block(space.block_of(at)).set_flag(Block::DROPS);
        }
        if finalizable {
            self.register_finalizer(cell);
        }
        cell
    }

    #[cold]
    #[inline(never)]
    fn next_span(&self, row: &Row, class: usize) -> usize {
        let size = CLASS_SIZES[class];
        if row.next.get() == 0 {
            match self.refill(row, class) {
                Ok(chain) => row.next.set(chain.first()),
                Err(OutOfMemory) => out_of_memory(),
            }
        }
        let start = row.next.get();
        let (count, next) = read_span(start);
        row.at.set(start + size);
        row.end.set(start + count * size);
        row.next.set(next);
        // What the next span says of itself has long left the processor's caches, and will be wanted in a moment.
        prefetch(next);
        start
    }

    /// Gets free cells of `class`, at least one.
    fn refill(&self, row: &Row, class: usize) -> Result<Chain, OutOfMemory> {
        let size = CLASS_SIZES[class];
        let chain = loop {
            let chain = self.apart(self.any_chain(class)?, size);
            if !chain.is_empty() {
                break chain;
            }
        };
        let helping = row.helping.get();
        row.helping.set((helping * 2).min(BLOCK_SIZE));
        let (cells, rest) = chain.split((helping / size).max(1), size);
        if !rest.is_empty() {
            self.heap.blocks.park(class, rest.first());
        }
        self.heap.allocated_cells.fetch_add(cells, Relaxed);
        self.spend(cells * size);
        Ok(chain)
    }

    /// What this thread may use of a chain, so that what it writes all the time does not lie in one cache line with what
    /// another thread reads all the time: of a block that others have allocated in, whole lines only. The rest is not lost: the
    /// next sweep finds it again.
    fn apart(&self, chain: Chain, size: usize) -> Chain {
        let space = &self.heap.space;
        let block = space.block(space.block_of(chain.first()));
        if block.is_taken_by(self.number) || size > LONGEST_APART {
            return chain;
        }
        if self.heap.locals.lock().len() == 1 {
            block.is_left_to(self.number);
            return chain;
        }
        chain.whole_lines(size)
    }

    fn any_chain(&self, class: usize) -> Result<Chain, OutOfMemory> {
        let heap = &*self.heap;
        loop {
            match heap.blocks.supply(class)? {
                Supply::Parked(first) => return Ok(Chain::at(first)),
                Supply::Unswept(index) => {
                    let chain = heap.sweep(index);
                    if !chain.is_empty() {
                        return Ok(chain);
                    }
                }
                Supply::Dying(index) => {
                    heap.sweep(index);
                    heap.blocks.free(index);
                }
                Supply::Fresh(index) => {
                    heap.blocks.cut(index, class);
                    let cells = BLOCK_SIZE / CLASS_SIZES[class];
                    return Ok(Chain::before(heap.space.address_of(index), cells, Chain::EMPTY));
                }
            }
        }
    }

    fn spend(&self, bytes: usize) {
        if self.heap.spend(bytes) {
            self.request.request_collection();
        }
    }

    #[cold]
    fn take_large(&self, size: usize) -> Result<usize, OutOfMemory> {
        let at = self.heap.blocks.take_large(size)?;
        self.heap.allocated_cells.fetch_add(1, Relaxed);
        self.spend(size);
        Ok(at)
    }
}

/// The size of the cell for a `T` with a short tail of `tail_bytes`: one of the fine classes, without a byte behind the tail.
#[inline(always)]
fn fine_room<T: Cell>(tail_bytes: usize) -> Option<usize> {
    let longest = const { min(FINE_LIMIT.saturating_sub(size_of::<T>()), END_POINTER_TAIL - 1) };
    if size_of::<T>() >= FINE_LIMIT || tail_bytes > longest {
        return None;
    }
    Some((size_of::<T>() + tail_bytes + (GRANULE - 1)) & !(GRANULE - 1))
}

const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// The first `len` bytes behind the fixed part of a new cell.
///
/// # Safety
/// The cell has as many there, and nobody has seen it yet.
#[inline(always)]
unsafe fn unseen_tail<T: Cell>(cell: Gc<T>, len: usize) -> &'static mut [u8] {
    // SAFETY: the caller's promise; the bytes hold something, and the cell lives while anything points into it.
    unsafe { std::slice::from_raw_parts_mut((cell.address() + size_of::<T>()) as *mut u8, len) }
}

/// Bytes that a cell of `fixed` bytes with a tail of `tail_bytes` needs; `None` where no memory could hold it.
#[inline(always)]
fn total_size(fixed: usize, tail_bytes: usize) -> Option<usize> {
    let end_byte = (tail_bytes >= END_POINTER_TAIL) as usize;
    let size = fixed.checked_add(tail_bytes)?.checked_add(end_byte)?;
    if size > isize::MAX as usize / 2 { None } else { Some(size.next_multiple_of(GRANULE)) }
}

/// Zeroes from `from` to `to`, a cell's end; `odd` is how far `from` lies behind a multiple of [`GRANULE`].
///
/// # Safety
/// The range is the rest of a cell that the calling thread has just taken.
#[inline(always)]
unsafe fn zero(from: usize, to: usize, odd: usize) {
    let mut at = from;
    // SAFETY: all of it lies in the range. Of a few words a loop of stores is quicker than a call; volatile keeps it a loop.
    unsafe {
        if odd != 0 {
            ptr::write_bytes(at as *mut u8, 0, GRANULE - odd);
            at += GRANULE - odd;
        }
        if to - at > FEW {
            ptr::write_bytes(at as *mut u8, 0, to - at);
            return;
        }
        while at < to {
            ptr::write_volatile(at as *mut u128, 0);
            at += GRANULE;
        }
    }
}

/// A number of items as cells keep it. Unwinds with [`OutOfMemory`] where it does not fit: no cell is as large as that.
#[inline(always)]
pub fn item_count(count: usize) -> u32 {
    match u32::try_from(count) {
        Ok(count) => count,
        Err(_) => out_of_memory(),
    }
}

/// Unwinds with [`OutOfMemory`] as payload, for the thread's outermost frame to turn into a `MemoryError`.
#[cold]
#[inline(never)]
fn out_of_memory() -> ! {
    std::panic::resume_unwind(Box::new(OutOfMemory))
}

impl Drop for LocalHeap {
    fn drop(&mut self) {
        let heap = &*self.heap;
        let _whole = forks::whole();
        // The lock of `locals` keeps a collection from looking at this thread meanwhile.
        let mut locals = heap.locals.lock();
        locals.retain(|&local| local != self.local);
        for (class, row) in self.local().each_row() {
            let chain = row.take(CLASS_SIZES[class]);
            if !chain.is_empty() {
                let cells = chain.cells();
                heap.unspend(cells, cells * CLASS_SIZES[class]);
                heap.blocks.park(class, chain.first());
            }
        }
        heap.finalizers.lock().registered.append(&mut self.local().finalizable.borrow_mut());
        // SAFETY: `new` leaked it from a box, and nobody can find it any more.
        drop(unsafe { Box::from_raw(self.local.as_ptr()) });
    }
}
