"""Every encoding with every error handler, what `bytes` and `str` make of encodings, and the codecs module."""

import sys
def t(f):
    try: print(ascii(f()))
    except BaseException as e: print(type(e).__name__, ascii(str(e)))
texts=['abc','h\u00e9','\U0001f600','a\ud800b','\udc80']
encs=['utf-8','U8','utf-8-sig','ascii','latin-1','L1','utf-16','utf-16-le','utf-32','utf-32-be','nope']
hs=['strict','ignore','replace','backslashreplace','xmlcharrefreplace','surrogateescape','surrogatepass','namereplace','nope']
for e in encs:
    for s in texts:
        for h in hs:
            if e not in('utf-8','ascii','latin-1','utf-16-le','utf-32-be') and h!='strict': continue
            print(e,ascii(s),h,end=' '); t(lambda: s.encode(e,h))
datas=[b'abc',b'\xff',b'\xf0\x9f\x98',b'\xed\xa0\x80',b'a\x80b\xffc',b'\xff\xfea\x00',b'\x00\xd8',b'\x00\x00\x11\x00']
for e in ['utf-8','utf-8-sig','ascii','latin-1','utf-16','utf-16-le','utf-16-be','utf-32','utf-32-le','utf-32-be','nope']:
    for d in datas:
        for h in hs:
            if e not in('utf-8','ascii','utf-16','utf-32-be') and h!='strict': continue
            print(e,d,h,end=' '); t(lambda: d.decode(e,h))
t(lambda: b'a'.decode(5)); t(lambda: 'a'.encode(5)); t(lambda: 'a'.encode('utf-8',5)); t(lambda: b'a'.decode(errors='x')); t(lambda: b'\xff'.decode(errors='x')); t(lambda: str(b'a','utf-8')); t(lambda: str(b'\xff',errors='replace')); t(lambda: str(bytearray(b'a'),'ascii')); t(lambda: str(memoryview(b'a'),'ascii')); t(lambda: str('a','ascii')); t(lambda: str(5,'ascii')); t(lambda: bytes('h\u00e9','latin-1')); t(lambda: bytes('a')); t(lambda: bytes('a','nope')); t(lambda: bytes('\xff','ascii','replace')); t(lambda: bytearray('a','utf-16')); t(lambda: bytes(5,'ascii')); t(lambda: bytes(b'a','ascii')); t(lambda: bytes(encoding='ascii')); t(lambda: bytes('a',errors='strict'))
import codecs
t(lambda: codecs.encode('a')); t(lambda: codecs.decode(b'a')); t(lambda: codecs.lookup('utf8').name); t(lambda: codecs.lookup('nope')); t(lambda: codecs.encode('abc','rot13')); t(lambda: codecs.encode(b'a','hex')); t(lambda: codecs.BOM_UTF8); t(lambda: codecs.getencoder('utf-8')('a')); t(lambda: codecs.getdecoder('ascii')(b'a')); t(lambda: codecs.lookup_error('zz'))
def eh(e): return ('?',e.end)
codecs.register_error('myh',eh); t(lambda: 'a\xe9b'.encode('ascii','myh')); t(lambda: b'a\xffb'.decode('utf-8','myh')); codecs.register_error('bad1',lambda e: 5); t(lambda: 'a\xe9'.encode('ascii','bad1')); codecs.register_error('bad2',lambda e: ('x',100)); t(lambda: 'a\xe9'.encode('ascii','bad2')); codecs.register_error('by',lambda e: (b'XX',e.end)); t(lambda: 'a\xe9'.encode('ascii','by'))
d=codecs.getincrementaldecoder('utf-8')(); print(ascii(d.decode(b'\xc3')), ascii(d.decode(b'\xa9')), ascii(d.decode(b'',True)))
