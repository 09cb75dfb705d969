//! Shapes (hidden classes): which attributes an object has, and where they lie.
//!
//! Objects of one class that got the same attributes in the same order share a shape. Adding an attribute moves an object
//! to the shape's child for that name; deleting one, or asking for `__dict__`, moves it to *dictionary mode*: its
//! attributes then lie in a dict, kept where the overflow store was. Numbers of shapes are never used again, so a cache
//! that still names a dead one can never match.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxBuildHasher;

use crate::heap::{Gc, ShapeId, Value};
use crate::objects::class::Class;
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
    /// How many shapes the class has.
    family: Arc<AtomicU32>,
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

/// One row of the table: what is asked for all the time beside the rest.
struct Row {
    class: AtomicU64,
    shape: AtomicPtr<Shape>,
}

/// All shapes of an interpreter, in chunks, so that a row never moves and reading takes no lock.
pub struct Shapes {
    chunks: Box<[AtomicPtr<[Row; CHUNK]>]>,
    next: AtomicU32,
    growing: Mutex<()>,
}

impl Shapes {
    /// A table whose first `reserved` numbers belong to the exact built-in types.
    pub fn new(reserved: usize) -> Shapes {
        let shapes = Shapes {
            chunks: (0..CHUNKS).map(|_| AtomicPtr::default()).collect(),
            next: AtomicU32::new(reserved as u32),
            growing: Mutex::new(()),
        };
        shapes.ensure(0);
        shapes
    }

    fn ensure(&self, chunk: usize) {
        let _growing = self.growing.lock();
        if self.chunks[chunk].load(Ordering::Acquire).is_null() {
            let rows: Vec<Row> =
                (0..CHUNK).map(|_| Row { class: AtomicU64::new(0), shape: AtomicPtr::default() }).collect();
            let Ok(rows) = <Box<[Row; CHUNK]>>::try_from(rows) else { unreachable!("as many rows as a chunk has") };
            self.chunks[chunk].store(Box::into_raw(rows), Ordering::Release);
        }
    }

    #[inline(always)]
    fn row(&self, id: ShapeId) -> &Row {
        let id = id.0 as usize;
        let chunk = self.chunks[id / CHUNK].load(Ordering::Acquire);
        debug_assert!(!chunk.is_null());
        // SAFETY: a shape's number is only handed out once its chunk exists, and chunks live as long as the table.
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

    fn add(&self, id: ShapeId, shape: Shape) -> &Shape {
        let row = self.row(id);
        row.class.store(shape.class.value().bits(), Ordering::Release);
        row.shape.store(Box::into_raw(Box::new(shape)), Ordering::Release);
        match self.get(id) {
            Some(shape) => shape,
            None => unreachable!("stored in the line before"),
        }
    }

    fn number(&self) -> ShapeId {
        let id = self.next.fetch_add(1, Ordering::AcqRel);
        assert!((id as usize) < CHUNK * CHUNKS, "more than 67 million shapes");
        self.ensure(id as usize / CHUNK);
        ShapeId(id)
    }

    /// The shape of a fresh instance of `class`, with places for `names` (interned). `id`: the number to give it, if it is
    /// that of an exact built-in type.
    pub fn root(
        &self,
        id: Option<ShapeId>,
        class: Gc<Class>,
        attributes_at: u32,
        inline_slots: u32,
        names: Vec<Gc<Str>>,
    ) -> &Shape {
        let id = id.unwrap_or_else(|| self.number());
        let (index, children, family) = (index_of(&names), Mutex::default(), Arc::default());
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
        if parent.names.len() >= MOST_ATTRIBUTES || parent.family.fetch_add(1, Ordering::Relaxed) >= MOST_SHAPES {
            return None;
        }
        let mut names = parent.names.clone();
        names.push(name);
        let id = self.number();
        children.insert(name.address(), id);
        let &Shape { class, attributes_at, inline_slots, .. } = parent;
        let (index, children, family) = (index_of(&names), Mutex::default(), parent.family.clone());
        let shape = Shape { id, class, names, index, attributes_at, inline_slots, dictionary: false, children, family };
        Some(self.add(id, shape))
    }

    /// The shape of objects of `of`'s class in dictionary mode.
    pub fn dictionary(&self, of: &Shape) -> &Shape {
        // The name of this transition is that of no attribute: zero.
        let mut children = of.children.lock();
        if let Some(child) = children.get(&0)
            && let Some(child) = self.get(*child)
        {
            return child;
        }
        let id = self.number();
        children.insert(0, id);
        let &Shape { class, attributes_at, inline_slots, .. } = of;
        // What `__slots__` named keeps its place: it is no part of the dict.
        let names = self.get(class.root_shape()).map_or(Vec::new(), |root| root.names.clone());
        let (index, children, family) = (index_of(&names), Mutex::default(), of.family.clone());
        self.add(id, Shape { id, class, names, index, attributes_at, inline_slots, dictionary: true, children, family })
    }

    /// Reports the names that living shapes use, so that their addresses stay theirs, and frees the shapes of classes that died.
    pub fn prune(&self, is_alive: &dyn Fn(Value) -> bool) {
        for id in 0..self.next.load(Ordering::Acquire) {
            let row = self.row(ShapeId(id));
            let class = Value::from_bits(row.class.load(Ordering::Acquire));
            if !class.is_empty() && !is_alive(class) {
                row.class.store(0, Ordering::Release);
                let shape = row.shape.swap(std::ptr::null_mut(), Ordering::AcqRel);
                if !shape.is_null() {
                    // SAFETY: made by `add`, unreachable now: its class is dead, so no object of it lives, and the world is stopped.
                    drop(unsafe { Box::from_raw(shape) });
                }
            }
        }
    }

    /// Calls `each` for every name that a shape uses.
    pub fn for_each_name(&self, mut each: impl FnMut(Gc<Str>)) {
        for id in 0..self.next.load(Ordering::Acquire) {
            // A child's names are its parent's, but for the last; a root may have several.
            let Some(shape) = self.get(ShapeId(id)) else { continue };
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
