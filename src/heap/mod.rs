//! The heap: values, cells, allocation, and the collector that stops the world, marks and sweeps, and never moves.
//!
//! # The scheme
//!
//! A [`Value`] is one word; what does not fit is a *cell*: a [`Header`] of eight bytes and then whatever its [`Kind`] says.
//! Cells of one size class share a *block* of 32 KiB; a larger cell has a run of blocks to itself. All blocks of a heap
//! lie in one reserved range of addresses, with a table beside it, so that for any word one can say which cell it points
//! to or into, if any.
//!
//! Each Python thread allocates through its [`LocalHeap`], from rows of free cells that nobody else touches. When the bytes
//! handed out exceed the budget, the thread's breaker is told. Nothing is ever collected inside an allocation.
//!
//! At a safepoint the vm stops the world and calls [`Heap::collect`]: from the exact roots ([`RootSource`]), the handles
//! ([`Rooted`]) and the words of the native stacks ([`NativeStack`]) everything reachable gets the current *colour*. Then
//! weak slots are cleared, finalisable cells resurrected, blocks without a coloured cell freed as a whole; the world goes
//! on. All other blocks are swept by the threads that want their cells.
//!
//! # What makes it sound
//!
//! 1. A collection happens only at safepoints, never inside an allocation; native code that calls nothing back is not
//!    interrupted (the vm's keeping; `alloc` has no way to collect).
//! 2. A thread spills its registers and publishes its stack *before* it says that it is detached or parked (`stack`).
//! 3. A pointer into a cell keeps the cell alive; backing stores are cells, so borrowed slices do (`space::cell_at`).
//! 4. Values in Rust memory that is not traced sit in a [`Rooted`].
//! 5. A cell becomes visible to other threads only by a Release store ([`Slot::set`]).
//! 6. A free cell's header is zero (`local`, `sweep`), so that a garbage word never revives one.
//! 7. Cells are allocated only in blocks swept since the last marking, so whatever is unmarked in an unswept block is dead.
//!
//! # The files
//!
//! | file | owns |
//! |---|---|
//! | `value` | the word |
//! | `cell` | header, kinds, typed pointers |
//! | `bytes` | byte tails, and the buffer that growing texts share |
//! | `size` | size classes |
//! | `space` | reserved addresses, the block table, from a word to its cell |
//! | `blocks` | which block is free or to be swept, which cells are parked; large runs |
//! | `span` | rows of free cells |
//! | `local` | allocation, one front-end for each thread |
//! | `mark`, `parallel` | the tracer; several at once |
//! | `permanent` | cells that are never visited, for they never die |
//! | `sweep` | from dead cells to free spans |
//! | `stack` | spilled registers, stack bounds |
//! | `handles` | values rooted from Rust memory |
//! | `weak` | weak slots, finalisers |
//! | `collect` | a collection from beginning to end, budgets |

mod blocks;
pub mod bytes;
pub mod cell;
mod collect;
mod handles;
mod local;
mod lock;
pub mod mark;
mod parallel;
mod permanent;
mod size;
mod space;
mod span;
mod stack;
mod sweep;
pub mod value;
mod weak;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering::Relaxed};

use parking_lot::Mutex;

pub use bytes::{Buffer, ByteTail};
pub use cell::{Cell, Gc, GcField, GcSlot, Header, Kind, KindInfo, ShapeId};
pub use collect::{CollectionReport, RootSource};
pub use handles::Rooted;
pub use local::{CollectionRequest, LocalHeap, NoRequest, item_count};
pub use lock::{Bias, Hold, prepare_fences};
pub use mark::{InParts, NoOwners, ShapeOwners, Tracer};
pub use stack::{NativeStack, with_spilled_registers};
pub use sweep::POISON;
pub use value::{Slot, Value};

use blocks::Blocks;
use handles::Handles;
use local::Local;
use permanent::Permanent;
use space::Space;
use weak::{Finalizers, Pending, WeakSlots};

/// The system refuses memory, or the limit (`--max-memory`) forbids it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory;

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "out of memory")
    }
}

impl std::error::Error for OutOfMemory {}

