"""A shelf for sealed licence pictures in memory."""

from collections.abc import Mapping, Sequence
from datetime import date

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import AgreementId


class FakeLicencePictures:
    """The same shelf without a disk; `is_full` plays a full one."""

    def __init__(self) -> None:
        self.pictures: dict[AgreementId, tuple[tuple[bytes, ...], date]] = {}
        self.is_full = False

    def keep(self, agreement_id: AgreementId, sealed: Sequence[bytes], *, last_day: date) -> None:
        if self.is_full:
            raise Unavailable("disk", reason="full")
        self.pictures[agreement_id] = tuple(sealed), last_day

    def of(self, agreement_id: AgreementId) -> tuple[bytes, ...]:
        return self.pictures[agreement_id][0] if agreement_id in self.pictures else ()

    def kept(self) -> Mapping[AgreementId, date]:
        return {agreement: last for agreement, (_pictures, last) in self.pictures.items()}

    def remove(self, agreement_id: AgreementId) -> None:
        self.pictures.pop(agreement_id, None)

    def remove_old(self, today: date) -> int:
        old = {agreement: pictures for agreement, (pictures, last) in self.pictures.items() if last < today}
        for agreement in old:
            del self.pictures[agreement]
        return sum(len(pictures) for pictures in old.values())
