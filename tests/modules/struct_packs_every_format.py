# struct: every format in every byte order, and what is wrong with others.
import struct
print(struct.__all__ if hasattr(struct,'__all__') else dir(struct))
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
P=struct.pack; U=struct.unpack; C=struct.calcsize
for f in ['','x','c','b','B','?','h','H','i','I','l','L','q','Q','n','N','e','f','d','s','p','P','5s','0s','3x','2h','hi','hl','bq','bd','=bq','<bq','>n','<P','!n','@n','=N','4','z','h4','<4','i i','  i','i\t2i','-1i','10s2b','0i','b0q','b0d', '99999999999999999999i','9223372036854775807s','e0l','x0h', 'F','D','<F','bF','1','?0i',b'hh','2 i',5,None,'é','<<i','i<', '\0']: t(C,f)
for f,v in [('b',127),('b',128),('b',-129),('B',-1),('B',256),('h',32768),('H',65536),('H',-1),('i',2**31),('I',2**32),('I',-1),('l',2**63),('L',2**64),('L',-1),('q',2**63),('Q',2**64),('Q',-1),('n',2**63),('N',2**64),('P',2**64),('P',-1),('<b',128),('<B',256),('<h',40000),('<i',2**31),('<I',2**32),('<I',-1),('<q',2**63),('<Q',-1),('<Q',2**64),('>l',2**31),('>L',2**32),('i','x'),('i',1.5),('i',None),('c','a'),('c',b'ab'),('c',5),('s','a'),('s',5),('3s',b'ab'),('3s',b'abcd'),('s',b''),('p',b'abc'),('3p',b'abc'),('5p',b'abc'),('0p',b'abc'),('1p',b'abc'),('f',1e50),('f','x'),('d','x'),('e',65504.0),('e',65520.0),('e',1e-8),('e',float('nan')),('e',float('inf')),('e',6e-8),('e',-0.0),('<f',1e50),('>f',1.5),('>d',1.5),('?',[]),('?',[1]),('?',0),('>?',5),('300p',b'a'*299),('d',10**400),('f',10**400),('e',10**400),('F',1j),('D',1j),('<F',2),('D','x'),('h',True),('b',2**100),('<b',2**100),('i',2**100),('<i',-2**100),('<Q',2**100),('@i',-2**31-1),('<e','x'),('P',5),('<n',1),('>H',258),('!H',258),('4s',bytearray(b'ab')),('p','x')]:
    print(f, repr(v)[:30], end=' '); t(P,f,v)
