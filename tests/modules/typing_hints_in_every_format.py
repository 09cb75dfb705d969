# Hints in every format, and what they are not looked at for.
import typing
from annotationlib import Format
class C:
    a: int
    b: 'undefined'
def f(x: 'int', y: undefined) -> 'str': pass
for o in (5, 'x', C, f, len, None):
    for fmt in (None, Format.VALUE, Format.FORWARDREF, Format.STRING):
        try: print(o if not callable(o) else o.__name__, fmt, typing.get_type_hints(o, format=fmt))
        except Exception as e: print(type(e).__name__, e)
@typing.no_type_check
class N:
    def g(self, x: undefined): pass
    @classmethod
    def c(cls): pass
    class Inner:
        def h(self): pass
    other = len
    z = f
print(N.__no_type_check__, N.g.__no_type_check__, N.c.__no_type_check__, N.Inner.__no_type_check__, N.Inner.h.__no_type_check__, hasattr(f,'__no_type_check__'))
print(typing.get_type_hints(N), typing.get_type_hints(N.g))

ref = annotationlib.ForwardRef("list[int]") if False else typing.ForwardRef("list[int]")
print(typing.evaluate_forward_ref(ref), typing.evaluate_forward_ref(ref, format=Format.STRING))
for name in ("Protocol", "NamedTuple", "TypedDict", "get_type_hints", "IO", "SupportsInt"):
    print(name, getattr(typing, name).__module__, name in dir(typing))
