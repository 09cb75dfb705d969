"""The traceback goes through the module's own file."""

import broken_part

broken_part.call(lambda: None.x)
