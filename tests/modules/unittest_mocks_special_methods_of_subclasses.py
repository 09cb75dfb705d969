"""Which special methods a mock has, by its specification and by its class."""

from unittest.mock import *
class S(MagicMock):
    def __init__(self): super().__init__(spec=["a", "__len__"])
    def _get_child_mock(self, **kw): return MagicMock(**kw)
s = S()
print(len(s))
try: s[1]
except TypeError as e: print(e)
class T(MagicMock):
    def __init__(self, spec=None): super().__init__()
    def _get_child_mock(self, **kw): return MagicMock(**kw)
t = T(dict); print(len(t), t[1] is not None)
m = MagicMock(spec=list)
print(len(m), bool(m), 3 in m, list(m))
try: m()
except TypeError as e: print(e)
try: with_ = m.__enter__
except AttributeError as e: print(e)
m = MagicMock(); m.mock_add_spec(["x"])
try: len(m)
except TypeError as e: print(e)
del m.x
m = MagicMock(); del m.__len__
try: len(m)
except TypeError as e: print(e)
