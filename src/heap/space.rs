//! The address space of one heap: one reserved range, made accessible piece by piece, and the table of its blocks.
//!
//! The range has two *zones*: blocks of small cells, and runs of blocks for large ones. Small blocks are dense, so their
//! zone asks for huge pages (marking jumps about in it, and misses fewer translations); a run ends somewhere in its last
//! block, so the other zone asks for them only within long runs.
//!
//! Reserving everything at once makes the question that the native-stack scan asks for every word ("is this inside the
//! heap, and in which block?") a subtraction, a comparison and a shift. What is reserved costs nothing; the system
//! supplies a page when it is first touched. What the blocks hold is the business of `blocks`.

use std::ptr;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicUsize, Ordering::Relaxed};

use super::OutOfMemory;

pub(super) const BLOCK_SHIFT: u32 = 15;
/// Bytes of a block: 32 KiB.
pub(super) const BLOCK_SIZE: usize = 1 << BLOCK_SHIFT;
/// Access is granted in steps of so many blocks: 2 MiB.
const COMMIT_STEP: u32 = 64;
const RESERVE_LEAST: usize = 64 << 20;
const ALIGNMENT: usize = 2 << 20;
/// So much of the small cells' zone does without huge pages: a small program should not touch two megabytes at once.
const SMALL_PAGES: usize = 4 << 20;
/// A run of so many blocks is long: 8 MiB.
const LONG_RUN: u32 = 256;
/// At least the system's page size, for rounding what is made accessible.
const PAGE: usize = 64 << 10;

/// What a block is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BlockState {
    Free,
    /// Cells of one size class.
    Small,
    /// The first block of a large cell.
    Large,
    /// A later block of a large cell.
    LargeRest,
}

/// The two parts of the range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Zone {
    Small,
    Large,
}

impl Zone {
    pub(super) const ALL: [Zone; 2] = [Zone::Small, Zone::Large];
}

/// What the heap knows of one block. It lies beside the blocks and not in them, so that a block's pages can be given
/// back whole and cells start on page boundaries.
///
/// Every field is written by the thread that took the block, by whoever holds the lock of `blocks`, or by the collector
/// while the world is stopped; only [`Block::DROPS`] may be set by any thread that has cells of the block in hand (and no
/// other flag changes then). The fields are atomic so that reading them needs no argument.
#[repr(C, align(32))]
pub(super) struct Block {
    state: AtomicU8,
    class: AtomicU8,
    flags: AtomicU8,
    /// Of a free block: how many collections found it so.
    idle: AtomicU8,
    /// Cells that the last marking reached. Parallel markers may lose counts, but never the first one.
    live: AtomicU32,
    /// Bytes of one cell of a `Small` block.
    cell_size: AtomicU32,
    /// Permanent cells of a `Small` block.
    permanent: AtomicU32,
    /// `Small`: the number of the thread that allocates in it, [`Block::NOBODY`], or [`Block::SEVERAL`]. `Large`: number of
    /// blocks. `LargeRest`: distance back to the first.
    extent: AtomicU32,
    /// Bytes of the cell of a `Large` block.
    large_size: AtomicUsize,
}

const _: () = assert!(size_of::<Block>() == 32);

impl Block {
    /// Its bytes may not be zero.
    pub(super) const DIRTY: u8 = 1;
    /// A cell in it may own memory outside the heap.
    pub(super) const DROPS: u8 = 2;
    /// Cells in it that the last marking did not reach are dead, but have not been swept yet.
    pub(super) const UNSWEPT: u8 = 4;

    /// No thread has allocated in the block since it was cut into cells.
    const NOBODY: u32 = 0;
    /// More than one thread has.
    const SEVERAL: u32 = u32::MAX;

    #[inline(always)]
    pub(super) fn state(&self) -> BlockState {
        match self.state.load(Relaxed) {
            0 => BlockState::Free,
            1 => BlockState::Small,
            2 => BlockState::Large,
            _ => BlockState::LargeRest,
        }
    }

