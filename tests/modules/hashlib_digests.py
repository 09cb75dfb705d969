# hashlib: the digests of every algorithm, its constructors, keys from passwords.
# gilbox: --allow-read=.
import hashlib
print(sorted(hashlib.algorithms_guaranteed), hashlib.__all__, hashlib.algorithms_available >= hashlib.algorithms_guaranteed)
def t(f, *a, **k):
    try: print(repr(f(*a,**k))[:200].split(' @ ')[0])
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
for n in sorted(hashlib.algorithms_guaranteed):
    h=hashlib.new(n)
    print(n, h.name, h.digest_size, h.block_size, type(h), repr(h).split(' at ')[0].split(' @ ')[0])
    for d in (b'', b'abc', b'x'*5000):
        h=getattr(hashlib,n)(d)
        print(h.hexdigest(16) if n.startswith('shake') else h.hexdigest(), (h.digest(5) if n.startswith('shake') else h.digest())[:5])
    h=hashlib.new(n,b'ab'); g=h.copy(); h.update(b'c'); print(h.hexdigest(8) if n.startswith('shake') else h.hexdigest()==getattr(hashlib,n)(b'abc').hexdigest())
t(hashlib.new,'foo'); t(hashlib.md5,'abc'); t(hashlib.new,'SHA256',b'a'); t(hashlib.new, 'sha256', b'a', usedforsecurity=False); t(hashlib.sha256, string=b'a'); t(hashlib.sha256, data=b'a');  t(hashlib.sha256, usedforsecurity=False)
h=hashlib.sha256()
t(h.update,'x'); t(setattr,h,'name','x'); t(lambda:h.foo); t(h.update,bytearray(b'a')); t(h.update,memoryview(b'ab')); t(h.hexdigest); t(lambda: h.update(None))
s=hashlib.shake_128(b'a'); t(s.hexdigest,0); t(s.hexdigest,10); t(s.digest,length=5); t(s.digest,'x'); t(s.digest, 2**40)
t(lambda: hashlib.blake2b(b'a',digest_size=16,key=b'k',salt=b's',person=b'p').hexdigest()); t(hashlib.blake2b,digest_size=0); t(hashlib.blake2b,digest_size=65); t(hashlib.blake2b,key=b'k'*65); t(hashlib.blake2b,salt=b'k'*17); t(hashlib.blake2b,person=b'k'*17); t(hashlib.blake2s,digest_size=33); t(hashlib.blake2s,salt=b'k'*9); t(hashlib.blake2b,fanout=256); t(hashlib.blake2b,depth=0); t(lambda: hashlib.blake2b(b'abc',fanout=2,depth=2,leaf_size=4096,node_offset=1,node_depth=0,inner_size=64,last_node=True).hexdigest()); t(hashlib.blake2b,leaf_size=-1); t(hashlib.blake2b,node_offset=2**64); t(hashlib.blake2b,node_depth=256); t(hashlib.blake2b,inner_size=65); t(lambda: hashlib.blake2s(b'abc',key=b'kk').hexdigest()); print(hashlib.blake2b.MAX_DIGEST_SIZE, hashlib.blake2b.MAX_KEY_SIZE, hashlib.blake2b.SALT_SIZE, hashlib.blake2b.PERSON_SIZE, hashlib.blake2s.SALT_SIZE); t(hashlib.blake2s,key=b'k'*33); t(hashlib.blake2s,person=b'1'*9); t(hashlib.blake2b,'x')
t(lambda: hashlib.pbkdf2_hmac('sha256',b'password',b'salt',1000).hex()); t(lambda: hashlib.pbkdf2_hmac('sha1',b'password',b'salt',2,20).hex()); t(hashlib.pbkdf2_hmac,'sha256',b'p',b's',0); t(hashlib.pbkdf2_hmac,'sha256',b'p',b's',1,0); t(hashlib.pbkdf2_hmac,'foo',b'p',b's',1); t(hashlib.pbkdf2_hmac,'sha256','p',b's',1); t(hashlib.pbkdf2_hmac,'sha256',b'p','s',1); t(lambda: hashlib.pbkdf2_hmac('sha512',b'p'*200,b's',3,dklen=100).hex()); t(lambda: hashlib.pbkdf2_hmac('md5',b'p',b's',3).hex()); t(hashlib.pbkdf2_hmac,'sha256',b'p',b's'); t(hashlib.pbkdf2_hmac,'sha256',b'p',b's',-1); t(lambda: hashlib.pbkdf2_hmac(hash_name='sha256',password=b'p',salt=b's',iterations=1).hex())
t(lambda: hashlib.scrypt(b'password',salt=b'NaCl',n=1024,r=8,p=16,dklen=64).hex()); t(hashlib.scrypt,b'p',salt=b's',n=3,r=8,p=1); t(hashlib.scrypt,b'p'); t(hashlib.scrypt,b'p',salt=b's',n=1024,r=0,p=1); t(hashlib.scrypt,b'p',salt=b's',n=2**20,r=8,p=1); t(lambda: hashlib.scrypt(b'p',salt=b's',n=2,r=8,p=1).hex())
import io
t(lambda: hashlib.file_digest(io.BytesIO(b'abc'),'sha256').hexdigest()); t(lambda: hashlib.file_digest(io.BytesIO(b'abc'),hashlib.md5).hexdigest()); t(hashlib.file_digest,5,'md5'); t(hashlib.file_digest,[],'md5'); t(lambda: hashlib.file_digest(open(__file__,'rb'),'md5').name)
h=hashlib.md5(b'a'); t(lambda: h==h.copy()); t(hash,h) if 0 else None
t(type(h)); t(isinstance,h,type(h.copy()))
t(lambda: hashlib.sha256 is hashlib.sha256); print(hashlib.md5.__name__, hashlib.sha3_256.__name__, hashlib.blake2b)
class B:
    def __buffer__(s,f): return memoryview(b'abc')
t(lambda: hashlib.sha1(B()).hexdigest())
