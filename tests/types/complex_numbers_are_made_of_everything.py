import warnings
warnings.simplefilter("ignore")
import math
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class C:
    def __complex__(s): return 5
class C2:
    def __complex__(s): return 'a'
class F:
    def __float__(s): return 'a'
class F2:
    def __float__(s): return 2.5
class I:
    def __index__(s): return 7
class CS(complex): pass
class C3:
    def __complex__(s): return CS(1)
for a in [(), ('1',), ('1',2), (1,'2'), ([],), (1,[]), ([],1), (None,), (C(),), (C2(),), (F(),), (1,F()), (F2(),I()), (1j,2j), (1,2j), (1j,2), (C3(),), (C3(),1), (1,C3()), ('',), ('1 + 2j',), ('(1+2j)',), ('1'*500,), (10**400,), (1,10**400), ({},), (b'1',), (1,2,3), ('1',None), (object(),), (1,object()), (complex,), ('j',), ('1e',), ('x'*300,), ('\ud800',), ('1\0',), (F2(),1j),(CS(2),CS(3)), (True,False)]:
    t(lambda: complex(*a)); 
t(lambda: complex(real=1, imag=2)); t(lambda: complex(imag='1')); t(lambda: complex(real='1',imag=2)); t(lambda: complex(foo=1)); t(lambda: complex(1, real=1)); t(lambda: complex(imag=1j)); t(lambda: complex(imag=1.5))
t(lambda: complex.from_number('1')); t(lambda: complex.from_number(C3())); t(lambda: complex.from_number(F2())); t(lambda: complex.from_number(3)); t(lambda: complex.from_number(C2())); t(lambda: complex.from_number()); t(lambda: type(CS.from_number(3)))
for f in (math.nextafter,):
    for a in [(0.0,-0.0),(-0.0,0.0),(5e-324,0.0),(-5e-324,0.0),(5e-324,-1.0),(0.0,1.0),(-0.0,1),(1.0,0.0),(math.inf,0)]:
        t(lambda: f(*a))
    t(lambda: f(1.0,2.0,steps=3)); t(lambda: f(5e-324,-1.0,steps=1)); t(lambda: f(-5e-324,1.0,steps=1)); t(lambda: f(-5e-324,1.0,steps=2)); t(lambda: f(1.0,2.0,steps=-1)); t(lambda: f(0.0,-0.0,steps=5)); t(lambda: f(5e-324,-5e-324,steps=1)); t(lambda: f(-5e-324,5e-324,steps=1));  t(lambda: f(1.0,2.0,steps=0)); t(lambda: f(-1e-323,1.0,steps=2)); t(lambda: f(-1e-323,1.0,steps=10**30))
for x in ('1+2j',):
    for op in ('//','%','<','>','<=','>='):
        t(lambda: eval(f'({x}) {op} (1+1j)')); t(lambda: eval(f'({x}) {op} 1'))
    t(lambda: divmod(1j,2)); t(lambda: int(1j)); t(lambda: float(1j)); t(lambda: math.floor(1j)); t(lambda: round(1j)); t(lambda: 1j/0); t(lambda: 0j**-1); t(lambda: 0j**1j); t(lambda: pow(1j,2,3)); t(lambda: 1j**1e308); t(lambda: (1e300+1j)**5); t(lambda: abs(complex(1e308,1e308))); t(lambda: format(1j,'=')); t(lambda: format(1j,'05')); t(lambda: format(1+2j,'.2f')); t(lambda: format(1j,'d')); t(lambda: f'{1+2j:>20.3e}')
