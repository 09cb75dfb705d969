"""Memory views of bytearrays that others resize: a view keeps its size, and every byte that is read was once written."""

from crew import finish, keep_doing, problems, together

shared = bytearray(b"abcdefgh" * 16)
LETTERS = frozenset(b"abcdefghxyz\0")


def resize(n):
    if n % 4 == 0:
        shared.extend(b"xyz" * (n % 40))
    elif n % 4 == 1:
        del shared[n % 7 :: 3]
    elif n % 4 == 2:
        shared.append(120)
        shared.pop()
        shared.insert(0, 121)
    else:
        shared[:] = b"abcdefgh" * 16


def view(n):
    with memoryview(shared) as whole:
        size = len(whole)
        part = whole[size // 4 :]
        for _ in range(20):
            if len(whole) != size or len(whole.tobytes()) != size or len(part) != size - size // 4:
                problems.append("a view changed its size")
        if not LETTERS.issuperset(whole) or not LETTERS.issuperset(part[::-1].tolist()):
            problems.append("a view shows what nobody wrote")
        part.release()


def write(n):
    with memoryview(shared) as whole:
        whole[n % len(whole)] = 120
        whole[:4] = b"xyzx"
        half = len(whole) // 2
        whole[:half] = whole[half : 2 * half]
        whole.toreadonly().hex()


def cast(n):
    with memoryview(shared) as whole:
        even = whole[: len(whole) // 8 * 8]
        for form in "HIQd":
            numbers = even.cast(form)
            if len(numbers) * numbers.itemsize != len(even):
                problems.append("a cast view has another size")
            numbers.tolist()
            numbers.release()
        even.release()


passed_on = []


def pass_on(n):
    passed_on.append(memoryview(shared))
    if len(passed_on) > 5:
        passed_on.pop(0).release()


def use_passed_on(n):
    for v in passed_on:
        if not LETTERS.issuperset(bytes(v)):
            problems.append("a view shows what nobody wrote")
        v[0] = 97
        v == shared, v.nbytes
    if n % 2:
        passed_on.pop().release()
    else:
        for v in passed_on:
            v.release()


def read(n):
    copy = bytes(shared)
    if not LETTERS.issuperset(copy) or not LETTERS.issuperset(shared.upper().lower()):
        problems.append("a bytearray holds what nobody wrote")
    b"".join([shared, b"-", shared]), shared + shared, shared * 2, shared.find(b"x"), shared.count(b"a")
    shared.replace(b"a", b"bb"), shared.split(b"c"), shared.hex(), shared.translate(None, b"xyz"), shared[::2]
    shared == copy, b"abc" in shared, shared.startswith((b"x", b"a")), shared.decode("latin-1")


def itself(n):
    if len(shared) < 2000:
        shared[3:5] = shared
        shared.extend(shared)
        shared.__iadd__(shared)
    shared[:] = shared[:128]
    shared.reverse()
    shared[0:0] = memoryview(b"abc")
    shared.extend(v for v in shared[:10])


may_fail = (BufferError, ValueError, IndexError)
together(
    keep_doing(resize, *may_fail),
    keep_doing(resize, *may_fail),
    keep_doing(view, *may_fail),
    keep_doing(view, *may_fail),
    keep_doing(write, *may_fail),
    keep_doing(cast, *may_fail),
    keep_doing(pass_on, *may_fail),
    keep_doing(use_passed_on, *may_fail),
    keep_doing(read, *may_fail),
    keep_doing(itself, *may_fail),
)
finish()
