"""What is not hashable, in sets, dicts and views; operands and arguments of the wrong type."""

def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
t(lambda: format(True,'a')); t(lambda: format(True,'s')); t(lambda: format(True,'5')); t(lambda: format(True,'d')); t(lambda:format(True,'.3')); t(lambda: format(False,'f'))
class I(int): pass
t(lambda: format(I(3),'a')); t(lambda: format(I(3),'5')); t(lambda: format(I(3),'.3')); 
t(lambda: bytearray(b'x').extend('a')); t(lambda: bytearray(b'x').extend('')); t(lambda: bytearray(b'x').extend(['a']));t(lambda: bytearray(b'x').extend([1,300]));
t(lambda: 'a\tb'.expandtabs(2**31)); t(lambda: 'a\tb'.expandtabs(-1)); t(lambda: pow(1j,2,3)); t(lambda: (1j).__pow__(2,3)); t(lambda: pow(1j,'a',3))
t(lambda: 'a' % b'x'); t(lambda: 'a' % [1]); t(lambda: 'a' % {1:2}); t(lambda: 'a' % 'x'); t(lambda: 'a' % 1); t(lambda: 'a' % bytearray(b'')); t(lambda: b'a' % b'x'); t(lambda: b'a' % bytearray(b'x'));t(lambda: b'a' % 'x'); t(lambda: b'a' % [1]); t(lambda: 'a' % range(3)); t(lambda: 'a' % {1}); t(lambda: 'a' % memoryview(b''))
class G:
    def __getitem__(self,k): return k
t(lambda: 'a' % G()); t(lambda: '%(x)s' % G()); t(lambda: '%(x)s' % [1]); t(lambda: '%(x)s' % 'a'); t(lambda: b'%(x)s' % {b'x':b'1'})
t(lambda: bytearray(b'a').__rmod__(b'x')); t(lambda: bytearray(b'a').__rmod__(bytearray(b'%s')));  t(lambda: 'a'.__rmod__('%s')); t(lambda: 'a'.__rmod__(1)); t(lambda: b'a'.__rmod__(b'%s'))
t(lambda: bytearray().resize(-1)); t(lambda: bytearray(b'abc').pop(2**100)); t(lambda: [].pop(2**100))
s={1,2}
for x in (lambda: s.intersection([[]]), lambda: s.issubset([[]]), lambda: s.issuperset([[]]), lambda: s.union([[]]), lambda: s.difference([[]]), lambda: s.symmetric_difference([[]]), lambda: s.isdisjoint([[]]), lambda: [] in s, lambda: s.remove([]), lambda: s.discard({}), lambda: s.add([]), lambda: {1:2}.keys()&[[]], lambda: {1:2}.keys()|[[]], lambda: {1:2}.keys()-[[]], lambda: {1:2}.keys()^[[]], lambda: [[]]&{1:2}.keys(), lambda: {1:2}.items()&[[]], lambda: {1:2}.items()-[[]], lambda: {1:2}.items()|[[]], lambda: {1:2}.items()^[[]], lambda: {1:2}.keys().isdisjoint([[]]), lambda: {1:2}.items().isdisjoint([[],1]), lambda: [] in {1:2}.keys(), lambda: [] in {1:2}.items(), lambda: {1:2}.items() & [(1,[])], lambda: {1:[]}.items() & [(1,[])], lambda: {1:[]}.items() | [], lambda: {1:[]}.items() - [(1,[])],lambda: {1:[]}.items() ^ {1:[]}.items(), lambda: {1:[]}.items() ^ {1:[2]}.items(), lambda: {1:2}.keys() & 1, lambda: {1:2}.keys() ^ {1:3,4:5}.keys(), lambda: {1:2,3:4}.items() ^ {1:2,5:6}.items(), lambda: {1:2}.keys()-{1:1}.keys(), lambda: {[]:1}, lambda: {}[[]], lambda: {}.get([]), lambda: {}.pop([]), lambda: {}.setdefault([],1), lambda: {}.update([([],1)]), lambda: dict.fromkeys([[]]), lambda: [] in {}, lambda: {[]}, lambda: set([[]]), lambda: frozenset([[]]), lambda: {(1,[])}, lambda: hash([]), lambda: hash((1,[])), lambda: hash(slice(1)), lambda: {slice(1,[])}): t(x)
