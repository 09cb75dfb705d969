import sys, builtins
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def single(src):
    try:
        c = compile(src, '<i>', 'single'); exec(c, {}); print('ok', repr(src))
    except SyntaxError as e: print(repr(src), type(e).__name__, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset)
    except BaseException as e: print(repr(src), type(e).__name__, e)
for s in ['if 1: 5', 'if 1: 5\n','if 1: 5\n\n', 'for i in (1,2): i', 'for i in (1,2): i\n', 'class A: pass', 'class A: pass\n', 'def f(): pass', 'def f(): pass\n', 'def f():\n  pass', 'def f():\n  pass\n', 'def f():\n  pass\n\n', 'if 1:\n  5\nelse:\n  6','if 1:\n  5\nelse:\n  6\n', 'with open("/dev/null"): 3', 'try: 3\nfinally: 4', 'try: 3\nfinally: 4\n', 'while 0: 1\n','x=1; x', 'x=1; x\n', 'x=1\ny=2', '5\n6\n', '', '#c', 'pass\n\n#c\n', 'pass #c', 'if 1: 5 #c', 'if 1: 5 #c\n', '@print\ndef f(): pass', 'if 1: pass\n5', 'if 1: pass\n5\n', 'match 1:\n case 1: 7', 'match 1:\n case 1: 7\n', 'if x:\n', 'def f():\n', '(', '"""', 'async def f(): pass\n', 'a=1\n\n\n', 'x=1;\n', 'if 1: 5; 6\n', '\n\n5', '\n5\n', '  5', ' 5\n','try:\n 3\n', 'print(1', '5 if', 'x = [', "'''a", "'a", 'a b', 'pass\x0c', 'class A:\n  def f(self): pass', 'class A:\n  def f(self): pass\n']:
    single(s)
for opt in (-1,0,1,2):
    src='''
"""doc"""
def f():
    "fdoc"
    assert 0, 'x'
    if __debug__: return 'debug'
    else: return 'nodebug'
try: r = f()
except AssertionError as e: r = 'assert '+str(e)
print(r, f.__doc__, __doc__, __debug__)
class A:
    "cdoc"
print(A.__doc__)
assert True
if not __debug__:
    x = 5
while __debug__: break
print([__debug__ for i in range(2)], (lambda: __debug__)(), f'{__debug__}')
'''
    print(opt); exec(compile(src,'x','exec',optimize=opt), {'__doc__':None})
    t(lambda: eval(compile('__debug__','x','eval',optimize=opt)))
    t(lambda: eval(compile('__debug__ and 5','x','eval',optimize=opt)))
    t(lambda: compile('def f():\n assert 0','x','exec',optimize=opt).co_consts[0].co_names)
print(__debug__, sys.flags.optimize)
def h(): return __debug__
print(h())
t(lambda: exec('__debug__ = 1'))
