"""Where the demo's windows stand on one screen: the kiosk upright at the left, a desk beside it, the guide below."""

from dataclasses import dataclass

KIOSK, DESK, TABLET = (1080, 1920), (1920, 1080), (1280, 800)
GUIDE_HEIGHT = 300
FRAME = 40
"""What a window manager adds above a window, in pixels."""
KIOSK_SHARE = 0.45
"""The kiosk never takes more of the width."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A window's place: left, top, width and height in its own pixels, each `scale` pixels of the screen wide."""

    left: int
    top: int
    width: int
    height: int
    scale: float


def side_by_side(width: int, height: int) -> dict[str, Spot]:
    """Places of every surface and of the guide on a screen of `width` x `height` pixels. Later ones cover the desk."""
    usable = height - FRAME
    kiosk_scale = min(1.0, usable / KIOSK[1], KIOSK_SHARE * width / KIOSK[0])
    left = round(KIOSK[0] * kiosk_scale)
    rest = width - left
    lowest = height - GUIDE_HEIGHT
    spots = {"kiosk": _spot(0, FRAME, KIOSK, kiosk_scale)}
    for surface, size in (("reception", DESK), ("manager", DESK), ("tablet", TABLET)):
        scale = min(1.0, rest / size[0], max(lowest - FRAME, usable / 2) / size[1])
        spots[surface] = _spot(left, FRAME, size, scale)
    below_desk = FRAME + round(DESK[1] * spots["reception"].scale) + FRAME
    return {**spots, "guide": Spot(left, min(lowest, below_desk), rest, GUIDE_HEIGHT - FRAME, 1.0)}


def _spot(left: int, top: int, size: tuple[int, int], scale: float) -> Spot:
    return Spot(round(left / scale), round(top / scale), *size, round(scale, 3))
