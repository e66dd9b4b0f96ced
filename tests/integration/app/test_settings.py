"""Settings: every mistake at once, with its place, in words; the environment wins; the reference is fresh."""

from pathlib import Path

import pytest

from smart4s_kiosk import i18n
from smart4s_kiosk.app import settings_reference
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.settings_kinds import WrongValueError
from smart4s_kiosk.app.settings_reading import Mistake, SettingsBroken, documented, read_settings, variable_of
from smart4s_kiosk.app.settings_words import SENTENCES, say, say_all

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    return tmp_path / "settings.toml"


def mistakes_in(file: Path, **variables: str) -> list[Mistake]:
    with pytest.raises(SettingsBroken) as broken:
        read_settings(file, variables)
    return list(broken.value.mistakes)


def test_nothing_said_gives_the_defaults(file: Path) -> None:
    file.write_text("", encoding="utf-8")
    settings = read_settings(file, {})
    assert settings == Settings()
    assert settings.showroom.time_zone.key == "Asia/Shanghai"
    assert settings.data.place.name == "smart4s-kiosk"
    assert settings.vault.place not in (settings.data.place, *settings.data.place.parents)


def test_the_documented_default_file_says_exactly_the_defaults() -> None:
    assert read_settings(ROOT / "resources" / "settings" / "default.toml", {}) == Settings()


def test_the_generated_pages_are_fresh() -> None:
    made = (ROOT / "resources" / "settings" / "default.toml").read_text(encoding="utf-8")
    assert made == settings_reference.default_file(), "run: main.py settings reference"
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_reference.page(), "run: main.py settings reference"


def test_every_setting_is_documented_and_can_come_from_the_environment() -> None:
    keys = [key for key, entry, _kind in documented() if entry.metadata["help"].endswith((".", "none."))]
    assert len(keys) == len(list(documented())) == len({variable_of(key) for key in keys})


def test_file_values_are_read(file: Path) -> None:
    file.write_text(
        '[terminal]\nid = "desk"\nsurfaces = ["reception"]\n[cameras.face]\nwidth = 640\n'
        '[data]\nfolder = "~/kiosk"\ndatabase_url = "postgresql://db.local/showroom"\n',
        encoding="utf-8",
    )
    settings = read_settings(file, {})
    assert (settings.terminal.id, settings.terminal.surfaces) == ("desk", ("reception",))
    assert (settings.cameras.face.width, settings.cameras.document.width) == (640, 1280)
    assert settings.data.place == Path.home() / "kiosk"


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(file: Path, tmp_path: Path) -> None:
    file.write_text('[screen]\nlanguage = "zh_CN"\nfull_screen = true\n', encoding="utf-8")
    variables = {
        "SMART4S_SCREEN_LANGUAGE": "en",
        "SMART4S_SCREEN_FULL_SCREEN": "no",
        "SMART4S_TERMINAL_SURFACES": "tablet, manager",
        "SMART4S_CAMERAS_FLOOR_ROTATE": "90",
        "SMART4S_DATA_FOLDER": "/elsewhere",
        "SMART4S_TEST_ANYTHING": "ignored",
    }
    settings = read_settings(file, variables, data_folder=tmp_path / "demo")
    assert (settings.screen.language, settings.screen.full_screen) == ("en", False)
    assert settings.terminal.surfaces == ("tablet", "manager")
    assert settings.cameras.floor.rotate == 90
    assert settings.data.place == tmp_path / "demo"


