"""The tablet's quote on fakes: plans, loans, and discounts that need the manager."""

from dataclasses import replace

import pytest

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import QuoteId
from smart4s_kiosk.domain.quotes import DiscountAboveLimit
from smart4s_kiosk.domain.seals import SealKind, check_chain
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.services.tablet_quotes import InsuranceSet
from tests.fakes.documents import FakeSeals
from tests.tablet_room import TabletRoom


def test_three_plans_of_one_model_with_their_totals() -> None:
    room = TabletRoom()
    desk = room.tablet.quotes.begin(room.wang.id, room.guest(accepted=True))
    assert (len(desk.plans), desk.choices.chosen, desk.choices.province) == (3, 1, "北京")
    assert all(plan.priced.is_final for plan in desk.plans)
    dearer = room.tablet.quotes.desk(replace(desk.choices, insurance=InsuranceSet.FULL))
    assert dearer.plans[0].priced.total_fen > desk.plans[0].priced.total_fen
    with_old_car = room.tablet.quotes.desk(
        replace(desk.choices, trade_in_fen=8_600_000, subsidies=(SubsidyKind.TRADE_IN,))
    )
    assert with_old_car.plans[0].priced.total_fen == desk.plans[0].priced.total_fen, "never inside the total"
    assert with_old_car.plans[0].priced.subsidies


def test_a_discount_above_the_limit_needs_the_managers_pin() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, room.guest(accepted=True))
    dear = quotes.desk(desk.choices.with_plan(1, discount_fen=600_000))
    assert dear.plans[1].is_above_limit
    with pytest.raises(DiscountAboveLimit):
        quotes.publish(dear.choices)
    with pytest.raises(RuleBroken):
        quotes.approve(desk.choices.with_plan(1, discount_fen=9_000_000), "861357")
    allowed = quotes.approve(dear.choices, "861357")
    assert not allowed.plans[1].is_above_limit
    shown = quotes.publish(allowed.choices)
    assert shown.total_fen == allowed.plans[1].priced.total_fen
    assert quotes.publish(allowed.choices).number == shown.number, "a second press finds the same quote"
    assert quotes.newest(shown.visit_id) == shown
    following = quotes.publish(quotes.next_draft(allowed.choices))
    assert (following.number, following.version) == (shown.number, 2)
    assert quotes.sheet_pages(shown.quote_id, 300)
    with room.storage.look() as view:
        links = [link for link in view.seals.all() if link.kind is SealKind.QUOTE]
        papers = [view.quotes.get(QuoteId(link.subject_id)).pdf for link in links]
        check_chain(view.seals.all())
    assert len(links) == 2, "one link of the store's chain for each version, none for a second press"
    assert all(FakeSeals().check(room.media.get(paper)).is_intact for paper in papers if paper)


def test_a_loan_never_exceeds_the_car_and_nobody_yet_can_be_quoted() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, None)
    much = quotes.desk(desk.choices.with_plan(0, loan_fen=900_000_000))
    loan = much.plans[0].priced.loan
    assert loan is not None
    assert loan.terms.principal_fen == much.plans[0].most_loan_fen
    assert quotes.publish(much.choices).visit_id == ""


def test_an_approval_counts_for_its_own_discount_only() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, None)
    allowed = quotes.approve(desk.choices.with_plan(1, discount_fen=600_000), "861357")
    more = quotes.desk(allowed.choices.with_plan(1, discount_fen=700_000))
    assert more.plans[1].is_above_limit
