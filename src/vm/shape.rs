//! Shapes (hidden classes): which attributes an object has, and where they lie.
//!
//! Objects of one class that got the same attributes in the same order share a shape. Adding an attribute moves an object
//! to the shape's child for that name; deleting one, or asking for `__dict__`, moves it to *dictionary mode*: its
//! attributes then lie in a dict, kept where the overflow store was. Numbers of shapes are never used again, so a cache
//! that still names a dead one can never match. When all are used up, objects with new attributes become dicts, and there
//! are no new classes.

use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxBuildHasher;

use crate::heap::{Gc, ShapeId, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::str::Str;

/// Where an attribute lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// So many bytes from the start of the cell.
    Inline(u32),
    /// In the overflow store, at this index.
    Overflow(u32),
}

/// An object that gets more attributes than this goes to dictionary mode.
const MOST_ATTRIBUTES: usize = 128;

/// Objects of a class with so many shapes are used as dicts; those with further attributes become ones.
const MOST_SHAPES: u32 = 4096;

pub struct Shape {
    pub id: ShapeId,
    /// Kept alive by the instances: the heap marks a shape's class when it marks a cell of that shape.
    pub class: Gc<Class>,
    /// Names in order of insertion. They are interned: equal means identical.
    pub names: Vec<Gc<Str>>,
    index: HashMap<usize, u32, FxBuildHasher>,
    /// Bytes from the start of the cell to the overflow pointer; the inline slots follow it.
    pub attributes_at: u32,
    pub inline_slots: u32,
    /// Attributes lie in a dict.
    pub dictionary: bool,
    children: Mutex<HashMap<usize, ShapeId, FxBuildHasher>>,
    family: Arc<Family>,
}

/// What the shapes of one class share.
struct Family {
    /// How many they are.
    shapes: AtomicU32,
    /// The number of the shape in dictionary mode, set aside when the class was made: that mode must always be there to go to.
    dictionary: ShapeId,
    making_dictionary: Mutex<()>,
}

impl Shape {
    /// Where `name` (interned) lies, if the shape has it.
    pub fn find(&self, name: Gc<Str>) -> Option<Place> {
        let at = if self.names.len() <= 8 {
            self.names.iter().position(|n| *n == name)? as u32
        } else {
            *self.index.get(&name.address())?
        };
        Some(self.place(at))
    }

    /// Where the attribute with this index lies.
    pub fn place(&self, at: u32) -> Place {
        if at < self.inline_slots {
            Place::Inline(self.attributes_at + 8 + at * 8)
        } else {
            Place::Overflow(at - self.inline_slots)
        }
    }
}

/// Few names are looked through one by one.
fn index_of(names: &[Gc<Str>]) -> HashMap<usize, u32, FxBuildHasher> {
    if names.len() <= 8 {
        return HashMap::default();
    }
    names.iter().enumerate().map(|(i, n)| (n.address(), i as u32)).collect()
}

const CHUNK: usize = 1 << 12;
const CHUNKS: usize = 1 << 14;

/// As many numbers there are: 67 million.
const NUMBERS: u32 = (CHUNK * CHUNKS) as u32;
/// Numbers below are those of the exact built-in types, and no address has as much in its upper half: the word of an inline
/// cache that holds a larger number there can only mean a shape (`vm::caches`).
pub const FIRST_OF_PROGRAMS: u32 = 1 << 16;
impl ShapeId {
    /// Whether it may be the shape of objects of a class that a program made, or of a module's type.
    #[inline(always)]
    pub fn is_of_program(self) -> bool {
        self.0 >= FIRST_OF_PROGRAMS
    }
}

const _: () = assert!(u8::MAX as u32 <= FIRST_OF_PROGRAMS, "a kind's number fits a byte");
const _: () = assert!(1 << (Value::ADDRESS_BITS - 32) <= FIRST_OF_PROGRAMS);
/// So many of them are set aside for the types of built-in modules, which there are far fewer of.
const FOR_BUILT_INS: u32 = 1 << 16;

/// One row of the table: what is asked for all the time beside the rest.
struct Row {
    class: AtomicU64,
    shape: AtomicPtr<Shape>,
}

