# A bytearray with living views cannot change its size; classes written in Python lend buffers.
ba = bytearray(b'abc')
m = memoryview(ba)
for op in ["ba.append(1)","ba.extend(b'x')","ba.extend(b'')","ba+=b'x'","ba.clear()","ba.pop()","ba.remove(97)","ba.insert(0,1)","del ba[0]","del ba[:]","del ba[::2]","ba[0:1]=b'xx'","ba[0:1]=b'x'","ba*=2","ba*=1","ba.resize(10)","ba.resize(3)","ba.reverse()","ba.__init__(b'abc')","ba.__init__(b'abcd')","ba.__init__()", "ba[5:5]=b''","ba[::2]=b''", "ba.take_bytes()", "ba.append(300)","ba.append('x')","ba.pop(10)","ba.remove(5)"]:
    ba = bytearray(b'abc')
    m = memoryview(ba)
    try:
        exec(op); print(op, ba)
    except BaseException as e: print(op, type(e).__name__, e)
ba = bytearray()
m = memoryview(ba)
for op in ["ba.pop()","ba.clear()","ba.append(1)"]:
    try:
        exec(op); print(op, ba)
    except BaseException as e: print(op, type(e).__name__, e)
ba = bytearray(b'abc')
m = memoryview(ba); m2=m[1:]; m.release()
try: ba.append(1)
except BaseException as e: print(e)
m2.release(); ba.append(1); print(ba)
m=memoryview(ba); it=iter(m)
try: m.release(); print('rel')
except BaseException as e: print(e)
m=memoryview(ba); m2=memoryview(m)
try: m.release(); print('rel')
except BaseException as e: print(e)
class B:
    def __init__(self): self.ba=bytearray(b'hello')
    def __buffer__(self, flags):
        print('buffer', flags, type(flags)); return memoryview(self.ba)
    def __release_buffer__(self, view):
        print('release', type(view)); 
b=B()
m=memoryview(b); print(m.nbytes, bytes(m), m.readonly); 
try: b.ba.append(1)
except BufferError as e: print(e)
m.release()
b.ba.append(1)
print(bytes(b)); print(bytearray(b)); print(b'abc'+b)
print(b'hello'.startswith(b'x'), int.from_bytes(b,'big'))
class C:
    def __buffer__(self, flags): return b'abc'
try: memoryview(C())
except BaseException as e: print(type(e).__name__, e)
class D:
    def __buffer__(self, flags): raise ValueError('no')
try: memoryview(D())
except BaseException as e: print(type(e).__name__, e)
try: bytes(D())
except BaseException as e: print(type(e).__name__, e)
class E2(bytearray):
    def __buffer__(self, flags):
        print('E2 buffer', flags); return super().__buffer__(flags)
    def __release_buffer__(self, view):
        print('E2 rel'); super().__release_buffer__(view)
e=E2(b'sub'); 
with memoryview(e) as m: print(bytes(m))
mv = b'abc'.__buffer__(0); print(mv, mv.obj, bytes(mv))
for f in (1, 0, 'x', 1<<40):
    try: print(b'abc'.__buffer__(f))
    except BaseException as e: print(type(e).__name__, e)
mv = memoryview(b'abc'); x = mv.__buffer__(0); print(x); 
try: b'abc'.__release_buffer__(x)
except BaseException as e: print(type(e).__name__, e)
x=bytearray(b'abc').__buffer__(0); 
ba=bytearray(b'abc'); x=ba.__buffer__(0)
try: ba.append(1)
except BaseException as e: print(type(e).__name__, e)
ba.__release_buffer__(x); ba.append(1); print(x)
print(hasattr(bytes,'__release_buffer__'), hasattr(memoryview,'__release_buffer__'), hasattr(bytearray,'__release_buffer__'), hasattr(memoryview,'__buffer__'))

def forgotten_views_do_not_count():
    for i in range(20):
        ba = bytearray(b'abc')
        m = memoryview(ba)
        x = bytes(m[1:])
        del m
        ba += b'x'
        ba.append(i)
        len(bytes(memoryview(ba)[1:]))
        del ba[:2]
        m = memoryview(ba)
        m.release()
        ba[0:0] = b'hello'
        with memoryview(ba) as m:
            pass
        ba.clear()
    return ba
print(forgotten_views_do_not_count())
ba = bytearray(b'abc')
len(bytes(memoryview(ba)[1:]))
ba += b'x'
for c in memoryview(ba):
    pass
ba += b'x'
views = [memoryview(ba)]
try:
    ba += b'x'
except BufferError as e:
    print(e)
views.clear()
ba += b'x'
print(ba)
