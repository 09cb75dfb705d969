"""The text that is printed for a SyntaxError, with its carets."""

import sys

for text in ("x = (1 +\n     2 3)\n", "print 'hello'\n", "def f(a, b)\n    pass\n", "    x = 1\n", "if x == 1\n    pass", "f(a for a in b, c)", "x = 'abc\n", "a = 1 +* 2", "日本 = 1 1", "\tx = 1 2", "class C:\n    def m(self:\n        pass\n", "x = [1, 2\n\ny = 3\n", "'''abc\ndef", "f(**x, *y)", "f'{a b}'", "f'{a:{b c}}'", "x = f'{'", "return 5", "import a.b as c.d", "a, b += 1", "def f(x, x): pass"):
    try:
        compile(text, "<text>", "exec")
    except SyntaxError:
        kind, value, tb = sys.exc_info()
        sys.excepthook(kind, value, None)
