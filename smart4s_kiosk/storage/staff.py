"""Everybody who works here."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction


class SqlStaff(VersionedShelf[StaffMember]):
    """Rows of `staff`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, Mapping(tables.staff, StaffMember))

    def all(self) -> Sequence[StaffMember]:
        """Active ones, by name."""
        columns = self._table.c
        return self._all(self._mapping.select().where(columns.is_active).order_by(columns.name, columns.id))

    def by_wecom(self, userid: str) -> StaffMember | None:
        """The active one with that WeCom name."""
        return self._active(self._table.c.wecom_userid, userid)

    def by_badge(self, badge: str) -> StaffMember | None:
        """The active one with that badge."""
        return self._active(self._table.c.badge, badge)

    def _active(self, column: ColumnElement[str], value: str) -> StaffMember | None:
        if not value:
            return None
        return self._first(self._mapping.select().where(self._table.c.is_active, column == value))
