"""Business settings: what holds now, who changed what and when, and a change by somebody who may."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from smart4s_kiosk.domain.business_settings import BusinessSettings, SettingOutOfRange
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.rotation import Weights
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage

MOST_QUOTE_DAYS = 30


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """One version: who made it and which settings it changed."""

    at: datetime
    by: str
    """Name; empty before there was anybody."""
    changed: tuple[str, ...]
    """Field names of `BusinessSettings`."""


class StoreRules:
    """Reads and changes the business settings."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def current(self) -> BusinessSettings:
        """What holds now."""
        with self._storage.look() as view:
            return view.settings.current()

    def history(self) -> tuple[SettingsChange, ...]:
        """Newest first."""
        with self._storage.look() as view:
            names = {m.id: m.name for m in view.staff.all()}
            versions = view.settings.history()
        return tuple(reversed(_changes(versions, names)))

    def change(self, wanted: BusinessSettings, *, by: StaffId) -> BusinessSettings:
        """From now on these hold, for every screen. Raises `RoleMayNot`, `SettingOutOfRange`, `BadWeight`."""
        Weights.of(wanted.weights)
        if not 1 <= wanted.quote_days <= MOST_QUOTE_DAYS or any(fen < 0 for _role, fen in wanted.discount_limits):
            raise SettingOutOfRange
        if any(hours is not None and hours.opens >= hours.closes for hours in wanted.opening):
            raise SettingOutOfRange(reason="opening")
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.CHANGE_SETTINGS)
            before = work.settings.current()
            after = replace(wanted, is_set_up=before.is_set_up)
            if after != before:
                work.settings.put(after, by=by, at=self._clock.now())
                work.announce("business_settings")
        return after


def _changes(
    versions: Sequence[tuple[datetime, StaffId | None, BusinessSettings]], names: dict[StaffId, str]
) -> list[SettingsChange]:
    changes: list[SettingsChange] = []
    before = BusinessSettings()
    for at, by, settings in versions:
        changed = tuple(f.name for f in fields(settings) if getattr(settings, f.name) != getattr(before, f.name))
        changes.append(SettingsChange(at, names.get(by, "") if by else "", changed))
        before = settings
    return changes
