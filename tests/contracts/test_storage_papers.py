"""Agreements, seals, quotes, consents and feedback behave alike in memory, on SQLCipher and on PostgreSQL."""

from dataclasses import replace

import pytest

from smart4s_kiosk.domain.customers import Stage
from smart4s_kiosk.domain.errors import NotFound, VersionConflict
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.ids import (
    AgreementId,
    ConsentId,
    CustomerId,
    QuoteId,
    VisitId,
)
from smart4s_kiosk.domain.seals import SealKind, check_chain, first_entry
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ports.storage import Storage
from tests.contracts.storage_values import (
    TEN,
    a_beginning,
    a_full_agreement,
    a_full_consent,
    a_full_customer,
    a_full_quote,
    a_full_visit,
    later,
)


def test_agreements_are_found_by_visit_and_time(storage: Storage) -> None:
    first = a_full_agreement()
    other = replace(first, id=AgreementId("a2"), number="D-2", created_at=later(9), visit_id=VisitId("v2"))
    with storage.begin() as work:
        work.agreements.add(other)
        work.agreements.add(first)
    with storage.look() as view:
        assert view.agreements.of_visit(VisitId("v2")) == [other]
        assert view.agreements.between(TEN, later(9)) == [first]
        assert view.agreements.between(TEN, later(10)) == [first, other]
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.agreements.add(replace(first, id=AgreementId("a3")))


def test_the_seal_chain_grows_at_its_end_only(storage: Storage) -> None:
    first = first_entry(SealKind.AGREEMENT, "a1", "hash-1", TEN)
    # Sealed second on a terminal whose clock is an hour behind.
    second = first.next(SealKind.KEY_OUT, "a1", "hash-2", later(-60), mileage_km=1234)
    with storage.begin() as work:
        assert work.seals.last() is None
        work.seals.append(first)
    with storage.begin() as work:
        work.seals.append(second)
    for wrong in (
        first,
        second,
        replace(second, sequence=3),
        replace(second.next(SealKind.TEXT, "", "", TEN), sequence=4),
    ):
        with storage.begin() as work, pytest.raises(VersionConflict):
            work.seals.append(wrong)
    with storage.look() as view:
        assert view.seals.last() == second
        assert view.seals.all() == [first, second]
        check_chain(view.seals.all())


def test_quotes_keep_every_version(storage: Storage) -> None:
    with storage.begin() as work:
        for version in (1, 2, 3):
            work.quotes.add(a_full_quote(version))
    with storage.look() as view:
        assert view.quotes.get(QuoteId("quote-1")) == a_full_quote(3)
        assert view.quotes.get(QuoteId("quote-1"), 2) == a_full_quote(2)
        assert [q.version for q in view.quotes.of_visit(VisitId("visit-1"))] == [1, 2, 3]
        assert [q.version for q in view.quotes.between(later(2), later(3))] == [2]
        for missing in (QuoteId("quote-1"), 4), (QuoteId("nothing"), None):
            with pytest.raises(NotFound):
                view.quotes.get(*missing)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.quotes.add(a_full_quote(2))


def test_reports_see_what_became_of_each_visit(storage: Storage) -> None:
    full, step = a_full_visit("visit-1")
    beginning, first = a_beginning("v0", at=later(-1), label="A-000")
    gone, merged = a_beginning("v9", at=later(1), label="A-009")
    gone = replace(gone, state=VisitState.MERGED)
    customer = replace(a_full_customer(), id=CustomerId("c-1"), stage=Stage.ORDERED)
    full = replace(full, version=1, state=VisitState.LEFT, customer_id=customer.id, started_at=later(2))
    with storage.begin() as work:
        work.customers.add(customer)
        work.visits.add(beginning, first)
        work.visits.add(gone, merged)
        work.visits.add(full, replace(step, visit_id=full.id, number=1))
        work.agreements.add(replace(a_full_agreement(), visit_id=full.id, key_out_at=later(3)))
        work.quotes.add(a_full_quote(1))
    with storage.look() as view:
        everything = view.reports.visits(later(-60), later(24 * 60))
        plain = next(fact for fact in everything if fact.visit_id == "v0")
        rich = next(fact for fact in everything if fact.visit_id == full.id)
        assert len(everything) == 2
        assert (plain.drove, plain.quoted, plain.ordered, plain.waited_s, plain.answered_s) == (False,) * 3 + (
            None,
        ) * 2
        assert (rich.drove, rich.quoted, rich.ordered) == (True, True, True)
        assert (rich.started_s, rich.party_size) == (int(full.started_at.timestamp()), full.party_size)
        assert full.accepted_at is not None
        assert rich.accepted_s == int(full.accepted_at.timestamp())
        assert view.reports.visits(later(-1), later(-1)) == []


def test_consents_are_kept_and_can_be_withdrawn(storage: Storage) -> None:
    given = replace(a_full_consent(), withdrawn_at=None)
    with storage.begin() as work:
        work.consents.add(given)
        work.consents.add(replace(given, id=ConsentId("c0"), at=later(-1), visit_id=None))
    with storage.begin() as work:
        work.consents.put(given.withdraw(later(3)))
        with pytest.raises(NotFound):
            work.consents.put(replace(given, id=ConsentId("nothing")))
    with storage.look() as view:
        assert view.consents.get(given.id) == given.withdraw(later(3))
        assert [c.id for c in view.consents.of_customer(CustomerId("c"))] == ["c0", "consent-1"]
        assert [c.id for c in view.consents.of_visit(VisitId("visit-1"))] == ["consent-1"]
        with pytest.raises(NotFound):
            view.consents.get(ConsentId("nothing"))


def test_a_visit_is_scored_once(storage: Storage) -> None:
    with storage.begin() as work:
        work.feedback.add(Feedback(VisitId("v1"), 9, later(2), wants_manager=True, note="很好"))
        work.feedback.add(Feedback(VisitId("v2"), None, TEN))
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.feedback.add(Feedback(VisitId("v1"), 1, TEN))
    with storage.look() as view:
        assert view.feedback.between(TEN, later(3)) == [
            Feedback(VisitId("v2"), None, TEN),
            Feedback(VisitId("v1"), 9, later(2), wants_manager=True, note="很好"),
        ]
        assert len(view.feedback.between(TEN, later(2))) == 1
