"""An uncaught KeyboardInterrupt prints its traceback; here it is caught to be exact."""

import _thread

try:
    _thread.interrupt_main()
    while True:
        pass
except KeyboardInterrupt as error:
    print(repr(error))
