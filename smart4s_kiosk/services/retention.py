"""Forgets in time: visits and contacts after 24 months, agreements after their legal life, sent messages after one."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.ids import MediaHash, PersonId, TerminalId
from smart4s_kiosk.domain.retention import CONTACT_LIFE, RECEIPT_LIFE, SENT_LIFE, is_over
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Media, QuoteRecord, Storage, UnitOfWork
from smart4s_kiosk.services.privacy import Privacy

BEGINNING = datetime.fromtimestamp(0, tz=UTC)
MOST_PEOPLE = 50
"""People forgotten in one run: each rewrites the file of keys. The others follow in the next run."""


class Retention:
    """One job of the upkeep. Every terminal runs it: rows go once for all of them, files where each has them."""

    def __init__(
        self, *, storage: Storage, media: Media, privacy: Privacy, clock: Clock, terminal_id: TerminalId
    ) -> None:
        self._storage = storage
        self._media = media
        self._privacy = privacy
        self._clock = clock
        self._terminal_id = terminal_id

    def run(self) -> int:
        """Remove everything whose time is over; how many records that were."""
        return self._people() + self._papers() + self._records() + self._files()

    def _people(self) -> int:
        """Whoever was not seen for 24 months loses name, contact, templates and key; each is an audited erasure."""
        with self._storage.look() as view:
            gone = view.customers.not_seen_since(self._clock.now() - CONTACT_LIFE, limit=MOST_PEOPLE)
        for customer in gone:
            self._privacy.forget(customer.id, by=None, reason="retention")
        return len(gone)

    def _papers(self) -> int:
        """Agreements and quotes with their files. The rows go first: a file without a row is no longer found."""
        now = self._clock.now()
        with self._storage.begin() as work:
            agreements = [a for a in work.agreements.between(BEGINNING, now - CONTACT_LIFE) if is_over(a, now)]
            quotes = work.quotes.between(BEGINNING, now - CONTACT_LIFE)
            for agreement in agreements:
                work.agreements.remove(agreement.id)
            for quote in quotes:
                work.quotes.remove(quote.id, quote.version)
            self._note(work, "retention.papers", len(agreements) + len(quotes))
        for agreement in agreements:
            if agreement.customer_id is None:
                self._privacy.forget_key(PersonId(agreement.id))
        for file in _papers_of(agreements, quotes):
            self._media.remove(file)
        return len(agreements) + len(quotes)

    def _files(self) -> int:
        """Papers on this terminal's disk whose rows another terminal removed (or this one, before its disk failed).

        Only what is as old as the shortest life of a paper: never one whose row is about to be written, nor one made
        after a backup that was brought back.
        """
        now = self._clock.now()
        old = self._media.older_than(now - CONTACT_LIFE)
        if not old:
            return 0
        with self._storage.look() as view:
            in_use = set(_papers_of(view.agreements.between(BEGINNING, now), view.quotes.between(BEGINNING, now)))
            in_use |= {member.photo for member in view.staff.all() if member.photo}
            in_use |= {MediaHash(settings.logo) for _at, _by, settings in view.settings.history()}
        gone = [file for file in old if file not in in_use]
        for file in gone:
            self._media.remove(file)
        return len(gone)

    def _records(self) -> int:
        """Everything that is a row and nothing more."""
        now = self._clock.now()
        with self._storage.begin() as work:
            lives: dict[str, tuple[Callable[[datetime], int], timedelta]] = {
                "visits": (work.visits.forget_before, CONTACT_LIFE),
                "appointments": (work.appointments.forget_before, CONTACT_LIFE),
                "feedback": (work.feedback.forget_before, CONTACT_LIFE),
                "receipts": (work.receipts.forget_before, RECEIPT_LIFE),
                "commands": (work.commands.forget_before, SENT_LIFE),
                "outbox": (work.outbox.forget_sent_before, SENT_LIFE),
            }
            removed = {name: forget(now - life) for name, (forget, life) in lives.items()}
            for name, rows in removed.items():
                self._note(work, f"retention.{name}", rows)
        return sum(removed.values())

    def _note(self, work: UnitOfWork, act: str, rows: int) -> None:
        if rows:
            work.audit.append(
                at=self._clock.now(),
                act=act,
                subject_id="retention",
                staff_id=None,
                terminal_id=self._terminal_id,
                rows=rows,
            )


def _papers_of(agreements: Sequence[Agreement], quotes: Sequence[QuoteRecord]) -> list[MediaHash]:
    """Every file that these rows name."""
    signed = [f for a in agreements for f in (a.pdf, a.customer_strokes, a.staff_strokes, *a.damage_photos)]
    return [file for file in (*signed, *(q.pdf for q in quotes)) if file]
