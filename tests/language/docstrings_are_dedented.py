"""Docstrings lose the indentation of their lines when they are compiled."""
def a():
    """   lead
        b
          c
       d
    """
def b():
    """x

	tab
        eight
    \ty"""
def c():
    """only one   """
def d():
    """
    first

      
    last
      """
def e():
    "a\n  b\n c\n\n   "
class F:
    "  z\n\t\tq\n\t  r"
def g():
    "  \n  "
def h():
    "\tstart\n    é\n    \x0c x"
def i():
    "a\r\n    b"
def j():
    """a\
    b
    c"""
def k():
    "no\nmargin\n   here"
for f in (a,b,c,d,e,F,g,h,i,j,k): print(f.__name__, repr(f.__doc__))
exec(compile("  ''\n".strip(), "x", "exec"))
ns={}
exec('"""mod\n   doc\n  x"""', ns); print(repr(ns['__doc__']))
