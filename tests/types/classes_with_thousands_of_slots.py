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
