"""Special methods that give the wrong thing, are None, or are missing; every operator on operands it is not for."""

import sys
def t(f):
    try: print(ascii(f()))
    except BaseException as e: print(type(e).__name__, ascii(str(e)))
# protocols returning wrong types
def mk(**kw): return type('X',(),{k:(lambda v: (lambda s,*a: v))(v) for k,v in kw.items()})()
for name,fn in (('__len__',len),('__bool__',bool),('__index__',lambda x:[1,2,3][x]),('__index__',hex),('__int__',int),('__float__',float),('__complex__',complex),('__hash__',hash),('__str__',str),('__repr__',repr),('__bytes__',bytes),('__format__',format),('__iter__',iter),('__iter__',list),('__next__',next),('__contains__',lambda x: 1 in x),('__reversed__',reversed),('__dir__',dir),('__length_hint__',list),('__round__',round),('__trunc__',int),('__ceil__',lambda x: __import__('math').ceil(x)),('__abs__',abs),('__neg__',lambda x:-x),('__invert__',lambda x:~x),('__call__',lambda x:x()),('__enter__',lambda x:0),('__getitem__',lambda x:x[0]),('__eq__',lambda x:x==1),('__lt__',lambda x:x<1),('__ne__',lambda x:x!=1),('__eq__',lambda x: x in [1]),('__eq__',lambda x:[1].index(x)),('__divmod__',lambda x:divmod(x,1)),('__pow__',lambda x:pow(x,1,1))):
    for v in (5,-1,'s',None,1.5,b'b',[],2**70,True,NotImplemented,(1,2),1j):
        if v is True and name in ('__index__', '__int__'): continue
        print(name, ascii(v), end=' '); t(lambda: fn(mk(**{name:v})))
# __len__/__bool__ interplay
t(lambda: bool(mk(__len__=0))); t(lambda: bool(mk(__len__=3))); t(lambda: bool(mk(__len__=0,__bool__=True))); t(lambda: not mk(__len__=-1))
class Neg:
    def __len__(s): return 3
    def __getitem__(s,i): return i
n=Neg(); t(lambda: n[-1]); t(lambda: n[1:2]); t(lambda: n[-1:]); t(lambda: list(reversed(n))); t(lambda: 5 in mk(__getitem__=1)) if False else None
class Seq:
    def __getitem__(s,i):
        if i>3: raise IndexError
        return i*i
t(lambda: list(Seq())); t(lambda: 4 in Seq()); t(lambda: 5 in Seq()); t(lambda: max(Seq())); t(lambda: [*Seq()]); t(lambda: dict(zip('abc',Seq()))); t(lambda: reversed(Seq())); t(lambda: iter(Seq()).__length_hint__()); a,b,c,d=Seq(); print(a,b,c,d)
class NoneIter:
    __iter__=None; __getitem__=lambda s,i:i
t(lambda: iter(NoneIter())); t(lambda: 1 in NoneIter()); t(lambda: list(NoneIter()))
class NoneContains:
    __contains__=None
    def __iter__(s): return iter([1])
t(lambda: 1 in NoneContains()); 
class NoneHash: __hash__=None
t(lambda: hash(NoneHash())); t(lambda: {NoneHash()}); 
class NoneRev: __reversed__=None; __len__=lambda s:1; __getitem__=lambda s,i:i
t(lambda: reversed(NoneRev()))
class NoneAdd: __add__=None; __radd__=None; __iadd__=None
t(lambda: NoneAdd()+1); t(lambda: 1+NoneAdd()); 
def ia():
    x=NoneAdd(); x+=1
t(ia)
class NoneCall: __call__=None
t(lambda: NoneCall()()); t(lambda: callable(NoneCall()))
class NoneEq: __eq__=None
t(lambda: NoneEq()==1); t(lambda: NoneEq()!=1)
class NoneLt: __lt__=None
t(lambda: NoneLt()<1); t(lambda: 1>NoneLt())
class NoneLen: __len__=None
t(lambda: len(NoneLen())); t(lambda: bool(NoneLen()))
class NoneBool: __bool__=None
t(lambda: bool(NoneBool()))
class NoneIdx: __index__=None
t(lambda: [1][NoneIdx()]); t(lambda: int(NoneIdx())); t(lambda: hex(NoneIdx()))
class NoneEnter: __enter__=None; __exit__=None
def ne():
    with NoneEnter(): pass
t(ne)
class NoneStr: __str__=None
t(lambda: str(NoneStr())); t(lambda: f'{NoneStr()}')
class NoneGI: __getitem__=None; __setitem__=None; __delitem__=None
t(lambda: NoneGI()[0]); 
def si(): NoneGI()[0]=1
t(si)
def di(): del NoneGI()[0]
t(di)
class InstD: pass
i=InstD(); i.__len__=lambda: 5; i.__call__=lambda: 6; i.__iter__=lambda: iter([1]); t(lambda: len(i)); t(lambda: i()); t(lambda: iter(i)); t(lambda: i.__len__())
# reflected etc
class L:
    def __init__(s,n): s.n=n
    def __repr__(s): return s.n
for op in ('add','sub','mul','truediv','floordiv','mod','pow','matmul','and','or','xor','lshift','rshift','divmod'):
    setattr(L,f'__{op}__',(lambda op:lambda s,o,*a: NotImplemented if o=='ni' else f'{s}.{op}({o!r}{a or ""})')(op))
    setattr(L,f'__r{op}__',(lambda op:lambda s,o,*a: NotImplemented if o=='ni' else f'{s}.r{op}({o!r}{a or ""})')(op))
class L2(L): pass
class L3(L):
    def __radd__(s,o): return 'L3.radd'
