# array.array: what every type code takes, the methods, the buffers, and what is wrong.
import array, sys
from array import array as A
print(array.typecodes, array.ArrayType is A, [n for n in dir(A) if n[0] != '_'])
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
for c in 'bBhHiIlLqQfdw':
    print(c, A(c).itemsize)
    for v in (-1, 2**7, -2**7-1, 2**8, 2**15, -2**15-1, 2**16, 2**31, -2**31-1, 2**32, 2**63, -2**63-1, 2**64, 2**200, -2**200, 1.5, 'a', 'ab', None, b'a', True):
        try: a=A(c,[v]); print(' ', a)
        except BaseException as e: print('  ', repr(v)[:20], type(e).__name__, e)
t(lambda: A('x')); t(lambda: A('ii')); t(lambda: A()); t(lambda: A(1)); t(lambda: A('i', 5)); t(lambda: A('i', 'ab')); t(lambda: A('w','ab')); t(lambda:A('i',A('w','x')))
t(lambda: A('i', b'abcd')); t(lambda: A('i', b'abc')); t(lambda: A('i', bytearray(b'abcd')));t(lambda: A('i', memoryview(b'abcd'))); t(lambda: A('d', A('i',[1,2]))); t(lambda: A('i', A('d',[1,2])))
t(lambda: A('i', a=1)); t(lambda: A('i',[1],2)); t(lambda: A('i', {1:2}))
a=A('i',[1,2,3])
t(lambda: a[5]); t(lambda: a['x']); t(lambda: a[1:2]); t(lambda: a[::2]); t(lambda: a+a); t(lambda: a+[1]); t(lambda: a*2); t(lambda: 2*a); t(lambda: a*'x'); t(lambda: a+A('d'))
def s(code):
    a=A('i',[1,2,3,4,5])
    try: exec(code, {'a':a,'A':A}); print(code, a)
    except BaseException as e: print(code, type(e).__name__, e)
