"""string: constants, capwords, Template, Formatter."""

import string
from string import Template, Formatter, capwords
for n in string.__all__:
    v=getattr(string,n)
    if isinstance(v,str): print(n, repr(v))
print(capwords('hello  wORLD foo'), capwords('a-b','-'))
t=Template('$who owes ${what} $$5 $'); print(t.safe_substitute(who='x'), t.is_valid(), t.get_identifiers())
t=Template('$who likes ${what}!'); print(t.substitute(who='tim',what='kung pao'), t.substitute({'who':'a','what':'b'}), t.substitute({'who':'a'},what='c'), t.template)
for f in (lambda: t.substitute(who=1), lambda: Template('a $').substitute(), lambda: Template('x\n ${a').substitute(), lambda: Template('$1').substitute()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
f=Formatter(); print(f.format('{0} {1!r:>5} {a.real} {b[0]} {c[k]}',1,'x',a=5,b=[7],c={'k':8}), f.format('{}{}','a','b'), f.format('{:{}}','x',5), f.vformat('{x}',(),{'x':1}), f.format('{{}}'))
print(list(f.parse('a{b!r:c{d}}e{{f}}g{}')))
class D(Formatter):
    def get_value(self,k,a,kw): return kw.get(k,'?') if isinstance(k,str) else super().get_value(k,a,kw)
print(D().format('{nope} {yes}',yes=1))
for g in (lambda: f.format('{}{1}',1,2), lambda: f.format('{1}{}',1,2), lambda: f.format('{'), lambda: f.format('}'), lambda: f.format('{a}'), lambda: f.format('{0!x}',1), lambda: f.format('{0}')):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
