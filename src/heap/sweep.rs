//! Sweeping: the dead cells of a block become free ones.
//!
//! A block is swept when a thread wants cells of its class (the thread owns it by then), long after the world has gone on.
//! That is sound because a cell is only ever allocated in a block that has been swept since the last marking: in a
//! block that is still [`Block::UNSWEPT`] every cell was there when the marking ran, so one without the current colour is
//! dead; in any other block all cells are alive, whatever their colour.

use std::ptr;
use std::sync::atomic::Ordering::Relaxed;

use super::Heap;
use super::cell::{Header, Kind};
use super::space::{Block, BlockState};
use super::span::{Chain, ChainBuilder};

/// What the payload of a dead cell is filled with in stress mode.
pub const POISON: u8 = 0xDB;

impl Heap {
    /// Frees the dead cells of a block of small cells and returns all its free ones. The caller owns the block, or the world
    /// is stopped.
    pub(super) fn sweep(&self, index: u32) -> Chain {
        let block = self.space.block(index);
        debug_assert!(block.state() == BlockState::Small && block.has_flag(Block::UNSWEPT));
        let start = self.space.address_of(index);
        let (size, cells) = (block.cell_size(), block.cells());
        let colour = self.colour.load(Relaxed);
        let drops = block.has_flag(Block::DROPS);
        let mut spans = ChainBuilder::default();
        let mut live = 0;
        for cell in 0..cells {
            let address = start + cell * size;
            // SAFETY: every cell of a cut block starts with a header, of a live cell or zero.
            let header = unsafe { &*(address as *const Header) };
            if header.kind() == Kind::FREE {
                spans.add(address, size);
            } else if header.mark.load(Relaxed) >= colour {
                live += 1;
            } else {
                self.bury(address, size, drops);
                spans.add(address, size);
            }
        }
        block.clear_flag(Block::UNSWEPT);
        block.set_live(live);
        spans.finish()
    }

    /// Frees what a dead cell owns and makes it a free one.
    pub(super) fn bury(&self, address: usize, size: usize, drops: bool) {
        if drops {
            self.drop_contents(address);
        }
        // SAFETY: nothing refers to the cell, and the caller owns its block.
        unsafe {
            ptr::write(address as *mut u64, 0);
            if self.config.stress {
                ptr::write_bytes((address + 8) as *mut u8, POISON, size - 8);
            }
        }
    }

    pub(super) fn drop_contents(&self, address: usize) {
        let header = address as *mut Header;
        // SAFETY: nothing will use the cell again, and every cell starts with a header; the table's row is that of
        // its kind.
        unsafe {
            if (*header).kind() == Kind::FREE {
                return;
            }
            if let Some(drop) = self.kinds[(*header).kind().0 as usize].drop {
                drop(header);
            }
        }
    }
}
