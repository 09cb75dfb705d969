"""`python -m unittest`: runs tests by their names, or those that it discovers."""

import os
import sys

from unittest.main import main

# As the program is called, for its help.
sys.argv[0] = f"{os.path.basename(sys.executable)} -m unittest"

__unittest = True

main(module=None)
