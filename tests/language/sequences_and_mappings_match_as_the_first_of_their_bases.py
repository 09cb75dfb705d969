# A class that is both a sequence and a mapping is to a pattern what the first of its bases is.
import collections, collections.abc
def both(x):
    match x:
        case [*_]: one = "seq"
        case {}: one = "map"
        case _: one = None
    match x:
        case {}: two = "map"
        case [*_]: two = "seq"
        case _: two = None
    return one, two
class C: pass
class M1(collections.UserDict, collections.abc.Sequence): pass
class M2(C, collections.UserDict, collections.abc.Sequence): pass
class M3(collections.UserDict, C, list): pass
class M4(dict, collections.abc.Sequence, C): pass
class S1(collections.UserList, collections.abc.Mapping): pass
class S2(C, collections.UserList, collections.abc.Mapping): pass
class S3(list, C, collections.abc.Mapping): pass
class S4(collections.UserList, dict, C): pass
for c in (M1, M2, M3, M4, S1, S2, S3, S4): print(c.__name__, both(c()))
for abstract in (collections.abc.Mapping, collections.abc.Sequence, collections.abc.MutableSequence):
    class Parent: pass
    class ChildPre(Parent): pass
    class GrandchildPre(ChildPre): pass
    class Other(ChildPre, dict): pass
    print([both(c()) for c in (Parent, ChildPre, GrandchildPre, Other)])
    abstract.register(Parent)
    class ChildPost(Parent): pass
    class GrandchildPost(ChildPost): pass
    print([both(c()) for c in (Parent, ChildPre, GrandchildPre, Other, ChildPost, GrandchildPost)])
    collections.abc.Mapping.register(GrandchildPre)
    print([both(c()) for c in (Parent, ChildPre, GrandchildPre, Other, ChildPost, GrandchildPost)])
for x in ("ab", b"ab", bytearray(b"a"), (), [], {}, range(2), memoryview(b""), collections.deque(), {1}, iter([])): print(both(x))
