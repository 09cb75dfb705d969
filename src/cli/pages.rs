//! The pages of the program file and of the system's libraries that only the start needed: given back before the program
//! runs.
//!
//! A start executes code and reads tables of which a program uses little: the loader's work on a hundred functions of the C
//! library, built-in types, the compiler. The system maps them in pieces of 64 kB, five megabytes in all, half of which
//! nobody looks at again. They cost the system nothing but the room that they take in memory: here they are no longer
//! mapped, and what is needed after all comes back from the system's own copy of the file, in about a microsecond a piece.
//!
//! A page may go only if it is still the file's: one that was written to (by the loader, by a debugger that sets a
//! breakpoint) would come back without what was written. The system tells which are which (`/proc/self/pagemap`).

#[cfg(target_os = "linux")]
pub use linux::give_back;

#[cfg(not(target_os = "linux"))]
pub fn give_back() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::{c_int, c_void};
    use std::fs::File;
    use std::ops::Range;
    use std::os::unix::fs::FileExt;

    /// Of an entry of the page map: there is a page …
    const PRESENT: u64 = 1 << 63;
    /// … or there was, and it lies in a swap file.
    const SWAPPED: u64 = 1 << 62;
    /// It is a file's and not a copy of our own.
    const OF_FILE: u64 = 1 << 61;
    /// Entries that are read at once.
    const STEP: usize = 1024;

    /// Gives back what can be read again. Where the system does not tell, nothing happens.
    pub fn give_back() {
        let Ok(map) = File::open("/proc/self/pagemap") else { return };
        let Some(page) = page_size() else { return };
        let mut mapped: Vec<Range<usize>> = Vec::new();
        // SAFETY: `gather` has the type that is wanted and gets the list for as long as the call takes.
        unsafe { libc::dl_iterate_phdr(Some(gather), (&raw mut mapped).cast()) };
        for range in mapped {
            give_back_pages(&map, page, range.start / page..range.end.div_ceil(page));
        }
    }

    fn page_size() -> Option<usize> {
        // SAFETY: asks the system for a number.
        usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).ok().filter(|&size| size > 0)
    }

    /// Adds the parts of one file that nobody writes to: code and constants.
    unsafe extern "C" fn gather(info: *mut libc::dl_phdr_info, _size: usize, mapped: *mut c_void) -> c_int {
        // SAFETY: the caller is `dl_iterate_phdr`, whose `info` describes a loaded file during the call, and was given the list.
        let (info, mapped) = unsafe { (&*info, &mut *mapped.cast::<Vec<Range<usize>>>()) };
        // SAFETY: so many headers lie there.
        let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into()) };
        for header in headers.iter().filter(|header| header.p_type == libc::PT_LOAD && header.p_flags & libc::PF_W == 0)
        {
            let start = info.dlpi_addr as usize + header.p_vaddr as usize;
            mapped.push(start..start + header.p_memsz as usize);
        }
        0
    }

    /// Gives back the pages with these numbers that are a file's.
    fn give_back_pages(map: &File, page: usize, numbers: Range<usize>) {
        let mut bytes = [0; 8 * STEP];
        let mut from = numbers.start;
        while from < numbers.end {
            let count = STEP.min(numbers.end - from);
            let bytes = &mut bytes[..8 * count];
            if map.read_exact_at(bytes, 8 * from as u64).is_err() {
                return;
            }
            let entries = bytes.chunks_exact(8).map(|entry| u64::from_ne_bytes(entry.try_into().unwrap_or_default()));
            let mut run = from..from;
            for (number, entry) in (from..).zip(entries) {
                if entry & (PRESENT | SWAPPED) == 0 {
                    continue;
                }
                if entry & OF_FILE == 0 {
                    unmap(page, &run);
                    run = number + 1..number + 1;
                } else {
                    run.end = number + 1;
                }
            }
            unmap(page, &run);
            from += count;
        }
    }

    fn unmap(page: usize, run: &Range<usize>) {
        if !run.is_empty() {
            // SAFETY: pages of a file that nobody has written to or may write to read the same when they are mapped again.
            unsafe { libc::madvise((run.start * page) as *mut c_void, run.len() * page, libc::MADV_DONTNEED) };
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// The pages from `first` on that are in memory.
        fn present(map: &File, first: usize, count: usize) -> Vec<bool> {
            let mut bytes = vec![0; 8 * count];
            map.read_exact_at(&mut bytes, 8 * first as u64).expect("entries of the page map");
            bytes.chunks_exact(8).map(|entry| entry[7] >> 7 == 1).collect()
        }

        #[test]
        fn pages_that_were_written_to_stay() {
            const PAGES: usize = 3000;
            let page = page_size().expect("a page size");
            let map = File::open("/proc/self/pagemap").expect("the page map");
            let path = std::env::temp_dir().join(format!("gilbox-pages-{}", std::process::id()));
            std::fs::write(&path, vec![b'f'; PAGES * page]).expect("a file");
            let file = File::open(&path).expect("the file");
            std::fs::remove_file(&path).expect("to be removed");
            let (protection, fd) = (libc::PROT_READ | libc::PROT_WRITE, std::os::fd::AsRawFd::as_raw_fd(&file));
            // SAFETY: a new mapping at an address of the system's choice, which lasts as long as the process.
            let bytes = unsafe {
                let start = libc::mmap(std::ptr::null_mut(), PAGES * page, protection, libc::MAP_PRIVATE, fd, 0);
                assert_ne!(start, libc::MAP_FAILED);
                std::slice::from_raw_parts_mut(start.cast::<u8>(), PAGES * page)
            };
            let first = bytes.as_ptr() as usize / page;
            let written = [0, 1, 5, 1023, 1024, 2047, 2500, PAGES - 1];
            for at in written {
                bytes[at * page] = b'w';
            }
            // Afterwards, for the first write to a large piece takes the rest of it away.
            assert_eq!(bytes.iter().step_by(page).filter(|&&byte| byte == b'w').count(), written.len());
            assert!(present(&map, first, PAGES).iter().all(|&is_present| is_present));

            give_back_pages(&map, page, first..first + PAGES);
            for (at, is_present) in present(&map, first, PAGES).into_iter().enumerate() {
                assert_eq!(is_present, written.contains(&at), "page {at}");
            }
            for (at, page) in bytes.chunks(page).enumerate() {
                assert_eq!(page[0], if written.contains(&at) { b'w' } else { b'f' }, "page {at}");
            }
        }

        #[test]
        fn the_program_goes_on_without_its_pages() {
            let started = std::time::Instant::now();
            while started.elapsed().as_millis() < 50 {
                std::thread::scope(|scope| {
                    scope.spawn(give_back);
                    give_back();
                });
            }
        }
    }
}
