"""An appointment's code for the guest: shown at the desk, and on paper that the kiosk's camera reads again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.ids import AppointmentId
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.ports.appointment_papers import AppointmentPaper, AppointmentPapers
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.agreement_papers import store_face
from smart4s_kiosk.services.printing import Printing


@dataclass(frozen=True, slots=True)
class AppointmentCode:
    """What the desk shows of one appointment; masked."""

    appointment_id: AppointmentId
    code: str
    matrix: tuple[str, ...]
    """The code as rows of "0" and "1"."""
    at: datetime
    name: str
    title: Title
    purpose: Purpose
    consultant: str
    store: str
    domain: str
    """Stands beside the code, so that a sticker over it is noticed."""


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What the screen says, for the paper: form of address and purpose."""

    guest: str
    purpose: str


class AppointmentSlips:
    """Codes of appointments. `matrix` makes a code as rows of "0" and "1"."""

    def __init__(
        self,
        *,
        storage: Storage,
        papers: AppointmentPapers,
        matrix: Callable[[str], tuple[str, ...]],
        printing: Printing,
    ) -> None:
        self._storage = storage
        self._papers = papers
        self._matrix = matrix
        self._printing = printing

    @property
    def can_print(self) -> bool:
        """Whether a printer is chosen: the one for slips, or the one for sheets."""
        return self._printing.has_slips or self._printing.has_sheets

    def show(self, appointment_id: AppointmentId) -> AppointmentCode:
        """One appointment's code."""
        with self._storage.look() as view:
            appointment, settings = view.appointments.get(appointment_id), view.settings.current()
            asked = appointment.consultant_id
            consultant = view.staff.get(asked).name if asked else ""
        return AppointmentCode(
            appointment_id=appointment.id,
            code=appointment.code,
            matrix=self._matrix(appointment.code),
            at=appointment.at,
            name=mask_name(appointment.name),
            title=appointment.title,
            purpose=appointment.purpose,
            consultant=consultant,
            store=settings.store_name,
            domain=settings.domain,
        )

    def print_out(self, appointment_id: AppointmentId, words: SlipWords, language: str) -> bool:
        """The slip on paper; False when it was printed just now. `Unavailable`: printer away."""
        shown = self.show(appointment_id)
        with self._storage.look() as view:
            face = store_face(view.settings.current())
        paper = AppointmentPaper(
            store=face,
            code=shown.code,
            at=shown.at,
            guest=words.guest,
            purpose=words.purpose,
            consultant=shown.consultant,
            language=language,
        )
        send = self._printing.print_slip if self._printing.has_slips else self._printing.print_sheet
        return send(self._papers.appointment(paper), subject=f"appointment:{appointment_id}", title="Appointment")
