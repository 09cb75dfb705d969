"""A thread whose arguments do not fit fails in the thread, not at start."""

import threading

errors = []
threading.excepthook = lambda args: errors.append(str(args.exc_value))
for target, args in ((lambda: None, (1,)), (lambda x: None, ()), (5, ())):
    t = threading.Thread(target=target, args=args)
    t.start()
    t.join()
print(errors)
