"""What CPython says of the parameters of built-in classes, of those of which it says anything."""

_FILE = "(raw, buffer_size=131072)"
_BLAKE2 = ("digest_size={0}, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, "
           "inner_size=0, last_node=False, usedforsecurity=True, string=None)")

SIGNATURES = {
    "bool": "(object=False, /)", "classmethod": "(function, /)", "complex": "(real=0, imag=0)",
    "enumerate": "(iterable, start=0)", "filter": "(function, iterable, /)", "float": "(x=0, /)",
    "frozenset": "(iterable=(), /)", "list": "(iterable=(), /)", "map": "(function, iterable, /, *iterables, strict=False)",
    "memoryview": "(object)", "property": "(fget=None, fset=None, fdel=None, doc=None)", "reversed": "(sequence, /)",
    "set": "(iterable=(), /)", "staticmethod": "(function, /)", "tuple": "(iterable=(), /)",
    "zip": "(*iterables, strict=False)", "method": "(function, instance, /)", "module": "(name, doc=None)",
    "function": "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
    "traceback": "(tb_next, tb_frame, tb_lasti, tb_lineno)", "NoneType": "()", "ellipsis": "()",
    "NotImplementedType": "()", "mappingproxy": "(mapping)", "types.GenericAlias": "(origin, args, /)",
    "types.SimpleNamespace": "(mapping_or_iterable=(), /, **kwargs)",
    "_io.BufferedRandom": _FILE, "_io.BufferedReader": _FILE, "_io.BufferedWriter": _FILE,
    "_io.BytesIO": "(initial_bytes=b'')", "_io.StringIO": r"(initial_value='', newline='\n')",
    "_io.FileIO": "(file, mode='r', closefd=True, opener=None)",
    "_io.TextIOWrapper":
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    "_blake2.blake2b": "(data=b'', *, " + _BLAKE2.format(64), "_blake2.blake2s": "(data=b'', *, " + _BLAKE2.format(32),
    "_asyncio.Future": "(*, loop=None)",
    "_asyncio.Task": "(coro, *, loop=None, name=None, context=None, eager_start=False)",
    "asyncio.events.Handle": "(callback, args, loop, context=None)",
    "asyncio.events.TimerHandle": "(when, callback, args, loop, context=None)",
    "_pickle.Pickler": "(file, protocol=None, fix_imports=True, buffer_callback=None)",
    "_pickle.Unpickler": "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
    "_queue.SimpleQueue": "()", "_thread.lock": "()", "_thread._local": "()",
    "functools.partial": "(func, /, *args, **keywords)",
    "itertools.accumulate": "(iterable, func=None, *, initial=None)",
    "itertools.batched": "(iterable, n, *, strict=False)", "itertools.chain": "(*iterables)",
    "itertools.combinations": "(iterable, r)", "itertools.combinations_with_replacement": "(iterable, r)",
    "itertools.compress": "(data, selectors)", "itertools.count": "(start=0, step=1)", "itertools.cycle": "(iterable, /)",
    "itertools.dropwhile": "(predicate, iterable, /)", "itertools.filterfalse": "(function, iterable, /)",
    "itertools.groupby": "(iterable, key=None)", "itertools.pairwise": "(iterable, /)",
    "itertools.permutations": "(iterable, r=None)", "itertools.product": "(*iterables, repeat=1)",
    "itertools.starmap": "(function, iterable, /)", "itertools.takewhile": "(predicate, iterable, /)",
    "itertools.zip_longest": "(*iterables, fillvalue=None)",
    "operator.attrgetter": "(attr, /, *attrs)", "operator.itemgetter": "(item, /, *items)",
    "operator.methodcaller": "(name, /, *args, **kwargs)",
}
