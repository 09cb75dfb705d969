//! Who has which block: free runs, swept blocks with room, blocks still to be swept. One short lock guards the lists; the
//! work on a block (sweeping, clearing) is done by the thread that took it, without the lock.

use std::ptr;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::OutOfMemory;
use super::size::{CLASS_SIZES, CLASSES};
use super::space::{BLOCK_SHIFT, BLOCK_SIZE, Block, BlockState, Space, Zone};

/// The pages of a block that so many collections found free are given back.
const IDLE_ENOUGH: u8 = 12;

/// Runs of free blocks, binned by length: one bin for each length up to 8, then one for each doubling.
pub(super) struct FreeRuns {
    bins: [Vec<(u32, u32)>; FreeRuns::BINS],
}

impl FreeRuns {
    fn new() -> FreeRuns {
        FreeRuns { bins: [const { Vec::new() }; FreeRuns::BINS] }
    }

    const EXACT: u32 = 8;
    const BINS: usize = 40;

    fn bin_of(length: u32) -> usize {
        if length <= FreeRuns::EXACT {
            length as usize - 1
        } else {
            (FreeRuns::EXACT + (length - 1).ilog2() - FreeRuns::EXACT.ilog2()) as usize
        }
    }

    pub(super) fn put(&mut self, first: u32, count: u32) {
        if count > 0 {
            self.bins[FreeRuns::bin_of(count)].push((first, count));
        }
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        for bin in FreeRuns::bin_of(count)..FreeRuns::BINS {
            // All runs of an exact bin and of the bins above are long enough; in the first doubling bin some are not.
            let Some(at) = self.bins[bin].iter().rposition(|run| run.1 >= count) else { continue };
            let (first, length) = self.bins[bin].swap_remove(at);
            self.put(first + count, length - count);
            return Some(first);
        }
        None
    }

    /// Removes the run that starts at `first` and returns its length; 0 if there is none.
    fn take_at(&mut self, first: u32) -> u32 {
        self.take_where(|run| run.0 == first)
    }

    /// Removes the run that ends before `end` and returns its length; 0 if there is none.
    fn take_before(&mut self, end: u32) -> u32 {
        self.take_where(|run| run.0 + run.1 == end)
    }

    fn take_where(&mut self, is_wanted: impl Fn(&(u32, u32)) -> bool) -> u32 {
        for bin in &mut self.bins {
            if let Some(at) = bin.iter().position(&is_wanted) {
                return bin.swap_remove(at).1;
            }
        }
        0
    }

    pub(super) fn clear(&mut self) {
        self.bins.iter_mut().for_each(Vec::clear);
    }
}

/// The lists of blocks.
pub(super) struct Lists {
    /// How many blocks of each zone have ever been used (and not been given up since).
    used: [u32; 2],
    /// Free blocks of the small cells' zone, the next to be taken last.
    free: Vec<u32>,
    free_runs: FreeRuns,
    /// For each class: blocks with dead cells that nobody has swept yet.
    pub(super) unswept: [Vec<u32>; CLASSES],
    /// For each class: chains of free spans that a thread left over, by the address of their first. Several may lie in one
    /// block.
    parked: [Vec<usize>; CLASSES],
    /// Blocks without a live cell whose dead ones have something to drop first.
    pub(super) dying: Vec<u32>,
}

impl Lists {
    fn new() -> Lists {
        Lists {
            used: [0; 2],
            free: Vec::new(),
            free_runs: FreeRuns::new(),
            unswept: [const { Vec::new() }; CLASSES],
            parked: [const { Vec::new() }; CLASSES],
            dying: Vec::new(),
        }
    }

    /// Forgets everything but which blocks are used, before a collection lists them anew.
    pub(super) fn forget(&mut self) {
        self.free.clear();
        self.free_runs.clear();
        self.unswept.iter_mut().for_each(Vec::clear);
        self.parked.iter_mut().for_each(Vec::clear);
        self.dying.clear();
    }

