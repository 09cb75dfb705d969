"""Attributes that lie far behind the beginning of their object: what a place in the code remembers has room for some only."""

names = [f"slot_{i}" for i in range(9000)]
Wide = type("Wide", (), {"__slots__": names})


class Plain:
    pass


source = """
def get(o):
    return o.slot_0, o.slot_8180, o.slot_8185, o.slot_8189, o.slot_8190, o.slot_8191, o.slot_8192, o.slot_8999

def put(o, value):
    o.slot_0 = value
    o.slot_8180 = value + 1
    o.slot_8185 = value + 2
    o.slot_8189 = value + 3
    o.slot_8190 = value + 4
    o.slot_8191 = value + 5
    o.slot_8192 = value + 6
    o.slot_8999 = value + 7
"""
functions = {}
exec(source, functions)
get, put = functions["get"], functions["put"]

wide, other = Wide(), Wide()
for n in range(5):
    put(wide, n * 10)
    put(other, n * 100)
    print(get(wide), get(other))
print(sum(hasattr(wide, name) for name in names))
try:
    wide.slot_8188
except AttributeError as error:
    print(error)

# The same code, with objects that have some of these attributes in other places.
plain = Plain()
put(plain, 1000)
print(get(plain), get(wide))
del wide.slot_8191
for o in (wide, plain, other):
    try:
        print(get(o))
    except AttributeError as error:
        print(error)
for i, name in enumerate(names):
    setattr(plain, name, i)
print(get(plain), len(vars(plain)))

# Names that nobody but the class in the making knows, and collections meanwhile.
import gc


def fresh(n):
    for i in range(n):
        yield f"fresh_{i}"
        gc.collect()
        [f"other_{i}_{j}" for j in range(20)]


class Key(str):
    hashed = 0

    def __hash__(self):
        Key.hashed += 1
        gc.collect()
        return str.__hash__(self)


class Meta(type):
    def mro(cls):
        gc.collect()
        [f"more_{j}" for j in range(200)]
        return super().mro()


namespace = {Key(f"key_{i}"): str(i * 1000) for i in range(10)}
namespace["__slots__"] = fresh(30)
Key.hashed = 0
Fresh = Meta("Fresh", (), namespace)
print(Key.hashed, [name for name in vars(Fresh) if "_1" in name])
o = Fresh()
for i in range(30):
    setattr(o, f"fresh_{i}", i)
gc.collect()
print([getattr(o, f"fresh_{i}") for i in range(30)], Fresh.key_3)
for slots in (["a", 1], ["a", "b c"], 5, ["a", "__dict__", "__dict__"], "single", ("__own", "_x")):
    try:
        print(sorted(name for name in vars(type("_C", (), {"__slots__": slots})) if name[:2] != "__"))
    except TypeError as error:
        print(error)
