"""Licence pictures after the check: deleted at once, or kept sealed for 30 days where store and customer chose so."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.business_settings import LICENCE_PICTURE_DAYS
from smart4s_kiosk.domain.consent_texts import ConsentNotice
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.errors import NotAllowed, NotFound, Unavailable
from smart4s_kiosk.domain.ids import AgreementId, CustomerId, StaffId, TerminalId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.licence_pictures import LicencePictureShelf
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vault import PersonVault
from smart4s_kiosk.services.customers import ReasonMissing, TooManyReveals
from smart4s_kiosk.services.sealed_papers import person_of

PURPOSE = "licence.picture"

_log = logging.getLogger(__name__)


class PicturesOfAnothersDrive(NotAllowed):
    """The pictures are for the consultant of that drive and for a manager."""

    code = "licence.pictures_of_anothers_drive"


class NoPicturesKept(NotFound):
    """No pictures of this licence lie here (any more)."""

    code = "licence.no_pictures"


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """Pictures of one drive's licence that lie on this terminal."""

    agreement_id: AgreementId
    number: str
    """Of the agreement."""
    customer_id: CustomerId | None
    last_day: date
    """They may be looked at up to and on this day."""


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
        """The kept pictures, for the consultant of that drive or a manager; the reason goes into the audit trail.

        Raises ReasonMissing, RoleMayNot, PicturesOfAnothersDrive, NoPicturesKept, TooManyReveals.
        """
        if not reason.strip():
            raise ReasonMissing
        with self._p.storage.begin() as work:
            agreement, sealed = self._asked_for(work, agreement_id, by)
            self._must_be_within_limit(work, by)
            person = person_of(work, agreement)
            self._write_down(work, "licence.picture_shown", agreement_id, by, reason.strip())
        return tuple(self._p.vault.open(person, PURPOSE, one) for one in sealed)

    def remove(self, agreement_id: AgreementId, *, by: StaffId) -> None:
        """The customer asks for it before the 30 days are over, as the notice promises; written into the audit.

        Raises RoleMayNot, PicturesOfAnothersDrive, NoPicturesKept.
        """
        with self._p.storage.begin() as work:
            self._asked_for(work, agreement_id, by)
            self._write_down(work, "licence.picture_removed", agreement_id, by, "")
            self._p.shelf.remove(agreement_id)

    def _asked_for(
        self, work: UnitOfWork, agreement_id: AgreementId, by: StaffId
    ) -> tuple[Agreement, tuple[bytes, ...]]:
        """The drive and its sealed pictures, when `by` may have to do with them."""
        agreement, member = work.agreements.get(agreement_id), work.staff.get(by)
        member.must_be_allowed(Permission.REVEAL_CONTACTS)
        if not _may_see(member, agreement):
            raise PicturesOfAnothersDrive
        sealed = self._p.shelf.of(agreement_id)
        if not sealed:
            raise NoPicturesKept
        return agreement, sealed

    def _must_be_within_limit(self, work: UnitOfWork, by: StaffId) -> None:
        """As many an hour as phone numbers; beyond that a manager looks."""
        limit = work.settings.current().reveals_per_hour
        if work.staff.get(by).may(Permission.APPROVE):
            return
        if work.audit.count("licence.picture_shown", by, self._p.clock.now() - timedelta(hours=1)) >= limit:
            raise TooManyReveals(limit=limit)

    def _write_down(self, work: UnitOfWork, act: str, agreement_id: AgreementId, by: StaffId, reason: str) -> None:
        work.audit.append(
            at=self._p.clock.now(),
            act=act,
            subject_id=agreement_id,
            staff_id=by,
            terminal_id=self._p.terminal_id,
            reason=reason,
        )

    def kept_for(self, view: UnitOfWork, by: StaffId) -> tuple[KeptPictures, ...]:
        """Which pictures lie here that this person may ask for; the newest drive last."""
        member = view.staff.get(by)
        found = []
        for agreement_id, last_day in sorted(self._p.shelf.kept().items(), key=lambda one: one[1]):
            try:
                agreement = view.agreements.get(agreement_id)
            except NotFound:
                continue
            if member.may(Permission.REVEAL_CONTACTS) and _may_see(member, agreement):
                found.append(KeptPictures(agreement_id, agreement.number, agreement.customer_id, last_day))
        return tuple(found)

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


def _may_see(member: StaffMember, agreement: Agreement) -> bool:
    """Who was there, or who answers for the store."""
    return agreement.consultant_id == member.id or member.may(Permission.APPROVE)
