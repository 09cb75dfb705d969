//! A collection from beginning to end, and when the next is due.

use std::ops::Range;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use super::Heap;
use super::blocks::Lists;
use super::cell::{Header, Kind};
use super::mark::{PERMANENT, Tracer};
use super::parallel;
use super::space::{BLOCK_SIZE, Block, BlockState};
use super::value::Value;
use super::weak::is_marked;

/// What the interpreter keeps alive. The world is stopped while these run.
pub trait RootSource {
    /// Reports what is known exactly: registers, globals, thread states.
    fn precise(&mut self, tracer: &mut Tracer);
    /// Calls `scan` with the published part of every native stack, that of the collecting thread among them.
    fn native_stacks(&mut self, scan: &mut dyn FnMut(Range<*const usize>));
    /// Prunes tables that hold cells without keeping them alive (the intern table). `is_alive` says whether a value
    /// survives.
    fn after_marking(&mut self, is_alive: &dyn Fn(Value) -> bool) {
        let _ = is_alive;
    }
}

/// What a collection did.
#[derive(Clone, Copy, Debug, Default)]
pub struct CollectionReport {
    /// From the first root to the last list; the time it took to stop the world is the caller's to add.
    pub pause_ns: u64,
    /// Cells that survived.
    pub marked: usize,
    /// Cells that died (their memory is reused as it is needed).
    pub freed: usize,
    /// Bytes of cells in use before, dead ones included.
    pub bytes_before: usize,
    /// Bytes of cells that survived.
    pub bytes_after: usize,
    /// Finalisers that became due: see [`Heap::next_finalizer`].
    pub finalizers: usize,
    /// Weak references that died: see [`Heap::next_dead_weakref`].
    pub dead_weakrefs: usize,
    /// Threads that marked.
    pub markers: usize,
    /// Whether what survived is more than the memory limit allows, and more than was excused ([`Heap::excuse`]).
    pub over_limit: bool,
    /// Whether it is more by a quarter of the limit.
    pub far_over_limit: bool,
}

/// What is more than this is far beyond the limit: it is refused wherever it is noticed.
pub(super) fn far_beyond(limit: usize) -> usize {
    limit.saturating_add(limit / 4)
}

impl Heap {
    /// Collects. The world must be stopped: every other thread has spilled its registers, published its stack and waits;
    /// the caller has spilled its own and reports its stack as well.
    pub fn collect(&self, roots: &mut dyn RootSource) -> CollectionReport {
        let start = Instant::now();
        // Held throughout: a thread that starts or ends waits.
        let locals = self.locals.lock();
        let mut unused = (0, 0);
        for local in locals.iter() {
            // SAFETY: a registered thread's `Local` exists until it takes the lock we hold, and the thread is stopped.
            let taken = unsafe { local.as_ref() }.take();
            unused.0 += taken.unused_cells;
            unused.1 += taken.unused_bytes;
            self.finalizers.lock().registered.extend(taken.finalizable);
        }
        let cells_before = self.live_cells.load(Relaxed) + self.allocated_cells.load(Relaxed) - unused.0;
        let bytes_before = self.live_bytes.load(Relaxed) + self.allocated_bytes.load(Relaxed).saturating_sub(unused.1);
        let mut lists = self.blocks.lists();
        let (last_colour, colour) = self.next_colour(&mut lists);
        self.blocks.each_used(lists.used(), |_, block| block.begin_marking());

        let mut tracer = self.tracer(colour);
        roots.precise(&mut tracer);
        self.handles.trace(&mut tracer);
        let permanent = self.permanent.lock();
        permanent.trace(&mut tracer);
        self.pending.lock().trace(&mut tracer);
        roots.native_stacks(&mut |range| scan(&range, &mut tracer, last_colour));
        let markers = self.markers(cells_before, bytes_before);
        self.drain(&mut tracer, markers);

        let dead_weakrefs = self.clear_weak_slots(colour);
        let finalizers = self.resurrect_finalizable(colour, &mut tracer);
        self.drain(&mut tracer, 1);
        self.forget_dead_holders(colour);
        roots.after_marking(&|value| is_marked(value, colour));
        self.colour.store(colour, Relaxed);

        let mut census = self.sort_blocks(&mut lists);
        // Neither takes long to mark.
        census.live_bytes += tracer.external;
        census.large_bytes += tracer.external;
        // What dead cells own outside the heap should not wait for a thread that wants cells of their class.
        let external = self.external_bytes.swap(0, Relaxed);
        let owners_wanted = self.owners_wanted.swap(false, Relaxed);
        if self.config.stress {
            self.sweep_all(&mut lists);
        } else if owners_wanted || external > self.budget.load(Relaxed) / 4 {
            self.sweep_owners(&mut lists);
        }
        let alive = tracer.marked + permanent.cells;
        let budget = self.plan(&census, locals.len());
        self.blocks.list_free(&mut lists, budget.saturating_sub(census.holes / 2));
        drop(lists);
        self.live_cells.store(alive, Relaxed);
        self.collections.fetch_add(1, Relaxed);
        CollectionReport {
            pause_ns: start.elapsed().as_nanos() as u64,
            marked: alive,
            freed: cells_before.saturating_sub(alive),
            bytes_before,
            bytes_after: census.live_bytes,
            finalizers,
            dead_weakrefs,
            markers,
            over_limit: self.config.max_bytes.is_some_and(|limit| self.is_over(limit, census.live_bytes)),
            far_over_limit: self.config.max_bytes.is_some_and(|limit| census.live_bytes > far_beyond(limit)),
        }
    }