/// All shapes of an interpreter, in chunks, so that a row never moves and reading takes no lock. A chunk whose shapes are all
/// dead is freed.
pub struct Shapes {
    chunks: Box<[AtomicPtr<[Row; CHUNK]>]>,
    next: AtomicU32,
    growing: Mutex<()>,
}

impl Shapes {
    pub(super) fn new() -> Shapes {
        let shapes = Shapes {
            chunks: (0..CHUNKS).map(|_| AtomicPtr::default()).collect(),
            next: AtomicU32::new(FIRST_OF_PROGRAMS),
            growing: Mutex::new(()),
        };
        shapes.ensure(0);
        shapes
    }

    /// Makes the chunk that this number lies in, if it is not there.
    fn ensure(&self, id: u32) {
        let chunk = &self.chunks[id as usize / CHUNK];
        let _growing = self.growing.lock();
        if chunk.load(Ordering::Acquire).is_null() {
            // SAFETY: a row of zeros is one that no shape has taken. (So the system has to find memory only for rows in use.)
            let rows = unsafe { Box::<[Row; CHUNK]>::new_zeroed().assume_init() };
            chunk.store(Box::into_raw(rows), Ordering::Release);
        }
    }

    #[inline(always)]
    fn row(&self, id: ShapeId) -> &Row {
        let id = id.0 as usize;
        let chunk = self.chunks[id / CHUNK].load(Ordering::Acquire);
        debug_assert!(!chunk.is_null());
        // SAFETY: a shape's number is only handed out once its chunk exists, which lives as long as one of its shapes does.
        unsafe { &(*chunk)[id % CHUNK] }
    }

    /// The class of the objects of this shape.
    #[inline(always)]
    pub fn class(&self, id: ShapeId) -> Gc<Class> {
        let bits = self.row(id).class.load(Ordering::Acquire);
        debug_assert!(bits != 0, "every shape in use has a class");
        // SAFETY: `set_class` stored a class, kept alive by the objects of the shape.
        unsafe { Gc::from_address(bits as usize) }
    }

    pub fn class_value(&self, id: ShapeId) -> Value {
        Value::from_bits(self.row(id).class.load(Ordering::Acquire))
    }

    pub fn set_class(&self, id: ShapeId, class: Gc<Class>) {
        self.row(id).class.store(class.value().bits(), Ordering::Release);
    }

