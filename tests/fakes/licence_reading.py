"""A licence reader that knows by heart the pictures it was taught."""

from collections.abc import Mapping, Sequence

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

# A whole JPEG of 1 × 1 black pixel.
BLACK_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100ffc4001f"
    "0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000"
    "017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a2526"
    "2728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a8384858687"
    "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
    "e1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbd0ffd9"
)


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