    /// The program has been told that it uses `live` bytes, which is more than it may. It is not told again before it uses
    /// a 64th of the limit more: what lets go of memory may need a little.
    pub fn excuse(&self, live: usize) {
        self.excused.store(live, Relaxed);
    }

    fn is_over(&self, limit: usize, live: usize) -> bool {
        if live <= limit {
            self.excused.store(0, Relaxed);
            return false;
        }
        match self.excused.load(Relaxed) {
            0 => true,
            excused => live > excused.saturating_add(limit / 64),
        }
    }

    fn tracer(&self, colour: u8) -> Tracer {
        Tracer::new(self, colour, self.config.stress)
    }

    pub(super) fn gatherer(&self) -> Tracer {
        Tracer::gathering(self, self.config.stress)
    }

    /// The colour of the last marking and that of the next.
    fn next_colour(&self, lists: &mut Lists) -> (u8, u8) {
        let last = self.colour.load(Relaxed);
        if last + 1 < PERMANENT {
            return (last, last + 1);
        }
        // The colours start over. In blocks that nobody has swept there are dead cells, and all marks would be above them.
        self.sweep_all(lists);
        self.each_header(lists.used(), |_, header| {
            if header.mark.load(Relaxed) != PERMANENT {
                header.mark.store(0, Relaxed);
            }
        });
        (last, 1)
    }

    fn markers(&self, cells: usize, bytes: usize) -> usize {
        let large = cells >= self.config.parallel_cells || bytes >= self.config.parallel_bytes;
        // Checks that panic must do so on the caller's thread.
        if large && !self.config.stress { self.config.max_markers.max(1) } else { 1 }
    }

    fn drain(&self, tracer: &mut Tracer, markers: usize) {
        if markers > 1 {
            let colour = tracer.colour;
            parallel::drain(tracer, markers, || self.tracer(colour));
        } else {
            tracer.drain();
        }
    }

    /// Looks at every block once: frees what holds nothing alive, lists what has to be swept.
    fn sort_blocks(&self, lists: &mut Lists) -> Census {
        lists.forget();
        let used = lists.used();
        let mut census = Census::default();
        self.blocks.each_used(used, |index, block| match block.state() {
            BlockState::Large if block.live() == 0 => {
                self.bury(self.space.address_of(index), block.cell_size(), block.has_flag(Block::DROPS));
                for rest in index..index + block.extent() {
                    self.blocks.forget_cells(rest);
                }
            }
            BlockState::Large => {
                census.live_bytes += block.cell_size();
                census.large_bytes += block.cell_size();
            }
            _ if block.live() == 0 && !block.has_flag(Block::DROPS) && !self.config.stress => {
                self.blocks.forget_cells(index);
            }
            _ => {
                block.set_flag(Block::UNSWEPT);
                let live = block.live() * block.cell_size();
                census.live_bytes += live;
                census.permanent_bytes += block.permanent() * block.cell_size();
                if live == 0 {
                    lists.dying.push(index);
                    census.holes += BLOCK_SIZE;
                } else if BLOCK_SIZE - live >= BLOCK_SIZE / WORTH_SWEEPING {
                    lists.unswept[block.class()].push(index);
                    census.holes += BLOCK_SIZE - live;
                }
            }
        });
        // Taken from the end: the lowest addresses first.
        lists.unswept.iter_mut().for_each(|blocks| blocks.reverse());
        lists.dying.reverse();
        census
    }

    /// Sets the budget until the next collection and returns it.
    fn plan(&self, census: &Census, threads: usize) -> usize {
        let live_bytes = census.live_bytes;
        let costly = (live_bytes - census.large_bytes / 4 * 3).saturating_sub(census.permanent_bytes);
        let mut budget = (costly / 100 * self.config.growth_percent)
            .saturating_add(costly.min(self.config.early_bytes) / 100 * self.config.early_growth_percent)
            .saturating_add(self.config.least_budget)
            .saturating_add(self.config.thread_budget * threads.min(self.config.max_markers).saturating_sub(1).min(8));
        if let Some(limit) = self.config.max_bytes {
            // Garbage must not be what exceeds the limit.
            budget = budget.min(limit.saturating_sub(live_bytes)).max(self.config.least_budget);
        }
        self.live_bytes.store(live_bytes, Relaxed);
        self.allocated_bytes.store(0, Relaxed);
        self.allocated_cells.store(0, Relaxed);
        self.budget.store(budget, Relaxed);
        self.wanted.store(false, Relaxed);
        budget
    }

