//! The built-in types, one file each.

pub mod array;
pub mod bool;
pub mod bytes;
pub mod callables;
pub mod class;
pub mod code;
pub mod complex;
pub mod constants;
pub mod coroutines;
pub mod deque;
pub mod descriptors;
pub mod dict;
pub mod exception;
pub mod float;
pub mod format;
pub mod frame;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod instance;
pub mod int;
pub mod iterators;
pub mod kinds;
pub mod list;
pub mod module;
pub mod namespace;
pub mod native;
pub mod native_object;
pub mod native_types;
pub mod number;
pub mod object;
pub mod range;
pub mod reduce;
pub mod sequences;
pub mod set;
pub mod slice;
pub mod str;
pub mod template_string;
pub mod traceback;
pub mod tuple;
pub mod typing;
pub mod weakref;

use crate::vm::native::TypeDef;

/// Every native type that is there from the start: one line registers a type.
pub static TYPES: &[&TypeDef] = &[
    &callables::FUNCTION,
    &callables::METHOD,
    &namespace::NAMESPACE,
    &native_types::NATIVE,
    &native_types::METHOD_DESCRIPTOR,
    &native_types::WRAPPER_DESCRIPTOR,
    &native_types::METHOD_WRAPPER,
    &native_types::CLASSMETHOD_DESCRIPTOR,
    &code::CODE,
    &callables::CELL,
    &module::MODULE,
    &descriptors::PROPERTY,
    &descriptors::STATICMETHOD,
    &descriptors::CLASSMETHOD,
    &descriptors::GETSET,
    &descriptors::MEMBER,
    &descriptors::SUPER,
    &coroutines::GENERATOR,
    &coroutines::COROUTINE,
    &coroutines::ASYNC_GENERATOR,
    &coroutines::COROUTINE_WRAPPER,
    &coroutines::ASYNC_STEP,
    &coroutines::ASYNC_THROW,
    &coroutines::WRAPPED_VALUE,
    &typing::TYPE_VAR,
    &typing::PARAM_SPEC,
    &typing::TYPE_VAR_TUPLE,
    &typing::TYPE_ALIAS,
    &typing::PARAM_SPEC_ARGS,
    &typing::PARAM_SPEC_KWARGS,
    &typing::NO_DEFAULT,
    &template_string::TEMPLATE,
    &template_string::TEMPLATE_ITER,
    &template_string::INTERPOLATION,
    &int::INT,
    &float::FLOAT,
    &complex::COMPLEX,
    &str::STR,
    &bytes::BYTES,
    &bytes::BYTES_ITERATOR,
    &bytes::BYTEARRAY,
    &bytes::BYTEARRAY_ITERATOR,
    &bytes::MEMORYVIEW,
    &bytes::MEMORY_ITERATOR,
    &range::RANGE,
    &range::RANGE_ITERATOR,
    &range::LONG_RANGE_ITERATOR,
    &slice::SLICE,
    &tuple::TUPLE,
    &list::LIST,
    &dict::DICT,
    &dict::proxy::MAPPING_PROXY,
    &dict::views::DICT_VIEWS[0],
    &dict::views::DICT_VIEWS[1],
    &dict::views::DICT_VIEWS[2],
    &dict::DICT_ITERATORS[0],
    &dict::DICT_ITERATORS[1],
    &dict::DICT_ITERATORS[2],
    &dict::DICT_ITERATORS[3],
    &dict::DICT_ITERATORS[4],
    &dict::DICT_ITERATORS[5],
    &set::SET,
    &set::FROZENSET,
    &set::SET_ITERATOR,
    &iterators::LIST_ITERATOR,
    &iterators::TUPLE_ITERATOR,
    &iterators::STR_ASCII_ITERATOR,
    &iterators::STR_ITERATOR,
    &iterators::SEQUENCE_ITERATOR,
    &iterators::LIST_REVERSE_ITERATOR,
    &iterators::CALLABLE_ITERATOR,
    &iterators::ENUMERATE,
    &iterators::ZIP,
    &iterators::MAP,
    &iterators::FILTER,
    &iterators::REVERSED,
    &generic_alias::GENERIC_ALIAS,
    &generic_alias::UNION,
    &weakref::WEAKREF,
    &traceback::TRACEBACK,
    &frame::FRAME,
    &crate::modules::re::pattern::PATTERN,
    &crate::modules::re::matched::MATCH,
];

/// The types that programs know by name without an import.
pub const PUBLIC: &[&str] = &[
    "bool",
    "bytearray",
    "bytes",
    "classmethod",
    "complex",
    "dict",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "int",
    "list",
    "map",
    "memoryview",
    "object",
    "property",
    "range",
    "reversed",
    "set",
    "slice",
    "staticmethod",
    "str",
    "super",
    "tuple",
    "type",
    "zip",
];
