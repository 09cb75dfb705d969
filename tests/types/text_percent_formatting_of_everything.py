"""The % operator of str and bytes: every directive, every flag, every mistake."""


def show(expression):
    try:
        print(expression, "->", repr(eval(expression)))
    except BaseException as error:
        print(expression, "->", type(error).__name__, error)


class D:
    def __int__(self): return 7


class I:
    def __index__(self): return 9


class F:
    def __float__(self): return 1.5


class M:
    def __getitem__(self,k): return k*2


for line in r"""
"%d" % "a"
"%d" % 1.9
"%d" % D()
"%d" % I()
"%d" % F()
"%x" % 1.5
"%x" % D()
"%x" % I()
"%o" % "a"
"%c" % 65
"%c" % "ab"
"%c" % 1.5
"%c" % -1
"%c" % (1<<40)
"%c" % ""
"%f" % "a"
"%f" % F()
"%e" % 10**400
"%y" % 1
"%" % 1
"a%" % ()
"%(a" % {"a":1}
"%(a)s" % 1
"%(a)s" % (1,)
"%(a)s" % {"b":1}
"%(a)s" % M()
"%(a)s %(b)s" % {"a":1,"b":2}
"%(a(b))s" % {"a(b)":1}
"%s" % (1,2)
"%s %s" % 1
"%s %s" % (1,)
"abc" % 1
"abc" % (1,)
"abc" % {}
"abc" % {"a":1}
"abc" % []
"abc" % "x"
"abc" % M()
"%*d" % (5,1)
"%*d" % ("a",1)
"%*d|" % (-5,1)
"%.*f" % (2,1.234)
"%.*f" % (-2,1.234)
"%.*f" % ("a",1.234)
"%99999999999999999999d" % 1
"%.99999999999999999999d" % 1
"%5%|" % ()
"%-5s|%5s|%05d|%+d|% d|%x|%X|%#x|%#o|%o" % ("a","b",42,42,42,255,255,255,8,8)
"%08.3d|%-8d|%+08d|%#010x|%.5x" % (5,5,5,255,255)
"%05s|%.2s|%r|%a|%5.1s|" % ("a","abc","é","é","xyz")
"%f|%.2f|%e|%.3E|%g|%G|%#.3g|%010.3f|%+.1f|%-10.2f|" % (1.5,2.345,12345.678,0.00012,1e10,1e-10,1.0,-3.14159,2.0,1.0)
"%05f" % float("inf")
"%5.1F|%g" % (float("nan"), float("-inf"))
"%ld %hd %Ld" % (1,2,3)
"%i %u" % (1,2)
"%s" % None
"%s %%" % 5
"%%" % ()
"%d" % True
"%d" % 10**30
"%5d" % -10**20
"%x" % -255
"%#x" % -255
"%08x" % -255
"%.0f" % 2.5
"%.0e" % 2.5
"%s" % "é"
"%6s|" % "é"
"%\u0100" % 1
"%d %s" % (1,)
"%-05d|" % 3
"%+s" % "a"
"%.3" % 1
"%(x)" % {"x":1}
"%()s" % {"":3}
"%s" % ((1,2),)
"%(a)d" % {"a":"x"}
"%d" % float("nan")
"%d" % float("inf")
"%i" % 3.99
"%d" % 3j
"%f" % 3j
"%f" % 10**400
b"%b" % b"x"
b"%5.2b|" % b"xyz"
b"%-5d|%05d" % (3,4)
b"%a" % "é"
b"%r" % "é"
b"%s %s" % (b"a",)
b"%c" % 65
b"%c" % 1.5
b"%f" % 1.5
b"%(a)d %(b)x" % {b"a":5,b"b":255}
b"%d" % 1.5
b"abc" % 1
b"%" % 1
b"%*d" % (5,3)
b"%s" % bytearray(b"a")
b"%s" % memoryview(b"a")
b"%g" % "a"
""".strip().splitlines():
    show(line)
