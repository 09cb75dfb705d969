"""Exceptions: what they are made of, what can be set, how groups are taken apart, and every message."""

def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, e.args, e.__dict__, repr(e.__context__), repr(e.__cause__), e.__suppress_context__)
def r(e, cause='no'):
    def f():
        if cause=='no': raise e
        raise e from cause
    return f
t(r(5)); t(r('a')); t(r(int)); t(r(None)); t(r(ValueError)); t(r(ValueError(1,2))); t(r(ValueError,KeyError)); t(r(ValueError,None)); t(r(ValueError,5)); t(r(ValueError,int)); t(r(ValueError(1),KeyError(2)))
class BadE(Exception):
    def __new__(cls,*a): return 5
t(r(BadE)); 
class NeedsArg(Exception):
    def __init__(s,a): s.a=a
t(r(NeedsArg)); t(r(NeedsArg(1))); t(r(ValueError, NeedsArg))
e=ValueError('m',2); print(repr(e),str(e),e.args,e.__traceback__,e.__context__,e.__cause__,e.__suppress_context__, e==ValueError('m',2), hash(e)==hash(e))
def st(o,n,v):
    def q(): setattr(o,n,v); return getattr(o,n)
    t(q)
def dl(o,n):
    def q(): delattr(o,n); return getattr(o,n)
    t(q)
st(e,'args',5); st(e,'args',[1,2]); st(e,'args','ab'); st(e,'__context__',5); st(e,'__cause__',5); st(e,'__cause__',KeyError('c')); print(e.__suppress_context__); st(e,'__suppress_context__',0); st(e,'__suppress_context__','x'); st(e,'__traceback__',5); st(e,'__traceback__',None); st(e,'__context__',None); st(e,'__notes__',5); st(e,'x',1); 
for n in ('args','__context__','__cause__','__traceback__','__suppress_context__','x','__notes__','nope','__dict__'): dl(e,n)
t(lambda: e.with_traceback(5)); t(lambda: e.with_traceback(None) is e); t(lambda: e.add_note('n1')); t(lambda: e.add_note(5)); print(e.__notes__); st(e,'__notes__',5); t(lambda: e.add_note('x')); t(lambda: e.__setstate__({'a':1})); print(e.a); t(lambda: e.__setstate__(5)); t(lambda: e.__setstate__(None)); t(lambda: e.__reduce__())
for c in (ValueError,KeyError,OSError,SystemExit,StopIteration,AttributeError,NameError,ImportError,SyntaxError,UnicodeDecodeError,UnicodeEncodeError,UnicodeTranslateError,ExceptionGroup,BaseExceptionGroup,KeyboardInterrupt):
    for a in ((),(1,),('a',),('a','b'),(1,'two'),(1,'two','f'),(1,'two','f',None,'g'),('a',[ValueError(1)])):
        def q(): x=c(*a); return (repr(x), str(x), x.args)
        t(q)
for c,kw in ((ValueError,{'a':1}),(AttributeError,{'name':'n','obj':1}),(AttributeError,{'foo':1}),(NameError,{'name':'q'}),(NameError,{'x':1}),(ImportError,{'name':'n','path':'p','name_from':'f'}),(ImportError,{'x':1}),(OSError,{'errno':1}),(SyntaxError,{'msg':1}),(StopIteration,{'value':1}),(KeyError,{'key':1})):
    def q(): x=c('m',**kw); return repr(x), [getattr(x,k) for k in kw]
    t(q)
for n in (1,2,3,4,10,11,13,17,20,21,32,103,104,110,111,4,114,115,10000):
    x=OSError(n,'s'); print(n,type(x).__name__,x)
x=OSError(2,'no','f1',None,'f2'); print(x, x.filename, x.filename2, x.errno, x.strerror, x.args); x.filename='z'; print(x); x.errno=5; print(x); x.strerror=None; print(x)
class MyOS(OSError): pass
print(type(MyOS(2,'x')).__name__, MyOS(2,'x','f'))
x=FileNotFoundError(); print(repr(x), x.errno); x=FileNotFoundError(1,'a'); print(type(x), x)
u=UnicodeDecodeError('utf-8',b'abc\xff',3,4,'bad'); print(u, u.start,u.end,u.object,u.reason,u.encoding); u.start=0; u.end=3; print(u); u.end=100; print(u); u.start=-1; print(u); u.reason='r'; u.encoding='zz'; print(u); u.object=b''; print(u)
u=UnicodeEncodeError('ascii','a\xe9\u1234\U00012345',1,2,'bad'); print(u); u.start=2; u.end=3; print(u); u.start=3; u.end=4; print(u); u.start=1; print(u)
u=UnicodeTranslateError('a\xe9',1,2,'bad'); print(u); u.end=5; print(u)
t(lambda: UnicodeDecodeError('a','b',1,2,'c')); t(lambda: UnicodeDecodeError('a',b'b','x',2,'c')); t(lambda: UnicodeEncodeError('a',b'b',1,2,'c')); t(lambda: UnicodeDecodeError(1,b'b',1,2,'c')); t(lambda: UnicodeDecodeError('a',bytearray(b'b'),0,1,'c'))
s=SyntaxError('m',('f',1,2,'text')); print(s, s.filename,s.lineno,s.offset,s.text,s.end_lineno,s.end_offset,s.print_file_and_line, s.msg); s=SyntaxError('m',('f',1,2,'text',3,4)); print(s,s.end_lineno,s.end_offset); s=SyntaxError('m',('/a/b/c.py',7,2,'t')); print(s); s.filename=None; print(s); s.lineno=None; print(s); t(lambda: SyntaxError('m',(1,2))); t(lambda: SyntaxError('m',5)); t(lambda: SyntaxError('m',('f',1,2,'t',3)))
k=KeyError('a'); print(k, repr(k), KeyError(1,2), KeyError(), KeyError('a"\'b'))
x=SystemExit(3); print(x.code, x); x=SystemExit(); print(x.code); x=SystemExit(1,2); print(x.code)
x=StopIteration(5); print(x.value); x.value=6; print(x.value,x.args); print(StopIteration().value)
i=ImportError('m',name='n',path='p'); print(i, i.msg, i.name, i.path, repr(i), i.__reduce__())
a=AttributeError('m',name='x',obj=5); print(a.name,a.obj,a.__reduce__() if True else 0, a.__getstate__())
class C(Exception):
    def __str__(s): return 'custom'
