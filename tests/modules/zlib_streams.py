# zlib: whole pieces, streams that are fed, dictionaries, and what is wrong.
import zlib
print([n for n in dir(zlib) if not n.startswith('_')])
print([(n,getattr(zlib,n)) for n in dir(zlib) if n.startswith(('Z_','DEF','MAX'))])
def t(f, *a, **k):
    try: print(repr(f(*a,**k))[:200])
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
d=b'hello world '*100
for l in range(-1,10): print(l, zlib.compress(d,l))
t(zlib.compress,d,10); t(zlib.compress,'x'); t(zlib.compress,d,-2); t(zlib.compress); t(zlib.compress,d,level=1); t(zlib.compress,d,1,wbits=-15); t(zlib.compress,d,1,31); t(zlib.compress,d,wbits=99); t(zlib.compress, b'')
c=zlib.compress(d)
t(zlib.decompress,c); t(zlib.decompress,c[:-1]); t(zlib.decompress,c+b'x'); t(zlib.decompress,b''); t(zlib.decompress,b'abc'); t(zlib.decompress,c,-15); t(zlib.decompress,zlib.compress(d,wbits=-15),-15); t(zlib.decompress,zlib.compress(d,wbits=31),31); t(zlib.decompress,zlib.compress(d,wbits=31),47); t(zlib.decompress,c,bufsize=1); t(zlib.decompress,c,bufsize=0); t(zlib.decompress,c,bufsize=-1); t(zlib.decompress,'x'); t(zlib.decompress,c[:-4]+b'abcd'); t(zlib.decompress,b'x\x9c'+b'\xff'*10); t(zlib.decompress,c,99); t(zlib.decompress, b'x\x9c')
t(zlib.crc32,b'abc'); t(zlib.crc32,b'abc',5); t(zlib.adler32,b'abc'); t(zlib.adler32,b'abc',7); t(zlib.crc32,'x'); t(zlib.crc32,b'',-1); t(zlib.crc32,b'a',2**40); t(zlib.crc32,d*1000); t(zlib.adler32,d*1000); t(zlib.crc32,b'c',zlib.crc32(b'ab')); t(zlib.crc32,b'a',2**70); t(zlib.crc32)
co=zlib.compressobj(); print(type(co)); x=co.compress(d)+co.compress(b'more')+co.flush(zlib.Z_SYNC_FLUSH)+co.compress(b'end')+co.flush(); print(x); t(zlib.decompress,x); t(co.flush); t(co.compress,b'a')
co=zlib.compressobj(9,zlib.DEFLATED,-15,9,zlib.Z_HUFFMAN_ONLY); x=co.compress(d)+co.flush(); print(x[:50]); t(zlib.compressobj,10); t(zlib.compressobj,1,9); t(zlib.compressobj,1,8,99); t(zlib.compressobj,1,8,15,10); t(zlib.compressobj,1,8,15,8,9); t(zlib.compressobj,level='x'); t(zlib.compressobj, 1, zdict='x')
co=zlib.compressobj(zdict=b'hello world'); x=co.compress(b'hello world hello')+co.flush(); print(x); do=zlib.decompressobj(); t(do.decompress,x); do=zlib.decompressobj(zdict=b'hello world'); t(do.decompress,x); do=zlib.decompressobj(zdict=b'wrong'); t(do.decompress,x)
co=zlib.compressobj(zdict=b'hello world',wbits=-15); x=co.compress(b'hello world hello')+co.flush(); do=zlib.decompressobj(-15,zdict=b'hello world'); t(do.decompress,x)
co=zlib.compressobj(); a=co.compress(b'abc'); c2=co.copy(); print(co.compress(b'def')+co.flush()==c2.compress(b'def')+c2.flush()); t(co.copy); import copy; t(copy.copy, co)
do=zlib.decompressobj(); print(type(do), do.eof, do.unused_data, do.unconsumed_tail, do.needs_input if hasattr(do,'needs_input') else None); t(do.decompress,c[:10]); t(do.decompress,c[10:],20); print(len(do.unconsumed_tail), do.eof); t(do.decompress,do.unconsumed_tail,30); t(do.flush); print(do.eof, do.unconsumed_tail); t(do.decompress,b'abc'); print(do.unused_data); t(do.flush)
do=zlib.decompressobj(); t(do.decompress,c+b'extra'); print(do.eof, do.unused_data); t(do.decompress,b'more'); print(do.unused_data); t(do.flush,0); t(do.flush,-1); t(do.decompress,b'',-1); t(do.decompress,'x'); t(do.decompress,b'a',max_length=1); t(do.copy)
do=zlib.decompressobj(); do.decompress(c[:20]); d2=do.copy(); print(do.decompress(c[20:])==d2.decompress(c[20:])); t(zlib.decompressobj,99); t(zlib.decompressobj,zdict='x'); t(zlib.decompressobj, wbits=-15)
do=zlib.decompressobj(); t(do.decompress,b'garbage'); t(do.decompress,c); t(do.flush); do=zlib.decompressobj(); t(do.flush); do.decompress(c[:15]); t(do.flush); print(do.eof); t(setattr,do,'eof',1)
big=bytes(range(256))*5000; z=zlib.compress(big); print(len(z), zlib.decompress(z)==big); do=zlib.decompressobj(); n=0; buf=z; out=b''
while not do.eof:
    out+=do.decompress(buf,100000); buf=do.unconsumed_tail; n+=1
print(n, out==big)
t(type(do)); t(lambda: zlib.error.__mro__)
t(lambda: zlib.crc32_combine(1,2,3)); t(lambda: zlib.adler32_combine(1,2,3)); t(co.flush, 99); t(zlib.compressobj().flush, zlib.Z_NO_FLUSH)
t(zlib.decompress,bytearray(c)); t(zlib.compress,memoryview(b'a'*50))
