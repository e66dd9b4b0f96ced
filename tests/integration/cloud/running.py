"""Runs a connector for tests: in a thread, or as the process that an operator starts."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import httpx

from cloud_connector.__main__ import add_device, main
from cloud_connector.app import Connector, utc_now
from cloud_connector.settings import read_settings
from cloud_connector.storage.sites import Device
from smart4s_kiosk.ports.vault import DeviceSigner
from smart4s_kiosk.sync.identity import DeviceIdentity
from tests.integration.cloud.device import TestDevice
from tests.integration.cloud.showroom import Showroom
from tests.integration.sandbox_process import AES_KEY, AGENT_ID, CORP_ID, ROOT, SECRET, TOKEN
from tests.waiting import PATIENCE_S, until

CALLBACK_PATH = f"/wecom/{CORP_ID}/{AGENT_ID}"


def environment(
    folder: Path, wecom_base_url: str, database_url: str = "", listen: str = "127.0.0.1:0"
) -> dict[str, str]:
    return {
        "CONNECTOR_DATABASE_URL": database_url or f"sqlite:///{folder / 'connector.db'}",
        "CONNECTOR_DATA": str(folder),
        "CONNECTOR_LISTEN": listen,
        "WECOM_BASE_URL": wecom_base_url,
        "WECOM_CORP_ID": CORP_ID,
        "WECOM_AGENT_ID": str(AGENT_ID),
        "WECOM_SECRET": SECRET,
        "WECOM_TOKEN": TOKEN,
        "WECOM_AES_KEY": AES_KEY,
    }


class Running:
    """A connector and where it listens."""

    def __init__(self, connector: Connector, base_url: str) -> None:
        self.connector = connector
        self.base_url = base_url
        self.callback_url = base_url + CALLBACK_PATH

    def introduce(self, device: TestDevice, store: str) -> None:
        """Make a terminal known without a code."""
        device.device_id = f"dev-{store}"
        self.introduce_signer(device.signer, device.device_id, store)

    def introduce_room(self, room: Showroom, store: str) -> None:
        """Make a showroom's terminal known without a code, which only ten a minute may use."""
        device_id = f"dev-{store}-{room.holder}"
        self.introduce_signer(room.signer, device_id, store)
        room.identity.put(DeviceIdentity(device_id, store))

    def introduce_signer(self, signer: DeviceSigner, device_id: str, store: str) -> None:
        """Make a key known."""
        with self.connector.database.begin() as work:
            work.sites.add_store(store, "一店", utc_now())
            work.sites.add_device(Device(device_id, store, "kiosk", signer.public_key().hex(), None), utc_now())

    def code(self, store: str = "store-1") -> str:
        return add_device(self.connector.database, store, "一店", "kiosk")


@contextmanager
def running_connector(
    folder: Path, wecom_base_url: str, database_url: str = "", *, has_workers: bool = True
) -> Iterator[Running]:
    """In a thread of this process; without workers it answers requests, and sends nothing."""
    connector = Connector(read_settings(environment(folder, wecom_base_url, database_url)))
    server = connector.http()
    thread = threading.Thread(target=server.run, name="connector-http")
    thread.start()
    try:
        until(lambda: server.started, "the connector listens")
        if has_workers:
            connector.start_workers()
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Running(connector, f"http://127.0.0.1:{port}")
    finally:
        connector.parking.close()
        server.should_exit = True
        thread.join(PATIENCE_S)
        connector.stop()
        assert not thread.is_alive()


class Process:
    """`python -m cloud_connector serve`, which may be killed and started again on the same port and data."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables
        self.base_url = "http://" + variables["CONNECTOR_LISTEN"]
        self.database_url = variables["CONNECTOR_DATABASE_URL"]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cloud_connector", "serve"],
            cwd=ROOT,
            env={**os.environ, **self._variables},
            stderr=subprocess.DEVNULL,
        )
        until(self.answers, "the connector process answers")

    def answers(self) -> bool:
        assert self.process is None or self.process.poll() is None, "the connector stopped"
        try:
            return httpx.get(self.base_url + "/readyz", trust_env=False, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE_S)
        self.process = None

    def stop(self) -> None:
        """SIGTERM; it ends by itself."""
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(PATIENCE_S) in {0, -15}
        self.process = None

    def command(self, *arguments: str) -> tuple[int, str]:
        """What `python -m cloud_connector ...` answers and prints; in this process, because a start takes a second."""
        with redirect_stdout(StringIO()) as printed:
            code = main(arguments, self._variables)
        return code, printed.getvalue().strip()


@contextmanager
def connector_process(variables: dict[str, str]) -> Iterator[Process]:
    """A connector process that is gone afterwards; not yet started."""
    process = Process(variables)
    try:
        yield process
    finally:
        if process.process is not None:
            process.kill()
