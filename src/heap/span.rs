//! Spans: rows of free cells, and chains of them.
//!
//! A span is described in its own first cell: the upper half of the header holds the number of cells (the lower half, with
//! the kind, stays zero, so that the cell reads as free), the word behind it the address of the next span. All spans of a
//! chain have one owner: the thread that allocates from them, or the list they are parked in.

use std::ptr;

use super::size::GRANULE;

// Header and link must fit the smallest cell.
const _: () = assert!(GRANULE >= 16);

/// Bytes that go from core to core together.
const LINE: usize = 64;

/// Free spans, linked in the order of their addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Chain {
    first: usize,
}

impl Chain {
    pub(super) const EMPTY: Chain = Chain { first: 0 };

    /// The chain whose first span was written at this address; 0 for none.
    pub(super) fn at(first: usize) -> Chain {
        Chain { first }
    }

    /// A span of `count` free cells, and then the chain `rest`.
    pub(super) fn before(span: usize, count: usize, rest: Chain) -> Chain {
        write_span(span, count, rest.first);
        Chain { first: span }
    }

    /// The address of the first span; 0 for none.
    pub(super) fn first(self) -> usize {
        self.first
    }

    pub(super) fn is_empty(self) -> bool {
        self.first == 0
    }

    /// Only those of its cells of `size` bytes that lie in lines of the processor's cache in which there is nothing else.
    pub(super) fn whole_lines(self, size: usize) -> Chain {
        let mut spans = ChainBuilder::default();
        let mut span = self.first;
        while span != 0 {
            let (count, next) = read_span(span);
            let end = (span + count * size) & !(LINE - 1);
            let mut cell = span + (span.next_multiple_of(LINE) - span).next_multiple_of(size);
            while cell + size <= end {
                spans.add(cell, size);
                cell += size;
            }
            span = next;
        }
        spans.finish()
    }

    /// The number of cells.
    pub(super) fn cells(self) -> usize {
        let mut cells = 0;
        let mut span = self.first;
        while span != 0 {
            let (count, next) = read_span(span);
            cells += count;
            span = next;
        }
        cells
    }

    /// Cuts the chain after `wanted` cells of `size` bytes (or where it ends). Returns the cells it still has, and the rest.
    pub(super) fn split(self, wanted: usize, size: usize) -> (usize, Chain) {
        let mut cells = 0;
        let mut span = self.first;
        while span != 0 {
            let (count, next) = read_span(span);
            let missing = wanted - cells;
            if count > missing {
                let rest = Chain::before(span + missing * size, count - missing, Chain::at(next));
                write_span(span, missing, 0);
                return (wanted, rest);
            }
            cells += count;
            if cells == wanted {
                write_span(span, count, 0);
                return (cells, Chain::at(next));
            }
            span = next;
        }
        (cells, Chain::EMPTY)
    }
}

/// The number of cells in a span and the address of the next.
#[inline(always)]
pub(super) fn read_span(span: usize) -> (usize, usize) {
    // SAFETY: `write_span` wrote both words, and nobody but the chain's owner touches its cells.
    unsafe { ((ptr::read(span as *const u64) >> 32) as usize, ptr::read((span + 8) as *const usize)) }
}

fn write_span(span: usize, count: usize, next: usize) {
    // SAFETY: the cells are free, and the caller owns them (he swept the block, or was given the chain).
    unsafe {
        ptr::write(span as *mut u64, (count as u64) << 32);
        ptr::write((span + 8) as *mut usize, next);
    }
}

/// A chain in the making: free cells are added in the order of their addresses.
#[derive(Default)]
pub(super) struct ChainBuilder {
    first: usize,
    /// The span before the open one, and its length.
    last: usize,
    last_count: usize,
    open: usize,
    count: usize,
    end: usize,
}

impl ChainBuilder {
    #[inline(always)]
    pub(super) fn add(&mut self, address: usize, size: usize) {
        if address == self.end {
            self.count += 1;
        } else {
            self.close();
            self.open = address;
            self.count = 1;
        }
        self.end = address + size;
    }

    /// Writes the open span down and links it to the one before.
    fn close(&mut self) {
        if self.count == 0 {
            return;
        }
        write_span(self.open, self.count, 0);
        if self.last == 0 {
            self.first = self.open;
        } else {
            write_span(self.last, self.last_count, self.open);
        }
        (self.last, self.last_count) = (self.open, self.count);
        self.count = 0;
    }

    pub(super) fn finish(mut self) -> Chain {
        self.close();
        Chain { first: self.first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chain of the cells of 16 bytes at these places of `memory`.
    fn chain(memory: &mut [u128], places: &[usize]) -> Chain {
        let mut builder = ChainBuilder::default();
        for place in places {
            builder.add(&raw mut memory[*place] as usize, 16);
        }
        builder.finish()
    }

    #[test]
    fn neighbouring_cells_become_one_span() {
        let mut memory = [0u128; 16];
        let start = &raw mut memory as usize;
        let chain = chain(&mut memory, &[0, 1, 2, 5, 7, 8]);
        assert_eq!(chain.cells(), 6);
        assert_eq!(read_span(chain.first()), (3, start + 5 * 16));
        assert_eq!(read_span(start + 5 * 16), (1, start + 7 * 16));
        assert_eq!(read_span(start + 7 * 16), (2, 0));
    }

    #[test]
    fn whole_lines_have_no_neighbours() {
        #[repr(align(64))]
        struct Lines([u128; 16]);
        // Four cells a line: 1 to 3 share theirs with a cell that is not free, 4 to 7 and 8 to 11 fill two, 12 and 13 do not.
        let places = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15];
        let mut memory = Lines([0; 16]);
        let start = &raw mut memory as usize;
        let lines = chain(&mut memory.0, &places).whole_lines(16);
        assert_eq!((lines.first(), lines.cells()), (start + 64, 8));
        // Of 48 bytes: the line's begin lies in the first cell, its end in the third.
        let mut memory = Lines([0; 16]);
        let start = &raw mut memory as usize;
        let mut builder = ChainBuilder::default();
        [48, 96, 144, 192].into_iter().for_each(|at| builder.add(start + at, 48));
        let lines = builder.finish().whole_lines(48);
        assert_eq!((lines.first(), lines.cells()), (start + 96, 2));
    }

    #[test]
    fn a_chain_is_split_at_any_cell() {
        for wanted in 1..9 {
            let mut memory = [0u128; 16];
            let chain = chain(&mut memory, &[0, 1, 2, 5, 7, 8]);
            let (cells, rest) = chain.split(wanted, 16);
            assert_eq!(cells, wanted.min(6));
            assert_eq!((chain.cells(), rest.cells()), (cells, 6 - cells), "{wanted}");
        }
    }
}
