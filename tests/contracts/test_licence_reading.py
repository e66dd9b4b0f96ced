"""What every licence reader keeps: the fake, RapidOCR, and PaddleOCR where its environment is set up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licences import LicenceField, LicenceKind, LicenceReading, PageKind
from smart4s_kiosk.ports.licence_reading import LicenceReader, Picture, ReaderAway
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader
from smart4s_kiosk.vision.ocr.paddle_process import ENVIRONMENT, PaddleOcrLicenceReader, python_of
from tests.fakes.licence_reading import FakeLicenceReader
from tests.licence_shelf import page, reader, truth

F = LicenceField
BLANK = np.full((480, 640, 3), 180, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Candidate:
    reader: LicenceReader
    teach: Callable[[Picture, PageKind, dict[LicenceField, str]], None]
    broken: Callable[[], LicenceReader]


def the_fake() -> Candidate:
    fake = FakeLicenceReader()

    def broken() -> LicenceReader:
        away = FakeLicenceReader()
        away.is_away = True
        return away

    return Candidate(fake, fake.learn, broken)


def rapid() -> Candidate:
    def broken() -> LicenceReader:
        return RapidOcrLicenceReader(ModelStore(places=(Path("nowhere"),)), load_licence_rules().kinds)

    return Candidate(reader(), lambda *_: None, broken)


@cache
def paddle_reader() -> PaddleOcrLicenceReader:
    return PaddleOcrLicenceReader(ModelStore(), load_licence_rules().kinds)


def paddle() -> Candidate:
    if not python_of(ENVIRONMENT).exists():
        pytest.skip("PaddleOCR is optional: `make engines` sets it up")

    def broken() -> LicenceReader:
        return PaddleOcrLicenceReader(ModelStore(), load_licence_rules().kinds, environment=Path("nowhere"))

    return Candidate(paddle_reader(), lambda *_: None, broken)


@pytest.fixture(scope="module", autouse=True)
def paddle_ends_with_the_tests() -> Iterator[None]:
    yield
    paddle_reader().close()


@pytest.fixture(params=[the_fake, rapid, paddle], ids=["fake", "rapidocr", "paddleocr"])
def candidate(request: pytest.FixtureRequest) -> Candidate:
    make: Callable[[], Candidate] = request.param
    return make()


def read_right(reading: LicenceReading, expected: dict[LicenceField, str]) -> None:
    assert {field: reading.text(field) for field in expected} == expected
    assert [field for field in expected if reading.fields[field].is_marked] == []
    assert all(reading.fields[field].confidence >= 0.8 for field in expected)
    assert all(reading.fields[field].box is not None for field in expected)


def test_a_picture_without_a_licence_is_an_answer_not_an_error(candidate: Candidate) -> None:
    reading = candidate.reader.read([BLANK])
    assert reading.kind is LicenceKind.NONE
    assert [one.kind for one in reading.pages] == [PageKind.UNKNOWN]
    assert reading.texts() == {}
    assert reading.pages[0].picture == b""


def test_both_pages_in_any_order(candidate: Candidate) -> None:
    holder, main = page("main")
    _, sub = page("sub")
    candidate.teach(main, PageKind.MAIN, truth(holder, "main"))
    candidate.teach(sub, PageKind.SUB, truth(holder, "sub"))
    expected = {**truth(holder, "sub"), **truth(holder, "main")}
    for pages, kinds in (([main, sub], [PageKind.MAIN, PageKind.SUB]), ([sub, main], [PageKind.SUB, PageKind.MAIN])):
        reading = candidate.reader.read(pages)
        read_right(reading, expected)
        assert reading.kind is LicenceKind.PAPER
        assert [one.kind for one in reading.pages] == kinds


def test_a_read_only_picture_is_read_and_left_as_it_was(candidate: Candidate) -> None:
    holder, picture = page("elec")
    candidate.teach(picture, PageKind.ELECTRONIC, truth(holder, "elec"))
    before = picture.tobytes()
    picture.flags.writeable = False
    reading = candidate.reader.read([picture])
    read_right(reading, truth(holder, "elec"))
    assert reading.kind is LicenceKind.ELECTRONIC
    assert picture.tobytes() == before
    assert reading.pages[0].picture.startswith(b"\xff\xd8")


def test_a_reader_that_is_away_says_so(candidate: Candidate) -> None:
    away = candidate.broken()
    for attempt in (away.warm_up, lambda: away.read([BLANK])):
        with pytest.raises(ReaderAway) as caught:
            attempt()
        assert not caught.value.waiting_helps
