"""What every shelf for sealed licence pictures keeps."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.ports.licence_pictures import LicencePictureShelf
from smart4s_kiosk.storage.licence_pictures import LicencePictureFiles
from tests.fakes.licence_pictures import FakeLicencePictures

ONE, OTHER = AgreementId("0193-a"), AgreementId("0193-b")
DAY = date(2026, 12, 21)


@pytest.fixture(params=["fake", "files"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> LicencePictureShelf:
    makers: dict[str, Callable[[], LicencePictureShelf]] = {
        "fake": FakeLicencePictures,
        "files": lambda: LicencePictureFiles(tmp_path / "licences"),
    }
    return makers[request.param]()


def test_pictures_come_back_in_their_order(shelf: LicencePictureShelf) -> None:
    assert shelf.of(ONE) == ()
    shelf.keep(ONE, [b"main", b"sub"], last_day=DAY)
    shelf.keep(OTHER, [b"other"], last_day=DAY)
    assert shelf.of(ONE) == (b"main", b"sub")


def test_which_agreements_have_pictures_and_until_when(shelf: LicencePictureShelf) -> None:
    assert shelf.kept() == {}
    shelf.keep(ONE, [b"main", b"sub"], last_day=DAY)
    shelf.keep(OTHER, [b"other"], last_day=date(2026, 12, 22))
    assert shelf.kept() == {ONE: DAY, OTHER: date(2026, 12, 22)}
    shelf.remove(ONE)
    assert shelf.kept() == {OTHER: date(2026, 12, 22)}


def test_new_pictures_of_an_agreement_take_the_place_of_the_old(shelf: LicencePictureShelf) -> None:
    shelf.keep(ONE, [b"main", b"sub"], last_day=date(2026, 12, 20))
    shelf.keep(ONE, [b"again"], last_day=DAY)
    assert shelf.of(ONE) == (b"again",)


def test_removing_takes_only_what_was_named(shelf: LicencePictureShelf) -> None:
    shelf.keep(ONE, [b"main"], last_day=DAY)
    shelf.keep(OTHER, [b"other"], last_day=DAY)
    shelf.remove(ONE)
    shelf.remove(ONE)
    assert (shelf.of(ONE), shelf.of(OTHER)) == ((), (b"other",))


def test_they_go_on_the_day_after_the_last_and_not_before(shelf: LicencePictureShelf) -> None:
    shelf.keep(ONE, [b"main", b"sub"], last_day=DAY)
    shelf.keep(OTHER, [b"other"], last_day=date(2026, 12, 22))
    assert shelf.remove_old(DAY) == 0
    assert shelf.remove_old(date(2026, 12, 22)) == 2
    assert (shelf.of(ONE), shelf.of(OTHER)) == ((), (b"other",))
