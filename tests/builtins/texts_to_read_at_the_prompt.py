"""copyright, credits and license: what they say is each interpreter's own, how they say it is not."""

import builtins
import contextlib
import io

for name in ("copyright", "credits", "license"):
    thing = getattr(builtins, name)
    print(name, type(thing), type(thing).__mro__, callable(thing), len(repr(thing)) > 20)
print(license)
for thing in (copyright, credits):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        print(thing())
    shown, _, rest = out.getvalue().rpartition("None")
    print(shown.strip() == repr(thing).strip(), repr(rest))
try:
    copyright(1)
except TypeError as error:
    print("TypeError")
