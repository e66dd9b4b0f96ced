"""Forgetting in time is the same in memory, on SQLCipher and on PostgreSQL."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.domain.customers import Stage
from smart4s_kiosk.domain.drinks import Drink, DrinkWish
from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.ids import (
    AgreementId,
    AppointmentId,
    CustomerId,
    MessageId,
    PersonId,
    QuoteId,
    TerminalId,
    VisitId,
)
from smart4s_kiosk.domain.retention import AGREEMENT_LIFE, CONTACT_LIFE, SENT_LIFE
from smart4s_kiosk.domain.visits import Outcome, VisitAct
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.retention import Retention
from smart4s_kiosk.storage.media import MediaFiles
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.store_seals import KeyedMediaSealer
from tests.contracts.storage_values import (
    TEN,
    a_beginning,
    a_full_agreement,
    a_full_appointment,
    a_full_customer,
    a_full_quote,
    a_step,
)
from tests.fakes.clock import FakeClock
from tests.fakes.media import FakeMedia
from tests.showroom import PlainVault

DAY = timedelta(days=1)
OLD, YOUNG = TEN - CONTACT_LIFE - DAY, TEN - CONTACT_LIFE + DAY
DESK = TerminalId("desk-1")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(TEN)


@pytest.fixture
def media() -> FakeMedia:
    return FakeMedia()


@pytest.fixture
def vault(clock: FakeClock) -> PlainVault:
    return PlainVault(clock)


@pytest.fixture
def retention(storage: Storage, media: FakeMedia, vault: PlainVault, clock: FakeClock) -> Retention:
    privacy = Privacy(storage=storage, clock=clock, vault=vault, templates=None, terminal_id=DESK)
    return Retention(storage=storage, media=media, privacy=privacy, clock=clock, terminal_id=DESK)


def acts(storage: Storage) -> dict[str, int]:
    with storage.look() as view:
        return {line.act: line.rows for line in view.audit.between(TEN - DAY, TEN + DAY)}


def test_closed_visits_go_after_24_months_with_their_journal_and_score(storage: Storage, retention: Retention) -> None:
    with storage.begin() as work:
        for name, started in [("old", OLD), ("open", OLD), ("young", YOUNG)]:
            visit, step = a_beginning(name, at=started, label=f"A-{name}")
            work.visits.add(visit, step)
            if name != "open":
                work.visits.put(*a_step(visit, VisitAct.CANCEL, outcome=Outcome.WALKED_AWAY))
                work.feedback.add(Feedback(VisitId(name), 9, started))
                work.drinks.put(DrinkWish(VisitId(name), Drink.TEA, started, started))
    assert retention.run() == 2
    with storage.look() as view:
        assert [view.visits.get(VisitId(name)).id for name in ("open", "young")] == ["open", "young"]
        assert view.visits.journal(VisitId("old")) == []
        assert [f.visit_id for f in view.feedback.between(OLD - DAY, TEN)] == ["young"]
        assert view.drinks.find(VisitId("old")) is None
        assert view.drinks.find(VisitId("young")) is not None
        with pytest.raises(NotFound):
            view.visits.get(VisitId("old"))
    assert acts(storage) == {"retention.visits": 1, "retention.feedback": 1}
    assert retention.run() == 0


def test_people_not_seen_for_24_months_lose_everything_that_says_who_they_were(
    storage: Storage, retention: Retention, vault: PlainVault
) -> None:
    with storage.begin() as work:
        for name, made, seen in [("long-ago", OLD, None), ("back", OLD, YOUNG), ("gone", OLD - DAY, OLD)]:
            work.customers.add(
                replace(
                    a_full_customer(),
                    id=CustomerId(name),
                    person_id=PersonId(f"p-{name}"),
                    created_at=made,
                    last_visit_at=seen,
                    erased_at=None,
                    stage=Stage.VISITED,
                )
            )
    assert retention.run() == 2
    with storage.look() as view:
        assert view.customers.get(CustomerId("back")).name
        for name in ("long-ago", "gone"):
            erased = view.customers.get(CustomerId(name))
            assert (erased.name, erased.phone_sealed, erased.phone_fingerprint) == ("", b"", "")
    assert vault.forget(PersonId("p-gone")) == vault.forget(PersonId("p-gone"))
    assert acts(storage) == {"person.erased": 0}
    assert retention.run() == 0


def test_agreements_stay_for_their_legal_life_and_longer_with_damage(
    storage: Storage, retention: Retention, media: FakeMedia, vault: PlainVault
) -> None:
    sealed = TEN - AGREEMENT_LIFE - DAY
    cases = {"over": (sealed, ""), "damage": (sealed, "左前门刮痕"), "kept": (TEN - AGREEMENT_LIFE + DAY, "")}
    papers = {name: media.put(f"%PDF {name}".encode()) for name in cases}
    with storage.begin() as work:
        for name, (when, damage) in cases.items():
            work.agreements.add(
                replace(
                    a_full_agreement(),
                    id=AgreementId(name),
                    number=f"D-{name}",
                    created_at=when,
                    sealed_at=when,
                    damage=damage,
                    customer_id=None,
                    pdf=papers[name],
                    customer_strokes=None,
                    staff_strokes=None,
                )
            )
        draft = replace(
            a_full_agreement(), id=AgreementId("draft"), number="", created_at=OLD, sealed_at=None, pdf=None
        )
        work.agreements.add(replace(draft, state=AgreementState.DRAFT, customer_strokes=None, staff_strokes=None))
    assert retention.run() == 2
    with storage.look() as view:
        left = {a.id for a in view.agreements.between(sealed - DAY, TEN)}
    assert left == {"damage", "kept"}
    assert not vault.known(PersonId("over")), "the key of a nameless driver goes with the agreement"
    assert vault.known(PersonId("kept"))
    assert set(media.files) == {papers["damage"], papers["kept"]}
    assert acts(storage) == {"retention.papers": 2}


def test_quotes_and_appointments_go_after_24_months(storage: Storage, retention: Retention, media: FakeMedia) -> None:
    paper = media.put(b"%PDF quote")
    with storage.begin() as work:
        work.quotes.add(replace(a_full_quote(), id=QuoteId("old"), issued_at=OLD, pdf=paper))
        work.quotes.add(replace(a_full_quote(), id=QuoteId("young"), issued_at=YOUNG, pdf=None))
        for name, at in [("old", OLD), ("young", YOUNG)]:
            work.appointments.add(replace(a_full_appointment(), id=AppointmentId(name), code=f"C-{name}", at=at))
    assert retention.run() == 2
    assert media.files == {}
    with storage.look() as view:
        assert [q.id for q in view.quotes.between(OLD - DAY, TEN)] == ["young"]
        assert [a.id for a in view.appointments.between(OLD - DAY, TEN)] == ["young"]


def test_what_was_sent_applied_or_pressed_a_month_ago_goes_and_what_waits_stays(
    storage: Storage, retention: Retention
) -> None:
    month_ago = TEN - SENT_LIFE - DAY
    with storage.begin() as work:
        for name in ("sent", "waits"):
            fact = VisitEnded(VisitId(name), 2, "served", month_ago)
            work.outbox.add(fact, message_id=MessageId(name), aggregate=f"visit:{name}", at=month_ago)
        work.outbox.mark_sent([MessageId("sent")])
        for name, at in [("old", month_ago), ("young", TEN)]:
            assert work.commands.is_new(name, at)
            work.receipts.keep(name, "visit-1", at)
    assert retention.run() == 3
    with storage.begin() as work:
        assert work.receipts.find("old") is None
        assert work.receipts.find("young") == "visit-1"
        assert work.commands.is_new("old", TEN)
        assert not work.commands.is_new("young", TEN)
        assert [m.message_id for m in work.outbox.due(TEN)] == ["waits"]
    assert acts(storage) == {"retention.receipts": 1, "retention.commands": 1, "retention.outbox": 1}


def aged(folder: Path, days: int) -> None:
    """As if every file there had been put so many days before TEN."""
    for file in folder.rglob("*"):
        if file.is_file():
            then = (TEN - timedelta(days=days)).timestamp()
            os.utime(file, (then, then))


def test_each_terminal_removes_its_own_files_of_a_paper_that_another_forgot(
    storage: Storage, vault: PlainVault, clock: FakeClock, tmp_path: Path
) -> None:
    privacy = Privacy(storage=storage, clock=clock, vault=vault, templates=None, terminal_id=DESK)
    folders = {name: tmp_path / name for name in ("kiosk", "tablet")}
    shelves = {name: MediaFiles(folder, KeyedMediaSealer(Key(b"s" * 32))) for name, folder in folders.items()}
    passes = {
        name: Retention(storage=storage, media=media, privacy=privacy, clock=clock, terminal_id=TerminalId(name))
        for name, media in shelves.items()
    }
    tablet = shelves["tablet"]
    over, photo, kept = (tablet.put(content) for content in (b"%PDF over", b"jpeg damage", b"%PDF kept"))
    logo, nobodys = tablet.put(b"<svg/>"), tablet.put(b"%PDF of a row that is gone")
    when = TEN - AGREEMENT_LIFE - DAY
    signed = replace(a_full_agreement(), customer_id=None, customer_strokes=None, staff_strokes=None)
    with storage.begin() as work:
        work.settings.put(replace(work.settings.current(), logo=logo), by=None, at=TEN)
        for name, at, pdf, photos in [("over", when, over, (photo,)), ("kept", OLD, kept, ())]:
            work.agreements.add(
                replace(
                    signed,
                    id=AgreementId(name),
                    number=f"D-{name}",
                    created_at=at,
                    sealed_at=at,
                    damage="",
                    pdf=pdf,
                    damage_photos=photos,
                )
            )
    aged(folders["tablet"], days=900)
    fresh = tablet.put(b"%PDF whose row is written in a moment")
    assert passes["kiosk"].run() == 1, "the row goes on whichever terminal comes first"
    assert tablet.get(over), "and its file stays where that one cannot reach"
    assert passes["tablet"].run() == 3
    left = {path.name for path in folders["tablet"].rglob("*") if path.is_file()}
    assert left == {kept, logo, fresh}
    assert nobodys not in left
    assert passes["tablet"].run() == 0
