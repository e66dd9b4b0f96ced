"""Licence pictures after the check: deleted at once, or kept sealed for 30 days where store and customer chose so."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from smart4s_kiosk.domain.business_settings import LICENCE_PICTURE_DAYS
from smart4s_kiosk.domain.consent_texts import ConsentNotice
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import AgreementId, StaffId, TerminalId
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.licence_pictures import LicencePictureShelf
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import PersonVault
from smart4s_kiosk.services.sealed_papers import person_of

PURPOSE = "licence.picture"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureParts:
    """What keeping needs from outside."""

    storage: Storage
    clock: Clock
    vault: PersonVault
    shelf: LicencePictureShelf
    notice_kept: ConsentNotice
    """The text that tells the customer of the 30 days; who agreed to another text has nothing kept."""
    terminal_id: TerminalId


class LicencePictures:
    """Every picture has its portrait blacked out before it comes here, and is sealed under its person's own key."""

    def __init__(self, parts: PictureParts) -> None:
        self._p = parts

    def keep(self, agreement_id: AgreementId, pictures: Sequence[bytes]) -> bool:
        """After the check: whether they are kept now. A full disk keeps nothing and stops nobody."""
        with self._p.storage.look() as view:
            agreement = view.agreements.get(agreement_id)
            settings = view.settings.current()
            person = person_of(view, agreement)
            consents = [c for c in view.consents.of_visit(agreement.visit_id) if c.kind is ConsentKind.LICENCE_READING]
        agreed = bool(consents) and consents[-1].is_given and consents[-1].text_hash == self._p.notice_kept.digest()
        whole = [picture for picture in pictures if picture]
        if not (settings.keep_licence_pictures and agreed and whole):
            return False
        today = self._p.clock.now().astimezone(settings.zone).date()
        sealed = [self._p.vault.seal(person, PURPOSE, picture) for picture in whole]
        try:
            self._p.shelf.keep(agreement_id, sealed, last_day=today + timedelta(days=LICENCE_PICTURE_DAYS))
        except Unavailable as trouble:
            _log.warning("licence pictures not kept", extra={"action": "licence.keep", "code": trouble.code})
            return False
        return True

    def show(self, agreement_id: AgreementId, *, by: StaffId, reason: str) -> tuple[bytes, ...]:
        """The kept pictures, for somebody who may see contacts; written into the audit trail. Raises RoleMayNot."""
        with self._p.storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.REVEAL_CONTACTS)
            person = person_of(work, work.agreements.get(agreement_id))
            work.audit.append(
                at=self._p.clock.now(),
                act="licence.picture_shown",
                subject_id=agreement_id,
                staff_id=by,
                terminal_id=self._p.terminal_id,
                reason=reason,
            )
        return tuple(self._p.vault.open(person, PURPOSE, one) for one in self._p.shelf.of(agreement_id))

    def forget(self, agreement_id: AgreementId) -> None:
        """The agreement was given up, or the person asks for it."""
        self._p.shelf.remove(agreement_id)

    def tidy(self) -> int:
        """Remove what is older than 30 days, and everything once the store keeps none any more; how many."""
        with self._p.storage.look() as view:
            settings = view.settings.current()
        today = self._p.clock.now().astimezone(settings.zone).date()
        days = 0 if settings.keep_licence_pictures else LICENCE_PICTURE_DAYS + 1
        return self._p.shelf.remove_old(today + timedelta(days=days))
