# gilbox: --allow-net=localhost
# socket: who asks for names of hosts tells others of them; this machine's own are free, and its name is not changed.
import socket


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


for source in """socket.gethostbyname_ex('example.org')
socket.gethostbyaddr('example.org')
socket.gethostbyaddr('203.0.113.7')
socket.gethostbyaddr('2001:db8::7')
socket.gethostbyname_ex('localhost')[0]
socket.gethostbyaddr('127.0.0.1')[0]
socket.getfqdn('203.0.113.7')
socket.sethostname('other')
socket.getservbyname('http')""".split("\n"):
    show(source)
