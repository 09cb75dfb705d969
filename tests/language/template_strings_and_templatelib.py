"""Template strings and string.templatelib."""

from string.templatelib import Template, Interpolation, convert
import string.templatelib
name='World'; x=3.14159; w=5
t=t'Hello {name}!'
print(t, type(t), t.strings, t.interpolations, t.values)
i=t.interpolations[0]; print(i, i.value, i.expression, i.conversion, i.format_spec, type(i))
print(t'{x:.2f} {name!r} {x!s:>{w}} {name = } {name=!s} {x=:.1f}')
print(t'', t''.strings, t''.interpolations, t'plain'.strings, t'{x}{w}'.strings)
print([p for p in t'a{1}b{2}'], list(t''), list(t'{1}'), list(t'{1}{2}'))
print((t'a{1}' t'b{2}').strings, t'a{1}' + t'b', (t'x'+t'{w}y').strings)
for f in (lambda: t'a' + 'b', lambda: 'a' + t'b', lambda: Template(5), lambda: Interpolation(), lambda: hash(t'{[]}') and 1, lambda: t.x, lambda: setattr(t,'strings',()), lambda: Interpolation(1,'x','q'), lambda: Interpolation(1,5), lambda: type('S',(Template,),{}), lambda: type('S',(Interpolation,),{}), lambda: Template(a=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
T=Template('a','b',Interpolation(5,'five','r','>3'),Interpolation(6),'c'); print(T, T.strings, Template().strings, Template(Interpolation(1)).strings)
print(t'{x}' == t'{x}', t == t, Interpolation(1)==Interpolation(1), convert(5,'r'), convert('a',None), convert('é','a'), convert(1,'s'))
def html(t):
    out=[]
    for p in t:
        if isinstance(p, Interpolation): out.append('<'+format(convert(p.value,p.conversion), p.format_spec)+'>')
        else: out.append(p)
    return ''.join(out)
print(html(t'a {name!r} b {x:.1f} c'), html(rt'\n{name}'), t"{'a' + name}".interpolations[0].expression, t'{ x  + 1 }'.interpolations[0].expression)
match t.interpolations[0]:
    case Interpolation(v, e, c, s): print(v, e, c, repr(s))
print(t'{{}} {name}'.strings, t'''multi
{name
}'''.interpolations[0].expression, iter(t), Template.__module__, Interpolation.__match_args__)
class A:
    def __format__(self, s): return 'fmt'
print(t'{A()!r:x}'.interpolations[0].format_spec, type(t'{A()}'.values[0]).__name__, isinstance(t, Template))