    /// Takes a chain of free spans of `class` back.
    pub(super) fn park(&mut self, class: usize, span: usize) {
        self.parked[class].push(span);
    }

    /// The number of used blocks of both zones.
    pub(super) fn used(&self) -> [u32; 2] {
        self.used
    }
}

/// Where a thread that needs cells of a class gets them from.
pub(super) enum Supply {
    /// A chain of free spans, the first at this address.
    Parked(usize),
    /// A block to be swept first.
    Unswept(u32),
    /// A dead block to be swept, which then is free.
    Dying(u32),
    /// A block to be cut into cells of the class.
    Fresh(u32),
}

/// The blocks of one heap.
pub(super) struct Blocks {
    space: Arc<Space>,
    lists: Mutex<Lists>,
}

impl Blocks {
    pub(super) fn new(space: Arc<Space>) -> Blocks {
        Blocks { space, lists: Mutex::new(Lists::new()) }
    }

    pub(super) fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock()
    }

    /// Room for cells of `class`. The calling thread owns it from now on.
    pub(super) fn supply(&self, class: usize) -> Result<Supply, OutOfMemory> {
        let mut lists = self.lists.lock();
        if let Some(span) = lists.parked[class].pop() {
            return Ok(Supply::Parked(span));
        }
        if let Some(index) = lists.unswept[class].pop() {
            return Ok(Supply::Unswept(index));
        }
        if let Some(index) = lists.free.pop() {
            return Ok(Supply::Fresh(index));
        }
        if let Some(index) = lists.dying.pop() {
            return Ok(Supply::Dying(index));
        }
        self.grow(&mut lists, Zone::Small, 1).map(Supply::Fresh)
    }

    /// Blocks of `zone` that were never used.
    fn grow(&self, lists: &mut Lists, zone: Zone, count: u32) -> Result<u32, OutOfMemory> {
        let used = &mut lists.used[zone as usize];
        let after = used.checked_add(count).ok_or(OutOfMemory)?;
        self.space.commit(zone, after)?;
        let first = self.space.first_of(zone) + *used;
        *used = after;
        Ok(first)
    }

    /// Cuts a free block into free cells of `class`: their headers read as zero (`Kind::FREE`).
    pub(super) fn cut(&self, index: u32, class: usize) {
        let block = self.space.block(index);
        let size = CLASS_SIZES[class];
        if block.has_flag(Block::DIRTY) {
            let start = self.space.address_of(index);
            for cell in 0..BLOCK_SIZE / size {
                // SAFETY: the block is free and the caller took it from the lists, so that nobody else touches it.
                unsafe { ptr::write((start + cell * size) as *mut u64, 0) };
            }
        }
        block.become_small(class, size);
    }

    /// Takes a chain of free spans of `class` back.
    pub(super) fn park(&self, class: usize, span: usize) {
        self.lists.lock().park(class, span);
    }

    /// Gives a block of small cells, none of them alive, back.
    pub(super) fn free(&self, index: u32) {
        self.forget_cells(index);
        self.lists.lock().free.push(index);
    }

    /// Turns a block into a free one, without listing it.
    pub(super) fn forget_cells(&self, index: u32) {
        let block = self.space.block(index);
        block.set_state(BlockState::Free);
        block.set_live(0);
        block.clear_flag(Block::DROPS | Block::UNSWEPT);
        block.set_flag(Block::DIRTY);
    }

    /// A run of blocks for one large cell of `size` bytes, all of it zero.
    pub(super) fn take_large(&self, size: usize) -> Result<usize, OutOfMemory> {
        let count = u32::try_from(size.div_ceil(BLOCK_SIZE)).map_err(|_| OutOfMemory)?;
        let first = {
            let mut lists = self.lists.lock();
            match lists.free_runs.take(count) {
                Some(first) => first,
                None => self.grow_large(&mut lists, count)?,
            }
        };
        self.clear_run(first, 0, size);
        self.space.block(first).become_large(size, count);
        Ok(self.space.address_of(first))
    }

    /// A run of blocks at the end of the large cells' zone, of which those that are free already are the first.
    fn grow_large(&self, lists: &mut Lists, count: u32) -> Result<u32, OutOfMemory> {
        let top = self.space.first_of(Zone::Large) + lists.used[Zone::Large as usize];
        let free = lists.free_runs.take_before(top);
        match self.grow(lists, Zone::Large, count - free) {
            Ok(new) => {
                self.space.has_long_run(new, count - free);
                Ok(new - free)
            }
            Err(OutOfMemory) => {
                lists.free_runs.put(top - free, free);
                Err(OutOfMemory)
            }
        }
    }

    /// Lets the large cell in the run from `first` on have `size` bytes, if what lies behind it is free. What is new reads
    /// as zero.
    pub(super) fn extend_large(&self, first: u32, size: usize) -> bool {
        let block = self.space.block(first);
        let (old_size, old_count) = (block.cell_size(), block.extent());
        let Ok(count) = u32::try_from(size.div_ceil(BLOCK_SIZE)) else { return false };
        if count > old_count {
            let mut lists = self.lists.lock();
            if !self.extend_run(&mut lists, first + old_count, count - old_count) {
                return false;
            }
        }
        let old_end = (old_count as usize * BLOCK_SIZE).min(size);
        // SAFETY: the rest of the run's last block belongs to the cell, and nobody has been told of it yet.
        unsafe { ptr::write_bytes((self.space.address_of(first) + old_size) as *mut u8, 0, old_end - old_size) };
        self.clear_run(first, old_count, size);
        block.extend_large(size, count);
        true
    }

    /// Takes `more` blocks from `end` on, if they are free or were never used.
    fn extend_run(&self, lists: &mut Lists, end: u32, more: u32) -> bool {
        let free = lists.free_runs.take_at(end);
        if free >= more {
            lists.free_runs.put(end + more, free - more);
            return true;
        }
        let top = self.space.first_of(Zone::Large) + lists.used[Zone::Large as usize];
        if end + free == top && self.grow(lists, Zone::Large, more - free).is_ok() {
            return true;
        }
        lists.free_runs.put(end, free);
        false
    }

    /// Makes the blocks of a run, from the one at `from` on, blocks of a large cell of `size` bytes that starts at `first`.
    fn clear_run(&self, first: u32, from: u32, size: usize) {
        for distance in from..size.div_ceil(BLOCK_SIZE) as u32 {
            let block = self.space.block(first + distance);
            let left = size - distance as usize * BLOCK_SIZE;
            if block.has_flag(Block::DIRTY) {
                let start = self.space.address_of(first + distance) as *mut u8;
                // SAFETY: the block is free and was just taken from the lists, so that nobody else touches it.
                unsafe { ptr::write_bytes(start, 0, left.min(BLOCK_SIZE)) };
            }
            if distance > 0 {
                block.become_large_rest(distance);
            }
        }
    }

    /// Visits each block of small cells and the first block of each large cell, with its row.
    pub(super) fn each_used(&self, used: [u32; 2], mut visit: impl FnMut(u32, &Block)) {
        for zone in Zone::ALL {
            let mut index = self.space.first_of(zone);
            let end = index + used[zone as usize];
            while index < end {
                let block = self.space.block(index);
                match block.state() {
                    BlockState::Free | BlockState::LargeRest => index += 1,
                    BlockState::Small => {
                        visit(index, block);
                        index += 1;
                    }
                    BlockState::Large => {
                        let count = block.extent();
                        visit(index, block);
                        index += count;
                    }
                }
            }
        }
    }

    /// Lists the free blocks again, lowest addresses to be taken first. Pages that have not been used for a
    /// while, beyond `keep` bytes of free ones, go back to the system.
    pub(super) fn list_free(&self, lists: &mut Lists, keep: usize) {
        let mut dirty_left = keep >> BLOCK_SHIFT;
        for zone in Zone::ALL {
            let mut runs = self.free_runs_of(zone, lists.used[zone as usize], &mut dirty_left);
            let end = self.space.first_of(zone) + lists.used[zone as usize];
            let is_clean = |index| !self.space.block(index).has_flag(Block::DIRTY);
            if let Some((first, _)) =
                runs.pop_if(|(first, count)| *first + *count == end && (*first..end).all(is_clean))
            {
                lists.used[zone as usize] = first - self.space.first_of(zone);
            }
            for (first, count) in runs.into_iter().rev() {
                match zone {
                    Zone::Small => lists.free.extend((first..first + count).rev()),
                    Zone::Large => lists.free_runs.put(first, count),
                }
            }
        }
    }

    /// The free blocks among the `used` ones of a zone, in runs; gives the pages of dirty ones beyond `dirty_left` back.
    fn free_runs_of(&self, zone: Zone, used: u32, dirty_left: &mut usize) -> Vec<(u32, u32)> {
        let mut runs = Vec::new();
        let mut index = self.space.first_of(zone);
        let end = index + used;
        while index < end {
            let first = index;
            while index < end && self.space.block(index).state() == BlockState::Free {
                let excess_from = index;
                while index < end && self.is_excess(index, dirty_left) {
                    index += 1;
                }
                match index > excess_from {
                    true => self.release(excess_from, index - excess_from),
                    false => index += 1,
                }
            }
            if index > first {
                runs.push((first, index - first));
            } else {
                index += 1;
            }
        }
        runs
    }

    /// Whether the pages of a block are to be given back: it is free and dirty, has been so for a while, and `dirty_left`
    /// such blocks have been kept already.
    fn is_excess(&self, index: u32, dirty_left: &mut usize) -> bool {
        let block = self.space.block(index);
        if block.state() != BlockState::Free || !block.has_flag(Block::DIRTY) {
            return false;
        }
        if let Some(left) = dirty_left.checked_sub(1) {
            *dirty_left = left;
            return false;
        }
        block.grow_idle() >= IDLE_ENOUGH
    }

    fn release(&self, first: u32, count: u32) {
        if self.space.release(first, count) {
            for index in first..first + count {
                self.space.block(index).clear_flag(Block::DIRTY);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_cut_from_the_smallest_bin_that_has_one() {
        let mut runs = FreeRuns::new();
        runs.put(0, 3);
        runs.put(10, 100);
        runs.put(200, 20);
        assert_eq!(runs.take(2), Some(0));
        assert_eq!(runs.take(1), Some(2));
        assert_eq!(runs.take(17), Some(200));
        assert_eq!(runs.take(90), Some(10));
        assert_eq!(runs.take(11), None);
        assert_eq!(runs.take(10), Some(100));
    }

    #[test]
    fn dirty_blocks_are_cleared_before_they_serve_again() {
        let blocks = Blocks::new(Arc::new(Space::reserve(1 << 26).expect("address space")));
        let first = blocks.take_large(3 * BLOCK_SIZE).expect("memory");
        // SAFETY: the run was just taken and holds this many bytes.
        unsafe { ptr::write_bytes(first as *mut u8, 0xFF, 3 * BLOCK_SIZE) };
        for index in 0..3 {
            blocks.forget_cells(blocks.space.first_of(Zone::Large) + index);
        }
        blocks.list_free(&mut blocks.lists(), usize::MAX);
        let again = blocks.take_large(2 * BLOCK_SIZE).expect("memory");
        assert_eq!(again, first);
        // SAFETY: as above.
        let bytes = unsafe { std::slice::from_raw_parts(again as *const u8, 2 * BLOCK_SIZE) };
        assert!(bytes.iter().all(|&byte| byte == 0));
    }
}
