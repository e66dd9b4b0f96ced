"""Connecting to the connector: reached, refused, and with a thousand files open."""

import os
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from smart4s_kiosk.sync.sockets import Cutter, connect
from tests.waiting import PATIENCE_S

MANY = 1100
"""More than `select.select` can look at."""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def many_files() -> Iterator[None]:
    """Every further file of this process has a high number."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < 2 * MANY:
        pytest.skip("this machine allows too few open files")
    with ExitStack() as held:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, 2 * MANY), most))
        held.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (before, most))
        for _ in range(MANY):
            held.enter_context(open(os.devnull))  # noqa: PTH123 - only a number is wanted
        yield


@pytest.mark.usefixtures("many_files")
def test_a_process_with_a_thousand_files_open_reaches_the_connector(listener: socket.socket) -> None:
    with connect("127.0.0.1", listener.getsockname()[1], PATIENCE_S, Cutter()) as opened:
        assert opened.fileno() > MANY
        assert opened.getpeername() == listener.getsockname()


def test_nobody_listens(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(ConnectionRefusedError):
        connect("127.0.0.1", port, PATIENCE_S, Cutter())
