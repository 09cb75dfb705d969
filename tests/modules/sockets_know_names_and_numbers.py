# gilbox: -A
# socket: names of services, protocols, interfaces and hosts; constants and their enumerations.
import socket


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


for source in """socket.getservbyname('http'), socket.getservbyname('https', 'tcp'), socket.getservbyname('domain', 'udp')
socket.getservbyname('nothing')
socket.getservbyname('http', 'nothing')
socket.getservbyname(5)
socket.getservbyname('http', 5)
socket.getservbyport(80), socket.getservbyport(53, 'udp')
socket.getservbyport(80, 'udp')
socket.getservbyport(-1)
socket.getservbyport(70000)
socket.getservbyport('x')
socket.getprotobyname('tcp'), socket.getprotobyname('icmp')
socket.getprotobyname('nothing')
socket.getprotobyname(5)
socket.if_nameindex()[0], socket.if_nametoindex('lo'), socket.if_indextoname(1)
socket.if_nametoindex('nothing')
socket.if_nametoindex(5)
socket.if_indextoname(-1)
socket.if_indextoname(99999)
socket.if_indextoname('x')
socket.gethostbyname_ex('127.0.0.1')
socket.gethostbyname_ex('localhost')[0]
socket.gethostbyname_ex(5)
socket.gethostbyaddr('127.0.0.1')[::2]
socket.gethostbyaddr(5)
socket.getfqdn('127.0.0.1'), socket.getfqdn() != ''
socket.sethostname(5)
socket.AF_NETLINK, socket.AddressFamily.AF_PACKET, socket.AddressFamily(40)
socket.SocketKind(1), socket.MsgFlag(3), socket.AddressInfo(1)
socket.INADDR_ANY, socket.INADDR_BROADCAST, socket.INADDR_NONE, socket.INADDR_MAX_LOCAL_GROUP
socket.EAI_ADDRFAMILY, socket.NI_MAXSERV, socket.IPPORT_RESERVED, socket.VMADDR_CID_ANY, socket.ETHERTYPE_IPV6
[name for name in dir(socket) if name.startswith('IPPROTO_')]
[name for name in dir(socket) if name.startswith('IPV6_')]
sorted((getattr(socket, name), name) for name in dir(socket) if name.startswith('TCP_'))
sorted((getattr(socket, name), name) for name in dir(socket) if name.startswith(('PACKET_', 'NETLINK_')))""".split("\n"):
    show(source)

# Numbers at the edges.


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for function, numbers in ((socket.CMSG_LEN, (257, 2**31 - 17, 2**31 - 16, -1)), (socket.CMSG_SPACE, (257, 2**31 - 25, 2**31, -1)),
                          (socket.ntohs, (-1, -2**80, 2**80, 2**16)), (socket.htonl, (-1, -2**80, 2**80, 2**32))):
    for number in numbers:
        print(function.__name__, number, attempt(lambda: function(number)))
for address in (("x", 0, 0, 0), (1, 2), ("127.0.0.1", 0, 1), "x", ("127.0.0.1", -1), ("127.0.0.1", 2, 3, 4)):
    print(address, attempt(lambda: socket.getnameinfo(address, 0)))
print(attempt(lambda: socket.getaddrinfo("localhost", "\ud800")))
with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as s:
    print(s.gettimeout(), s.getblocking(), s.type)
    s.setblocking(True)
    print(s.gettimeout(), s.getblocking())
with socket.socket(socket.AF_UNIX) as s:
    s.bind("")
    print(len(s.getsockname()), s.getsockname()[:1])