    pub(super) fn set_state(&self, state: BlockState) {
        self.state.store(state as u8, Relaxed);
    }

    pub(super) fn become_small(&self, class: usize, cell_size: usize) {
        self.set_state(BlockState::Small);
        self.class.store(class as u8, Relaxed);
        self.cell_size.store(cell_size as u32, Relaxed);
        self.live.store(0, Relaxed);
        self.permanent.store(0, Relaxed);
        self.extent.store(Block::NOBODY, Relaxed);
        self.flags.store(Block::DIRTY, Relaxed);
        self.idle.store(0, Relaxed);
    }

    /// Notes that a thread (its number is not 0) will allocate in this block of small cells; whether no other has.
    pub(super) fn is_taken_by(&self, thread: u32) -> bool {
        let owner = self.extent.load(Relaxed);
        let mine = owner == thread || owner == Block::NOBODY;
        self.extent.store(if mine { thread } else { Block::SEVERAL }, Relaxed);
        mine
    }

    /// Notes that there is no other thread any more.
    pub(super) fn is_left_to(&self, thread: u32) {
        self.extent.store(thread, Relaxed);
    }

    pub(super) fn become_large(&self, size: usize, blocks: u32) {
        self.set_state(BlockState::Large);
        self.large_size.store(size, Relaxed);
        self.extent.store(blocks, Relaxed);
        self.live.store(0, Relaxed);
        self.permanent.store(0, Relaxed);
        self.flags.store(Block::DIRTY, Relaxed);
        self.idle.store(0, Relaxed);
    }

    pub(super) fn extend_large(&self, size: usize, blocks: u32) {
        self.large_size.store(size, Relaxed);
        self.extent.store(blocks, Relaxed);
    }

    pub(super) fn become_large_rest(&self, distance: u32) {
        self.set_state(BlockState::LargeRest);
        self.extent.store(distance, Relaxed);
        self.flags.store(Block::DIRTY, Relaxed);
        self.idle.store(0, Relaxed);
    }

    /// Counts one more collection that finds the block free, and returns how many did before.
    pub(super) fn grow_idle(&self) -> u8 {
        let idle = self.idle.load(Relaxed);
        self.idle.store(idle.saturating_add(1), Relaxed);
        idle
    }

    #[inline(always)]
    pub(super) fn class(&self) -> usize {
        self.class.load(Relaxed) as usize
    }

    /// Bytes of the cells in it.
    #[inline(always)]
    pub(super) fn cell_size(&self) -> usize {
        match self.state() {
            BlockState::Small => self.cell_size.load(Relaxed) as usize,
            _ => self.large_size.load(Relaxed),
        }
    }

    pub(super) fn cells(&self) -> usize {
        match self.state() {
            BlockState::Small => BLOCK_SIZE / self.cell_size(),
            BlockState::Large => 1,
            _ => 0,
        }
    }

    pub(super) fn extent(&self) -> u32 {
        self.extent.load(Relaxed)
    }

    pub(super) fn live(&self) -> usize {
        self.live.load(Relaxed) as usize
    }

    pub(super) fn set_live(&self, live: usize) {
        self.live.store(live as u32, Relaxed);
    }

    pub(super) fn permanent(&self) -> usize {
        self.permanent.load(Relaxed) as usize
    }

    pub(super) fn add_permanent(&self, cells: usize) {
        self.permanent.store(self.permanent.load(Relaxed) + cells as u32, Relaxed);
    }

    /// Before a marking: the permanent cells live, and nobody will count them.
    pub(super) fn begin_marking(&self) {
        self.live.store(self.permanent.load(Relaxed), Relaxed);
    }

    /// Counts one marked cell. Not a read-modify-write in one step: see [`Block::live`]'s field.
    #[inline(always)]
    pub(super) fn count_live(&self) {
        self.live.store(self.live.load(Relaxed) + 1, Relaxed);
    }

    #[inline(always)]
    pub(super) fn has_flag(&self, flag: u8) -> bool {
        self.flags.load(Relaxed) & flag != 0
    }

