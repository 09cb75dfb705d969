"""Each line is told of to a tracing function, those without a computation of their own included."""

import dis
import sys


def record(f, *args):
    first = f.__code__.co_firstlineno
    events = []
    def tracer(frame, event, arg):
        if frame.f_code.co_filename != __file__: return None
        if event == "exception": arg = arg[0].__name__
        else: arg = None
        events.append((frame.f_code.co_name[:1] + " " if frame.f_code is not f.__code__ else "") + event[0] + str(frame.f_lineno - first))
        return tracer
    sys.settrace(tracer)
    try:
        r = f(*args)
        if hasattr(r, "send") and not hasattr(r, "cr_code"): list(r)
    except BaseException as e:
        sys.settrace(None)
        events.append(type(e).__name__)
    finally:
        sys.settrace(None)
    print(f.__name__, *events)


# The functions below are written as badly as can be: what counts is which line is told of when.


def a_pass():
    pass


def b_pass2():
    x = 1
    pass
    pass
    y = 2


def c_if_pass(x):
    if x:
        pass
    else:
        pass
    return x


def d_try():
    try:
        x = 1
    except ValueError:
        pass
    else:
        y = 2
    finally:
        z = 3
    return z


def d_try2():
    try:
        x = int("a")
    except KeyError:
        pass
    except ValueError:
        pass
    else:
        y = 2
    finally:
        z = 3
    return z


def d_try3():
    try:
        pass
    finally:
        pass


def d_try4():
    try:
        try:
            raise ValueError
        finally:
            x = 1
    except ValueError as e:
        y = 2


def d_try5():
    try:
        return 1
    finally:
        x = 2


def d_try6():
    for i in range(2):
        try:
            continue
        finally:
            x = 2


def d_try7():
    for i in range(2):
        try:
            if i: break
            pass
        except ValueError:
            pass
    else:
        z = 3


def e_while():
    i = 0
    while i < 2:
        i += 1
        continue
    else:
        pass


def e_while2():
    while True:
        break


def e_while3():
    i = 3
    while i:
        i -= 1
        if i == 2:
            continue
        elif i == 1:
            pass
        else:
            break


def f_for():
    for i in range(2):
        pass


def f_for2():
    for i in range(3):
        if i == 1:
            continue
        x = i


def f_for3():
    for i in (1, 2):
        for j in (1, 2):
            continue


def f_for4():
    for i in (1,
              2):
        print(end=
              "")
    else:
        x = 1


def g_with():
    from contextlib import nullcontext
    with nullcontext() as x:
        pass
    with nullcontext(), nullcontext():
        y = 1
    with (
        nullcontext() as a,
        nullcontext() as b,
    ):
        y = 3


def g_with2():
    from contextlib import suppress
    with suppress(ValueError):
        int("x")
        y = 1
    z = 2


def g_with3():
    from contextlib import nullcontext
    with nullcontext():
        return 5


def g_with4():
    from contextlib import nullcontext
    for i in range(2):
        with nullcontext():
            continue


def g_with5():
    from contextlib import nullcontext
    for i in range(2):
        with nullcontext():
            if i:
                break
            x = 1
for function, *arguments in [
    (a_pass,), (b_pass2,), (c_if_pass, 0), (c_if_pass, 1), (d_try,), (d_try2,), (d_try3,), (d_try4,), (d_try5,), (d_try6,), (d_try7,), (e_while,), (e_while2,), (e_while3,), (f_for,), (f_for2,), (f_for3,), (f_for4,), (g_with,), (g_with2,), (g_with3,), (g_with4,), (g_with5,)]:
    record(function, *arguments)


def deco(a=None):
    return lambda f: f


def a_deco():
    @deco()
    @deco(
        1)
    def g(x=1,
          y=2):
        pass
    g()


def b_class():
    @deco()
    class A:
        "doc"
        x = 1
        def m(self):
            pass
        y = 2
    A().m()


def c_call():
    x = dict(
        a=1,
        b=2,
        c=max(
            1,
            2),
    )
    y = [
        1,
        x,
        3,
    ]
    z = {
        "a": x,
        "b": y,
    }


def d_ops():
    a = 1
    x = (a +
         a *
         a)
    y = (a
         if a else
         2)
    z = (a and
         x and
         y)
    if (a and
        x or
        y):
        pass
    assert x, \
        "y"
    assert (
        x)


def e_match(v):
    match v:
        case 1:
            pass
        case [a, b] if a > b:
            x = 1
        case {"k": z}:
            x = 2
        case str() | bytes():
            x = 3
        case _:
            pass


def f_gen():
    yield 1
    x = yield 2
    for i in range(2):
        yield i
    yield from (3,
                4)


def g_comp():
    x = [i
         for i in range(2)
         if i]
    y = {i: i for i in range(2)}
    z = list(i
         for i in range(2))


def h_lambda():
    f = lambda: (
        1)
    f()
    g = lambda x: \
        x
    g(2)