x,y,z=L('x'),L2('y'),L3('z')
for f in (lambda:x+1,lambda:1+x,lambda:x+y,lambda:x+z,lambda:z+x,lambda:x-'ni',lambda:'ni'-x,lambda:x**2,lambda:2**x,lambda:pow(x,2,3),lambda:pow(2,x,3),lambda:pow(2,3,x),lambda:divmod(x,1),lambda:divmod(1,x),lambda:x@1,lambda:1@x,lambda:x@'ni',lambda:[1]+x,lambda:[1]*x,lambda:x*[1],lambda:'a'+x,lambda:'%s'%x,lambda:x%'a',lambda:(1,)+x,lambda:{1}|x,lambda:{1:2}|x,lambda:1.5+x,lambda:1j*x,lambda:True&x,lambda:b'a'+x,lambda:b'%s'%x,lambda:None+x,lambda:None|x,lambda:int|x,lambda:x|int,lambda:x<<1,lambda:divmod('ni',x),lambda:divmod(x,'ni')): t(f)
class IA(L):
    def __iadd__(s,o): return 'iadd'
    def __isub__(s,o): return NotImplemented
def f():
    a=IA('a'); a+=1; b=IA('b'); b-=1; c=IA('c'); c*=2; return a,b,c
t(f)
for s in ('a+=1','a-="ni"','a**=2','a//="ni"','a@="ni"','a>>="ni"','a&=None','a|="ni"'):
    def f():
        d={'a':L('q')}; exec(s,d); return d['a']
    t(f)
for s in ('1+"a"','"a"+1','1-"a"','None+1','[]+()','()+[]','{}+{}','"a"-"b"','1@2','1<<"a"','~1.5','-"a"','+[]','not 1','abs("a")','1<"a"','None<None','[]<()','{}<{}','1j<1j','object()<1','len<len','1 in 5','"a" in 5','1 in "a"','5 in b"a"','"a" in b"a"','300 in b"a"','None in None','[1][1.5]','[1][None]','(1,)["a"]','"a"["b"]','"a"[1.5]','b"a"["x"]','{}[1]','1[0]','None[0]','len[0]','int[0]','object()[0]','range(3)["a"]','range(3)[5]','[1][5]','(1,)[5]','"a"[5]','b"a"[5]','bytearray(b"a")[5]','memoryview(b"a")[5]','[1][2**70]','"a"[2**70]','(1,)[-2**70]','range(3)[2**70]','[1][::0]','"a"[::0]','(1,)["a":]','range(3)[::0]','[1].x','(1).x','"a".x','None.x','len.x','int.x','type.x','().x','(lambda:0).x','(x for x in ()).x','NotImplemented.x','1.5.x','1j.x','b"".x','{}.x','{1}.x','range(1).x','slice(1).x','object().x','sys.x','[].append.x','int.__add__.x','(1).__add__.x','bool(NotImplemented)','not NotImplemented','NotImplemented and 1','1 if NotImplemented else 2',):
    def f(): return eval(s)
    print(s,end=' '); t(f)
for s in ('x=1;x[0]=1','x=1;del x[0]','x="a";x[0]="b"','x="a";del x[0]','x=(1,);x[0]=1','x=(1,);del x[0]','x=b"a";x[0]=1','x=[1];x["a"]=1','x=[1];x[5]=1','x=[1];del x[5]','x=[1];del x["a"]','x={};del x[1]','x={};x[[]]=1','x=range(3);x[0]=1','x=None;x.a=1','x=1;x.a=1','x=1;x.real=2','x=1;del x.real','x=int;x.a=1','x=len;x.a=1','x=object();x.a=1','x="a";x.upper=1','del sys.nope','sys.nope','x=[];x.append=1','x=[1];x[:]=5','x=[1];x[::2]=[1,2]','x=[1];x[::0]=[1]','x=[1,2,3];x[::2]=[9]','x=bytearray(b"a");x[0]=300','x=bytearray(b"a");x[0]="a"','x=bytearray(b"a");x[:]="a"','x=bytearray(b"a");x[5]=1','a,b=1','a,b=1,','a,b=1,2,3','a,*b=()','a,*b,c=1,','(a,b),c=1,2','a,b={1}','a,b="abc"','for a,b in [1]: pass','for x in 5: pass','[a,b]=None','*a,=5','def f(): yield\na,b=f()','x: int=5;print(x)','del undefined_zz','undefined_zz','assert 0','assert 0,"m"','assert 0,(1,2)','raise','from sys import nope','import nope_zz','import sys.nope','from sys.nope import x','from . import x','lambda: (yield)','print(undefined_aa, end=undefined_bb)','global_x += 1','class C: y=undefined_q','class C(undefined_b): pass','@undefined_d\ndef f(): pass','def f(a=undefined_e): pass','with open: pass','with 5 as x: pass','async_x=1','match 5:\n case int(x,y): pass','match 5:\n case 1+2j: pass\n case _: print("d")','match 5:\n case str.x: pass','class P: __match_args__=("a",)\nmatch P():\n case P(1,2): pass','class P: __match_args__=5\nmatch P():\n case P(1): pass','class P: __match_args__=(1,)\nmatch P():\n case P(1): pass','match 5:\n case int(real=5): print("r")','match 5:\n case undefined_c(): pass','match 5:\n case sys(): pass','class P: pass\nmatch P():\n case P(1): pass','match {1:2}:\n case {1:x,**r}: print(x,r)','class P: __match_args__=("a","a"); a=1\nmatch P():\n case P(1,1): print("dup")','class P: __match_args__=("a",); a=1\nmatch P():\n case P(1,a=1): print("dup2")'):
    def f(): exec(s,{'sys':sys,'__name__':'m'})
    print(ascii(s),end=' '); t(f)
