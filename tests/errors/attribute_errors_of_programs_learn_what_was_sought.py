# An AttributeError that a program raises itself while an attribute is looked up gets the name and the object, for "Did you mean".
import sys
import traceback


def define(raising):
    class A:
        blech = None

        def __getattr__(self, attr):
            raise raising()
    return A


class Own:
    blech = None

    def __getattribute__(self, attr):
        raise AttributeError("own")


class Property:
    blech = None

    @property
    def bluch(self):
        raise AttributeError("property")


class Descriptor:
    blech = None

    class D:
        def __get__(self, instance, owner):
            raise AttributeError("descriptor")
    bluch = D()


class Meta(type):
    blech = None

    def __getattr__(cls, name):
        raise AttributeError("of the metaclass")


class OfMeta(metaclass=Meta):
    def __init__(self):
        pass


makers = [lambda: AttributeError(), lambda: AttributeError("text"), lambda: AttributeError("Error", 23), lambda: AttributeError(23),
          lambda: AttributeError("named", name="x", obj=3), lambda: AttributeError("name alone", name="y"),
          lambda: AttributeError("object alone", obj=4), lambda: KeyError("other")]
for cls in [*map(define, makers), Own, Property, Descriptor]:
    for ask in (lambda: cls().bluch), (lambda: getattr(cls(), "bluch")), (lambda: cls().bluch()):
        try:
            ask()
        except AttributeError as e:
            print(type(e).__name__, e, e.name, type(e.obj).__name__, e.args)
            print(traceback.format_exception_only(e))
        except KeyError as e:
            print("KeyError", e)
    try:
        print(getattr(cls(), "bluch", "default"), hasattr(cls(), "bluch"))
    except KeyError as e:
        print("KeyError", e)
try:
    OfMeta.bluch
except AttributeError as e:
    print(e.name, e.obj is OfMeta, traceback.format_exception_only(e))

# What comes out of a lookup within another one keeps the first name.
class Outer:
    def __getattr__(self, name):
        return self.inner.nothing

    inner = 5


try:
    Outer().anything
except AttributeError as e:
    print(e, e.name, e.obj)


def deep(n):
    if n:
        deep(n - 1)
    else:
        1 / 0


# The limit counts from the first entry in the module traceback.
sys.stderr = sys.stdout
sys.tracebacklimit = 2
try:
    deep(4)
except ZeroDivisionError as e:
    tb = e.__traceback__
    print([f.name for f in traceback.extract_tb(tb)], [f.name for f in traceback.extract_tb(tb, limit=-2)])
    traceback.print_exc()
    traceback.print_tb(tb)
    print(len(traceback.TracebackException.from_exception(e).stack), len(traceback.extract_tb(tb, limit=5)))
    sys.tracebacklimit = 0
    print(traceback.extract_tb(tb), traceback.format_exc())
    sys.tracebacklimit = -1
    print(traceback.extract_tb(tb))
