"""The connector's database keeps its promises on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cloud_connector.contract.envelope import Event
from cloud_connector.storage.cards import Card
from cloud_connector.storage.commands import CursorTooOld
from cloud_connector.storage.database import Database, DatabaseAway
from cloud_connector.storage.deliveries import Deliveries, Delivery
from cloud_connector.storage.limits import Budget
from cloud_connector.storage.migrate import head, is_current, migrate
from cloud_connector.storage.sites import CODE_TRIES, Device
from cloud_connector.storage.tables import metadata
from cloud_connector.storage.tokens import DatabaseTokenShelf
from cloud_connector.wecom.tokens import Token
from tests.contracts.cloud_database import NOON
from tests.postgres import free_port
from tests.waiting import PATIENCE_S

SECOND = timedelta(seconds=1)


def an_event(event_id: str = "e-1", *, aggregate: str = "visit:v-1", seq: int = 1) -> Event:
    return Event(
        id=event_id, type="visit.closed", version=1, aggregate=aggregate, seq=seq, occurred_at=NOON, data={"a": 1}
    )


def a_delivery(number: int = 1, *, visit: str = "v-1", recipient: str = "wangwu") -> Delivery:
    return Delivery(f"d-{number}", "store-1", f"e-{number}", visit, "card", recipient, {"text": "王先生"})


def take(database: Database, event: Event) -> str:
    with database.begin() as work:
        return work.inbox.take("store-1", "dev-1", event, dict(event.data), NOON)


def test_the_steps_lead_to_the_tables_that_the_code_knows(cloud_database: Database) -> None:
    assert is_current(cloud_database)
    assert head() == "0002"
    with cloud_database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(cloud_database: Database) -> None:
    take(cloud_database, an_event())
    migrate(cloud_database)
    with cloud_database.look() as work:
        assert work.inbox.count("store-1") == 1


def test_an_event_is_taken_once(cloud_database: Database) -> None:
    assert take(cloud_database, an_event()) == "accepted"
    assert take(cloud_database, an_event()) == "duplicate"
    assert take(cloud_database, an_event("e-2", seq=2)) == "accepted"
    assert take(cloud_database, an_event("e-0", seq=1)) == "stale_version"
    assert take(cloud_database, an_event("e-3", aggregate="visit:v-2", seq=1)) == "accepted"


def test_one_event_from_eight_senders_is_taken_once(cloud_database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: take(cloud_database, an_event()), range(8)))
    assert sorted(answers) == ["accepted"] + ["duplicate"] * 7


def test_a_failed_piece_of_work_leaves_nothing(cloud_database: Database) -> None:
    woken: list[tuple[str, str]] = []
    cloud_database.on_commit(lambda channel, key: woken.append((channel, key)))

    def fail() -> None:
        with cloud_database.begin() as work:
            work.inbox.take("store-1", "dev-1", an_event(), {}, NOON)
            work.deliveries.add(a_delivery(), NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with cloud_database.look() as work:
        assert work.inbox.count("store-1") == 0
        assert work.deliveries.counts() == {}
    assert woken == []


def test_a_database_that_does_not_answer_is_away() -> None:
    database = Database(f"postgresql+psycopg://postgres@127.0.0.1:{free_port()}/none")
    with pytest.raises(DatabaseAway), database.begin() as work:
        work.ping()
    database.close()


def test_a_mistake_of_ours_is_not_called_an_absent_database(cloud_database: Database) -> None:
    device = Device("dev-1", "no such store", "kiosk", "ab" * 32, None)
    with pytest.raises(IntegrityError), cloud_database.begin() as work:
        work.sites.add_device(device, NOON)


def accept(database: Database, who: str) -> bool:
    with database.begin() as work:
        return work.visits.accept_first("store-1", "v-1", who, NOON)


def test_of_many_accepts_exactly_one_wins(cloud_database: Database) -> None:
    for round_ in range(25):
        with cloud_database.begin() as work:
            work.connection.execute(text("DELETE FROM visits"))
            assert work.visits.ask("store-1", "v-1", NOON)
        with ThreadPoolExecutor(4) as pool:
            wins = list(pool.map(lambda who: accept(cloud_database, who), ["a", "b", "c", "d"]))
        assert sum(wins) == 1, round_


def test_what_the_showroom_settles_holds(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        work.visits.learn_names("store-1", [("wangwu", "王顾问")])
        work.visits.ask("store-1", "v-1", NOON)
        assert work.visits.postpone("store-1", "v-1", "lisi", NOON)
        assert work.visits.accept_first("store-1", "v-1", "wangwu", NOON)
        assert not work.visits.ask("store-1", "v-1", NOON)
        assert not work.visits.pass_on("store-1", "v-1", "wangwu", NOON)
        standing = work.visits.standing("store-1", "v-1")
        assert standing is not None
        assert (standing.state, standing.by_name) == ("accepted", "王顾问")
        work.visits.settle("store-1", "v-1", "accepted", NOON, "lisi", "李四")
        work.visits.settle("store-1", "v-1", "closed", NOON, None, None)
        work.visits.settle("store-1", "v-1", "accepted", NOON, "wangwu", "王顾问")
        standing = work.visits.standing("store-1", "v-1")
        assert standing is not None
        assert standing.state == "closed"


def lease(work_deliveries: Deliveries, owner: str, now: datetime, limit: int = 20) -> list[Delivery]:
    return work_deliveries.lease_due(owner, now, now + 30 * SECOND, limit)


def test_messages_of_one_recipient_and_visit_keep_their_order(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        for number, visit in [(1, "v-1"), (2, "v-1"), (3, "v-2")]:
            work.deliveries.add(a_delivery(number, visit=visit), NOON)
        work.deliveries.add(a_delivery(1), NOON)
    with cloud_database.begin() as work:
        first = lease(work.deliveries, "w1", NOON)
        assert [d.id for d in first] == ["d-1", "d-3"]
        assert first[0].payload == {"text": "王先生"}
        assert lease(work.deliveries, "w2", NOON) == []
    with cloud_database.begin() as work:
        assert work.deliveries.again(first[0], "w1", NOON + 60 * SECOND, "busy")
        assert work.deliveries.finish(first[1], "w1", "done", NOON)
    with cloud_database.begin() as work:
        assert lease(work.deliveries, "w1", NOON + 59 * SECOND) == []
        assert work.deliveries.next_run_at() == NOON + 60 * SECOND
        again = lease(work.deliveries, "w1", NOON + 60 * SECOND)
        assert [(d.id, d.attempts) for d in again] == [("d-1", 1)]
    with cloud_database.begin() as work:
        work.deliveries.finish(again[0], "w1", "done", NOON)
        assert [d.id for d in lease(work.deliveries, "w1", NOON + 60 * SECOND)] == ["d-2"]
        assert work.deliveries.counts() == {"done": 2, "due": 1}
        assert work.deliveries.oldest_due() == NOON


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_has_no_say(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        work.deliveries.add(a_delivery(), NOON)
        first = lease(work.deliveries, "w1", NOON)
    with cloud_database.begin() as work:
        second = lease(work.deliveries, "w2", NOON + 31 * SECOND)
        assert [d.id for d in second] == ["d-1"]
        assert not work.deliveries.finish(first[0], "w1", "done", NOON)
        assert work.deliveries.finish(second[0], "w2", "done", NOON)


def test_many_workers_share_the_queue_without_overlap(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        for number in range(200):
            work.deliveries.add(a_delivery(number, visit=f"v-{number % 50}"), NOON)
    seen: list[str] = []
    lock = threading.Lock()

    def drain(owner: str) -> None:
        while True:
            with cloud_database.begin() as work:
                mine = lease(work.deliveries, owner, NOON, 7)
                left = work.deliveries.counts().get("due", 0)
            with lock:
                seen.extend(d.id for d in mine)
            with cloud_database.begin() as work:
                for delivery in mine:
                    assert work.deliveries.finish(delivery, owner, "done", NOON)
            if not left:
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(drain, ["w1", "w2", "w3", "w4"]))
    assert sorted(seen) == sorted(f"d-{number}" for number in range(200))
    for visit in range(50):
        own = [int(name[2:]) for name in seen if int(name[2:]) % 50 == visit]
        assert own == sorted(own)


def add_command(database: Database, number: int, store: str = "store-1") -> int:
    with database.begin() as work:
        return work.commands.add(
            store, command_id=f"c-{number}", kind="visit.accept", data={"n": number}, visit="v", now=NOON
        )


def test_commands_are_numbered_per_store_without_gaps(cloud_database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        cursors = list(pool.map(lambda n: add_command(cloud_database, n), range(40)))
    assert sorted(cursors) == list(range(1, 41))
    assert add_command(cloud_database, 7) == cursors[7]
    assert add_command(cloud_database, 1, "store-2") == 1
    with cloud_database.look() as work:
        found = work.commands.after("store-1", 30)
        assert [c.cursor for c in found] == list(range(31, 41))
        assert work.commands.after("store-1", 40) == []


def test_a_reader_never_steps_over_a_command_that_commits_late(cloud_database: Database) -> None:
    """The cursor trap: a reader that sees n has seen everything below n."""
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        at = 0
        while not (done.is_set() and at == 60):
            with cloud_database.look() as work:
                for command in work.commands.after("store-1", at):
                    seen.append(command.cursor)
                    at = command.cursor

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add_command(cloud_database, n), range(60)))
    done.set()
    reader.join(PATIENCE_S)
    assert seen == list(range(1, 61))


def test_commands_are_dropped_a_day_after_they_were_read(cloud_database: Database) -> None:
    for number in range(5):
        add_command(cloud_database, number)
    with cloud_database.begin() as work:
        work.commands.acknowledge("store-1", 3)
        work.commands.acknowledge("store-1", 2)
        work.commands.acknowledge("store-1", 99)
        assert work.commands.acked("store-1") == 3
        assert sorted(work.commands.lags()) == [0, 2]
        assert work.commands.forget_old(NOON + timedelta(hours=23)) == 0
        assert work.commands.forget_old(NOON + timedelta(hours=25)) == 3
        assert [c.cursor for c in work.commands.after("store-1", 3)] == [4, 5]
    with cloud_database.look() as work:
        for cursor in (2, 6):
            with pytest.raises(CursorTooOld):
                work.commands.after("store-1", cursor)
    with cloud_database.begin() as work:
        assert work.commands.forget_old(NOON + timedelta(days=8)) == 2


def test_a_code_is_good_once_for_a_while_and_for_five_tries(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        for number, code in enumerate(["ABCDE12345", "BBCDE12345", "CBCDE12345"]):
            work.sites.add_code(code, "store-1", f"kiosk {number}", NOON)
        found = work.sites.use_code("abcde-12345", NOON)
        assert found is not None
        assert (found.store_id, found.device_name) == ("store-1", "kiosk 0")
        assert work.sites.use_code("ABCDE12345", NOON) is None
        assert work.sites.use_code("BBCDE12345", NOON + timedelta(minutes=16)) is None
        for _ in range(CODE_TRIES):
            assert work.sites.use_code("CBCDE99999", NOON) is None
        assert work.sites.use_code("CBCDE12345", NOON) is None


def test_a_nonce_is_good_once_and_a_device_can_be_shut_out(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        work.sites.add_device(Device("dev-1", "store-1", "kiosk", "ab" * 32, None), NOON)
        assert work.sites.is_new_nonce("dev-1", "n", NOON)
        assert not work.sites.is_new_nonce("dev-1", "n", NOON)
        assert work.sites.forget_old(NOON + timedelta(minutes=11)) == 1
        assert work.sites.is_new_nonce("dev-1", "n", NOON)
        assert work.sites.revoke("dev-1", NOON)
        assert not work.sites.revoke("dev-1", NOON)
        device = work.sites.device("dev-1")
        assert device is not None
        assert device.revoked_at == NOON
        assert work.sites.device("nobody") is None


def test_a_press_that_overtakes_the_answer_to_sending_keeps_its_newer_code(cloud_database: Database) -> None:
    with cloud_database.begin() as work:
        work.cards.add(Card("t-1", "store-1", "v-1", "wangwu", "zh_CN"), NOON)
        work.cards.pressed("t-1", "from-press", "已接待", NOON)
        work.cards.sent("t-1", "m-1", "from-send", NOON)
        (card,) = work.cards.of_visit("store-1", "v-1")
        assert (card.response_code, card.message_id, card.said) == ("from-press", "m-1", "已接待")
        work.cards.updated("t-1", "已由李四接待")
        card = work.cards.get("t-1") or card
        assert (card.response_code, card.said) == ("", "已由李四接待")


def claim_callback(database: Database, key: str = "k") -> bool:
    with database.begin() as work:
        return work.cards.claim_callback(
            key, corp_id="ww", agent_id="1", event="template_card_event", change_type="", now=NOON
        )


def test_a_callback_is_claimed_once(cloud_database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: claim_callback(cloud_database), range(6))) == 1
    with cloud_database.begin() as work:
        work.cards.answer_callback("k", "已接待")
        assert work.cards.callback_answer("k") == "已接待"
        assert work.cards.callback_answer("other") is None


def test_budgets_and_pauses_are_shared(cloud_database: Database) -> None:
    full = Budget(4.0, NOON, NOON, 0)
    with cloud_database.begin() as work:
        assert work.limits.budget("1", "wangwu", full) == full
        work.limits.put_budget("1", "wangwu", replace(full, level=2.5, sent_in_hour=1))
        assert work.limits.budget("1", "wangwu", full).level == 2.5
        work.limits.pause("message/send", NOON + 60 * SECOND, 45009)
        assert work.limits.paused_until("message/send", NOON) == NOON + 60 * SECOND
        assert work.limits.paused_until("message/send", NOON + 60 * SECOND) is None
        assert work.limits.pauses(NOON) == {"message/send": 45009}


def test_old_things_are_forgotten(cloud_database: Database) -> None:
    take(cloud_database, an_event())
    claim_callback(cloud_database)
    later = NOON + timedelta(days=40)
    with cloud_database.begin() as work:
        work.cards.add(Card("t-1", "store-1", "v-1", "wangwu", "zh_CN"), NOON)
        work.visits.ask("store-1", "v-1", NOON)
        work.quotes.publish("store-1", quote="q", link="l" * 20, signer=None, valid_until=NOON)
        assert work.inbox.forget_before(later) == 2
        assert work.quotes.forget_ended(NOON + timedelta(days=29)) == 0
        assert work.quotes.forget_ended(later) == 1
        assert work.cards.forget_before(later) == 2
        assert work.visits.forget_before(later) == 1


def test_an_opening_counts_once_a_minute_and_only_for_a_known_link(cloud_database: Database) -> None:
    link = "k" * 26
    with cloud_database.begin() as work:
        assert work.quotes.find(link) is None
        assert work.quotes.count_opening(link, NOON) == 0
        work.quotes.publish("store-1", quote="q-1", link=link, signer="ab" * 32, valid_until=NOON)
        found = work.quotes.find(link)
        assert found is not None
        assert (found.quote, found.signer, found.counts_at(NOON)) == ("q-1", b"\xab" * 32, True)
        assert work.quotes.count_opening(link, NOON) == 1
        assert work.quotes.count_opening(link, NOON + timedelta(seconds=59)) == 0
        assert work.quotes.count_opening(link, NOON + timedelta(seconds=60)) == 2


def test_a_link_stays_with_its_showroom(cloud_database: Database) -> None:
    link = "k" * 26
    with cloud_database.begin() as work:
        work.quotes.publish("store-1", quote="q-1", link=link, signer=None, valid_until=NOON)
        work.quotes.publish("store-2", quote="q-2", link=link, signer=None, valid_until=NOON)
        found = work.quotes.find(link)
        assert found is not None
        assert (found.store_id, found.quote) == ("store-1", "q-1")


def a_shelf(database: Database, secret: str = "s") -> DatabaseTokenShelf[Token]:
    return DatabaseTokenShelf(database, corp_id="ww", agent_id="1", secret=secret, make=Token)


def test_a_changed_secret_starts_a_stopped_app_again(cloud_database: Database) -> None:
    a_shelf(cloud_database).stop(40001)
    assert a_shelf(cloud_database).read() == Token(stopped=40001)
    assert a_shelf(cloud_database, "new").read() == Token()


def test_the_wake_comes_after_the_commit(cloud_database: Database) -> None:
    heard: list[Any] = []

    def listener(channel: str, key: str) -> None:
        with cloud_database.look() as work:
            heard.append((channel, key, work.commands.last_cursor("store-1")))

    cloud_database.on_commit(listener)
    add_command(cloud_database, 1)
    assert heard == [("inbox", "store-1", 1)]
