# gilbox: --gil off
"""gil.policy and its relatives without the lock."""

import gil
import sys

print(gil.policy(), gil.enabled(), sys._is_gil_enabled())
gil.enable()
print(gil.policy(), gil.enabled(), sys._is_gil_enabled())
gil.disable()
print(gil.policy(), gil.enabled(), sys._is_gil_enabled())
