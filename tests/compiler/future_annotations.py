# Annotations as text: spaces, quotes and parentheses as CPython writes them.
from __future__ import annotations

def f(a: "x", b: List [ int ], c: a.b . c, d: dict[str,"q"], e: (1,2), f: (1,), g: (), h: a+b*(c-d),
      i: -x ** -y, j: (-x)**y, k: a if b else c, l: (a if b else c)[0], m: not a and b or c, *n: *T,
      **o: Callable[[int, str], bool]) -> Optional['Foo']: pass

x: int   = 1