t(P); t(P,'i'); t(P,'ii',1); t(P,'i',1,2); t(P,5); t(P,'x',1); t(P,'xx'); t(P,b'h',1); t(P,'3x'); t(P,'2h',1,2); t(P,'hxb',1,2); t(P,'bhiq',1,2,3,4); t(P,'<bhiq',1,2,3,4); t(P,'>bhiq',1,2,3,4); t(P,'0ib',5)
t(U); t(U,'i'); t(U,'i',b'abc'); t(U,'i',b'abcde'); t(U,'i','abcd'); t(U,'i',5); t(U,'2h',b'abcd'); t(U,'c3sp',b'abcd'+b'\1'); t(U,'5p',b'\x03abcd'); t(U,'5p',b'\xffabcd'); t(U,'?',b'\2'); t(U,'<?b',b'\0\xff'); t(U,'e',b'\x00\x3c'); t(U,'>e',b'\x3c\0'); t(U,'<e',b'\xff\x7f'); t(U,'<e',b'\x01\x00'); t(U,'f',b'\0\0\x80?'); t(U,'>d',b'?\xf8'+b'\0'*6); t(U,'Q',b'\xff'*8); t(U,'q',b'\xff'*8); t(U,'P',b'\xff'*8); t(U,'<F',P('<F',1+2j)); t(U,'i',memoryview(b'abcd')); t(U,'i',bytearray(b'abcd')); t(U, '0s', b''); t(U,'s',b'a'); t(U,'x',b'a'); t(U,'bxxb',b'a12b'); t(U,'0p',b''); t(U,'1p',b'a')
UF=struct.unpack_from
t(UF,'i',b'abcdefgh'); t(UF,'i',b'abcdefgh',2); t(UF,'i',b'abcdefgh',-4); t(UF,'i',b'abcdefgh',5); t(UF,'i',b'abcdefgh',-3); t(UF,'i',b'abcdefgh',-9); t(UF,'i',b'ab'); t(UF,'i',b'abcdefgh',offset=4); t(UF,'i',buffer=b'abcd'); t(UF,'i',b'',0); t(UF,'i',b'abcdefgh','x'); t(UF,'0i',b''); t(UF,'i',b'abcdefgh',100)
PI=struct.pack_into
ba=bytearray(10)
t(PI,'ih',ba,0,1,2); print(ba); t(PI,'h',ba,-2,7); print(ba); t(PI,'h',ba,-1,7); t(PI,'h',ba,-20,7); t(PI,'h',ba,9,7); t(PI,'h',b'abc',0,1); t(PI,'h',ba); t(PI,'h',ba,0); t(PI,'h',ba,0,1,2); t(PI,'h',5,0,1); t(PI); t(PI,'h'); t(PI,'h',ba,'x',1); t(PI,'h',memoryview(ba)[2:6],0,258); print(ba); t(PI,'h',ba,100,1)
I=struct.iter_unpack
t(lambda: list(I('<h',b'abcd'))); t(I,'<h',b'abc'); t(I,'',b''); t(I,'h','x'); it=I('<hb',b'abcdef'); print(type(it), it.__length_hint__(), next(it), it.__length_hint__(), list(it), it.__length_hint__()); t(next,it); t(I,'0s',b'abc'); t(lambda: list(I('<h',b'')))
S=struct.Struct
s=S('<ihb'); print(s, s.size, s.format, s.pack(1,2,3), s.unpack(s.pack(1,2,3)), s.unpack_from(b'x'+s.pack(1,2,3),1), list(s.iter_unpack(s.pack(1,2,3)*2)))
s.pack_into(ba,1,5,6,7); print(ba)
t(s.pack,1); t(s.unpack,b''); t(s.unpack_from,b''); t(s.pack_into,ba); t(s.pack_into); t(s.pack_into,ba,0); t(s.iter_unpack,b'a'); t(S); t(S,5); t(S,'z'); t(S,b'h'); t(S,'é'); t(lambda: S('h').__init__('i')); t(setattr,s,'size',5); t(repr,S('i  h')); t(S,'i',5); t(S, format='h')
class T(S):
    def __init__(self,f): super().__init__('<'+f)
t(lambda: T('h').pack(1)); t(lambda: T('h'))
print(struct.error, struct.error.__mro__, struct.error.__module__, struct.Struct, isinstance(s, S))
t(lambda: hash(s)==hash(s)); t(lambda: s==S('<ihb'))
import copy
class X:
    def __index__(self): return 5
    def __float__(self): return 2.5
    def __bool__(self): return False
t(P,'h',X()); t(P,'d',X()); t(P,'?',X()); t(P,'<h',X())
class Y:
    def __index__(self): 1/0
    def __bool__(self): 1/0
    def __float__(self): 1/0
t(P,'h',Y()); t(P,'?',Y()); t(P,'d',Y())
struct._clearcache()
print(S.pack.__name__, struct.pack.__name__)
for room in (memoryview(bytearray(20))[::2], memoryview(bytearray(20))[::-1], memoryview(bytes(20)), b' ' * 20, ' ' * 20, [], None, 5):
    t(struct.pack_into, '4s', room, 0, b'abc'); t(struct.unpack_from, '4s', room); t(S('4s').pack_into, room, 0, b'abc'); t(S('4s').unpack, room)
