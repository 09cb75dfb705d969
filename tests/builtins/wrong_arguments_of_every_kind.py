# Arguments of wrong types and numbers, and what the built-in types say of them.
import re
import warnings

warnings.simplefilter("ignore")
def t(s):
    try: print(s,'->',re.sub(' at 0x[0-9a-f]+', '', repr(eval(s))))
    except BaseException as e: print(s,'->',type(e).__name__,e)
U=int|None
for s in ["1|U","U|1","str.upper|U","U|'a'","int|1","U|[1]","U|(lambda:0)","list[int]|1","list[int]|str.upper","U|str.upper","U|NotImplemented","Ellipsis|U","U|...", "object()|U","super|U"]: t(s)
for c in (): 
    try: ('%'+chr(c))%1
    except ValueError as e: print(c, e, end='; ')
    except TypeError as e: pass
print()
for c in (0xe9,0x3a3,0x1f600,0xd800):
    try: ('%'+chr(c))%1
    except ValueError as e: print(c, ascii(str(e)))
for c in (32,121):
    try: (b'%'+bytes([c]))%1
    except ValueError as e: print(c, e)
for s in ["'%.99999999999999999999d'%1","b'%.99999999999999999999d'%1","'%99999999999999999999d'%1","b'%99999999999999999999d'%1","'%.*d'%(2**70,1)","b'%.*d'%(2**70,1)"]: t(s)
A=list[int]
for s in ["type(5,byteorder=1)","type(x=1)","type()","type(1,2)","type(1,2,3)","type('a',(),{},x=1)","type('a','b')","type(1,2,3,4)","True.is_integer.__qualname__","type(None)()","type(None)(x=1)","type(...)(x=1)","type(NotImplemented)(x=1)","type(None).__eq__","...__eq__","list.count()","list.count(end=1)","list.count(1)","len(x=1)","str.upper(x=1)","dict.fromkeys(x=1)","int.__add__(x=1)","dict.__getitem__(x=1)","[].count(end=1)","[].append(end=1)","list.append(end=1)","list.append([],x=1)","int.__add__(1,x=1)"]: t(s)
class F(float): pass
class O:pass
for s in ["ord(memoryview(b'abc'))","ord(b'abc')","ord(bytearray(b'abc'))","ord(memoryview(b'a'))","ord('abc')","sum(...,'a')","sum([],'a')","sum([],b'a')","sum(['a'],'')","bytearray(b'a').split(memoryview(b'ab')[::2])","b'a'.split(memoryview(b'ab')[::2])","b'a'.join([memoryview(b'ab')[::2]])","b'a'+memoryview(b'ab')[::2]","b'a'.find(memoryview(b'ab')[::2])","b'a'.replace(memoryview(b'ab')[::2],b'')","b'a'.startswith(memoryview(b'ab')[::2])","b'ab'.strip(memoryview(b'ab')[::2])","b'ab'.translate(memoryview(b'ab')[::2])","b'ab'.center(4,memoryview(b'ab')[::2])","memoryview(b'ab')[::2] in b'abc'","b'a'.count(memoryview(b'ab')[::2])","int(memoryview(b'34')[::2])","float(memoryview(b'34')[::2])","str(memoryview(b'34')[::2],'ascii')","b''.removeprefix(memoryview(b'ab')[::2])","b'a'.rfind(memoryview(b'ab')[::2])",
 "int(bytearray(b'x'))","int(memoryview(b'x'))","int(Index)","float(bytearray(b'x'))","float(memoryview(b'x'))","complex(b'x')","int(b'x',5)","int(bytearray(b'x'),5)","int(O())","memoryview(b'abc').hex('xx',5)","memoryview(b'abc').hex('xx','a')","b'abc'.hex(5,'a')","b'abc'.hex(5)","b'abc'.hex(5,1)","memoryview(b'abc').index(97,None)","memoryview(b'abc').index(97,0,None)","[1].index(1,None)","(1,).index(1,None)","'a'.index('a',None)",
 "bytearray(b'a').__setitem__(slice(0,1),2.5)","bytearray(b'a').__setitem__(slice(0,1),5)","bytearray(b'a').__setitem__(slice(0,1),O())","bytearray(b'a').__setitem__(slice(0,1),'a')","bytearray(b'a').__setitem__(slice(0,1),['a'])","bytearray(b'a').__setitem__(slice(0,1),[300])","bytearray(b'a').__setitem__(9,'a')","bytearray(b'a').__setitem__('x','a')","bytearray(b'a').__setitem__(9,300)","bytearray(b'a').extend(5)","bytearray(b'a').extend(O())","bytearray(b'a').extend('a')",
 "sorted([],default=1)","[].sort(default=1)","sorted([],5)","sorted([],key=5)","sorted()","exec('1',16,10)","exec('1',{},10)","eval('1',16,10)","eval('1',{},10)","eval('1',Mapping,{})","add_note" ,"BaseException().add_note(None)","BaseException().add_note(5)","type('a',None,None)","type(None,(),{})","'a'.encode(None)","'a'.join(None)","'a'.split(5)","'a'.replace(None,None)","'a'.find(None)","b'a'.decode(None)","b'a'.decode(5)","''.encode(5)","'a'.startswith(None)","'a'.zfill(None)","'a'.center(None)","'a'.center(3,None)","'a'.translate(None)","str(None,None)","str(b'a',None)","str(b'a',5)","str(b'a','ascii',None)","bytes('a',None)","bytes('a',5)","bytearray('a',None)","open(None)","open('a',None)","memoryview(b'a').cast(None)","format(1,None)","(1).__format__(None)","'a'.__format__(None)","getattr(1,None)","setattr(1,None,1)","hasattr(1,None)","(1).to_bytes(1,None)","int.from_bytes(b'',None)","compile(None,'','eval')","compile('',None,'eval')","compile('','',None)","float.fromhex(None)","bytes.fromhex(None)","'a'.expandtabs(None)","'a'.splitlines(None)","print(sep=5)","print(end=5)","__import__(None)","str.maketrans(None)","str.maketrans('a',None)","str.maketrans('a','b',None)","input.__call__","int('1',None)","round(1,'a')","chr(None)","ord(None)","ExceptionGroup(None,[])","ExceptionGroup('a',None)","unicode","slice(O(),None).indices('a')","range(None)","reversed(None)","zip(strict=None)","dict(None)","{}.update(None)","set(None)","isinstance(1,None)","(1.0).__round__('a')","iter(Index,1)","super(None)","property(None).fget","list[int](5)"]: t(s)
