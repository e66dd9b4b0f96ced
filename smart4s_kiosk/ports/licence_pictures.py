"""A shelf for sealed licence pictures that a store keeps for some days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from smart4s_kiosk.domain.ids import AgreementId


class LicencePictureShelf(Protocol):
    """Holds bytes that are sealed already, each until a day. Safe in threads.

    Raises `Unavailable` when the disk is full or away.
    """

    def keep(self, agreement_id: AgreementId, sealed: Sequence[bytes], *, last_day: date) -> None:
        """Keep the pictures of one agreement up to and on the last day; earlier ones of it are gone."""
        ...

    def of(self, agreement_id: AgreementId) -> tuple[bytes, ...]:
        """The pictures in their order; empty when none are kept."""
        ...

    def kept(self) -> Mapping[AgreementId, date]:
        """Every agreement whose pictures lie here, with the last day on which they may."""
        ...

    def remove(self, agreement_id: AgreementId) -> None:
        """Gone; nothing happens when there were none."""
        ...

    def remove_old(self, today: date) -> int:
        """Remove every picture whose last day has passed; how many."""
        ...