/// What can be set when a heap is made.
#[derive(Clone, Debug)]
pub struct HeapConfig {
    /// Check every reference when marking, sweep at once and poison what was swept; the vm collects at every safepoint.
    pub stress: bool,
    /// At every how manieth safepoint the vm collects in stress mode.
    pub stress_pace: u32,
    /// Most bytes that cells may take (`--max-memory`); `None` for what the machine has.
    pub max_bytes: Option<usize>,
    /// Bytes that may be allocated between two collections of a heap that holds next to nothing …
    pub least_budget: usize,
    /// … and this much more, in percent of what survived the first of them. A large cell counts for a quarter: it takes
    /// less time to mark than small ones of the same size. Permanent cells, which nobody marks, do not count.
    pub growth_percent: usize,
    /// … and as much again, in percent, of the first [`early_bytes`](Self::early_bytes) of it: to mark what a program with
    /// some imports keeps takes as long as to allocate a megabyte, of which such a heap is not much larger. (Lists made
    /// and dropped after `import json, re, dataclasses`: 45 % of the time for collections, 30 % with it. More of it costs the
    /// small programs of scripts/bench a tenth of their memory.)
    pub early_growth_percent: usize,
    pub early_bytes: usize,
    /// … and this much more for each thread but one that can run beside it (up to eight): stopping the world costs more
    /// then.
    pub thread_budget: usize,
    /// Mark in parallel from so many cells on …
    pub parallel_cells: usize,
    /// … or so many bytes …
    pub parallel_bytes: usize,
    /// … with at most so many threads.
    pub max_markers: usize,
}

impl Default for HeapConfig {
    fn default() -> HeapConfig {
        HeapConfig {
            stress: false,
            stress_pace: 1,
            max_bytes: None,
            least_budget: 3 << 18,
            growth_percent: 60,
            early_growth_percent: 100,
            early_bytes: 1 << 20,
            thread_budget: 16 << 20,
            parallel_cells: 1_000_000,
            parallel_bytes: 64 << 20,
            max_markers: std::thread::available_parallelism().map_or(1, |cores| cores.get()),
        }
    }
}

impl HeapConfig {
    /// The defaults, with stress mode if the environment asks for it: `GILBOX_GC_STRESS=1`, or `=7` for every seventh
    /// safepoint.
    pub fn from_env() -> HeapConfig {
        let wanted = std::env::var("GILBOX_GC_STRESS").unwrap_or_default();
        let pace = wanted.parse().unwrap_or(u32::from(!wanted.is_empty()));
        HeapConfig { stress: pace > 0, stress_pace: pace.max(1), ..HeapConfig::default() }
    }
}

/// The heap of one interpreter.
pub struct Heap {
    space: Arc<Space>,
    blocks: Blocks,
    kinds: &'static [KindInfo],
    owners: Box<dyn ShapeOwners>,
    config: HeapConfig,
    /// Every thread's part. Held during a collection.
    locals: Mutex<Vec<NonNull<Local>>>,
    handles: Handles,
    weak_slots: Mutex<WeakSlots>,
    finalizers: Mutex<Finalizers>,
    pending: Mutex<Pending>,
    permanent: Mutex<Permanent>,
    /// The colour of the last marking; 0 before the first.
    colour: AtomicU8,
    /// A collection is due.
    wanted: AtomicBool,
    /// More than the memory limit, and the program knows; 0 while it uses less.
    excused: AtomicUsize,
    /// The next collection is to free at once what dead cells own outside the heap.
    owners_wanted: AtomicBool,
    /// Bytes that may be allocated between two collections.
    budget: AtomicUsize,
    /// Bytes (and cells) given to threads since the last collection, and noted as external.
    allocated_bytes: AtomicUsize,
    allocated_cells: AtomicUsize,
    /// How many threads have ever allocated.
    threads: AtomicU32,
    /// The external ones among them.
    external_bytes: AtomicUsize,
    /// What survived the last collection.
    live_bytes: AtomicUsize,
    live_cells: AtomicUsize,
    collections: AtomicUsize,
}

// SAFETY: `locals` points to parts that belong to other threads; the collector touches them only while the world is
// stopped, and their owners remove them under the lock. Everything else is locks and atomics.
unsafe impl Send for Heap {}
// SAFETY: as for `Send`.
unsafe impl Sync for Heap {}

impl Heap {
    /// A heap whose cells are of these kinds; `Kind(n)` is the n-th row, and row 0 stands for free cells.
    pub fn new(kinds: &'static [KindInfo], config: HeapConfig) -> Result<Heap, OutOfMemory> {
        Heap::with_owners(kinds, Box::new(NoOwners), config)
    }

