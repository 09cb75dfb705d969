import sys, types
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class D(dict):
    def __missing__(s,k):
        return 'missing '+k
    def __getitem__(s,k):
        if k=='len': return lambda x: 'mylen'
        return dict.__getitem__(s,k)
import builtins
t(lambda: eval('len([1])', {'__builtins__': D(builtins.__dict__)}))
t(lambda: eval('zork', {'__builtins__': D(builtins.__dict__)}))
t(lambda: eval('len', {'__builtins__': {}}))
t(lambda: exec('import sys', {'__builtins__': {}}))
t(lambda: exec('import sys', {'__builtins__': D()}))
t(lambda: exec('class A: pass', {'__builtins__': {}}))
t(lambda: exec('print(1)', {'__builtins__': {'print': print}}))
t(lambda: exec('def f(): return len([1])\nprint(f())', {'__builtins__': {'print': print}}))
t(lambda: exec('def f(): return len([1])\nprint(f())', {'__builtins__': types.SimpleNamespace(print=print)}))
t(lambda: exec('def f(): return len([1])\nprint(f())', {'__builtins__': types.MappingProxyType({'print':print,'len':len})}))
t(lambda: exec('def f(): return len([1])\nprint(f())', {'__builtins__': 5}))
t(lambda: exec('zork', {'__builtins__': 5}))
class frozendict_error(Exception): pass
class frozendict(dict):
    def __setitem__(self, key, value): raise frozendict_error("frozendict is readonly")
t(lambda: exec('x=1', frozendict({'__builtins__': builtins})))
t(lambda: exec("__builtins__['superglobal']=2; print(superglobal)", {'__builtins__': frozendict({'superglobal':1,'print':print})}))
t(lambda: exec("superglobal", {'__builtins__': frozendict({'superglobal':1,'print':print})}))
t(lambda: exec("print(superglobal)", {'__builtins__': frozendict({'superglobal':1,'print':print})}))
class setonlyerror(Exception): pass
class setonlydict(dict):
    def __getitem__(self, key): raise setonlyerror
t(lambda: exec("globalname", {'__builtins__': setonlydict({'globalname':1})}))
t(lambda: exec("globalname", setonlydict({'globalname':1})))
t(lambda: exec("x=globalname", {}, setonlydict({'globalname':1})))
class K(KeyError): pass
class Dk(dict):
    def __getitem__(self, key): raise K(key)
t(lambda: exec("foo", {'__builtins__': Dk()}))
code="class A: pass"
t(lambda: exec(code, {'__builtins__': types.MappingProxyType({})}))
t(lambda: exec(code, {'__builtins__': types.MappingProxyType({}), '__build_class__':1}))
t(lambda: exec(code, {'__builtins__': {}, '__build_class__':1}))
g={'__builtins__':{'__build_class__': __build_class__}}
t(lambda: exec(code, g))
g={'__builtins__':{'__build_class__': __build_class__}, '__name__':'x'}
t(lambda: exec(code, g)); t(lambda: g['A'])
def imp(*a): return a
g={'__builtins__':{'__import__': lambda name,g,l,f,lv: (name, g is G, l is None, f, lv)}}
G=g
t(lambda: exec('import sys as x', g)); t(lambda: g['x'])
t(lambda: exec('import sys.b, c', g)); t(lambda: g['sys'])
t(lambda: exec('from .k import b', g))
t(lambda: eval('__builtins__', {}) is builtins.__dict__)
f=types.FunctionType((lambda: len).__code__, {'__builtins__':{'len':3}})
t(f); t(lambda: f.__builtins__)
f=types.FunctionType((lambda: len).__code__, {'len':4}); t(f); t(lambda: f.__builtins__ is builtins.__dict__)
f=types.FunctionType((lambda: len).__code__, {'__builtins__':builtins}); t(f); t(lambda: f.__builtins__ is builtins.__dict__)
t(lambda: exec('@(lambda x:x)\nclass A[T]: pass', {'__builtins__': {}}))
t(lambda: exec('assert 0', {'__builtins__': {}}))
t(lambda: exec('[x for x in 5]', {'__builtins__': {}}))
t(lambda: exec('def f():\n  global len\n  len=4\n  return len\nprint(f())', {'__builtins__': D(builtins.__dict__)}))
class Other:
    def __getitem__(self, k):
        return k.upper() if k != 'nope' else {}[k]
t(lambda: eval('abc', {'__builtins__': Other()}))
t(lambda: eval('nope', {'__builtins__': Other()}))
t(lambda: exec('def f(): return qq, zork\nr=f()\n__import__', {'__builtins__': Other()}))
t(lambda: exec('import x', {'__builtins__': Other()}))
