"""codecs: readers and writers of text over bytes, functions of single encodings, handlers."""
import codecs, io
w = codecs.getwriter('utf-8')
raw = io.BytesIO()
s = w(raw)
print(type(s).__mro__[1:], s.errors, s.stream is raw)
s.write('héllo\n')
s.writelines(['a', 'b\n'])
print(raw.getvalue(), s.tell(), s.getvalue())
try:
    s.write(5)
except Exception as e:
    print(type(e).__name__, e)
raw = io.BytesIO()
s = codecs.getwriter('ascii')(raw, 'replace')
s.write('é')
print(raw.getvalue())
s.reset()
raw = io.BytesIO()
s = codecs.getwriter('utf-16')(raw)
s.write('a')
s.write('b')
print(raw.getvalue())
r = codecs.getreader('utf-8')(io.BytesIO('héllo\nwörld\nend'.encode()))
print(repr(r.read(2)), repr(r.readline()), r.readlines())
r.seek(0)
print(list(r))
r = codecs.getreader('utf-8')(io.BytesIO('añb\nc'.encode()))
print(repr(r.read(1, 1)), repr(r.readline(keepends=False)), repr(next(r)))
try:
    next(r)
except StopIteration:
    print('stop')
r = codecs.getreader('latin-1')(io.BytesIO(b'\xe9\r\nx\ry\n'))
print(r.readlines())
r = codecs.getreader('ascii')(io.BytesIO(b'a\xff'), errors='ignore')
print(r.read())
r = codecs.getreader('ascii')(io.BytesIO(b'a\xff'))
try:
    r.read()
except UnicodeDecodeError as e:
    print(e)
with codecs.getreader('utf-8')(io.BytesIO(b'x')) as q:
    print(q.read())
rw = codecs.StreamReaderWriter(io.BytesIO(), codecs.getreader('utf-8'), codecs.getwriter('utf-8'))
rw.write('é\n2')
rw.seek(0)
print(rw.read(), rw.encoding)
rw.seek(0)
print(rw.readlines(), rw.errors if hasattr(rw, 'errors') else None)
i = codecs.lookup('utf-8')
print(i.streamreader(io.BytesIO(b'q')).read(), i[2] is i.streamreader, i[3] is i.streamwriter)
try:
    codecs.getreader('nope')
except LookupError as e:
    print(e)
print(codecs.utf_8_encode('é'), codecs.utf_8_decode(b'\xc3\xa9'), codecs.ascii_encode('a'), codecs.latin_1_decode(b'\xe9'), codecs.utf_16_le_encode('a'))
print(codecs.namereplace_errors(UnicodeEncodeError('ascii', 'é', 0, 1, 'x')), codecs.lookup_error('namereplace') is codecs.namereplace_errors)
print(codecs.utf_8_decode(b'\xc3'), codecs.utf_8_decode(b'a\xc3'))
try:
    codecs.utf_8_decode(b'\xc3', 'strict', True)
except UnicodeDecodeError as e:
    print(e)
print(codecs.BOM32_LE, codecs.BOM64_BE)