    /// As `new`, for cells whose shapes keep their classes alive.
    pub fn with_owners(
        kinds: &'static [KindInfo],
        owners: Box<dyn ShapeOwners>,
        config: HeapConfig,
    ) -> Result<Heap, OutOfMemory> {
        let space = Arc::new(Space::reserve(address_space(&config))?);
        Ok(Heap {
            blocks: Blocks::new(space.clone()),
            space,
            kinds,
            owners,
            budget: AtomicUsize::new(config.least_budget),
            config,
            locals: Mutex::default(),
            handles: Handles::default(),
            weak_slots: Mutex::default(),
            finalizers: Mutex::default(),
            pending: Mutex::default(),
            permanent: Mutex::default(),
            colour: AtomicU8::new(0),
            wanted: AtomicBool::new(false),
            excused: AtomicUsize::new(0),
            owners_wanted: AtomicBool::new(false),
            allocated_bytes: AtomicUsize::new(0),
            allocated_cells: AtomicUsize::new(0),
            threads: AtomicU32::new(0),
            external_bytes: AtomicUsize::new(0),
            live_bytes: AtomicUsize::new(0),
            live_cells: AtomicUsize::new(0),
            collections: AtomicUsize::new(0),
        })
    }

    /// Whether the vm is to collect at every safepoint.
    #[inline(always)]
    pub fn stress(&self) -> bool {
        self.config.stress
    }

    /// At every how manieth safepoint to collect in stress mode.
    pub fn stress_pace(&self) -> u32 {
        self.config.stress_pace
    }

    /// Whether the budget is spent. Set by the thread that spent it (which also got its [`CollectionRequest`]), cleared
    /// by a collection.
    #[inline(always)]
    pub fn collection_wanted(&self) -> bool {
        self.wanted.load(Relaxed)
    }

    /// Has the next collection free what dead cells own outside the heap (files, statements of a database) before it ends, and
    /// not when their memory is wanted: for a program that asks for a collection.
    pub fn free_owned_at_next_collection(&self) {
        self.owners_wanted.store(true, Relaxed);
    }

    /// Bytes of cells in use, dead ones included: what survived the last collection and what was handed out since.
    pub fn bytes_in_use(&self) -> usize {
        self.live_bytes.load(Relaxed) + self.allocated_bytes.load(Relaxed)
    }

    /// Collections so far.
    pub fn collections(&self) -> usize {
        self.collections.load(Relaxed)
    }

    /// Counts bytes against the budget. Returns whether the caller is to request a collection.
    fn spend(&self, bytes: usize) -> bool {
        let spent = self.allocated_bytes.fetch_add(bytes, Relaxed).saturating_add(bytes);
        if spent < self.budget.load(Relaxed) {
            return false;
        }
        self.wanted.store(true, Relaxed);
        true
    }

    /// Takes back what a thread did not use.
    fn unspend(&self, cells: usize, bytes: usize) {
        self.allocated_cells.fetch_sub(cells, Relaxed);
        let _ = self.allocated_bytes.fetch_update(Relaxed, Relaxed, |all| Some(all.saturating_sub(bytes)));
    }

    /// Whether so many bytes more would be beyond the memory limit, by themselves or by far. What is in use may be garbage,
    /// which cannot be collected here; whether the live cells exceed the limit, the next collection says.
    pub fn would_exceed_limit(&self, bytes: usize) -> bool {
        self.config.max_bytes.is_some_and(|limit| {
            bytes > limit || self.bytes_in_use().saturating_add(bytes) > collect::far_beyond(limit)
        })
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        // Nobody is attached any more; what cells own outside the heap is freed, the cells go with the space.
        let used = self.blocks.lists().used();
        self.blocks.each_used(used, |index, block| {
            if block.has_flag(space::Block::DROPS) {
                for cell in 0..block.cells() {
                    let address = self.space.address_of(index) + cell * block.cell_size();
                    self.drop_contents(address);
                }
            }
        });
    }
}

/// How much address space to reserve: twice the machine's memory, or enough for the limit.
fn address_space(config: &HeapConfig) -> usize {
    if let Some(limit) = config.max_bytes {
        return limit.saturating_mul(2).saturating_add(1 << 30).min(1 << 44);
    }
    machine_memory().saturating_mul(2).clamp(16 << 30, 1 << 44)
}

/// Bytes of memory that the process may use: the machine's, or its control group's where that has fewer.
pub fn machine_memory() -> usize {
    // SAFETY: asks the system for two numbers.
    let (pages, page_size) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    let memory = usize::try_from(pages).unwrap_or(0).saturating_mul(usize::try_from(page_size).unwrap_or(0));
    let group = std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    group.and_then(|limit| limit.trim().parse().ok()).map_or(memory, |limit: usize| limit.min(memory))
}