def test_every_mistake_is_reported_at_once_with_its_line(file: Path) -> None:
    file.write_text(
        '[cameras.face]\nwidth = 12\nheigth = "720"\n[screen]\nlanguage = "fr"\n'
        '[connector]\nurl = "https://user:secret@example.com"\n[showroom]\ntime_zone = "Mars/Base"\n',
        encoding="utf-8",
    )
    found = {m.key: m for m in mistakes_in(file, SMART4S_LOGS_KEEP_DAYS="0", SMART4S_LOGS_KEEP_DAY="3")}
    assert {key: m.code for key, m in found.items()} == {
        "cameras.face.width": "out_of_range",
        "cameras.face.heigth": "unknown_setting",
        "screen.language": "not_one_of",
        "connector.url": "secret_in_settings",
        "showroom.time_zone": "not_a_time_zone",
        "logs.keep_days": "out_of_range",
        "SMART4S_LOGS_KEEP_DAY": "unknown_setting",
    }
    assert found["cameras.face.width"].where == f"{file}:2"
    assert found["cameras.face.heigth"].facts["near"] == "cameras.face.height"
    assert found["showroom.time_zone"].where == f"{file}:9"
    assert found["logs.keep_days"].where == "SMART4S_LOGS_KEEP_DAYS"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("terminal.id", "'two words'", "not_a_name"),
        ("terminal.id", "7", "not_text"),
        ("terminal.surfaces", "[]", "not_a_list"),
        ("terminal.surfaces", "['kiosk', 'kiosk']", "said_twice"),
        ("terminal.surfaces", "['garage']", "not_one_of"),
        ("data.folder", "'relative/place'", "path_not_absolute"),
        ("data.folder", '"/a\\u0000b"', "not_a_path"),
        ("data.database_url", "'mysql://host/db'", "not_a_database"),
        ("data.database_url", "'postgresql://host'", "not_a_database"),
        ("data.database_url", "'postgresql://me:pw@host/db'", "secret_in_settings"),
        ("data.database_url", "'postgresql://host/db?password=pw'", "secret_in_settings"),
        ("connector.url", "'ftp://host'", "not_a_web_address"),
        ("connector.url", "'https://host:99999'", "not_a_web_address"),
        ("connector.url", "'https://host/?a=b'", "web_address_too_long"),
        ("screen.full_screen", "1", "not_a_flag"),
        ("logs.keep_days", "true", "not_a_whole_number"),
        ("logs.keep_days", "1.5", "not_a_whole_number"),
        ("cameras.floor.rotate", "45", "not_one_of"),
        ("printing.printer", "'" + "x" * 201 + "'", "text_too_long"),
    ],
)
def test_a_wrong_value_is_named_by_its_reason(file: Path, key: str, value: str, code: str) -> None:
    section, _dot, name = key.rpartition(".")
    file.write_text(f"[{section}]\n{name} = {value}\n", encoding="utf-8")
    [mistake] = mistakes_in(file)
    assert (mistake.key, mistake.code, mistake.where) == (key, code, f"{file}:2")
    assert say(mistake).startswith(f"{file}:2: {key}: ")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[terminal\nid = 1", "file_not_toml"),
        (b"\xff\xfe\x00bad", "file_not_utf8"),
        (b"#" * (1024 * 1024 + 1), "file_too_large"),
        (None, "file_unreadable"),
    ],
)
def test_an_unreadable_file_is_one_mistake(file: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        file.write_bytes(content)
    [mistake] = mistakes_in(file)
    assert mistake.code == code
    assert mistake.where.startswith(str(file))


def test_a_file_named_by_the_variable_is_used(file: Path) -> None:
    file.write_text('[terminal]\nid = "named"\n', encoding="utf-8")
    assert read_settings(None, {"SMART4S_SETTINGS": str(file)}).terminal.id == "named"


def test_every_reason_has_words_in_both_languages() -> None:
    source = (ROOT / "smart4s_kiosk" / "app" / "settings_kinds.py").read_text(encoding="utf-8")
    reading = (ROOT / "smart4s_kiosk" / "app" / "settings_reading.py").read_text(encoding="utf-8")
    for code in SENTENCES:
        assert f'"{code}"' in source + reading, f"{code} is never used"
    chinese = i18n.catalogue("zh_CN")
    assert [words for words in SENTENCES.values() if chinese.gettext(words) == words] == []


def test_mistakes_are_said_in_the_readers_language(file: Path) -> None:
    file.write_text('[screen]\nlanguage = "fr"\nthem = "day"\n', encoding="utf-8")
    with pytest.raises(SettingsBroken) as broken:
        read_settings(file, {})
    chinese = say_all(broken.value)
    assert "screen.theme" in chinese
    assert "设置" in chinese
    i18n.use_language("en")
    try:
        assert "did you mean screen.theme?" in say_all(broken.value)
    finally:
        i18n.use_language("zh_CN")


def test_a_wrong_value_error_carries_its_facts() -> None:
    assert WrongValueError("out_of_range", least=1).facts == {"least": 1}
