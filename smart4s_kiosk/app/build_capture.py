"""Puts the live capture guide and the picture files behind the ports that licence scans use."""

from smart4s_kiosk.ports.licence_capture import CaptureTip
from smart4s_kiosk.ports.licence_reading import Picture
from smart4s_kiosk.vision.ocr.capture_guide import CaptureGuide


class GuideJudge:
    """One page's capture guide."""

    def __init__(self, *, upright: bool) -> None:
        self._guide = CaptureGuide(upright=upright)

    def judge(self, frame: Picture) -> tuple[CaptureTip, ...]:
        """The guide's tips in the port's words."""
        return tuple(CaptureTip(tip.value) for tip in self._guide.judge(frame).tips)
