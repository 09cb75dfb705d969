//! The kinds of cells: one line registers a Rust type with the heap.

use crate::heap::{Cell, Header, Kind, KindInfo, ShapeId};

macro_rules! kinds {
    ($( $number:literal $constant:ident $name:literal $type:ty ;)*) => {
        $( pub const $constant: Kind = Kind($number); )*

        /// The row of each kind, indexed by its number; what the heap is made with.
        pub static KINDS: &[KindInfo] = &[
            KindInfo { name: "free", size: 8, trace: free, drop: None },
            $( KindInfo::of::<$type>($name), )*
        ];

        const _: () = {
            let numbers = [0, $( $number ),*];
            let mut at = 0;
            while at < numbers.len() {
                assert!(numbers[at] == at, "kinds are numbered without a gap");
                at += 1;
            }
        };
    };
}

/// A free cell is never traced: reaching one is a bug of the collector or of a `trace`.
unsafe fn free(_: *const crate::heap::Header, _: &mut crate::heap::Tracer) {
    unreachable!("a free cell was traced")
}

kinds! {
    1  OBJECT       "object"            super::instance::Instance;
    2  CLASS        "type"              super::class::Class;
    3  STR          "str"               super::str::Str;
    4  BYTES        "bytes"             super::bytes::Bytes;
    5  INT          "int"               super::int::Int;
    6  FLOAT        "float"             super::float::Float;
    7  COMPLEX      "complex"           super::complex::Complex;
    8  TUPLE        "tuple"             super::tuple::Tuple;
    9  LIST         "list"              super::list::List;
    10 ITEMS        "list items"        super::list::Items;
    11 DICT         "dict"              super::dict::Dict;
    12 TABLE        "dict table"        super::dict::Table;
    13 SET          "set"               super::set::Set;
    14 FROZENSET    "frozenset"         super::set::FrozenSet;
    15 RANGE        "range"             super::range::Range;
    16 SLICE        "slice"             super::slice::Slice;
    17 CODE         "code"              super::code::Code;
    18 FUNCTION     "function"          super::function::Function;
    19 NATIVE       "native function"   super::native::Native;
    20 METHOD       "method"            super::function::Method;
    21 CELL         "cell"              super::function::ClosureCell;
    22 MODULE       "module"            super::module::Module;
    23 GENERATOR    "generator"         super::generator::Generator;
    24 EXCEPTION    "exception"         super::exception::Exception;
    25 TRACEBACK    "traceback"         super::traceback::Traceback;
    26 PROPERTY     "property"          super::descriptors::Property;
    27 STATICMETHOD "staticmethod"      super::descriptors::StaticMethod;
    28 CLASSMETHOD  "classmethod"       super::descriptors::ClassMethod;
    29 GETSET       "getset descriptor" super::descriptors::GetSet;
    30 MEMBER       "member descriptor" super::descriptors::Member;
    31 SUPER        "super"             super::descriptors::Super;
    32 ATTR_CACHE   "attribute cache"   crate::vm::caches::AttrCache;
    33 SLOTS        "attribute slots"   super::instance::Slots;
    34 WEAKREF      "weak reference"    super::weakref::WeakRef;
    35 ITERATOR     "iterator"          super::iterators::Iterator;
    36 RANGE_ITER   "range iterator"    super::range::RangeIter;
    37 DICT_VIEW    "dict view"         super::dict::views::DictView;
    38 MAPPING_PROXY "mappingproxy"     super::dict::proxy::MappingProxy;
    39 FRAME        "frame"             super::frame::FrameObject;
    40 BYTEARRAY    "bytearray"         super::bytes::ByteArray;
    41 BUFFER       "byte buffer"       crate::heap::Buffer;
    42 MEMORYVIEW   "memoryview"        super::bytes::MemoryView;
    43 NATIVE_STATE "native object"     super::native_object::NativeObject;
    44 GENERIC_ALIAS "generic alias"    super::generic_alias::GenericAlias;
    45 STR_INDEX    "str index"         super::str::index::Index;
    46 SET_TABLE    "set table"         super::set::SetTable;
    47 SET_ITER     "set iterator"      super::set::SetIter;
    48 DICT_ITER    "dict iterator"     super::dict::DictIter;
    49 LIST_ITER    "list iterator"     super::iterators::ListIter;
    50 TUPLE_ITER   "tuple iterator"    super::iterators::TupleIter;
    51 STR_ITER     "str iterator"      super::iterators::StrIter;
    52 ENUMERATE    "enumerate"         super::iterators::Enumerate;
    53 ZIP          "zip"               super::iterators::Zip;
    54 MAP          "map"               super::iterators::Map;
    55 FILTER       "filter"            super::iterators::Filter;
    56 REVERSED     "reversed"          super::iterators::Reversed;
    57 UNION        "union"             super::generic_alias::Union;
    // Types whose cells have the kind above that their Rust type names: these numbers are only their shapes' (see
    // `header_of_type`), so that making one needs no look at a table of classes.
    58 DICT_VALUE_ITER "dict value iterator" super::dict::DictIter;
    59 DICT_ITEM_ITER "dict item iterator" super::dict::DictIter;
    60 DICT_REVERSE_KEY_ITER "dict reverse key iterator" super::dict::DictIter;
    61 DICT_REVERSE_VALUE_ITER "dict reverse value iterator" super::dict::DictIter;
    62 DICT_REVERSE_ITEM_ITER "dict reverse item iterator" super::dict::DictIter;
    63 DICT_VALUES   "dict values"       super::dict::views::DictView;
    64 DICT_ITEMS    "dict items"        super::dict::views::DictView;
    65 STR_ASCII_ITER "ASCII str iterator" super::iterators::StrIter;
    66 LIST_REVERSE_ITER "list reverse iterator" super::iterators::Iterator;
    67 CALLABLE_ITER "callable iterator" super::iterators::Iterator;
    68 BYTES_ITER    "bytes iterator"    super::bytes::BytesIter;
    69 WIDE_INT      "wide int"          super::int::Wide;
    70 METHOD_DESCRIPTOR "method descriptor" super::native::Native;
    71 WRAPPER_DESCRIPTOR "slot wrapper"   super::native::Native;
    72 METHOD_WRAPPER "method wrapper"     super::native::Native;
    73 CLASSMETHOD_DESCRIPTOR "class method descriptor" super::descriptors::ClassMethod;
    74 GLOBAL_CACHE  "global cache"      crate::vm::caches::GlobalCache;
    75 CONSTRUCTION  "construction"      crate::vm::caches::Construction;
    76 DEQUE        "deque"             super::deque::Deque;
    77 ARRAY        "array"             super::array::Array;
    78 PATTERN      "pattern"           crate::modules::re::pattern::Pattern;
    79 MATCH        "match"             crate::modules::re::matched::Match;
    80 FUTURE       "future"            crate::modules::tasks::Future;
    81 TASK         "task"              crate::modules::tasks::Task;
    82 FUTURE_ITER  "future iterator"   crate::modules::tasks::FutureIter;
    83 HANDLE       "handle"            crate::modules::tasks::Handle;
    84 CONTEXT      "context"           crate::modules::contexts::Context;
    85 ORDERED_ITER "ordered dict iterator" super::dict::DictIter;
    86 ORDERED_KEYS "ordered dict keys" super::dict::views::DictView;
    87 ORDERED_VALUES "ordered dict values" super::dict::views::DictView;
    88 ORDERED_ITEMS "ordered dict items" super::dict::views::DictView;
}

/// Kinds whose one class is made when its module is imported, so that exact instances have the kind's own shape. No cell of
/// theirs is made before that.
pub const MADE_BY_IMPORT: &[Kind] =
    &[FUTURE, TASK, FUTURE_ITER, HANDLE, CONTEXT, ORDERED_ITER, ORDERED_KEYS, ORDERED_VALUES, ORDERED_ITEMS];

/// The header of an object of Rust type `T` whose class is that of `kind`, where several types share `T`.
pub const fn header_of_type<T: Cell>(kind: Kind) -> Header {
    Header::new(T::KIND, ShapeId(kind.0 as u32))
}
