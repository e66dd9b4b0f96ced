"""Customers, found by fingerprints and by name."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import PersonId
from tests.fakes.shelves.table import Shelf


class FakeCustomers(Shelf[Customer]):
    def by_phone(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("phone_fingerprint", fingerprint)

    def by_tail(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("tail_fingerprint", fingerprint)

    def by_plate(self, fingerprint: str) -> Sequence[Customer]:
        return self._by("plate_fingerprint", fingerprint)

    def erased(self) -> Sequence[Customer]:
        return sorted(self._values(lambda c: c.erased_at is not None), key=lambda c: c.id)

    def by_person(self, person_id: PersonId) -> Customer | None:
        found = self._values(lambda c: c.person_id == person_id)
        return found[0] if found else None

    def not_seen_since(self, moment: datetime, *, limit: int) -> Sequence[Customer]:
        found = self._values(lambda c: c.erased_at is None and (c.last_visit_at or c.created_at) < moment)
        return sorted(found, key=lambda c: (c.last_visit_at or c.created_at, c.id))[:limit]

    def search(self, name_part: str, *, limit: int = 50) -> Sequence[Customer]:
        wanted = name_part.lower()
        found = self._values(lambda c: c.erased_at is None and wanted in c.name.lower())
        return sorted(found, key=lambda c: (c.last_visit_at or c.created_at, c.id), reverse=True)[:limit]

    def _by(self, name: str, fingerprint: str) -> list[Customer]:
        if not fingerprint:
            return []
        return sorted(self._values(lambda c: getattr(c, name) == fingerprint), key=lambda c: (c.created_at, c.id))
