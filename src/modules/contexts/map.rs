//! A persistent map from context variables to values: copying it costs nothing, a change copies the few nodes on the way.
//!
//! A trie over the bits of the variables' hashes, five at a level, as Bagwell's; only children that exist are kept.

use std::sync::Arc;

use crate::heap::{Slot, Tracer, Value};

/// Bits of the hash that a level looks at.
const BITS: u32 = 5;
/// From this depth on the hash has no bits left.
const DEEPEST: u32 = 64 / BITS + 1;

/// Empty, or with a root.
#[derive(Clone, Default)]
pub struct Map {
    root: Option<Arc<Node>>,
    len: usize,
}

enum Node {
    Entry { hash: u64, key: Slot, value: Slot },
    Branch { bits: u32, children: Vec<Arc<Node>> },
}

/// Variables are told apart by identity; their addresses are spread over all bits.
fn hash(key: Value) -> u64 {
    let mixed = key.bits().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 32
}

fn bit(hash: u64, depth: u32) -> u32 {
    1 << (hash >> (depth * BITS) & 31)
}

impl Map {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn get(&self, key: Value) -> Option<Value> {
        let hash = hash(key);
        let mut node = self.root.as_ref()?;
        let mut depth = 0;
        loop {
            match &**node {
                Node::Entry { key: found, value, .. } => return (found.get() == key).then(|| value.get()),
                Node::Branch { bits, children } => {
                    let bit = bit(hash, depth);
                    if bits & bit == 0 {
                        return None;
                    }
                    node = &children[(bits & (bit - 1)).count_ones() as usize];
                    depth += 1;
                }
            }
        }
    }

    /// The map with another value for the key.
    pub fn with(&self, key: Value, value: Value) -> Map {
        let entry = Arc::new(Node::Entry { hash: hash(key), key: Slot::new(key), value: Slot::new(value) });
        let mut added = true;
        let root = match &self.root {
            Some(root) => root.with(entry, hash(key), key, 0, &mut added),
            None => entry,
        };
        Map { root: Some(root), len: self.len + usize::from(added) }
    }

    /// The map without the key.
    pub fn without(&self, key: Value) -> Map {
        if self.get(key).is_none() {
            return self.clone();
        }
        let root = self.root.as_ref().and_then(|root| root.without(hash(key), 0));
        Map { root, len: self.len - 1 }
    }

    /// Keys and values, in the order of their hashes.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        let mut out = Vec::with_capacity(self.len);
        if let Some(root) = &self.root {
            root.visit(&mut |key, value| out.push((key.get(), value.get())));
        }
        out
    }

    pub fn trace(&self, tracer: &mut Tracer) {
        if let Some(root) = &self.root {
            root.visit(&mut |key, value| {
                tracer.slot(key);
                tracer.slot(value);
            });
        }
    }
}

impl Node {
    fn with(self: &Arc<Node>, entry: Arc<Node>, hash: u64, key: Value, depth: u32, added: &mut bool) -> Arc<Node> {
        match &**self {
            Node::Entry { key: found, .. } if found.get() == key => {
                *added = false;
                entry
            }
            Node::Entry { hash: other, .. } => Node::pair(self.clone(), *other, entry, hash, depth),
            Node::Branch { bits, children } => {
                let bit = bit(hash, depth);
                let at = (bits & (bit - 1)).count_ones() as usize;
                let mut children = children.clone();
                if bits & bit == 0 {
                    children.insert(at, entry);
                } else {
                    children[at] = children[at].with(entry, hash, key, depth + 1, added);
                }
                Arc::new(Node::Branch { bits: bits | bit, children })
            }
        }
    }

    /// A branch with two entries below it. Different addresses have different hashes, so they part somewhere.
    fn pair(a: Arc<Node>, hash_a: u64, b: Arc<Node>, hash_b: u64, depth: u32) -> Arc<Node> {
        debug_assert!(depth < DEEPEST, "the hash is a bijection");
        let (bit_a, bit_b) = (bit(hash_a, depth), bit(hash_b, depth));
        let children = match bit_a.cmp(&bit_b) {
            std::cmp::Ordering::Equal => vec![Node::pair(a, hash_a, b, hash_b, depth + 1)],
            std::cmp::Ordering::Less => vec![a, b],
            std::cmp::Ordering::Greater => vec![b, a],
        };
        Arc::new(Node::Branch { bits: bit_a | bit_b, children })
    }

    /// Without the entry of that hash, which is there.
    fn without(&self, hash: u64, depth: u32) -> Option<Arc<Node>> {
        let Node::Branch { bits, children } = self else { return None };
        let bit = bit(hash, depth);
        let at = (bits & (bit - 1)).count_ones() as usize;
        let mut children = children.clone();
        match children[at].without(hash, depth + 1) {
            Some(child) => children[at] = child,
            None => {
                children.remove(at);
                return match &children[..] {
                    [] => None,
                    [only] if matches!(**only, Node::Entry { .. }) => Some(only.clone()),
                    _ => Some(Arc::new(Node::Branch { bits: bits & !bit, children })),
                };
            }
        }
        // A branch with a single entry below is that entry.
        match &children[..] {
            [only] if matches!(**only, Node::Entry { .. }) => Some(only.clone()),
            _ => Some(Arc::new(Node::Branch { bits: *bits, children })),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Slot, &Slot)) {
        match self {
            Node::Entry { key, value, .. } => visit(key, value),
            Node::Branch { children, .. } => children.iter().for_each(|child| child.visit(visit)),
        }
    }
}
