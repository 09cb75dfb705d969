"""Slices, copies, sums and tuples of a list, and texts joined from it, while other threads write all of it at once.

Every write leaves equal items only, of a length of its own; whatever is read must have been so at one moment.
"""

from crew import finish, keep_doing, problems, together

LENGTHS = (8, 13, 40, 200)
shared = ["0"] * 8


def assign(n):
    shared[:] = [str(n % 10)] * LENGTHS[n % 4]


def splice(n):
    shared[0:1000] = [str(n % 7)] * LENGTHS[n % 3]


def turn(n):
    shared.reverse()
    shared.sort()
    shared[::-1] = [str(n % 10)] * 8


def check(what, items, lengths=LENGTHS):
    if len(set(items)) != 1 or len(items) not in lengths:
        problems.append(f"{what}: {items!r}")


def slices(n):
    check("slice", shared[:])
    check("step", shared[::2], [(length + 1) // 2 for length in LENGTHS])
    check("backwards", shared[::-1])
    check("first", shared[:5], (5,))
    check("last", shared[-3:], (3,))


def copies(n):
    check("copy", shared.copy())
    check("list", list(shared))
    check("tuple", tuple(shared))
    check("starred", [*shared])


def sums(n):
    check("sum", shared + [])
    check("other sum", [] + shared)
    check("product", shared * 2, [2 * length for length in LENGTHS])
    text = "".join(shared)
    if len(set(text)) != 1 or len(text) not in LENGTHS:
        problems.append(f"join: {text!r}")
    longer = []
    longer.extend(shared)
    check("extend", longer)
    longer[1:] = shared
    check("assigned", longer[1:])


together(
    keep_doing(assign),
    keep_doing(splice),
    # Its extended slice may find another length than its own.
    keep_doing(turn, ValueError),
    keep_doing(slices),
    keep_doing(copies),
    keep_doing(sums),
)
finish()
