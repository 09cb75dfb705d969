# binascii: hexadecimal digits, base 64, uuencode, quoted-printable, checksums.
import binascii
print([n for n in dir(binascii) if not n.startswith('_')])
def t(f, *a, **k):
    try: print(repr(f(*a,**k))[:300])
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
B=binascii
print(B.Error.__mro__, B.Incomplete.__mro__)
for x in (b'', b'abc', '6162', '61 62', '6g', '616', b'\xff', 'é', 5, bytearray(b'6162'), 'ABab'): t(B.unhexlify,x)
t(B.hexlify,b'abcdef'); t(B.hexlify,b'abcdef',':'); t(B.hexlify,b'abcdef',b':',2); t(B.hexlify,b'abcdef',':',-4); t(B.hexlify,b'abcdef','::'); t(B.hexlify,b'abcdef','é'); t(B.hexlify,'x'); t(B.hexlify,b'abc',':',0); t(B.hexlify,b'abcde',sep='-',bytes_per_sep=2); t(B.hexlify,b'a',5); t(B.b2a_hex,memoryview(b'ab'))
for x in (b'', b'YWJj', b'YWI=', b'YQ==', b'YQ', b'YQ=', b'Y', b'YWJjZ', b'Y W\nJj', b'YW!Jj', b'=YWJj', b'YQ==YQ==', b'YWJj=', 'YWJj', 'é', 5, b'YWJjYQ==xx', b'=', b'====', b'YQ=a=', b'Y=Q=', b'-_', b'ab=c'):
    t(B.a2b_base64,x); t(B.a2b_base64,x,strict_mode=True)
t(B.b2a_base64,b'abc'); t(B.b2a_base64,b'abcd',newline=False); t(B.b2a_base64,b''); t(B.b2a_base64,'x'); t(B.b2a_base64,b'a'*100)
t(B.crc32,b'abc'); t(B.crc32,b'abc',3); t(B.crc_hqx,b'abc',0); t(B.crc_hqx,b'abc',0xffff); t(B.crc_hqx,b'abc',1<<20)
t(B.b2a_uu,b'hello'); t(B.b2a_uu,b''); t(B.b2a_uu,b'\0\0',backtick=True); t(B.b2a_uu,b'a'*46); t(B.b2a_uu,b'\0\0'); t(B.a2b_uu,b'%:&5L;&\\ \n'); t(B.a2b_uu,b''); t(B.a2b_uu,b'  '); t(B.a2b_uu,b'%:&5L;&\\ xx'); t(B.a2b_uu,b'%:&5L\x80'); t(B.a2b_uu,b'\xff'); t(B.a2b_uu,b'#86)C\n'); t(B.a2b_uu,b'`\n'); t(B.a2b_uu,'#86)C'); t(B.a2b_uu, b'!!'); t(B.a2b_uu,b'%hel'); t(B.a2b_uu,b'"ab\n')
t(B.b2a_qp,b'a=b\x80 c\t\n'); t(B.b2a_qp,b'hello '*20); t(B.b2a_qp,b'a b_c',header=True); t(B.b2a_qp,b'a\tb ',quotetabs=True); t(B.b2a_qp,b'a\r\nb\nc',istext=False); t(B.b2a_qp,b'a\r\nb\nc'); t(B.b2a_qp,b'.'); t(B.b2a_qp,b'.\n.x'); t(B.b2a_qp,b' \n'); t(B.b2a_qp,b'x '); t(B.b2a_qp,b'\x00\x1f\x7f\xff~'); t(B.b2a_qp,b'a'*80); t(B.b2a_qp,b'\xff'*30); t(B.b2a_qp,'x'); t(B.b2a_qp,b''); t(B.b2a_qp,b'abc \t'); t(B.b2a_qp,b'a\rb'); t(B.b2a_qp,b'_ '*50,header=True)
t(B.a2b_qp,b'a=3Db=80'); t(B.a2b_qp,b'a=\nb'); t(B.a2b_qp,b'a=\r\nb'); t(B.a2b_qp,b'a_b',header=True); t(B.a2b_qp,b'a_b'); t(B.a2b_qp,b'=zz'); t(B.a2b_qp,b'='); t(B.a2b_qp,b'=4'); t(B.a2b_qp,b'a=  \nb'); t(B.a2b_qp,'a=41'); t(B.a2b_qp,b'=='); t(B.a2b_qp,b'==41'); t(B.a2b_qp,b'a=\rb\nc'); t(B.a2b_qp, data=b'=41'); t(B.a2b_qp,b'=e9=E9')
for x in (b'ab=:=', b'ab==:', b'ab===', b'abcd=', b'abcd====', b'ab====', b'abc==', b'abc=a', b'ab=a=', b'abcd==a', b'ab==abcd', b'ab==a', b'ab=a', b'abc=\n', b'abcd=\n', b'abcde=', b'abcdab='):
    t(B.a2b_base64, x); t(B.a2b_base64, x, strict_mode=True)
# What does not lie in one piece is no buffer for most, but can be copied.
apart = memoryview(bytearray(b'abcdefgh'))[::2]
import hashlib, io, zlib
for f in (B.hexlify, B.crc32, B.b2a_base64, zlib.compress, zlib.adler32, hashlib.md5, io.BytesIO().write, io.BytesIO, bytearray().extend, bytearray().join, b''.join, b'abc'.find, b'abc'.startswith, bytes, bytearray, b'ac'.__add__, bytearray(b'ac').__iadd__, b'ac'.__eq__, b'ac'.__contains__, b'ac'.split, b'ac'.replace, int.from_bytes, list, str, int, float, b'a'.partition, b'a'.strip, b'a'.translate):
    if f == b'ac'.replace: t(f, apart, b'')
    elif f.__name__ == 'join': t(f, [apart])
    else: t(f, apart)
