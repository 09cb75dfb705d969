# gilbox: -A
# What the streams of io say when something is wrong.
import io,sys,os
p='NO'
print(io.DEFAULT_BUFFER_SIZE, sys.stdout.encoding, open(__file__).encoding, sys.stderr.errors)
p="NO"
print(io.TextIOWrapper.__mro__, io.StringIO.__mro__, io.BufferedReader.__mro__, io.BufferedRandom.__mro__,io.FileIO.__mro__, io.IOBase.__mro__, io.RawIOBase.__mro__, io.UnsupportedOperation.__mro__)
print(open.__module__, open is io.open, io.open_code, io.text_encoding, io.__all__)
def print(*args, _print=print, **kw): _print(*[str(a).replace(p, 'FILE') for a in args], **kw)
def t(f):
    try: r=f(); print(repr(r).replace(p, 'FILE') if 'p' in globals() else repr(r))
    except BaseException as e: print(type(e).__module__, type(e).__name__, str(e).replace(p, 'FILE'))
p="/tmp/gilbox-io-errors-%d" % os.getpid()
f=open(p,"wb"); print(f, f.raw); t(f.read); t(f.peek if hasattr(f,"peek") else lambda:0); t(f.readline); t(lambda:f.write("x")); t(lambda:f.write(5)); t(f.seekable);t(lambda:f.seek(-1)); t(lambda:f.seek(0,9)); t(lambda:f.truncate(-1)); t(lambda:f.raw.read()); t(lambda:f.raw.write("x"));t(lambda:f.raw.readinto(bytearray(3)))
f.close(); print(f, f.raw)
for n in "write flush read readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close detach peek readinto".split():
    if hasattr(f,n):
        print(n, end=" "); t(lambda: getattr(f,n)(*([b""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
f=open(p,"rb"); print(f); t(lambda:f.write(b"x")); t(lambda: f.readinto(b"abc")); t(lambda: f.read(-5)); t(lambda: f.read("x")); t(lambda: f.read1(-1)); t(lambda: f.readinto(5))
f.close()
for n in "write flush read read1 readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close detach peek readinto".split():
    if hasattr(f,n):
        print("R",n, end=" "); t(lambda: getattr(f,n)(*([b""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
f=open(p,"rb",0)
f.close()
for n in "write flush read readall readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close readinto".split():
    if hasattr(f,n):
        print("F",n, end=" "); t(lambda: getattr(f,n)(*([b""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
f=open(p,"w"); print(f,f.buffer); t(f.read); t(f.readline); t(lambda:next(f)); t(lambda:f.write(b"x")); t(lambda:f.write(5)); t(lambda:f.seek(1,1)); t(lambda:f.seek(1,2)); t(lambda:f.seek(-1)); t(lambda: f.reconfigure(encoding="utf-16")); print(f); t(lambda:f.truncate(-1));t(lambda:f.writelines(5));t(lambda:f.writelines([5]))
f.close()
print(f)
for n in "write flush read readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close detach reconfigure".split():
    if hasattr(f,n):
        print("T",n, end=" "); t(lambda: getattr(f,n)(*([""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
f=io.StringIO("abc"); t(lambda:f.write(b"x")); t(lambda:f.seek(-1)); t(lambda:f.seek(1,1)); t(lambda:f.seek(1,2)); t(lambda:f.seek(0,3)); t(lambda:f.truncate(-1)); t(lambda:f.read("x")); t(lambda:f.fileno()); t(lambda:io.StringIO(b"x")); t(lambda:io.StringIO("x",newline="x")); t(lambda:io.StringIO("x",newline=5))
f.close()
for n in "write flush read readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close detach getvalue".split():
    if hasattr(f,n):
        print("S",n, end=" "); t(lambda: getattr(f,n)(*([""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
f=io.BytesIO(b"abc"); t(lambda:f.write("x")); t(lambda:f.seek(-1)); t(lambda:f.seek(1,1)); t(lambda:f.seek(1,2)); t(lambda:f.seek(0,3)); t(lambda:f.truncate(-1)); t(lambda:f.read("x")); t(lambda:f.fileno()); t(lambda:io.BytesIO("x")); b=f.getbuffer(); t(lambda:f.write(b"xxxxxxxxxxx")); t(f.close); print(b.readonly); b[0]=65; print(f.getvalue()); b.release(); t(lambda: f.seek(-100,1)); t(f.tell); print(f)
f.close()
for n in "write flush read read1 readline seek tell truncate fileno isatty readable writable seekable readlines writelines __iter__ __next__ __enter__ close detach getvalue getbuffer readinto".split():
    if hasattr(f,n):
        print("B",n, end=" "); t(lambda: getattr(f,n)(*([b""] if n in("write","writelines","readinto") else [0] if n=="seek" else [])))
t(lambda: io.TextIOWrapper(5)); t(lambda: io.BufferedReader(5)); t(lambda: io.BufferedReader(io.BytesIO(),0)); t(lambda: io.TextIOWrapper(io.BytesIO(),newline="x"));t(lambda: io.TextIOWrapper(io.BytesIO(),encoding="xx"));t(lambda: io.TextIOWrapper(io.BytesIO(),encoding=5));t(lambda: io.TextIOWrapper(io.BytesIO(),errors="xx"))
t(lambda: io.TextIOWrapper(io.BytesIO())); t(lambda: io.TextIOWrapper(io.BytesIO()).newlines)
x=io.TextIOWrapper.__new__(io.TextIOWrapper); t(lambda:repr(x)); t(lambda:x.read())
x=io.BufferedReader.__new__(io.BufferedReader); t(lambda:repr(x)); t(lambda:x.read())
x=io.FileIO.__new__(io.FileIO); t(lambda:repr(x)); t(lambda:x.read())
x=io.StringIO.__new__(io.StringIO); t(lambda:repr(x)[:20]); t(lambda:x.read())
b=io.BytesIO(b"a\nb"); x=io.TextIOWrapper(b); d=x.detach(); t(lambda:repr(x)); t(x.read); t(lambda:x.buffer); t(lambda:x.close())
x=io.BufferedReader(io.BytesIO(b"x")); print(x.raw); x.detach(); t(x.read); t(lambda:x.raw); t(lambda:repr(x))
class R(io.RawIOBase): pass
r=R(); t(lambda:r.read()); t(lambda:r.write(b"")); t(lambda:r.readinto(bytearray(1))); t(r.fileno); t(lambda:r.seek(0)); t(r.tell); t(r.truncate); t(r.readline); print(r.closed, r.readable(), repr(r)[:20]); r.close(); t(r.flush); t(lambda:io.BufferedReader(r)); t(lambda:io.BufferedWriter(R())); t(lambda: io.BufferedRandom(R()))
t(lambda: io.TextIOBase().read()); t(lambda: io.BufferedIOBase().read()); t(lambda: io.IOBase().readline()); t(lambda:io.IOBase().detach())
t(lambda: open(p,"r",buffering=0)); t(lambda: open(p, "r+", encoding="ascii")); t(lambda: open(p,newline=5)); t(lambda: open(p,encoding=5)); t(lambda:open(p,errors=5)); t(lambda:open(p,buffering="x")); t(lambda:open(p,newline="x")); t(lambda:open(p,encoding="x")); t(lambda:open(p,encoding="a\0b")); t(lambda: open(p,'w',buffering=1).line_buffering)
t(lambda: io.FileIO(p,"rz")); t(lambda: io.FileIO(p,"rb+")); t(lambda: io.FileIO(1,"w",closefd=False)); t(lambda:io.FileIO(5.5)); t(lambda: io.FileIO("a\0"))
t(lambda: open(1,"w",closefd=False))

os.remove(p)
