# pathlib: paths as Windows writes them, which any system can take apart and put together.
import copy
import pathlib
import pickle
import warnings
from pathlib import PurePath, PurePosixPath, PureWindowsPath, WindowsPath


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


W = PureWindowsPath
TEXTS = ["", ".", "a", "a/b", "a\\b", "c:", "c:a", "c:/", "c:/a", "C:\\a\\..\\b", "\\a", "/a/b", "//server/share",
         "//server/share/a/b.txt", "\\\\server\\share\\", "//server", "//?/C:/a", "//?/UNC/server/share/x", "\\\\.\\pipe",
         "a//b/./c/", "c:\\a b\\c#d.tar.gz", "./c:a", "1:x", "..", "../a", "name.", ".hidden", "//./NUL", "a:b:c"]
for text in TEXTS:
    path = W(text)
    print(repr(text), repr(path), str(path), path.parts, [path.drive, path.root, path.anchor, path.name, path.suffix, path.stem])
    print("  ", path.is_absolute(), path.as_posix(), path.parent, [str(one) for one in path.parents], path.suffixes)
for source in r"""W('c:/a', 'b', 'd:x', 'y')
W('c:/a', '/b')
W('c:a', 'C:b')
W('c:/a', 'c:b')
W('//server/share', 'a', '\\b')
W('a') / 'b' / W('c') / PurePosixPath('d/e')
'x' / W('y')
W('c:/A') == W('C:\\a'), hash(W('c:/A')) == hash(W('C:\\a')), W('a') == PurePosixPath('a')
W('a') < W('B'), sorted([W('b'), W('A'), W('a/c')])
W('a') < PurePosixPath('b')
W('c:/a/b').relative_to('C:/A')
W('c:/a/b').relative_to('d:/a')
W('c:/a/b').relative_to('c:/x', walk_up=True)
W('c:/a').is_relative_to('C:'), W('c:/a').is_relative_to('C:/')
W('c:/a/b.txt').with_name('x.y'), W('c:/a/b.txt').with_stem('z'), W('c:/a/b.txt').with_suffix('.md')
W('c:/').with_name('x')
W('c:/a').with_name('d:x')
W('c:/a').with_name('x\\y')
W('c:/a/B.TXT').match('*.txt'), W('c:/a/B.TXT').match('*.txt', case_sensitive=True), W('c:/a').match('C:/*')
W('c:/a/b').full_match('C:/**'), W('c:/a/b').full_match('**/B', case_sensitive=True)
W('c:/a b').joinpath('c', 'd').parts
bytes(W('c:/a')), W('c:/a').__fspath__()
pickle.loads(pickle.dumps(W('c:/a'))), copy.copy(W('x'))
W('c:/a').parser.__class__.__name__ != '', W('a').parser.sep, PurePosixPath('a').parser.sep
W(5)
WindowsPath('a')
WindowsPath.__mro__
PurePosixPath(W('a/b')), W(PurePosixPath('a/b'))
PurePath('a').__class__""".split("\n"):
    show(source)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for text in ("c:/a b#", "//server/share/x", "c:/\u00e9"):
        print(W(text).as_uri())
    show("W('a').as_uri()")
    print([name for name in ("nul", "NUL.txt", "com1", "COM\u00b2", "con .x", "a", "a/nul", "nul/a", "x.", "a ", "a:b", "conin$", "aux:", "//server/share/nul")
           if W(name).is_reserved()], PurePosixPath("nul").is_reserved())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    PurePosixPath("a").is_reserved()
print(caught[0].category.__name__, caught[0].message)
print(sorted(pathlib.__all__))
