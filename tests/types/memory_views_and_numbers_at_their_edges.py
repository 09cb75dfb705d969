# Memory views of every format, NaN with a sign, complex numbers from texts and numbers.
import array, struct, math, copy, pickle
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
m = memoryview(b'abcdef')
for c in (m, b'abcdef', bytearray(b'abcdef'), array.array('B', b'abcdef'), "abcdef", 3):
    t(lambda: m < c); t(lambda: c <= m); t(lambda: m >= c); t(lambda: c > m); t(lambda: m == c); t(lambda: c != m)
print(hash(m) == hash(b'abcdef')); m.release(); t(lambda: hash(m) == hash(b'abcdef'))
m = memoryview(b'x'); m.release(); t(lambda: hash(m)); 
b = bytearray(b'abcdef'); m = memoryview(b)
m[0:1] = bytearray(b'0'); m[0:2] = array.array('B', b'12'); t(lambda: m.__setitem__(slice(0, 2), b'123'))
a = array.array('i', range(10)); m = memoryview(a); m[:] = array.array('i', range(9, -1, -1)); print(a)
m[1:3] = array.array('i', [77, 78]); print(a); t(lambda: m.__setitem__(slice(0, 2), array.array('I', [1, 2]))); t(lambda: m.__setitem__(slice(0, 2), b'12345678'))
t(lambda: memoryview(b'\0\2\0').cast('?') == memoryview(b'\0\4\0').cast('?')); t(lambda: memoryview(b'\1\3\5').cast('?').tolist())
t(lambda: memoryview(b'\1\3\5').cast('?') == [True]*3)
t(lambda: memoryview(b'\1\3\5').cast('?') == memoryview(b'\2\2\2').cast('?')); t(lambda: memoryview(b'\1\3').cast('?') == memoryview(b'\1\1').cast('B'))
h = memoryview(struct.pack('eee', 0.0, -1.5, 1.5)).cast('e'); t(lambda: h.tolist()); t(lambda: h == memoryview(array.array('f', [0.0, -1.5, 1.5])))
w = memoryview(bytearray(4)).cast('e'); w[0] = 2.5; t(lambda: (w.tolist(), bytes(w))); t(lambda: w.__setitem__(0, 1e10)); t(lambda: w.__setitem__(0, 'x'))
class R:
    def __index__(self): mm.release(); return 4
    def __float__(self): mm.release(); return 4.25
    def __bool__(self): mm.release(); return True
def new(f='B'):
    global mm
    mm = memoryview(bytearray(b'\xff' * 128)).cast(f); return mm
t(lambda: new()[R()]); t(lambda: new().__setitem__(R(), 1)); t(lambda: new().__setitem__(0, R())); t(lambda: new('f').__setitem__(0, R())); t(lambda: new('?').__setitem__(0, R()))
t(lambda: type(new().__getitem__(slice(R())))); t(lambda: new().cast('B', [R()])); t(lambda: new('@l').__setitem__(0, R())); t(lambda: new().cast('B', (64, 2))[0, R()])
t(lambda: copy.copy(memoryview(b'a'))); t(lambda: pickle.dumps(memoryview(b'a')))
for x in (b'a', array.array('i', [1, 2, 3])):
    m = memoryview(x); t(lambda: m.count(1)); t(lambda: m.index(2)); t(lambda: list(reversed(m)))
# floats
class FooStr(str):
    def __float__(self): return float(str(self)) + 1
t(lambda: float(FooStr('8'))); t(lambda: complex(FooStr('8')))
for s in ('nan', '-nan', '+nan', 'inf', '-inf'): t(lambda: math.copysign(1.0, float(s)))
n = float('nan'); print(hash(n) == object.__hash__(n), float(n) is n, float.from_number(n) is n, -n is n, math.copysign(1.0, -n), math.copysign(1.0, abs(-n)), math.copysign(1.0, float.fromhex('-nan')))
print([x != x for x in (n, -n, n + 1)], n in [n], [n] == [n], len({n, float('nan'), n}))
print(math.copysign(1, struct.unpack('>d', b'\xff\xf8' + bytes(6))[0]))
import warnings
warnings.simplefilter('always')
class W:
    def __complex__(self): return C2(1)
class C2(complex): pass
import sys, io
def warned(f):
    with warnings.catch_warnings(record=True) as w: 
        warnings.simplefilter('always')
        t(f)
    for x in w: print(x.category.__name__, x.message)
warned(lambda: complex(W())); warned(lambda: complex(1j, 2)); warned(lambda: complex(1, 2j)); warned(lambda: complex(imag=1j)); warned(lambda: complex(1j, 2j)); warned(lambda: complex('1', 2)); warned(lambda: complex(1, '2')); 
for s in ('nan', '-nan', 'nanj', '-nanj', 'nan-nanj', '-nan+nanj', '\t1+2j\n', '(1+2j)', ' ( 1+2j ) ', '1_0+2_0j', 'j', '-j', '+J', '1e3-1e3j', '١', '\u06601+\u06602j', '1+-2j', '1\0', '(1', '', ' ', '1e', 'infj', '-Infinity+nanj', '1+2j)', '\u20031', '1 + 2j', '0x1', 'n', 'é', '1j1'):
    def f():
        z = complex(s); return z, math.copysign(1, z.real), math.copysign(1, z.imag)
    t(f)
cn = complex('nan'); print(complex.from_number(cn) is cn)
for a, b in ((1+0j, 0j+1), (complex(-0.0, -0.0), 2), (complex(0.0, -0.0), 1j), (3, complex(-0.0, 0.0)), (1j, 2.0), (complex(1, -0.0), 2.0), (2.0, 1j), (1, complex('inf')), (complex('nan+infj'), complex(2,1)), (1+1j, complex('inf-infj'))):
    for op in ('+', '-', '*', '/', '**'): t(lambda: eval(f'a {op} b'))
    t(lambda: eval('b - a')); t(lambda: eval('b * a')); t(lambda: eval('b / a'))
