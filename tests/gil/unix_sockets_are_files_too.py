# gilbox: --allow-net
import os
import socket

with socket.socket(socket.AF_UNIX) as s:
    try:
        s.bind("no-such-place")
    except PermissionError as exc:
        print(exc)
    # A name that opens with a zero byte is none of a file.
    name = f"\0gilbox-{os.getpid()}"
    print(s.bind(name), s.getsockname() == name.encode())
