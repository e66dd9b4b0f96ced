"""A licence reader that knows by heart the pictures it was taught."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from PIL import Image

from smart4s_kiosk.domain.licences import (
    Box,
    FieldReading,
    LicenceField,
    LicenceKind,
    LicenceReading,
    Mark,
    PageKind,
    PageReading,
)
from smart4s_kiosk.ports.licence_reading import Picture, ReaderAway


def _black_jpeg() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (64, 44)).save(stream, "JPEG")
    return stream.getvalue()


BLACK_JPEG = _black_jpeg()
"""What stands for a page's picture."""


class FakeLicenceReader:
    """Reads what `learn` told it; any other picture is a page without a licence."""

    def __init__(self) -> None:
        self.is_away = False
        self.is_warm = False
        self._pages: dict[bytes, tuple[PageKind, dict[LicenceField, FieldReading]]] = {}

    def learn(
        self,
        picture: Picture,
        kind: PageKind,
        texts: Mapping[LicenceField, str],
        *,
        marks: Mapping[LicenceField, Sequence[Mark]] | None = None,
    ) -> None:
        """From now on this picture says these texts, with these marks."""
        marks = marks or {}
        self._pages[picture.tobytes()] = (
            kind,
            {
                field: FieldReading(
                    field,
                    text,
                    confidence=0.4 if marks.get(field) else 0.999,
                    marks=tuple(marks.get(field, ())),
                    box=Box(0, ((10, 10), (60, 10), (60, 30), (10, 30))) if text else None,
                )
                for field, text in texts.items()
            },
        )

    def warm_up(self) -> None:
        self._refuse_when_away()
        self.is_warm = True

    def read(self, pages: Sequence[Picture]) -> LicenceReading:
        self._refuse_when_away()
        known = [self._pages.get(page.tobytes(), (PageKind.UNKNOWN, {})) for page in pages]
        fields: dict[LicenceField, FieldReading] = {}
        for _, texts in sorted(known, key=lambda page: page[0] is PageKind.SUB):
            for field, reading in texts.items():
                fields.setdefault(field, reading)
        return LicenceReading(
            kind=self._kind({kind for kind, _ in known}),
            fields=fields,
            pages=tuple(PageReading(kind, 0, b"" if kind is PageKind.UNKNOWN else BLACK_JPEG) for kind, _ in known),
            seconds=0.0,
        )

    def _refuse_when_away(self) -> None:
        if self.is_away:
            raise ReaderAway("text-recognition", waiting_helps=False)

    @staticmethod
    def _kind(kinds: set[PageKind]) -> LicenceKind:
        if PageKind.ELECTRONIC in kinds:
            return LicenceKind.ELECTRONIC
        return LicenceKind.PAPER if kinds & {PageKind.MAIN, PageKind.SUB} else LicenceKind.NONE
