//! Size classes: which cell size serves a request. Owns the table; nothing else knows the sizes.
//!
//! Steps of 16 bytes up to 256, where nearly all cells lie, then four steps to each doubling, so that at most a fifth of a
//! cell is wasted. Above [`MAX_SMALL`] a cell gets a run of blocks of its own (`large`).

/// The largest cell that shares a block with others.
pub(super) const MAX_SMALL: usize = 8192;
/// The alignment of every cell, and the step of the small classes.
pub(super) const GRANULE: usize = 16;

/// Up to here classes are a granule apart.
pub(super) const FINE_LIMIT: usize = 256;
const FINE_CLASSES: usize = FINE_LIMIT / GRANULE;
/// How many size classes there are.
pub(super) const CLASSES: usize = FINE_CLASSES + 4 * 5;

/// The cell size of each class, in bytes.
pub(super) const CLASS_SIZES: [usize; CLASSES] = {
    let mut sizes = [0; CLASSES];
    let mut class = 0;
    while class < FINE_CLASSES {
        sizes[class] = (class + 1) * GRANULE;
        class += 1;
    }
    while class < CLASSES {
        let step = class - FINE_CLASSES;
        let octave = FINE_LIMIT << (step / 4);
        sizes[class] = octave + octave / 4 * (step % 4 + 1);
        class += 1;
    }
    sizes
};

const _: () = assert!(CLASS_SIZES[CLASSES - 1] == MAX_SMALL);

/// As [`class_of`], where `size` is known to be at most [`FINE_LIMIT`]. Such a cell has `size` rounded up to the granule.
#[inline(always)]
pub(super) const fn fine_class(size: usize) -> usize {
    (size - 1) / GRANULE
}

/// The class whose cells hold `size` bytes; `size` is between 1 and [`MAX_SMALL`].
#[inline(always)]
pub(super) const fn class_of(size: usize) -> usize {
    if size <= FINE_LIMIT {
        return fine_class(size);
    }
    // For 256·2ᵏ < size ≤ 256·2ᵏ⁺¹: the two bits below the leading one of size - 1 say which quarter of the octave.
    let below = size - 1;
    let octave = below.ilog2() - FINE_LIMIT.ilog2();
    let quarter = (below >> (below.ilog2() - 2)) & 3;
    FINE_CLASSES + octave as usize * 4 + quarter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_gets_the_smallest_class_that_holds_it() {
        for size in 1..=MAX_SMALL {
            let class = class_of(size);
            assert!(CLASS_SIZES[class] >= size, "{size}");
            assert!(class == 0 || CLASS_SIZES[class - 1] < size, "{size}");
        }
    }

    #[test]
    fn every_class_is_a_multiple_of_the_granule() {
        assert!(CLASS_SIZES.iter().all(|size| size % GRANULE == 0));
    }
}
