"""The first start's connector step against the process that an operator runs: right, wrong, old, away, wrong clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cloud_connector.settings import read_settings as read_connector_settings
from cloud_connector.storage.database import Database
from cloud_connector.storage.sites import CODE_LIFE
from smart4s_kiosk import i18n
from smart4s_kiosk.app.build_sync import make_client
from smart4s_kiosk.app.clock import RandomIds, SystemClock
from smart4s_kiosk.app.first_start import make_first_start
from smart4s_kiosk.app.places import vault_folders
from smart4s_kiosk.app.settings import DataSettings, Settings
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.services.first_start import FirstStart
from smart4s_kiosk.sync.identity import DeviceIdentity, IdentityFile
from smart4s_kiosk.ui.wording import refusal_words
from smart4s_kiosk.vault.opening import open_vault
from tests.empty_machine import empty_machine
from tests.integration.cloud.running import Process, connector_process, environment
from tests.integration.local_server import answering, server
from tests.postgres import free_port

NOBODY = "http://127.0.0.1:9"


class LateClock(SystemClock):
    """A machine whose date is three days ahead."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=3)


@pytest.fixture(scope="module")
def connector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("connector")
    variables = environment(folder, NOBODY + "/cgi-bin/", listen=f"127.0.0.1:{free_port()}")
    with connector_process(variables) as process:
        process.start()
        yield process


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return empty_machine(tmp_path, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def first_start(settings: Settings, file: Path) -> Iterator[FirstStart]:
    made = make_first_start(settings, SystemClock(), file=file)
    made.begin()
    yield made
    made.close()


def a_code(connector: Process) -> str:
    status, code = connector.command("device", "add", "--store", "s1", "--store-name", "一店", "--name", "前台")
    assert status == 0
    return code


def an_old_code(connector: Process) -> str:
    """One that was given out so long ago that it ends now."""
    database = Database(read_connector_settings(connector._variables).database_url)
    with database.begin() as work:
        work.sites.add_store("s1", "一店", datetime.now(UTC))
        work.sites.add_code("7K2MQ9XDPT", "s1", "前台", datetime.now(UTC) - CODE_LIFE)
    database.close()
    return "7K2MQ-9XDPT"


def said(refusal: ShowroomError) -> tuple[str, str]:
    words = []
    for language in ("zh_CN", "en"):
        i18n.use_language(language)
        words.append(refusal_words(refusal).words)
    i18n.use_language("zh_CN")
    return words[0], words[1]


def speaks(settings: Settings, connector: Process, clock: SystemClock) -> bool:
    """Whether a signed request of this terminal is taken."""
    signer = open_vault(vault_folders(settings), clock).device
    client = make_client(settings, connector.base_url, signer=signer, clock=clock, ids=RandomIds(clock))
    try:
        return not client.poll(0, 0).events
    finally:
        client.close()


def test_a_code_of_the_operator_makes_the_terminal_known(
    first_start: FirstStart, settings: Settings, file: Path, connector: Process
) -> None:
    progress = first_start.connect(f" {connector.base_url}/ ", a_code(connector).lower())
    assert progress.chosen["connector.url"] == connector.base_url
    assert read_settings(file, {}).connector.url == connector.base_url
    assert speaks(settings, connector, SystemClock())
    assert first_start.connect(connector.base_url, a_code(connector)), "and once more, with a new code"
    assert speaks(settings, connector, SystemClock())


@pytest.mark.parametrize("kind", ["wrong", "old", "used", "nonsense"])
def test_a_code_that_is_not_good_says_so_and_nothing_is_written(
    first_start: FirstStart, settings: Settings, file: Path, connector: Process, kind: str
) -> None:
    good = a_code(connector)
    if kind == "used":
        other = make_first_start(
            replace(settings, data=DataSettings(folder=file.parent / "two")),
            SystemClock(),
            file=file.parent / "two.toml",
        )
        other.begin()
        other.connect(connector.base_url, good)
        other.close()
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    code = an_old_code(connector) if kind == "old" else {"wrong": wrong, "used": good, "nonsense": "您好"}[kind]
    with pytest.raises(ShowroomError) as refused:
        first_start.connect(connector.base_url, code)
    chinese, english = said(refused.value)
    assert "登记码" in chinese
    assert "code" in english
    assert not file.exists() or read_settings(file, {}).connector.url == ""
    assert not (settings.data.place / "connector.json").exists()


def test_an_address_without_a_connector_says_what_is_wrong_and_spends_no_code(
    first_start: FirstStart, file: Path, connector: Process
) -> None:
    code = a_code(connector)
    with server(answering(404, b"nothing here")) as other:
        for address, words in (
            (NOBODY, "拒绝连接"),
            ("http://no-such-host.invalid", "找不到"),
            ("c.example.cn/a b", "https://"),
            ("ftp://c.example.cn", "https://"),
            (f"http://127.0.0.1:{other}", "不是云端连接器"),
        ):
            with pytest.raises(ShowroomError) as refused:
                first_start.connect(address, code)
            assert words in said(refused.value)[0], address
    assert not file.exists()
    assert first_start.connect(connector.base_url, code), "the code is still good"


def test_a_clock_three_days_off_does_not_stop_the_line(settings: Settings, file: Path, connector: Process) -> None:
    first_start = make_first_start(settings, LateClock(), file=file)
    first_start.begin()
    first_start.connect(connector.base_url, a_code(connector))
    first_start.close()
    assert speaks(settings, connector, LateClock()), "signed with the connector's time"
    assert speaks(settings, connector, SystemClock()), "and again when the clock was set right"


def test_a_running_courier_takes_over_a_new_enrolment_and_never_writes_the_old_one_back(tmp_path: Path) -> None:
    place = tmp_path / "connector.json"
    courier, panel = IdentityFile(place), IdentityFile(place)
    courier.put(DeviceIdentity("dev-old", "s1", 0.0))
    panel.put(DeviceIdentity("dev-new", "s1", 1.0))
    assert courier.get().device_id == "dev-new"
    courier.put_offset(2.0, 3.0)
    assert IdentityFile(place).get() == DeviceIdentity("dev-new", "s1", 2.0, 3.0)
    place.write_text("half a fi")
    assert courier.get().device_id == "dev-new", "a damaged file does not shut out a terminal that runs"
