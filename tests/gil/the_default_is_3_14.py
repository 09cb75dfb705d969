# gilbox: --switch-interval 0.002
"""gil.policy, gil.enabled, sys._is_gil_enabled, the interval of the command line."""

import gil
import sys

print(gil.policy(), gil.enabled(), sys._is_gil_enabled(), sys.getswitchinterval())
