"""Assignments to __bases__, between built-in classes and others."""

def ex(src, **ns):
    try: exec(src, ns)
    except BaseException as e: print(type(e).__name__, e)
for base in ("int", "list", "dict", "tuple", "str", "Exception", "type", "OSError", "set", "float", "property", "object"):
    ex(f"class A: pass\nA.__bases__ = ({base},)")
    ex(f"class B: pass\nclass A(B): pass\nA.__bases__ = ({base},)")
    ex(f"class B: __slots__=()\nclass A(B): pass\nA.__bases__ = ({base},)\nprint('ok')")
    ex(f"class A({base}): pass\nclass B: pass\nA.__bases__ = (B,)") if base != "object" else 0
    ex(f"class X({base}): pass\nclass Y({base}): pass\nclass A(X): pass\nA.__bases__ = (Y,); print(A.__mro__[1].__name__)")
