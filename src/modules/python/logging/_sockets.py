"""Handlers of logging that send records away: pickled to a socket, or as text to the system's log."""

import logging
import pickle
import socket
import struct
import time

# These classes are known as the handlers' module's own.
__name__ = "logging.handlers"


class SocketHandler(logging.Handler):
    """Sends records, pickled, over a connection that is made when it is needed and made again when it broke."""

    def __init__(self, host, port):
        super().__init__()
        self.host, self.port = host, port
        self.address = host if port is None else (host, port)
        self.sock = None
        self.closeOnError = False
        # When to try to connect again, and how much longer to wait after each time.
        self.retryTime = None
        self.retryStart = 1.0
        self.retryMax = 30.0
        self.retryFactor = 2.0

    def makeSocket(self, timeout=1):
        """A new connection; to a socket in the file system if there is no port."""
        if self.port is not None:
            return socket.create_connection(self.address, timeout=timeout)
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(timeout)
        try:
            made.connect(self.address)
        except OSError:
            made.close()
            raise
        return made

    def createSocket(self):
        """Connect, unless it has just failed."""
        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock = self.makeSocket()
            self.retryTime = None
        except OSError:
            first = self.retryTime is None
            self.retryPeriod = self.retryStart if first else min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod

    def send(self, s):
        """Send bytes; they are lost where nobody can be reached."""
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self.sock.close()
                self.sock = None

    def makePickle(self, record):
        """The attributes of a record as they are sent: four bytes of length, and a pickle with the text made."""
        if record.exc_info:
            # Leaves the traceback's text in the record.
            self.format(record)
        values = {**record.__dict__, "msg": record.getMessage(), "args": None, "exc_info": None}
        values.pop("message", None)
        pickled = pickle.dumps(values, 1)
        return struct.pack(">L", len(pickled)) + pickled

    def handleError(self, record):
        if self.closeOnError and self.sock:
            self.sock.close()
            self.sock = None
        else:
            super().handleError(record)

    def emit(self, record):
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        with self.lock:
            sock, self.sock = self.sock, None
            if sock:
                sock.close()
            super().close()


class DatagramHandler(SocketHandler):
    """Sends each record, pickled, in a datagram."""

    def makeSocket(self):
        return socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


# The numbers of the protocol.
_PRIORITIES = ("EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG")
_FACILITIES = ("KERN", "USER", "MAIL", "DAEMON", "AUTH", "SYSLOG", "LPR", "NEWS", "UUCP", "CRON", "AUTHPRIV", "FTP", "NTP",
               "SECURITY", "CONSOLE", "SOLCRON", "LOCAL0", "LOCAL1", "LOCAL2", "LOCAL3", "LOCAL4", "LOCAL5", "LOCAL6",
               "LOCAL7")


class SysLogHandler(logging.Handler):
    """Sends records as text to the system's log, here or elsewhere."""

    for _numbers in (_PRIORITIES, _FACILITIES):
        for _number, _name in enumerate(_numbers):
            locals()["LOG_" + _name] = _number
    del _numbers, _number, _name

    priority_names = {"alert": 1, "crit": 2, "critical": 2, "debug": 7, "emerg": 0, "err": 3, "error": 3, "info": 6,
                      "notice": 5, "panic": 0, "warn": 4, "warning": 4}
    facility_names = {"solaris-cron" if name == "SOLCRON" else name.lower(): number
                      for number, name in enumerate(_FACILITIES)}
    priority_map = {"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "error", "CRITICAL": "critical"}
    # What stands before each text; and whether a zero stands behind it.
    ident = ""
    append_nul = True

    def __init__(self, address=("localhost", 514), facility=1, socktype=None, timeout=None):
        super().__init__()
        self.address = address
        self.facility = facility
        self.socktype = socktype
        self.timeout = timeout
        self.socket = None
        try:
            self.createSocket()
        except socket.gaierror:
            # Tried again when there is something to send.
            pass

    def _connect_unixsocket(self, address):
        wanted = [socket.SOCK_DGRAM, socket.SOCK_STREAM] if self.socktype is None else [self.socktype]
        for kind in wanted:
            self.socket = socket.socket(socket.AF_UNIX, kind)
            try:
                self.socket.connect(address)
                self.socktype = kind
                return
            except OSError:
                self.socket.close()
                if kind is wanted[-1]:
                    raise

    def createSocket(self):
        """Make the socket; of a connection, connect it."""
        self.unixsocket = isinstance(self.address, str)
        if self.unixsocket:
            try:
                self._connect_unixsocket(self.address)
            except OSError:
                # The log may come to be there later.
                pass
            return
        host, port = self.address
        problem = OSError("getaddrinfo returns an empty list")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, self.socktype or socket.SOCK_DGRAM):
            made = None
            try:
                made = socket.socket(family, kind, protocol)
                if self.timeout:
                    made.settimeout(self.timeout)
                if kind == socket.SOCK_STREAM:
                    made.connect(address)
                self.socket, self.socktype = made, kind
                return
            except OSError as found:
                problem = found
                if made is not None:
                    made.close()
        raise problem

    def encodePriority(self, facility, priority):
        """A facility and a priority, as numbers or by name, in one number."""
        if isinstance(facility, str):
            facility = self.facility_names[facility]
        if isinstance(priority, str):
            priority = self.priority_names[priority]
        return facility << 3 | priority

    def mapPriority(self, levelName):
        """The name of the priority for a level's name."""
        return self.priority_map.get(levelName, "warning")

    def emit(self, record):
        try:
            priority = self.encodePriority(self.facility, self.mapPriority(record.levelname))
            text = f"<{priority}>{self.ident}{self.format(record)}{'\0' if self.append_nul else ''}".encode()
            if not self.socket:
                self.createSocket()
            if self.unixsocket:
                try:
                    self.socket.send(text)
                except OSError:
                    # The log has been started anew.
                    self.socket.close()
                    self._connect_unixsocket(self.address)
                    self.socket.send(text)
            elif self.socktype == socket.SOCK_DGRAM:
                self.socket.sendto(text, self.address)
            else:
                self.socket.sendall(text)
        except Exception:
            self.handleError(record)

    def close(self):
        with self.lock:
            sock, self.socket = self.socket, None
            if sock:
                sock.close()
            super().close()
