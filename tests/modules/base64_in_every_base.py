# base64: base 16, 32, 64, 85, in lines and in files.
import base64
def t(f, *a, **k):
    try: print(repr(f(*a,**k))[:300])
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
print(base64.__all__)
d=bytes(range(256))
for e,dd in ((base64.b64encode,base64.b64decode),(base64.b32encode,base64.b32decode),(base64.b16encode,base64.b16decode),(base64.a85encode,base64.a85decode),(base64.b85encode,base64.b85decode),(base64.z85encode,base64.z85decode),(base64.urlsafe_b64encode,base64.urlsafe_b64decode),(base64.standard_b64encode,base64.standard_b64decode),(base64.b32hexencode,base64.b32hexdecode),(base64.encodebytes,base64.decodebytes)):
    print(e.__name__)
    for n in (0,1,2,3,4,5,6,7,10,256): x=e(d[:n]); print(x if n<11 else x[:40], dd(x)==d[:n])
    t(e,'x'); t(dd,'é'); t(dd,5); t(dd,b'!'); t(dd,b'a'); t(dd, '~~~~~'); t(dd,b'abc')
t(base64.b64encode,b'\xff\xfe',b'-_'); t(base64.b64encode,b'a',b'abc'); t(base64.b64decode,b'-_4=',b'-_'); t(base64.b64decode,b'YW Jj',validate=True); t(base64.b64decode,b'YWJj',validate=True); t(base64.b64decode,b'YW$Jj'); t(base64.b64decode,'YWJj'); t(base64.b64decode,b'YWJ'); t(base64.b64decode,b'YWJj',b'x'); t(base64.b64decode,b'YW==x',None,True); t(base64.b64decode, b'__', '-_', True)
t(base64.b32decode,b'mfrgg===',casefold=True); t(base64.b32decode,b'mfrgg==='); t(base64.b32decode,b'MFRGG'); t(base64.b32decode,b'M0R1G===',map01=b'L'); t(base64.b32decode,b'MFRGG=A='); t(base64.b32decode,b'M1======'); t(base64.b16decode,b'6a'); t(base64.b16decode,b'6a',True); t(base64.b16decode,b'6'); t(base64.b16decode,'6G'); t(base64.b32decode, b'========')
t(base64.a85encode,b'abcd\0\0\0\0    x',foldspaces=True); t(base64.a85encode,b'hello world'*10,wrapcol=20); t(base64.a85encode,b'abc',pad=True); t(base64.a85encode,b'abc',adobe=True); t(base64.a85decode,b'<~@:E_~>',adobe=True); t(base64.a85decode,b'@:E_',adobe=True); t(base64.a85decode,b'@:E_ zy',foldspaces=True); t(base64.a85decode,b'@zE'); t(base64.a85decode,b'vvvv'); t(base64.a85decode,b'y'); t(base64.a85decode,b's8W-!'); t(base64.a85decode,b's8W-"'); t(base64.a85decode, b'@:E_', ignorechars=b''); t(base64.a85encode,b'a'*30,wrapcol=1,adobe=True)
t(base64.b85encode,b'abc',pad=True); t(base64.b85decode,b'|NsC0'); t(base64.b85decode,b'|NsC1'); t(base64.b85decode,b'"'); t(base64.b85decode,b'VPa!sWoBn+X=-b1ZEkOHadLBXb#`}nd3p'); t(base64.z85decode, b'"'); t(base64.z85encode, b'abcde', pad=True) ; t(base64.b85decode, b'~~~~~')
import io
o=io.BytesIO(); base64.encode(io.BytesIO(d),o); print(o.getvalue()[:90]); i=io.BytesIO(o.getvalue()); o=io.BytesIO(); base64.decode(i,o); print(o.getvalue()==d)
t(base64.encodebytes,memoryview(b'ab')); t(base64.decodebytes,5); t(base64.encodebytes,5); t(base64.decodebytes,memoryview(b'YWJj')); print(base64.MAXLINESIZE, base64.MAXBINSIZE)
import array
t(base64.encodebytes, array.array('i',[1])); t(base64.encodebytes, memoryview(b'abcd').cast('B',(2,2)))