    /// The shape itself; exact built-in types without attributes have none.
    #[inline]
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        let shape = self.row(id).shape.load(Ordering::Acquire);
        // SAFETY: shapes are freed only when no object and no class of theirs is left.
        unsafe { shape.as_ref() }
    }

    /// As `get`, for a number whose chunk may not be there yet.
    fn made(&self, id: ShapeId) -> Option<&Shape> {
        let chunk = self.chunks[id.0 as usize / CHUNK].load(Ordering::Acquire);
        if chunk.is_null() { None } else { self.get(id) }
    }

    fn add(&self, id: ShapeId, shape: Shape) -> &Shape {
        self.ensure(id.0);
        let row = self.row(id);
        row.class.store(shape.class.value().bits(), Ordering::Release);
        row.shape.store(Box::into_raw(Box::new(shape)), Ordering::Release);
        match self.get(id) {
            Some(shape) => shape,
            None => unreachable!("stored in the line before"),
        }
    }

    /// Takes `count` numbers in a row, the first of which it returns; `None` if that would leave fewer than `rest`.
    fn numbers(&self, count: u32, rest: u32) -> Option<ShapeId> {
        let most = NUMBERS - rest - count;
        let more = |next: u32| (next <= most).then(|| next + count);
        let first = self.next.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).ok()?;
        Some(ShapeId(first))
    }

    /// The shape of a fresh instance of a built-in class. `id`: the number to give it, if it is that of an exact built-in type.
    pub fn root_of_built_in(
        &self,
        id: Option<ShapeId>,
        class: Gc<Class>,
        attributes_at: u32,
        slots: Vec<Gc<Str>>,
    ) -> &Shape {
        let Some(first) = self.numbers(2, 0) else { unreachable!("enough numbers are set aside for built-in types") };
        self.add_root(id.unwrap_or(first), ShapeId(first.0 + 1), class, attributes_at, slots.len() as u32, slots)
    }

    /// The shape of a fresh instance of `class`, with places for `names` (interned); `None` if there can be no more classes.
    pub fn root(&self, class: Gc<Class>, attributes_at: u32, inline_slots: u32, names: Vec<Gc<Str>>) -> Option<&Shape> {
        let id = self.numbers(2, FOR_BUILT_INS)?;
        Some(self.add_root(id, ShapeId(id.0 + 1), class, attributes_at, inline_slots, names))
    }

    fn add_root(
        &self,
        id: ShapeId,
        dictionary: ShapeId,
        class: Gc<Class>,
        attributes_at: u32,
        inline_slots: u32,
        names: Vec<Gc<Str>>,
    ) -> &Shape {
        let family = Family { shapes: AtomicU32::new(0), dictionary, making_dictionary: Mutex::default() };
        let (index, children, family) = (index_of(&names), Mutex::default(), Arc::new(family));
        self.add(
            id,
            Shape { id, class, names, index, attributes_at, inline_slots, dictionary: false, children, family },
        )
    }

    /// The shape of an object of `parent`'s that gets the attribute `name` (interned) as its next; `None` if it is to go
    /// to dictionary mode instead.
    pub fn with(&self, parent: &Shape, name: Gc<Str>) -> Option<&Shape> {
        let mut children = parent.children.lock();
        if let Some(child) = children.get(&name.address())
            && let Some(child) = self.get(*child)
        {
            return Some(child);
        }
        let is_large = parent.names.len() >= MOST_ATTRIBUTES;
        if is_large || parent.family.shapes.fetch_add(1, Ordering::Relaxed) >= MOST_SHAPES {
            return None;
        }
        let id = self.numbers(1, FOR_BUILT_INS)?;
        let mut names = parent.names.clone();
        names.push(name);
        children.insert(name.address(), id);
        let &Shape { class, attributes_at, inline_slots, .. } = parent;
        let (index, children, family) = (index_of(&names), Mutex::default(), parent.family.clone());
        let shape = Shape { id, class, names, index, attributes_at, inline_slots, dictionary: false, children, family };
        Some(self.add(id, shape))
    }

    /// The shape of objects of `of`'s class in dictionary mode.
    pub fn dictionary(&self, of: &Shape) -> &Shape {
        let id = of.family.dictionary;
        if let Some(made) = self.made(id) {
            return made;
        }
        let _making = of.family.making_dictionary.lock();
        if let Some(made) = self.made(id) {
            return made;
        }
        let &Shape { class, attributes_at, inline_slots, .. } = of;
        // What `__slots__` named keeps its place: it is no part of the dict.
        let names = self.get(class.root_shape()).map_or(Vec::new(), |root| root.names.clone());
        let (index, children, family) = (index_of(&names), Mutex::default(), of.family.clone());
        self.add(id, Shape { id, class, names, index, attributes_at, inline_slots, dictionary: true, children, family })
    }

    /// Frees the shapes of classes that died.
    pub fn prune(&self, is_alive: &dyn Fn(Value) -> bool) {
        let next = self.next.load(Ordering::Acquire) as usize;
        for (at, rows) in self.used_chunks() {
            let mut is_used = at == 0 || (at + 1) * CHUNK > next;
            for row in rows {
                let class = Value::from_bits(row.class.load(Ordering::Acquire));
                if class.is_empty() || is_alive(class) {
                    is_used |= !class.is_empty();
                    continue;
                }
                row.class.store(0, Ordering::Release);
                let shape = row.shape.swap(ptr::null_mut(), Ordering::AcqRel);
                if !shape.is_null() {
                    // SAFETY: made by `add`, unreachable now: its class is dead, so no object of it lives, and the world is stopped.
                    drop(unsafe { Box::from_raw(shape) });
                }
            }
            if !is_used {
                let chunk = self.chunks[at].swap(ptr::null_mut(), Ordering::AcqRel);
                // SAFETY: made by `ensure`. No object has a shape in it, so nobody looks for one, and the world is stopped.
                drop(unsafe { Box::from_raw(chunk) });
            }
        }
    }

    /// The chunks that exist, with their places: those of their rows that may be in use. The world is stopped.
    fn used_chunks(&self) -> impl Iterator<Item = (usize, &[Row])> {
        let next = self.next.load(Ordering::Acquire) as usize;
        self.chunks[..next.div_ceil(CHUNK)].iter().enumerate().filter_map(move |(at, chunk)| {
            // SAFETY: chunks are made by `ensure` and freed by `prune` only.
            let rows = unsafe { chunk.load(Ordering::Acquire).as_ref() }?;
            let used = if at == 0 { kinds::KINDS.len() } else { (next - at * CHUNK).min(CHUNK) };
            Some((at, &rows[..used]))
        })
    }

    /// Calls `each` for every name that a shape uses.
    pub fn for_each_name(&self, mut each: impl FnMut(Gc<Str>)) {
        for row in self.used_chunks().flat_map(|(_, rows)| rows) {
            // SAFETY: shapes are freed by `prune` only, and the world is stopped.
            let Some(shape) = (unsafe { row.shape.load(Ordering::Acquire).as_ref() }) else { continue };
            // A child's names are its parent's, but for the last; a root may have several.
            let is_root = shape.class.root_shape() == shape.id;
            let known = if is_root { 0 } else { shape.names.len().saturating_sub(1) };
            shape.names[known..].iter().for_each(|name| each(*name));
        }
    }
}

