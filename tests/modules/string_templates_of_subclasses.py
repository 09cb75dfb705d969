"""string.Template: subclasses with delimiters, names and patterns of their own."""
import string, re
class Percent(string.Template):
    delimiter = "%"
class Dotted(string.Template):
    idpattern = r"[a-z][a-z0-9]*(?:\.[a-z]+)*"
class Upper(string.Template):
    idpattern = "[A-Z]+"
    flags = 0
class Braced(string.Template):
    idpattern = "[a-z]+"
    braceidpattern = "[0-9]+"
class Whole(string.Template):
    delimiter = "{{"
    pattern = r"""
    \{\{(?:
    (?P<escaped>\{\{)|
    (?P<named>[_a-z][_a-z0-9]*)\}\}|
    (?P<braced>[_a-z][_a-z0-9]*)\}\}|
    (?P<invalid>)
    )
    """
print(Percent("%a %{b} %% $c").substitute(a=1, b=2))
print(Dotted("$a.b $A ${x.y}").safe_substitute({"a.b": 1, "x.y": 2, "A": 3}))
print(Upper("$ABC $abc").safe_substitute(ABC=1, abc=2), Upper("$ABC $abc").get_identifiers(), Upper("$abc").is_valid())
print(Braced("$a ${1} ${a}").safe_substitute({"a": "x", "1": "y"}))
print(Whole("{{name}} and {{{{ and {{other}}").substitute(name="N", other="O"))
print(int(string.Template.pattern.flags), string.Template.idpattern, string.Template.braceidpattern, string.Template.flags)
print(Percent.pattern.match("%a").group("named"), Percent.delimiter)
print(string.Template.pattern.findall("$a ${b} $$ $"))
try: Upper("x $abc").substitute()
except ValueError as e: print(e)
print(string.Template("$a").pattern is string.Template.pattern)
class A(string.Template):
    pattern = r"@(?:(?P<escaped>@)|(?P<named>[a-z]+)|(?P<braced>[a-z]+)|(?P<invalid>))"
    delimiter = "@"
class B(A):
    pass
class C(B):
    delimiter = "%"
print(A("@a @@ %a").substitute(a=1), B("@a").substitute(a=1), C("@a %a").safe_substitute(a=2))
