import json
from pathlib import Path

import pytest

from smart4s_kiosk.app.commands.agreement import FINDINGS
from smart4s_kiosk.cli import main
from smart4s_kiosk.documents import seal_check
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.i18n import catalogue
from smart4s_kiosk.ports.documents import TicketPaper
from tests.builders_documents import NOW, STORE, TEXTS
from tests.integration.documents.signer import a_signer


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    signer = a_signer(tmp_path)
    pdf = SlipMaker().ticket(TicketPaper(STORE, "A017", "看车", NOW, 2, None))
    made = PadesSeals(signer).seal(pdf, kind=SealKind.AGREEMENT, subject_id="a1", now=NOW, previous=None)
    (tmp_path / "store.der").write_bytes(signer.identity().certificate)
    place = tmp_path / "sealed.pdf"
    place.write_bytes(made.pdf)
    return place


def run(*words: str, folder: Path) -> int:
    return main(["--data-folder", str(folder / "data"), *words])


def test_an_untouched_file_passes_and_a_touched_one_does_not(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sealed.parent
    certificate = str(folder / "store.der")
    assert run("agreement", "verify", str(sealed), "--certificate", certificate, "--json", folder=folder) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["intact"], said["certificate_compared"], said["entry"]["subject"]) == (True, True, "a1")
    assert run("agreement", "verify", str(sealed), folder=folder) == 0
    changed = bytearray(sealed.read_bytes())
    changed[900] ^= 4
    sealed.write_bytes(changed)
    assert run("agreement", "verify", str(sealed), "--json", folder=folder) == 1
    assert json.loads("{" + capsys.readouterr().out.partition("{")[2])["findings"][0]["code"] == "changed"


def test_a_missing_file_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("agreement", "verify", str(tmp_path / "none.pdf"), folder=tmp_path) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_texts_are_checked_before_they_are_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = TEXTS / "2.3-zh_CN.toml"
    assert run("agreement", "check-text", str(good), folder=tmp_path) == 0
    bad = tmp_path / "bad.toml"
    bad.write_text(
        good.read_text(encoding="utf-8").replace("本店依法应负的责任，不因本协议免除。", "本店不承担任何责任。"),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert run("agreement", "check-text", str(bad), "--json", folder=tmp_path) == 1
    codes = {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert "store_waives_itself" in codes


def test_every_finding_of_the_check_has_words_in_both_languages() -> None:
    source = Path(seal_check.__file__).read_text(encoding="utf-8")
    raised = {part.split('"')[1] for part in source.split("_Broken(")[2:] if part.startswith('"')} | {
        "several_seals",
        "not_sealed",
    }
    assert raised <= set(FINDINGS)
    known = catalogue("zh_CN")
    assert all(known.gettext(words) != words for words in FINDINGS.values())
