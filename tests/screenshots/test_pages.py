"""Each page, size and language: nothing cut, overlapping, small or faint; golden pictures as they were."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from smart4s_kiosk import i18n
from tests.screenshots.golden import FOLDER, MOST_BYTES, accept, as_array, difference
from tests.screenshots.inspect_page import faint_text, faults
from tests.screenshots.pages import all_shots
from tests.screenshots.shot import LANGUAGES, Shot, Size
from tests.screenshots.stand_still import stand_still

CASES = [
    pytest.param(shot, size, language, id=f"{shot.id}-{size[0]}x{size[1]}-{language}")
    for shot in all_shots()
    for size in shot.sizes
    for language in LANGUAGES
]


def picture_of(window: QWidget) -> QImage:
    stand_still(window)
    return window.grab().toImage()


@pytest.mark.parametrize(("shot", "size", "language"), CASES)
def test_a_page_is_whole(shot: Shot, size: Size, language: str, request: pytest.FixtureRequest) -> None:
    i18n.use_language(language)
    window = shot.make(size, language)
    try:
        picture = picture_of(window)
        assert (window.width(), window.height()) == size
        assert faults(window, picture) == []
        if (size, language) in shot.golden:
            path = FOLDER / shot.surface / f"{shot.name}-{size[0]}x{size[1]}-{language}.png"
            if request.config.getoption("--accept-screenshots", default=False):
                accept(path, as_array(picture))
            assert difference(path, as_array(picture)) == ""
    finally:
        _put_away(shot, window)
        i18n.use_language("zh_CN")


@pytest.mark.parametrize("shot", [pytest.param(shot, id=shot.id) for shot in all_shots() if shot.dark is not None])
def test_a_page_is_readable_in_the_dark(shot: Shot) -> None:
    assert shot.dark is not None
    i18n.use_language("zh_CN")
    window = shot.dark(shot.sizes[0], "zh_CN")
    try:
        assert faint_text(window, picture_of(window)) == []
    finally:
        _put_away(shot, window)


def _put_away(shot: Shot, window: QWidget) -> None:
    """Close and destroy it: hundreds of pages that live on make everything after them slow."""
    shot.done(window)
    if shiboken6.isValid(window):
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_golden_pictures_stay_small_and_belong_to_a_page() -> None:
    wanted = {
        FOLDER / shot.surface / f"{shot.name}-{size[0]}x{size[1]}-{language}.png"
        for shot in all_shots()
        for size, language in shot.golden
    }
    there = set(FOLDER.rglob("*.png"))
    assert there - wanted == set(), "golden pictures of pages that no longer exist"
    assert [path.name for path in there if path.stat().st_size > MOST_BYTES] == []
