"""The steps of the first start once more, each on its own, by an administrator of a store that is open."""

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.services.first_start import FirstStart, Step
from smart4s_kiosk.services.first_start_refusals import SheetLocked
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.step_tools import StepTools

SHOWN = "recovery_sheet.shown"
AGAIN = tuple(step for step in Step if step is not Step.DONE)
"""What can be done again."""
NEXT_START = (Step.SURFACES, Step.CAMERAS, Step.PRINTING, Step.CONNECTOR)
"""Settings of this machine: the program reads them when it starts."""


class SetUpAgain(FirstStart):
    """Raises `RoleMayNot` for anybody but an administrator. The recovery sheet asks for the PIN once more."""

    def __init__(self, tools: StepTools, *, by: StaffId, staff: Staff, language: str) -> None:
        staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
        super().__init__(tools, language=language, by=by)
        self._administrator, self._staff_list = by, staff
        self._sheet_is_open = False

    def open_sheet(self, pin: str) -> None:
        """The sheet may be seen until `close_sheet`. Raises `WrongPin`, `PinLocked`."""
        self._staff_list.sign_in(self._administrator, pin).must_be_allowed(Permission.MANAGE_STAFF)
        with self._opened().storage.begin() as work:
            work.audit.append(
                at=self._clock.now(),
                act=SHOWN,
                subject_id="store",
                staff_id=self._administrator,
                terminal_id=self._terminal_id,
            )
        self._sheet_is_open = True

    def close_sheet(self) -> None:
        """The page went away: the next look asks again."""
        self._sheet_is_open = False

    def sheet(self) -> RecoverySheet:
        """The store's key on paper. Raises `SheetLocked`."""
        if not self._sheet_is_open:
            raise SheetLocked
        return super().sheet()
