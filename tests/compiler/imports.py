from __future__ import generator_stop
import a, b.c
import d.e.f as g
from h import i, j as k
from . import l
from ..m import *

def inside():
    import n.o
    from p import q
    return n, q
