"""`%` with tuples, dicts, widths, flags, errors."""

print("%d %i %s %r %a %c %%" % (1, 2, "s", "r", "é", "c"))
print("%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o" % (42, 42, 42, 42, 42, 255, 255, 255, 8, 8))
print("%s" % None, "%s" % [1], "%s %s" % (1, (2, 3)), "%s" % ((1, 2),), "%r" % {"a": 1}, "%s" % 1.0)
print("%(a)s %(b)05.1f %(a)r" % {"a": "x", "b": 3.14159}, "%(k)d%%" % {"k": 5})
print("%*d|%-*d|%.*f" % (5, 1, 5, 1, 2, 3.14159), "%.3s|%10.2s|" % ("abcdef", "xyz"), "%e %E %g %G" % (1.5, 1.5, 1e-10, 1e20))
print("%d" % 3.99, "%d" % True, "%x" % -255, "%s" % "é", "%c" % 233, "%5.1f%%" % 99.5, "%d" % 2**100, "no args" % (), "%i" % -7)
for bad in ("'%d' % 'a'", "'%d %d' % 1", "'%d' % (1, 2)", "'%s' % ()", "'%q' % 1", "'%(a)s' % 1", "'%(a)s' % {}", "'%c' % 'ab'", "'%x' % 1.5", "'%' % 1", "'%s %(a)s' % {'a': 1}", "'%d' % None", "'x' % 1", "'x' % {}"):
    try:
        print(eval(bad))
    except Exception as error:
        print(type(error).__name__, error)