print(C(1), repr(C(1)), f'{C(1)!r} {C(1)}')
class D(Exception):
    def __init__(s,*a,**k): s.k=k
print(repr(D(1,x=2)), D(1,x=2).args, D(1,x=2).k)
class E2(ValueError, KeyError): pass
print(repr(E2('a')), str(E2('a')))
# groups
t(lambda: ExceptionGroup('m',[])); t(lambda: ExceptionGroup('m',5)); t(lambda: ExceptionGroup('m',[5])); t(lambda: ExceptionGroup('m',[ValueError])); t(lambda: ExceptionGroup('m',[KeyboardInterrupt()])); t(lambda: type(BaseExceptionGroup('m',[ValueError()]))); t(lambda: type(BaseExceptionGroup('m',[KeyboardInterrupt()]))); t(lambda: ExceptionGroup('m',{ValueError()})); t(lambda: ExceptionGroup(5,[ValueError()])); t(lambda: ExceptionGroup('m')); t(lambda: ExceptionGroup('m',[ValueError()],1)); t(lambda: ExceptionGroup('m',(ValueError(1),)).args); t(lambda: ExceptionGroup(m=1))
g=ExceptionGroup('g',[ValueError(1),ExceptionGroup('h',[KeyError(2),ValueError(3)]),TypeError(4)]); g.add_note('note'); g.__cause__=OSError('c')
print(g, repr(g), g.message, g.exceptions)
for c in (ValueError,(ValueError,TypeError),KeyError,OSError,ExceptionGroup,lambda e: isinstance(e,KeyError), lambda e: True, lambda e: False, 5, (1,), 'a', [ValueError], BaseException):
    t(lambda: g.subgroup(c)); t(lambda: g.split(c))
s=g.subgroup(KeyError); print(s.__notes__, s.__cause__, s.__context__, s is g, g.subgroup(Exception) is g)
st(g,'message','z'); st(g,'exceptions',()); t(lambda: g.derive([ValueError(9)])); t(lambda: g.derive([])); t(lambda: g.derive(5)); t(lambda: g.split()); t(lambda: g.split(1,2)); t(lambda: g.split(foo=1)); t(lambda: ExceptionGroup[int]); t(lambda: g.split(lambda e: 1/0))
class MG(ExceptionGroup):
    def derive(s,excs): return MG(s.message+'!',excs)
m=MG('m',[ValueError(1),KeyError(2)]); print(m.split(ValueError), type(m.subgroup(KeyError)))
class MG2(ExceptionGroup):
    def derive(s,excs): return 5
t(lambda: MG2('m',[ValueError(1),KeyError(2)]).split(ValueError))
class MG3(ExceptionGroup): pass
print(repr(MG3('m',[ValueError(1),KeyError(2)]).split(ValueError)))
class MG4(ExceptionGroup):
    def __new__(cls,m,e,x): s=super().__new__(cls,m,e); s.x=x; return s
    def __init__(s,*a): pass
print(MG4('m',[ValueError(1)],5).x)
class BEG(BaseExceptionGroup, ValueError): pass
t(lambda: BEG('m',[KeyboardInterrupt()])); 
class EGX(ExceptionGroup): pass
t(lambda: EGX('m',[KeyboardInterrupt()]))
def es(excs, handlers):
    try:
        try: raise excs
        except* ValueError as e: print('V',repr(e)); 
        except* (TypeError,KeyError) as e: print('T',repr(e)); raise OSError('in')
    except BaseException as e: print('out',repr(e), repr(e.__context__))
es(ValueError(1),0); es(ExceptionGroup('a',[ValueError(1),TypeError(2),IndexError(3)]),0); es(IndexError(1),0); es(ExceptionGroup('a',[IndexError(1)]),0); es(KeyError(1),0)
def bad():
    try: raise ValueError
    except* ExceptionGroup: pass
t(bad)
def bad():
    try: raise ValueError
    except* 5: pass
t(bad)
def bad():
    try: raise ValueError
    except 5: pass
t(bad)
def bad():
    try: raise ValueError
    except (KeyError,'a'): pass
t(bad)
def bad():
    try: raise ValueError
    except (KeyError,(TypeError,)): pass
t(bad)