def i_del():
    x = 1
    del x
    global zz
    zz = 1
    import sys, \
        os
    from sys import (
        path,
        argv)


def j_nonlocal():
    x = 1
    def g():
        nonlocal x
        x = 2
        return
    g()
    return


def k_raise():
    try:
        raise ValueError(
            "x")
    except (ValueError,
            KeyError) as e:
        pass


def l_reraise():
    try:
        try:
            1/0
        except ZeroDivisionError:
            raise
    except Exception:
        x = 1


def n_fstring():
    x = 1
    y = f"""{x}
    {x}
    """
    return y


def o_aug():
    x = [1]
    x[0] \
        += 1
    x[
      0] = 3
    x.append(
        x[0])


def p_string():
    "doc"
    "other"
    ...
    1
    x: int
    y: int = 1


def q_if_not():
    x = None
    if x is None:
        x = 1
    if not x: x = 2
    if x == 1: pass
    else: pass
    return


def r_ret_multi():
    return (
        1,
        2)


def s_while_multi():
    i = 0
    while (i <
           2):
        i += 1


def t_forelse():
    for i in []:
        pass
    else:
        pass


def u_const_if():
    if 0:
        x = 1
    if 1:
        y = 2
    while 0:
        pass
    else:
        z = 1
    if True:
        pass
    elif x:
        pass


def v_chained():
    x = 5
    return (1 <
            x <
            10)


def w_walrus():
    if (n := 10) > 5:
        pass
    while (n := n - 5):
        pass


def x_finally_exc():
    try:
        1/0
    finally:
        pass


def y_nested_ret():
    for i in range(2):
        try:
            try:
                return i
            finally:
                pass
        finally:
            pass


def z_type():
    type X = int
    def f[T](x: T) -> T:
        return x
    class B[T]:
        pass
    f(1)


for value in (1, [2, 1], [1, 2], {"k": 1}, "a", 3):
    record(e_match, value)
for function in (a_deco, b_class, c_call, d_ops, f_gen, g_comp, h_lambda, i_del, j_nonlocal, k_raise, l_reraise, n_fstring, o_aug, p_string, q_if_not, r_ret_multi, s_while_multi, t_forelse, u_const_if, v_chained, w_walrus, x_finally_exc, y_nested_ret, z_type):
    record(function)


def a3_():
    x = [i
         for i in range(2)]
    y = 1
    x = (
        max(1,
            2)
    )
    x = {
        i: i
        for i in range(1)
        for j in range(2)
        if j
    }
    return [
        i for i in (1,
                    2)]


def b3_():
    while True:
        x = 1
        if x:
            break
    n = 2
    while True:
        n -= 1
        if not n: return


def c3_():
    def d(x: int =
          3) -> str:
        "doc"
        return x
    class E(
        object):
        x = 1
        def f(self): pass
    d()
    E(
    ).f()


def d3_():
    try:
        return max(1,
                   2)
    finally:
        print(end="")


def e3_():
    with open(
        "/dev/null") as f, \
            open("/dev/null") as g:
        return g \
           .read()


def f3_():
    for i in range(2):
        try:
            if i:
                raise ValueError
            else:
                continue
        except ValueError:
            break
        finally:
            pass


def g3_():
    x = 5
    if x == 1:
        y = 1
    elif x == 2:
        y = 2
    elif x == 3: pass
    else:
        y = 4
    x = y if x else \
        3
    x, y = (1,
            2)
    x, y = y, x
    (x,
     y) = 1, 2
    x = y = \
        3
    a = [0]
    a[0], x = 3, \
       4
    return lambda: x


def i3_():
    try:
        try:
            1/0
        except KeyError:
            pass
        finally:
            x = 1
    except (
        ZeroDivisionError):
        try:
            pass
        except:
            pass
        return


def j3_():
    for x in range(3):
        if x == 1: continue
        if x == 2: break
    else:
        pass
    for y in []: pass
    x -= 1
    i = 0
    while i < 2:
        i += 1
    [z for z in range(2)]


def k3_():
    raise ValueError


def l3_():
    k3_()


def n3_():
    import os.path as p, sys
    from os import path, \
        sep
    assert 1, "x"
    assert p
    del p, \
        sys
    global QQ
    QQ = 1
    del QQ
    print(end=""); x = 1; pass; y = 2


def o3_(*a):
    x = f"{a}" \
        f"{a!r}"
    x = ("a"
         "b")
    x = "a" + \
        "b"
    x = -\
       5
    x = not \
       x
    x = a \
        if a \
        else a
    x.y = 3
for function in (a3_, b3_, c3_, d3_, e3_, f3_, g3_, i3_, j3_, k3_, l3_, n3_, o3_):
    record(function)

# ---- the same lines are those that code says it has

for function in (a_pass, c_if_pass, d_try, d_try2, d_try6, e_while, e_while3, f_for2, g_with5, k_raise, b3_, f3_):
    code = function.__code__
    print(function.__name__, sorted({line - code.co_firstlineno for _, line in dis.findlinestarts(code) if line}))