impl Drop for Shapes {
    fn drop(&mut self) {
        for chunk in &self.chunks {
            let chunk = chunk.load(Ordering::Acquire);
            if chunk.is_null() {
                continue;
            }
            // SAFETY: chunks and shapes were made by `Box::into_raw`, and nobody uses the table any more.
            let rows = unsafe { Box::from_raw(chunk) };
            for row in rows.iter() {
                let shape = row.shape.load(Ordering::Acquire);
                if !shape.is_null() {
                    // SAFETY: as above.
                    drop(unsafe { Box::from_raw(shape) });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::Vm;

    /// Runs `program` when `left` numbers of shapes are left for programs.
    fn run_with_numbers_left(left: u32, program: &str) {
        let th = Vm::for_tests();
        th.vm().shapes().next.store(NUMBERS - FOR_BUILT_INS - left, Ordering::Release);
        let exec = th.vm().builtin(&th, "exec").expect("a built-in function");
        let namespace = th.dict();
        assert!(th.call(exec, &[th.str(program), namespace.value()]).is_ok(), "it raises {}", {
            let exception = th.pending.get();
            crate::vm::ops::repr(&th, exception).map_or_else(|_| "what cannot be shown".to_owned(), |r| r.to_text())
        });
    }

    #[test]
    fn a_program_that_uses_up_all_numbers_gets_no_more_classes() {
        run_with_numbers_left(
            100,
            "
made = []
try:
    while len(made) < 100:
        made.append(type('C', (), {}))
except MemoryError:
    pass
assert 10 < len(made) <= 50, len(made)
for Class in made:
    instance = Class()
    for name in ('a', 'b', 'c'):
        setattr(instance, name, name)
    assert vars(instance) == {'a': 'a', 'b': 'b', 'c': 'c'}
try:
    class Last: pass
except MemoryError:
    Last = None
assert Last is None
",
        );
    }

    #[test]
    fn objects_become_dicts_when_all_numbers_are_used_up() {
        run_with_numbers_left(
            5,
            "
class C: pass
objects = [C() for _ in range(4)]
for at, instance in enumerate(objects):
    for name in range(9):
        setattr(instance, f'a{at}{name}', name)
assert [sorted(vars(o).values()) for o in objects] == [list(range(9))] * 4
",
        );
    }

    #[test]
    fn the_shapes_of_dead_classes_go() {
        let th = Vm::for_tests();
        let exec = th.vm().builtin(&th, "exec").expect("a built-in function");
        let program = "import gc\nfor _ in range(20000): type('C', (), {'x': 1})().y = 2\ngc.collect()";
        assert!(th.call(exec, &[th.str(program), th.dict().value()]).is_ok());
        let chunks = th.with_world_stopped(|| th.vm().shapes().used_chunks().count());
        assert!(th.vm().shapes().next.load(Ordering::Acquire) > 60_000 && chunks < 6, "{chunks} are left");
    }
}