for code in ["a[0]=9","a[9]=1","a['x']=1","a[0]='x'","a[1:3]=A('i',[7])","a[1:3]=[7]","a[1:3]=A('d',[7])","a[::2]=A('i',[7,8,9])","a[::2]=A('i',[7,8])","del a[0]","del a[9]","del a[1:3]","del a[::2]","del a['x']","a.append(1)","a.append('x')","a.append(2**40)","a.extend([1,2])","a.extend(A('i',[1]))","a.extend(A('d',[1]))","a.extend(5)","a.extend('ab')","a.extend([1,'x'])","a.insert(1,9)","a.insert(-1,9)","a.insert(100,9)","a.insert('x',9)","a.pop()","a.pop(0)","a.pop(9)","A('i').pop()","a.remove(3)","a.remove(9)","a.reverse()","a.byteswap()","a.clear()","a.fromlist([1,2])","a.fromlist((1,))","a.fromlist([1,'x'])","a.frombytes(b'abcd')","a.frombytes(b'abc')","a.frombytes('x')","a.frombytes(5)","a.fromunicode('x')","a+=A('i',[1])","a+=[1]","a+=A('d',[1])","a*=2","a*=0","a*=-1","a*='x'","a[1:3]=a","a.extend(a)","a[5:2]=A('i',[1])","a[1:2]=5","print(a.index(3), a.count(3))","print(a.index(3,1,2))","print(a.index(9))","print(a.index(3,-5))","print(3 in a, 9 in a)","print(a.tolist(), a.tobytes(), a.buffer_info()[1])","print(a.tounicode())","print(a==A('d',[1,2,3,4,5]), a<A('i',[2]), a!=A('i'), a==[1], a<=A('i',[1,2,3,4,5,6]))","a<[1]","print(hash(a))","print(a.typecode,a.itemsize,len(a))","print(a.__reduce_ex__(2))","print(a.__reduce_ex__(3))","print(a.__reduce_ex__(4))","print(a.__reduce__())","a.__reduce_ex__('x')","import copy; print(copy.copy(a), copy.deepcopy(a))","m=memoryview(a); a.append(1)","m=memoryview(a); a.byteswap(); m[0]=5; print(m.format, m.itemsize, m.tolist(), m[1:].tolist(), bytes(m))","m=memoryview(a); a[0:1]=A('i',[1,2])","m=memoryview(a); a*=2","m=memoryview(a); a.pop()","m=memoryview(a); a*=1","m=memoryview(a); a.extend([])","m=memoryview(a); a.clear()","m=memoryview(a); del a[0]","m=memoryview(a); a.frombytes(b'')","m=memoryview(a); a.insert(0,1)","m=memoryview(a); a.fromlist([])","m=memoryview(a); a.fromlist([1])","it=iter(a); print(type(it), next(it), it.__reduce__(), list(it), list(it)); a.append(7); print(list(it))","print(A('w','aé'), A('w','aé').tounicode(), A('w','aé').tobytes(), A('w').fromunicode('x'))","w=A('w','ab'); w[0]='xy'","w=A('w','ab'); w[0]=5","w=A('w','ab'); w.fromunicode('cd'); print(w, w[0], w[1:], w.tolist())","w=A('w','ab'); print(memoryview(w).format); memoryview(w)[0]","print(A('w'), A('i'), A('d',[1.5,float('nan'), float('inf')]), A('f',[1.1]))","print(repr(A('b',b'ab')), str(A('b',b'ab')))","class S(A): pass\nprint(S('i',[1]), S('i',[1])[:1], type(S('i',[1])+A('i')), S('i',[1]).__reduce_ex__(3))","class S(A):\n  def __init__(self,*a,**k): self.x=1\nprint(S('i',[1], foo=2), S('i',[1]).__reduce_ex__(3))", "import io; f=io.BytesIO(); a.tofile(f); f.seek(0); b=A('i'); b.fromfile(f,3); print(b); b.fromfile(f,5)","a.fromfile(5,1)","a.tofile(5)","import io;a.fromfile(io.BytesIO(b'123'),1)","import io;a.fromfile(io.BytesIO(b'123'),-1)","from array import _array_reconstructor as r; print(r(A,'i',9,b'\\0\\0\\0\\1'), r(A,'d',8,b'\\1\\0\\0\\0'), r(A,'H',2,b'\\1\\2'))","from array import _array_reconstructor as r; r(5,'i',18,b'')","from array import _array_reconstructor as r; r(A,'i',99,b'')","from array import _array_reconstructor as r; r(A,'i',9,b'')","from array import _array_reconstructor as r; r(A,'z',1,b'')","from array import _array_reconstructor as r; r(A,'i',18,'x')","from array import _array_reconstructor as r; r(A,'i',8,b'abc')","print(A[int])","print(bytes(a), bytearray(a), b'x'+A('b',[97]), b'a'==A('b',[97]), bytearray(b'a')==A('b',[97]), b''.join([A('b',[97])]))","print(a.__sizeof__() > 0)","print(A.__doc__[:60])","a.foo","a.typecode='x'","a.__class_getitem__","print(sum(a),max(a),sorted(a),list(reversed(a)), tuple(map(str,a)))","a.append()","a.append(1,2)","a.insert(1)","a.index()","A('b',[1]).byteswap(); x=A('h',[1]); x.byteswap(); print(x)", "x,y,*z=a; print(x,y,z)","a.byteswap(1)","match a:\n  case [1,*r]: print('seq', r)\n  case _: print('no')"]: s(code)
class Shrinks:
    def __init__(self, victim): self.victim = victim
    def __index__(self): self.victim.clear(); return 0
    def __float__(self): self.victim.clear(); return 0.0
for code in 'bBhHiIlLqQfd':
    victim = A(code, [1, 2, 3])
    def assign(): victim[1] = Shrinks(victim)
    t(assign); print(victim)
one = A('d', [float('nan')])
print(one == one, one != one, one < one, one >= one, A('f', [float('nan'), 1]) < A('f', [float('nan'), 2]))
wrong = A('w', b'\xff\xff\xff\xff')
t(wrong.tounicode); t(lambda: str(wrong)); t(lambda: repr(wrong))
from array import _array_reconstructor as rebuilt
print(rebuilt(A, 'w', 18, 'Journée \U0002030a'.encode('utf-16-le')), rebuilt(A, 'w', 19, 'éa\U00020347'.encode('utf-16-be')))
t(lambda: rebuilt(A, 'w', 18, b'\x00\xd8a\x00')); t(lambda: rebuilt(A, 'w', 18, b'a\0')); t(lambda: rebuilt(A, 'w', 21, b'abc'))
