# Loading does not recurse, however deep the objects are; writing ends with an error before the stack does.
import pickle
import sys

deep = pickle.loads(b"]" * 100_000 + b"a" * 99_999 + b".")
depth = 0
while deep:
    deep = deep[0]
    depth += 1
print(depth)
deep = pickle.loads(b")" + b"\x85" * 100_000 + b".")
try:
    pickle.dumps(deep)
except RecursionError as error:
    print(type(error).__name__)
chain = None
for n in range(300):
    chain = {"n": n, "next": [chain]}
for protocol in range(6):
    copy = pickle.loads(pickle.dumps(chain, protocol))
    seen = 0
    while copy:
        seen += 1
        copy = copy["next"][0]
    print(seen)