    #[inline(always)]
    pub(super) fn set_flag(&self, flag: u8) {
        self.flags.store(self.flags.load(Relaxed) | flag, Relaxed);
    }

    #[inline(always)]
    pub(super) fn clear_flag(&self, flag: u8) {
        self.flags.store(self.flags.load(Relaxed) & !flag, Relaxed);
    }
}

/// The reserved range and its table.
pub(super) struct Space {
    mapping: usize,
    mapping_size: usize,
    base: usize,
    /// Blocks of each zone; that of the large ones follows that of the small.
    zone_blocks: u32,
    table: *const Block,
    /// Blocks accessible so far, for each zone.
    committed: [AtomicU32; 2],
}

// SAFETY: the table is atomics throughout; the cells are governed by the rules in `heap`'s documentation.
unsafe impl Send for Space {}
// SAFETY: as for `Send`.
unsafe impl Sync for Space {}

impl Space {
    /// Reserves room for `bytes` of cells, or as much as the system grants of it.
    pub(super) fn reserve(bytes: usize) -> Result<Space, OutOfMemory> {
        let mut wanted = bytes.max(RESERVE_LEAST);
        loop {
            if let Some(space) = Space::try_reserve(wanted) {
                return Ok(space);
            }
            if wanted <= RESERVE_LEAST {
                return Err(OutOfMemory);
            }
            wanted = (wanted / 2).max(RESERVE_LEAST);
        }
    }

