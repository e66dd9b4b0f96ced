"""A real PostgreSQL server for the tests: started once per run by an unprivileged user, a fresh database per test.

Use the fixture `postgres_url` (one empty database) or `fresh_database` (as many as the test asks for) and mark the test
`@pytest.mark.postgres`. A test that kills the server starts its own with `running_server(durable=True)`.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

_UNPRIVILEGED = "nobody"
_START_LIMIT_S = 90


@dataclass
class PostgresServer:
    """A server on 127.0.0.1 that trusts its local caller; `durable` servers sync to disk as in a showroom."""

    binaries: Path
    folder: Path
    port: int
    durable: bool
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of one database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def dsn(self, database: str = "postgres") -> str:
        """The libpq address of one database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def fresh_database(self) -> str:
        """Make an empty UTF-8 database and answer its SQLAlchemy address."""
        name = f"test_{next(self._numbers)}"
        self._statement(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, cutting whoever still holds a connection."""
        self._statement(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._run("pg_ctl", "start", "-w", "-t", str(_START_LIMIT_S), "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; "immediate" is its kill -9."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def make(self) -> None:
        """Lay down an empty cluster. UTF-8 is asked for: LC_ALL=C alone would make an SQL_ASCII one."""
        sync = () if self.durable else ("--no-sync",)
        self._run("initdb", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres", *sync)

    def _statement(self, sql: str) -> None:
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute(sql)

    def _run(self, program: str, *arguments: str) -> None:
        as_root = os.getuid() == 0  # the server refuses to run as root
        # Output goes to a file: a pipe would be inherited by the server and never close.
        with (self.folder / "setup.log").open("ab") as log:
            done = subprocess.run(
                [self.binaries / program, "-D", self.folder / "data", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8"},
                check=False,
                user=_UNPRIVILEGED if as_root else None,
                group=_group_of(_UNPRIVILEGED) if as_root else None,
                extra_groups=[] if as_root else None,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n" + (self.folder / "setup.log").read_text(errors="replace"))


def server_binaries() -> Path | None:
    """Where initdb and pg_ctl of the newest installed server stand; None where no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server of its own in a temporary folder, stopped and removed afterwards."""
    binaries = server_binaries()
    if binaries is None:
        _without_server()
    folder = Path(tempfile.mkdtemp(prefix="smart4s-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, _UNPRIVILEGED, _group_of(_UNPRIVILEGED))
        server = PostgresServer(binaries, folder, free_port(), durable)
        server.make()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(RuntimeError):  # the test may have stopped it
                server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _without_server() -> NoReturn:
    message = "no PostgreSQL server is installed: apt-get install -y --no-install-recommends postgresql"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(message + " (CI must test both databases)")
    pytest.skip("NOT TESTED ON POSTGRESQL: " + message)


def _group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def free_port() -> int:
    """A port nobody listens on, and nobody else is given while this process lives.

    Held by a socket that is bound and never listens: who names the port may listen there (servers set SO_REUSEADDR),
    and the system gives it to no other test process, not even while the server is down.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port = int(held.getsockname()[1])
    held.detach()  # open until the process ends
    return port


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server that all tests of this run share."""
    with running_server() as server:
        yield server


@pytest.fixture
def fresh_database(postgres_server: PostgresServer) -> Iterator[Callable[[], str]]:
    """Makes an empty database at each call; all of them are dropped after the test."""
    made: list[str] = []

    def make() -> str:
        made.append(postgres_server.fresh_database())
        return made[-1]

    yield make
    for url in made:
        postgres_server.drop(url)


@pytest.fixture
def postgres_url(fresh_database: Callable[[], str]) -> str:
    """One empty database."""
    return fresh_database()
