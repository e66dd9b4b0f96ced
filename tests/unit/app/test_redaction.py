"""The personal-data filter hides people and leaves ids, hashes and figures readable."""

import pytest

from smart4s_kiosk.app.redaction import HIDDEN, redacted, redacted_value


@pytest.mark.parametrize(
    "secret",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "8613800138000",
        "010-12345678",
        "021 87654321",
        "11010519491231002X",
        "110105194912310021",
        "京A·12345",
        "京A12345",
        "沪AD12345",
        "粤BF12345",
        "粤Z·1234港",
        "LSVAU033472000123",
        "wang@example.com",
        "E12345678",
        "H12345678",
        "110000123456",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "访客{}到店", "phone {}, again", "({})", "error: '{}'"])
def test_forms_of_personal_data_are_hidden(secret: str, frame: str) -> None:
    written = redacted(frame.format(secret))
    assert secret not in written
    assert "[" in written


@pytest.mark.parametrize(
    "text",
    [
        "visit 019a3b1c-4d5e-7f60-8123-456789abcdef completed in 0.034 s",
        "media 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 sealed",
        "1741 transactions, 200000 rows, 17 ms, 2026-11-21T02:00:00.000+00:00",
        "camera /dev/v4l/by-path/pci-0000:00:14.0-usb-0:3:1.0-video-index0 opened",
        "smart4s_kiosk/app/logs.py:120 in format",
        "A1B2C3 reference, port 8443, code startup.stopped",
        "quote Q-20261121-004 sealed",
    ],
)
def test_ids_hashes_and_figures_stay_readable(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text", ["name='张三'", 'name: "Wang Wei"', "phone=abc", "'surname': '欧阳'", "Address = 北京路"]
)
def test_values_named_as_personal_are_hidden(text: str) -> None:
    assert HIDDEN in redacted(text)
    for secret in ("张三", "Wang", "abc", "欧阳", "北京路"):
        assert secret not in redacted(text)


def test_extras_are_hidden_by_name_and_by_form_however_deep() -> None:
    value = {
        "visit": "v1",
        "guest": {"Phone": 13800138000, "notes": ["京A12345", 7]},
        "count": 3,
        "ok": True,
        "x": None,
    }
    assert redacted_value("facts", value) == {
        "visit": "v1",
        "guest": {"Phone": HIDDEN, "notes": ["[plate]", 7]},
        "count": 3,
        "ok": True,
        "x": None,
    }
    assert redacted_value("anything", 13800138000) == "[phone]"
    assert redacted_value("phone", "x") == HIDDEN
