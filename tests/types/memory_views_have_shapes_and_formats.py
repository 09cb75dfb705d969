"""Views of memory: in several dimensions, cast, compared, searched, written to, released."""

def t(f):
    try: print(str(f()).split(' at 0x')[0])
    except BaseException as e: print(type(e).__name__, e)
b=bytearray(range(12)); m=memoryview(b)
t(lambda: m.count(3)); t(lambda: m.count('a')); t(lambda: m.count()); t(lambda: m.index(3)); t(lambda: m.index(99)); t(lambda: m.index(3,4)); t(lambda: m.index(3,1,5)); t(lambda: m.index(3,-12)); t(lambda: m.index()); t(lambda: m.index(1,2,3,4))
def d(): del m[0]
t(d)
def d(): del memoryview(b'a')[0]
t(d)
t(lambda: memoryview[int]); t(lambda: m.tobytes('C')); t(lambda: m.tobytes('F')); t(lambda: m.tobytes('A')); t(lambda: m.tobytes('Z')); t(lambda: m.tobytes(None)); t(lambda: m.tobytes(1)); t(lambda: m.tobytes(order='C'))
t(lambda: m < m); t(lambda: m.__lt__(m)); t(lambda: m == b); t(lambda: b == m); t(lambda: m == 5); t(lambda: m != bytes(b))
m2=m.cast('B',[3,4]); print(m2.ndim,m2.shape,m2.strides,m2.nbytes,m2.itemsize,m2.format,len(m2),m2.tolist(),m2.contiguous,m2.c_contiguous,m2.f_contiguous,m2.suboffsets,m2.obj is b,m2.readonly,m2.tobytes(),m2.hex())
t(lambda: m2[1,2]); t(lambda: m2[-1,-1]); t(lambda: m2[3,0]); t(lambda: m2[0,4]); t(lambda: m2[0]); t(lambda: m2[0:1]); t(lambda: m2[0,0,0]); t(lambda: m2[0,]); t(lambda: m2['a',0]); t(lambda: m2['a']); t(lambda: m2[0:1,0:1]); t(lambda: m2[0,0:1]); t(lambda: m2[()]); t(lambda: iter(m2)); t(lambda: list(m2)); t(lambda: 1 in m2); t(lambda: m2[...]); t(lambda: m2.count(1)); t(lambda: m2.index(1))
def s(k,v):
    def q(): m2[k]=v; return m2.tolist()
    t(q)
s((1,2),99); s((1,2),300); s((1,2),'a'); s((9,0),1); s(0,1); s((0,),1); s((0,0,0),1); s(slice(0,1),b'a'); s(..., 1)
t(lambda: m2.cast('B').shape); t(lambda: m2.cast('B',[12]).shape); t(lambda: m2.cast('B',[4,3])); t(lambda: m.cast('B',[5,5])); t(lambda: m.cast('B',[-1,2])); t(lambda: m.cast('B',[0])); t(lambda: m.cast('B',['a'])); t(lambda: m.cast('B',5)); t(lambda: m.cast('B',())); t(lambda: m[:1].cast('B',()).tolist()); t(lambda: m.cast('H',[2,3]).tolist()); t(lambda: m.cast('H',(2,3)).strides); t(lambda: m.cast('H').cast('I')); t(lambda: m.cast('H').cast('B').tolist()); t(lambda: m.cast('B',[1,2,2,3]).tolist()); t(lambda: m.cast('B',[2,2,3])[1,1,1]); t(lambda: m.cast('B',[1]*65)); t(lambda: m[::2].cast('H')); t(lambda: m.cast(5)); t(lambda: m.cast('zz')); t(lambda: m.cast('')); t(lambda: m.cast('@H').format); t(lambda: m.cast('<H'))
z=m[:1].cast('B',()); print(z.ndim,z.shape,z.strides,z.nbytes,z.tolist(),z[()]); t(lambda: len(z)); t(lambda: z[0]); t(lambda: iter(z)); t(lambda: z[...]); t(lambda: z.tobytes()); t(lambda: list(z))
def zs(): z[()]=77; return b[0]
t(zs)
print(m2==m2.cast('B'), m2==memoryview(bytes(b)).cast('B',[3,4]), m.cast('b')==m, memoryview(b'\x01\x00').cast('H')==memoryview(b'\x01\x00\x00\x00').cast('I'), m.cast('b').tolist()==m.tolist())
import sys
f=memoryview(bytearray(8)).cast('d'); f[0]=float('nan'); print(f==f, f.tolist()); f[0]=-0.0; print(f==memoryview(bytearray(8)).cast('d'), f.tolist()); f[0]=1; print(f[0])
def fs(v):
    def q(): f[0]=v; return f[0]
    t(q)
fs('a'); fs(None); fs(2**2000); fs(True)
t(lambda: hash(memoryview(b'ab'))==hash(b'ab')); t(lambda: hash(m)); t(lambda: hash(memoryview(b'abcd').cast('H'))); t(lambda: hash(memoryview(b'ab').cast('c'))==hash(b'ab')); 
c=memoryview(b'ab').cast('c'); print(c[0],c.tolist(),list(c),b'a' in c, c.count(b'a'))
q=memoryview(b'\x00\x01\x02').cast('?'); print(q.tolist())
r=memoryview(b'abc'); r.release(); 
for fn in (lambda: r[0],lambda: len(r),lambda: r.tolist(),lambda: r.shape,lambda: list(r),lambda: r.tobytes(),lambda: r.cast('B'),lambda: r==r,lambda: r==b'abc',lambda: hash(r),lambda: r.obj,lambda: r.release(),lambda: r.__enter__(),lambda: bytes(r),lambda: r.count(1),lambda: r.hex(),lambda: memoryview(r),lambda: r.toreadonly()): t(fn)
with memoryview(b'x') as w: print(w[0])
t(lambda: w[0])
g=memoryview(b'abcdef')[1:5:2]; print(g.tolist(),g.shape,g.strides,g.contiguous,g.tobytes(),g[::-1].tobytes(),g.nbytes,g[-1]); t(lambda: g.cast('B')); t(lambda: g.hex('-')); t(lambda: bytes(g)); t(lambda: g==b'bd')
t(lambda: memoryview('a')); t(lambda: memoryview(5)); t(lambda: memoryview([1])); t(lambda: memoryview(b'a')[1.5]); t(lambda: memoryview(b'a')[None]); t(lambda: memoryview(b'abc')[1:'a'])
def ss(k,v):
    def q(): m[k]=v; return bytes(b)
    t(q)
ss(slice(0,2),b'zz'); ss(slice(0,2),b'z'); ss(slice(0,2),'zz'); ss(slice(0,2),memoryview(b'zz').cast('b')); ss(0,b'a'); ss(0,-1); ss(0,256); ss(0,1.5); ss('a',1); ss(100,1); ss(slice(0,4,2),b'ab'); ss(slice(None),memoryview(bytes(12))); ss(slice(0,3),m[1:4])
