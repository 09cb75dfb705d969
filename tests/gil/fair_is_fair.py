# gilbox: --gil fair
"""The name of the policy."""

import gil

print(gil.policy(), gil.enabled())
