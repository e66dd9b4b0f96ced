"""Who works here."""

from collections.abc import Sequence

from smart4s_kiosk.domain.staff import StaffMember
from tests.fakes.shelves.table import Shelf


class FakeStaff(Shelf[StaffMember]):
    unique = ("wecom_userid", "badge")

    def all(self) -> Sequence[StaffMember]:
        return sorted(self._values(lambda m: m.is_active), key=lambda m: (m.name, m.id))

    def by_wecom(self, userid: str) -> StaffMember | None:
        return self._only("wecom_userid", userid)

    def by_badge(self, badge: str) -> StaffMember | None:
        return self._only("badge", badge)

    def _only(self, name: str, value: str) -> StaffMember | None:
        found = self._values(lambda m: bool(value) and m.is_active and getattr(m, name) == value)
        return found[0] if found else None
