"""Where the demo's windows stand."""

import pytest

from smart4s_kiosk.demo.side_by_side import Spot, side_by_side

SCREENS = [(1280, 800), (1366, 768), (1920, 1080), (1920, 1200), (2560, 1440), (3840, 2160)]


def edges(spot: Spot) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in the screen's pixels."""
    left, top = spot.left * spot.scale, spot.top * spot.scale
    return left, top, left + spot.width * spot.scale, top + spot.height * spot.scale


@pytest.mark.parametrize("screen", SCREENS)
def test_every_window_is_on_the_screen(screen: tuple[int, int]) -> None:
    for surface, spot in side_by_side(*screen).items():
        left, top, right, bottom = edges(spot)
        assert left >= 0, surface
        assert top >= 0, surface
        assert right <= screen[0] + 2, surface
        assert bottom <= screen[1] + 2, surface


@pytest.mark.parametrize("screen", SCREENS)
def test_the_kiosk_hides_nothing(screen: tuple[int, int]) -> None:
    spots = side_by_side(*screen)
    kiosk_right = edges(spots["kiosk"])[2]
    assert all(edges(spot)[0] >= kiosk_right - 2 for surface, spot in spots.items() if surface != "kiosk")


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen[0] >= 1920])
def test_the_guide_stands_below_the_desk_where_there_is_room(screen: tuple[int, int]) -> None:
    spots = side_by_side(*screen)
    assert edges(spots["guide"])[1] >= edges(spots["reception"])[3]


def test_pages_keep_the_size_they_were_drawn_for() -> None:
    spots = side_by_side(1920, 1080)
    assert (spots["kiosk"].width, spots["kiosk"].height) == (1080, 1920)
    assert (spots["reception"].width, spots["reception"].height) == (1920, 1080)
