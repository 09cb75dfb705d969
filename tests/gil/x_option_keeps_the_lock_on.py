# gilbox: -X gil=1
"""As in CPython's free-threaded build."""

import gil
import sys

print(gil.policy(), sys._is_gil_enabled())
