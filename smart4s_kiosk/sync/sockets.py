"""HTTP sessions whose waiting sockets can be cut from another thread: closing a session does not interrupt a read."""

import contextlib
import selectors
import socket
import threading
import weakref
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

_LOOK_S = 0.2


class Cutter:
    """Knows every open socket of a session and cuts them all at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        return self._is_cut

    def watch(self, opened: socket.socket) -> None:
        with self._lock:
            self._sockets.add(opened)
            if self._is_cut:
                _cut(opened)

    def cut(self) -> None:
        """Every read, write and connect ends now; later ones fail at once."""
        with self._lock:
            self._is_cut = True
            for opened in self._sockets:
                _cut(opened)


def _cut(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):  # not connected, or already closed
        opened.shutdown(socket.SHUT_RDWR)


def connect(host: str, port: int, limit_s: float, cutter: Cutter) -> socket.socket:
    """A connected socket; looks five times a second whether it was cut.

    Raises:
        TimeoutError: nobody answered in time, or it was cut.
        OSError: refused, no such host.

    """
    failure: OSError = OSError("no address")
    for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        opened = socket.socket(family, kind, protocol)
        try:
            opened.setblocking(False)
            opened.connect_ex(address)
            _wait_connected(opened, limit_s, cutter)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failed:
            opened.close()
            failure = failed
        else:
            return opened
    raise failure


def _wait_connected(opened: socket.socket, limit_s: float, cutter: Cutter) -> None:
    left_s = limit_s
    # `select.select` knows no file beyond the thousandth that a process has open.
    with selectors.DefaultSelector() as selector:
        selector.register(opened, selectors.EVENT_WRITE)
        while left_s > 0 and not cutter.is_cut:
            if selector.select(_LOOK_S):
                error = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    raise OSError(error, "connect failed")
                return
            left_s -= _LOOK_S
    raise TimeoutError("cut" if cutter.is_cut else "no answer")


def _open(connection: HTTPConnection, cutter: Cutter) -> socket.socket:
    limit = connection.timeout
    limit_s = float(limit) if isinstance(limit, int | float) else 5.0
    try:
        opened = connect(connection._dns_host, connection.port or 80, limit_s, cutter)  # noqa: SLF001 - as urllib3 does
    except TimeoutError as late:
        raise ConnectTimeoutError(connection, "no answer") from late
    except OSError as failed:
        raise NewConnectionError(connection, type(failed).__name__) from failed
    opened.settimeout(limit_s)
    cutter.watch(opened)
    return opened


class CuttableAdapter(HTTPAdapter):
    """An adapter whose connections, plain and TLS, direct or through a proxy, are watched by a cutter."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter
        super().__init__(pool_connections=2, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **keywords: Any) -> None:
        super().init_poolmanager(*arguments, **keywords)
        self.poolmanager.pool_classes_by_scheme = _pools(self._cutter)

    def proxy_manager_for(self, proxy: str, **keywords: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **keywords)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _pools(self._cutter)
        return manager


def _pools(cutter: Cutter) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _open(self, cutter)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _open(self, cutter)

        def connect(self) -> None:
            super().connect()
            if self.sock is not None:
                cutter.watch(self.sock)  # the TLS socket took the plain one's descriptor

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def session(cutter: Cutter, *, proxy: str = "", certificate_file: str = "") -> requests.Session:
    """A session whose sockets `cutter` can cut. Without a proxy the machine's own setting holds."""
    made = requests.Session()
    adapter = CuttableAdapter(cutter)
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    if proxy:
        made.proxies = {"http": proxy, "https": proxy}
        made.trust_env = False
    if certificate_file:
        made.verify = certificate_file
    return made
