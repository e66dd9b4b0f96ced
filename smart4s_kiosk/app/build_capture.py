"""Puts the live capture guide and the picture files behind the ports that licence scans use."""

from smart4s_kiosk.ports.licence_capture import CaptureTip, CardFrame
from smart4s_kiosk.ports.licence_reading import Picture
from smart4s_kiosk.vision.ocr.capture_guide import CaptureGuide, guide_for


class GuideJudge:
    """One page's capture guide."""

    def __init__(self, *, upright: bool) -> None:
        self._upright = upright
        self._guide = CaptureGuide(upright=upright)

    def judge(self, frame: Picture) -> tuple[CaptureTip, ...]:
        """The guide's tips in the port's words."""
        return tuple(CaptureTip(tip.value) for tip in self._guide.judge(frame).tips)

    def place(self, width: int, height: int) -> CardFrame:
        """The guide's own place, as shares."""
        found = guide_for(width, height, upright=self._upright)
        return CardFrame(found.left / width, found.top / height, found.width / width, found.height / height)
