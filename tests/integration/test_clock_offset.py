"""How wrong this machine's clock is: kept for every process of the machine, forgotten when somebody sets the clock."""

from datetime import timedelta
from pathlib import Path

from smart4s_kiosk.sync.connector_client import ClientSettings, ConnectorClient
from smart4s_kiosk.sync.identity import DeviceIdentity, IdentityFile
from tests.fakes.clock import FakeClock, SequentialIds
from tests.fakes.vault import FakeDeviceSigner


def client_of(file: Path, clock: FakeClock) -> ConnectorClient:
    return ConnectorClient(
        ClientSettings("http://127.0.0.1:9"), FakeDeviceSigner(), IdentityFile(file), clock, SequentialIds()
    )


def measured(clock: FakeClock, offset_s: float) -> DeviceIdentity:
    return DeviceIdentity("device", "store", offset_s, clock.now().timestamp() - clock.monotonic())


def test_an_offset_is_known_to_every_process_until_the_clock_is_set(tmp_path: Path) -> None:
    file, clock = tmp_path / "connector.json", FakeClock()
    courier, tablet = IdentityFile(file), client_of(file, clock)
    assert tablet.clock_offset_s() is None
    courier.put(measured(clock, 259_200.0))
    clock.advance(hours=5)
    assert tablet.clock_offset_s() == 259_200.0

    clock.set(clock.now() + timedelta(days=3))
    assert tablet.clock_offset_s() is None, "nobody knows until the connector answers again"
    courier.put_offset(0.4, measured(clock, 0.0).measured_base_s or 0.0)
    assert tablet.clock_offset_s() == 0.4


def test_an_identity_of_an_older_version_says_nothing_about_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "connector.json"
    file.write_text('{"device_id": "d", "store_id": "s", "clock_offset_s": 300.0}', encoding="utf-8")
    assert client_of(file, FakeClock()).clock_offset_s() is None