    /// Whether to collect before so many bytes are allocated at once, and not after: they alone would spend the budget, and
    /// there may be about as much to free.
    pub fn is_better_before(&self, bytes: usize) -> bool {
        bytes >= MUCH && bytes >= self.budget.load(Relaxed) && bytes <= self.bytes_in_use().saturating_mul(2)
    }

    /// Lets the program allocate so many bytes more before the next collection, where the limit allows it: it has collected
    /// for them already.
    pub fn grant(&self, bytes: usize) {
        if !self.would_exceed_limit(bytes) {
            self.budget.fetch_add(bytes, Relaxed);
        }
    }

    /// Sweeps every block that still has to be. The world is stopped.
    fn sweep_all(&self, lists: &mut Lists) {
        lists.forget();
        self.sweep_where(lists, |_| true);
    }

    /// Sweeps the blocks in which a cell may own memory outside the heap. The world is stopped.
    fn sweep_owners(&self, lists: &mut Lists) {
        let is_owner = |&index: &u32| self.space.block(index).has_flag(Block::DROPS);
        lists.dying.clear();
        for class in &mut lists.unswept {
            class.retain(|index| !is_owner(index));
        }
        self.sweep_where(lists, |index| is_owner(&index));
    }

    fn sweep_where(&self, lists: &mut Lists, is_wanted: impl Fn(u32) -> bool) {
        self.blocks.each_used(lists.used(), |index, block| {
            if block.state() != BlockState::Small || !block.has_flag(Block::UNSWEPT) || !is_wanted(index) {
                return;
            }
            let chain = self.sweep(index);
            if block.live() == 0 {
                self.blocks.forget_cells(index);
            } else if !chain.is_empty() {
                lists.park(block.class(), chain.first());
            }
        });
    }

    /// Calls `visit` with every cell that is alive or not known to be dead. The world is stopped. For walks such as
    /// `gc.get_objects()` and `sys.getrefcount()`.
    pub fn each_cell(&self, mut visit: impl FnMut(Value)) {
        let used = self.blocks.lists().used();
        let colour = self.colour.load(Relaxed);
        self.each_header(used, |block, header| {
            let dead = block.has_flag(Block::UNSWEPT) && header.mark.load(Relaxed) < colour;
            if !dead {
                visit(Value::from_bits(std::ptr::from_ref(header) as u64));
            }
        });
    }

    /// Calls `visit` with the header of every cell that is not free, and its block. The world is stopped.
    pub(super) fn each_header(&self, used: [u32; 2], mut visit: impl FnMut(&Block, &Header)) {
        self.blocks.each_used(used, |index, block| {
            for cell in 0..block.cells() {
                let address = self.space.address_of(index) + cell * block.cell_size();
                // SAFETY: every cell of a cut block starts with a header, of a live cell or zero.
                let header = unsafe { &*(address as *const Header) };
                if header.kind() != Kind::FREE {
                    visit(block, header);
                }
            }
        });
    }

    /// What `trace` reports, as often as it does.
    pub fn reported(&self, trace: impl FnOnce(&mut Tracer)) -> Vec<Value> {
        let mut tracer = self.gatherer();
        trace(&mut tracer);
        tracer.into_reported().collect()
    }

    /// Calls `visit` with every cell that `value` refers to, as often as it does.
    pub fn each_reference(&self, value: Value, mut visit: impl FnMut(Value)) {
        if let Some(header) = value.header() {
            let mut tracer = self.gatherer();
            tracer.trace_cell(header);
            for target in tracer.into_reported() {
                visit(target);
            }
        }
    }
}

/// From so many bytes on it matters whether a collection comes before or after their allocation.
const MUCH: usize = 4 << 20;

/// A block with less than this part of it dead is left alone until the next collection.
const WORTH_SWEEPING: usize = 16;

#[derive(Default)]
struct Census {
    live_bytes: usize,
    /// Those of large cells among them.
    large_bytes: usize,
    /// Those of permanent cells among them.
    permanent_bytes: usize,
    /// Bytes of dead and free cells in blocks that hold live ones.
    holes: usize,
}

/// Reports what the words of a native stack point to or into.
fn scan(range: &Range<*const usize>, tracer: &mut Tracer, last_colour: u8) {
    let mut word = range.start;
    while word < range.end {
        // SAFETY: the range is part of the stack of a thread that published it and is stopped below it (or is the caller's
        // own); volatile, since the compiler knows nothing of these words.
        tracer.conservative(unsafe { word.read_volatile() }, last_colour);
        // SAFETY: at most one past the end.
        word = unsafe { word.add(1) };
    }
}