    fn try_reserve(bytes: usize) -> Option<Space> {
        let zone_size = (bytes / 2).next_multiple_of(ALIGNMENT);
        let zone_blocks = u32::try_from(zone_size >> BLOCK_SHIFT).ok().filter(|&blocks| blocks < 1 << 31)?;
        let table_size = (2 * zone_blocks as usize * size_of::<Block>()).next_multiple_of(ALIGNMENT);
        let mapping_size = table_size + 2 * zone_size + ALIGNMENT;
        // SAFETY: an anonymous private mapping at an address of the system's choice touches nothing that exists.
        let mapping = unsafe {
            libc::mmap(
                ptr::null_mut(),
                mapping_size,
                libc::PROT_NONE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if mapping == libc::MAP_FAILED {
            return None;
        }
        let mapping = mapping as usize;
        let table = mapping.next_multiple_of(ALIGNMENT);
        let base = table + table_size;
        let space = Space {
            mapping,
            mapping_size,
            base,
            zone_blocks,
            table: table as *const Block,
            committed: [AtomicU32::new(0), AtomicU32::new(0)],
        };
        space.ask_for_huge_pages(base + SMALL_PAGES, base + zone_size);
        Some(space)
    }

    /// Asks for huge pages in a run of `count` blocks that were never used, where it is long. None of them reaches beyond it.
    pub(super) fn has_long_run(&self, first: u32, count: u32) {
        if count >= LONG_RUN {
            let start = self.address_of(first);
            let end = start + ((count as usize) << BLOCK_SHIFT);
            self.ask_for_huge_pages(start.next_multiple_of(ALIGNMENT), end & !(ALIGNMENT - 1));
        }
    }

    fn ask_for_huge_pages(&self, start: usize, end: usize) {
        #[cfg(target_os = "linux")]
        // SAFETY: advice about this space's own mapping. If the system does not take it, nothing is lost.
        unsafe {
            libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_HUGEPAGE);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (start, end);
    }

    /// The first block of a zone.
    pub(super) fn first_of(&self, zone: Zone) -> u32 {
        match zone {
            Zone::Small => 0,
            Zone::Large => self.zone_blocks,
        }
    }

    /// Makes the first `count` blocks of `zone` accessible. Callers hold the lock of `blocks`.
    pub(super) fn commit(&self, zone: Zone, count: u32) -> Result<(), OutOfMemory> {
        let committed = &self.committed[zone as usize];
        let before = committed.load(Relaxed);
        if count <= before {
            return Ok(());
        }
        if count > self.zone_blocks {
            return Err(OutOfMemory);
        }
        let after = count.next_multiple_of(COMMIT_STEP).min(self.zone_blocks);
        let first = self.first_of(zone) as usize;
        self.allow(self.base + (first << BLOCK_SHIFT), (after as usize) << BLOCK_SHIFT)?;
        let row = |index: usize| self.table as usize + index * size_of::<Block>();
        let rows = row(first) & !(PAGE - 1);
        self.allow(rows, row(first + after as usize).next_multiple_of(PAGE) - rows)?;
        committed.store(after, Relaxed);
        Ok(())
    }

    fn allow(&self, start: usize, bytes: usize) -> Result<(), OutOfMemory> {
        // SAFETY: the range lies in this space's own mapping; granting access invalidates nothing.
        let done = unsafe { libc::mprotect(start as *mut libc::c_void, bytes, libc::PROT_READ | libc::PROT_WRITE) };
        if done == 0 { Ok(()) } else { Err(OutOfMemory) }
    }

    /// Gives the pages of `count` blocks from `first` on back to the system. Returns whether they read as zero from now on.
    pub(super) fn release(&self, first: u32, count: u32) -> bool {
        let start = self.address_of(first) as *mut libc::c_void;
        let bytes = (count as usize) << BLOCK_SHIFT;
        // Only Linux promises zeroes after MADV_DONTNEED.
        let advice = if cfg!(target_os = "linux") { libc::MADV_DONTNEED } else { libc::MADV_FREE };
        // SAFETY: the blocks are free: no cell lies in them and no thread allocates from them.
        let done = unsafe { libc::madvise(start, bytes, advice) };
        done == 0 && cfg!(target_os = "linux")
    }

    #[inline(always)]
    pub(super) fn address_of(&self, block: u32) -> usize {
        self.base + ((block as usize) << BLOCK_SHIFT)
    }

    /// The number of the block that `address`, inside the committed part, lies in.
    #[inline(always)]
    pub(super) fn block_of(&self, address: usize) -> u32 {
        ((address - self.base) >> BLOCK_SHIFT) as u32
    }

    #[inline(always)]
    pub(super) fn block(&self, index: u32) -> &Block {
        debug_assert!(self.contains(self.address_of(index)));
        // SAFETY: callers pass the number of a committed block, whose row of the table is accessible and zero or valid.
        unsafe { &*self.table.add(index as usize) }
    }

    /// Whether `address` lies in a block that is accessible.
    #[inline(always)]
    pub(super) fn contains(&self, address: usize) -> bool {
        let index = address.wrapping_sub(self.base) >> BLOCK_SHIFT;
        let zone_blocks = self.zone_blocks as usize;
        if index < zone_blocks {
            index < self.committed[Zone::Small as usize].load(Relaxed) as usize
        } else {
            index - zone_blocks < self.committed[Zone::Large as usize].load(Relaxed) as usize
        }
    }

    /// The start of the cell that `address` points to or into, whether in use or free; `None` for any other word.
    pub(super) fn cell_at(&self, address: usize) -> Option<(usize, &Block)> {
        if !self.contains(address) {
            return None;
        }
        let mut index = self.block_of(address);
        let mut block = self.block(index);
        if block.state() == BlockState::LargeRest {
            index -= block.extent();
            block = self.block(index);
        }
        let start = self.address_of(index);
        let offset = address - start;
        let size = block.cell_size();
        match block.state() {
            BlockState::Small => {
                // In 32 bits, which divide in half the time; a block has room for neither more.
                let (offset, size) = (offset as u32, size as u32);
                let cell = offset / size;
                (cell < BLOCK_SIZE as u32 / size).then(|| (start + (cell * size) as usize, block))
            }
            BlockState::Large => (offset < size).then_some((start, block)),
            BlockState::Free | BlockState::LargeRest => None,
        }
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        // SAFETY: the heap that owned the space is gone, and with it every cell; the mapping is this space's own.
        unsafe {
            libc::munmap(self.mapping as *mut libc::c_void, self.mapping_size);
        }
    }
}
