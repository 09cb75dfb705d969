# What each opcode makes of a stack that fits, and of one that does not; what is read from a file and written to one.
import pickle, _pickle, io, sys, copyreg, struct
def show(label, f, *a, **k):
    try: r = f(*a, **k); print(label, '->', repr(r)[:150])
    except BaseException as e:
        print(label, type(e).__name__, ':', e, getattr(e,'__notes__',''), 'ctx', repr(e.__context__), 'cause', repr(e.__cause__))
L = pickle.loads
for b in [b'.', b'N', b'\xff', b'a', b'0.', b'1.', b'2.', b't.', b'l.', b'd.', b'(d.', b'(Nd.', b'Na.', b'NNa.', b']N', b'}NNs.', b'}Ns.', b'(u.', b'}(Nu.', b'}(Ne.', b'](Ne.', b'N(Ne.', b'NNNs.', b'N(NNu.',
  b'h\x00.', b'j\xff\xff\xff\xff.', b'g5\n.', b'gx\n.', b'g-1\n.', b'g99999999999999999999\n.', b'p0\n.', b'Np-1\n.', b'Nq', b'Nr\xff\xff\xff\xff.', b'\x94.', b'N\x94h\x00.', b'Np5000000000\n.', b'Np1152921504606846976\n.',
  b'I1\n.', b'Ix\n.', b'I\n.', b'I01\n.', b'I00\n.', b'I1', b'L1L\n.', b'L1\n.', b'Lx\n.', b'F1\n.', b'F1x\n.', b"S'a'\n.", b"S'a\n.", b"Sa\n.", b"S\n.", b"S'\n.", b"S'\\xff'\n.", b"S'\\x'\n.", b'V\\u0041\n.', b'V\\u004\n.',b'V\xff\n.',
  b'T\xff\xff\xff\xff', b'U\x05a.', b'X\xff\xff\xff\xffa.', b'X\x01\0\0\0\xff.', b'\x8c\x05a', b'\x8d'+b'\xff'*8, b'\x8e'+b'\xff'*8, b'B\xff\xff\xff\xff', b'C\x05a', b'\x96'+b'\xff'*8, b'\x8a\x00.', b'\x8a\x02\xff\x00.', b'\x8b\xff\xff\xff\xff.', b'\x8b\xff\xff\xff\x7f.',
  b'\x80\x06.', b'\x80\xff.', b'\x80', b'\x95'+b'\xff'*8, b'\x95'+b'\x05'+b'\0'*7+b'N.', b'\x95'+b'\x01'+b'\0'*7+b'N.', b'\x95'+b'\x01'+b'\0'*7+b'\x8c\x01a.', b'\x95\x01',
  b'cos\n', b'cnomod\nx\n.', b'cos\nnothing\n.', b'c\n\n.', b'cos\npath.join\n.', b'\x80\x04cos\npath.join\n.', b'\x80\x04\x8c\x02os\x8c\x09path.join\x93.', b'\x93.', b'NN\x93.', b'\x8c\x02osN\x93.',
  b'R.', b'NR.', b'NNR.', b'cbuiltins\nint\nNR.', b'cbuiltins\nint\n)R.', b'b.', b'Nb.', b'NNb.', b'N}b.', b'cbuiltins\nobject\n)\x81}b.', b'cbuiltins\nobject\n)\x81}\x8c\x01aNsb.', b'cbuiltins\nobject\n)\x81Nb.',b'cbuiltins\nobject\n)\x81]b.',  b'N)\x81.', b'cbuiltins\nint\nN\x81.', b'\x81.', b'cbuiltins\nint\n)}\x92.', b'cbuiltins\nint\nN}\x92.', b'cbuiltins\nint\n)N\x92.', b'N)}\x92.', b'cbuiltins\nlen\n)}\x92.', b'cbuiltins\nlen\n)\x81.',
  b'P0\n.', b'NQ.', b'Q.', b'P\xff\n.', b'\x82\x01.', b'\x82\x00.', b'\x83\xff\xff.', b'\x84\xff\xff\xff\xff.', b'(o.', b'o.', b'(cbuiltins\nint\no.', b'(ibuiltins\nint\n.', b'(inomod\nint\n.', b'ibuiltins\nint\n.', b'(i', b'(ia\n', b'(No.',
  b'\x97.', b'\x98.', b'N\x98.', b'\x8f.', b'\x8f(N\x90.', b'\x8f(]\x90.', b'N(N\x90.', b'(N\x91.', b'(]\x91.', b'\x91.', b'}(]Nu.', b'}]Ns.', b'\x85.', b'N\x86.', b'NN\x87.', b'(((.', b'(0.', b'(N1N.', b'(1N.', b'N(2.', b'NN.', b'NQN.', b'(t0', b'(((N', b'N0.', b'((00', b'((0N.', b'N(00', b'G\0\0', b'J\0', b'K', b'M\0', b'\x88.', b'\x89.',b'N2.', b'N21.', b'(N2t.']:
    show(b, L, b)
print()
from collections import OrderedDict
show('enc', L, b"U\x01\xe9.", encoding='latin-1'); show('enc', L, b"U\x01\xe9.", encoding='bytes'); show('enc', L, b"U\x01\xe9.", errors='replace'); show('enc', L, b"U\x01\xe9.", encoding='nope'); show('enc', L, b"U\x01\xe9.")
show('enc', L, b"S'\\xe9'\n.", encoding='latin-1'); show('enc', L, b"T\x01\0\0\0\xe9.", encoding='bytes')
for b in [b'c__builtin__\nxrange\n.', b'ccopy_reg\n_reconstructor\n.', b'cUserDict\nUserDict\n.', b'cexceptions\nOSError\n.', b'cexceptions\nStandardError\n.', b'c__builtin__\nunicode\n.', b'citertools\nizip\n.', b'c__builtin__\nlong\n.', b'cqueue\nQueue\n.', b'cQueue\nQueue\n.', b'\x80\x04\x8c\x0b__builtin__\x8c\x06xrange\x93.']:
    show(b, L, b); show(b, L, b, fix_imports=False)
class F:
    def __init__(s, d): s.d=io.BytesIO(d)
    def read(s, n): print('read', n); return s.d.read(n)
    def readline(s): print('readline'); return s.d.readline()
show('F', pickle.load, F(pickle.dumps(['a'*70000, 'b'*10, b'c'*70000, bytearray(70000), list(range(40000))])+b'rest'))
show('F', pickle.load, F(pickle.dumps(['a',1.5,{}], 0)))
show('F', pickle.load, F(pickle.dumps(['a',1.5,{}], 2)))
class W:
    def write(s, b): print('write', len(b))
pickle.dump(['a'*70000, 'b'*10, b'c'*70000, bytearray(70000), list(range(40000))], W())
for p in range(5): print(p); pickle.dump(['a'*70000, 'b'*10, b'c'*70000, bytearray(70000), list(range(40000))], W(), p)
pickle.dump(['a',1.5,{}], W(), 2)
pickle.dump(['a',1.5,{}], W())
pickle.dump(1, W())
# Strings of protocol 0 are quoted, and nothing follows the quote.
for text in b"'", b'"', b"' ", b'" ', b"'\"", b"' ' ", b'" " ', b" ''", b" ", b"", b"'a'", b'"a\\x41"', b"'\\x4'":
    show('S', pickle.loads, b'S' + text + b'\n.')
