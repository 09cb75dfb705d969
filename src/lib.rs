//! gilbox is a laboratory for Python's global interpreter lock: it runs `.py` programs on real threads under a real lock,
//! shows who held the lock and who waited, switches it off, and compares.
//!
//! # The house
//!
//! A program goes through the house in one line, and no arrow runs back:
//!
//! ```text
//! source text → syntax → compiler → vm (with objects, modules) → record → view
//! ```
//!
//! | folder | what it does |
//! |---|---|
//! | [`cli`] | what a person types: one file for each command, and the prompt |
//! | [`syntax`] | text to tree: tokens, layout, parser; syntax errors in CPython's words |
//! | [`compiler`] | tree to register bytecode: scopes, the one table of opcodes, the emitter, the disassembler |
//! | [`vm`] | the interpreter: threads, frames, the loop, calls, exceptions, safepoints, tracebacks |
//! | [`gil`] | the lock: a file for each policy, the requests, the counters |
//! | [`heap`] | values, cells, blocks, marking, sweeping, the scan of native stacks |
//! | [`objects`] | the built-in types, one file or folder each |
//! | [`modules`] | what can be imported; modules written in Python lie in `modules/python` |
//! | [`world`] | the three doors to what is not deterministic: clock, parking, picking |
//! | [`record`] | what a run has measured, and what that means |
//! | [`view`] | a run, or several modes side by side, on a screen |
//!
//! # Where to start
//!
//! With the lock: [`gil`] tells what it is made of. `gil/modern.rs` is CPython's since 3.2, in the order in which things
//! happen; `gil/ticks.rs`, `gil/fair.rs`, `gil/priority.rs` and `gil/off.rs` are the others, and `gil/model` tests
//! the protocols under schedules of its own choice. What a thread does when it is asked for the lock stands in `vm/safepoint.rs`.
//!
//! To add a built-in function, add one `native(…)` with its documentation to a table, for example in
//! `modules/builtins/objects.rs`. To add a module, write a file and one line in `modules/mod.rs`.
//!
//! # Islands of `unsafe`
//!
//! Each block says which invariant makes it sound and who keeps it. Beside `unsafe impl` (of `Cell`: `repr(C)`, header
//! first, every value reported to the collector; of `Send` and `Sync`: state that is only reached under the rules of the
//! heap), it stands only here, which `tests/islands.rs` checks:
//!
//! | where | for what |
//! |---|---|
//! | `heap/` | memory itself: blocks, headers, marking, sweeping, scanning stacks |
//! | `objects/` | cells with tails: items, tables, characters, slots; registers of frames that are looked at |
//! | `vm/dispatch/` | the loop: registers, constants and instructions without bounds checks, which the verifier has made |
//! | `vm/stack.rs` | the register stack and its frames |
//! | `vm/binding.rs` | arguments into the registers of a call |
//! | `vm/calls.rs` | windows of registers for calls |
//! | `vm/generators.rs` | registers and place of a suspended frame |
//! | `vm/unwind.rs` | the frame that handles an exception |
//! | `vm/intrinsics.rs` | operands of rare instructions |
//! | `vm/slow/` | registers, in the loop's rare paths |
//! | `vm/ops/sites.rs` | inline caches of attributes |
//! | `vm/caches.rs` | a cache's word as the cell it names |
//! | `vm/globals.rs` | cached slots of namespaces |
//! | `vm/lookup.rs` | cached slots of classes |
//! | `vm/shape.rs` | the table of shapes, read without a lock |
//! | `vm/classes.rs` | code objects by address |
//! | `vm/intern.rs` | interned strings by address |
//! | `vm/names.rs` | the well-known names as one row |
//! | `vm/interpreter.rs` | classes by address; limits of other threads' stacks |
//! | `vm/fork.rs` | system calls: forking; what the threads of the parent have left in the child |
//! | `vm/thread.rs` | a thread's own request word; other threads' numbers |
//! | `vm/safepoint.rs` | other threads' state while the world is stopped |
//! | `vm/signals.rs` | system calls: `sigaction`, `poll`; a handler |
//! | `vm/gate/` | system calls: looking at paths |
//! | `compiler/opcodes.rs` | a byte as the opcode that it was made from |
//! | `modules/io/` | system calls on descriptors |
//! | `modules/os/` | system calls on files, folders and processes |
//! | `modules/time/` | system calls: clocks and calendars |
//! | `modules/signal/` | system calls: handlers, timers and masks |
//! | `modules/select.rs` | system calls: waiting for descriptors |
//! | `modules/socket/` | system calls on sockets |
//! | `modules/sqlite/` | the C library's connections and statements, and what it calls back |
//! | `modules/thread/mod.rs` | system calls: a thread's number, the end of a process |
//! | `modules/math/libm.rs` | functions of the C library |
//! | `modules/multiprocessing/` | system calls on descriptors, shared memory and futexes; memory that other processes change |
//! | `modules/zlib/stream.rs` | the C library's streams |
//! | `world/clock.rs` | system calls: the clock |
//! | `world/forks.rs` | system calls: a destructor at a thread's end |
//! | `cli/account.rs` | system calls: a file in memory |
//! | `cli/compare/process.rs` | system calls: waiting for a child, with its memory |
//! | `cli/watch/child.rs` | system calls: a terminal for the program that is watched, signals to it |
//! | `cli/mod.rs` | a system call: a signal that is ignored |
//! | `cli/pages.rs` | system calls: pages of files that are mapped; the list of these files |
//! | `cli/watched.rs` | system calls: a descriptor that came with the process |
//! | `record/target.rs` | system calls: descriptors that came with the process, and the lock of those that write to one file |
//! | `gil/tests/` | forking in a test |
//!
//! # Where this differs from the first design, and why
//!
//! - A cell's lock is one byte of its header as designed, but it is taken only where a program has more than one thread.
//! - The loop is compiled twice for the two kinds of switch points; the one that stops at each instruction serves
//!   `sys.settrace` and `sys.setprofile` as well. The lock's counters and events need no loop of their own.
//! - Whatever waits is made of the standard library's mutex and condition, not of parking_lot's, whose one table of waiters
//!   can be locked in the child of a fork for ever. Object locks are of the heap's making (`heap::lock`): they cost next to
//!   nothing where one thread alone changes an object.
//! - A virtual world behind the three doors is there for the tests of the lock (`gil/model`), not yet for programs.
//! - The prompt takes a new line for each line of a statement, since rustyline knows no prompts for the lines within one;
//!   what is pasted or comes from the history is edited as a whole.

pub mod cli;
pub mod compiler;
pub mod gil;
pub mod heap;
pub mod modules;
pub mod objects;
pub mod record;
pub mod syntax;
pub mod view;
pub mod vm;
pub mod world;
