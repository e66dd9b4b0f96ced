"""The token: fetched once for everybody, renewed once, never fetched again after a wrong secret."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from cloud_connector.wecom import tokens
from cloud_connector.wecom.errors import AppStopped, WeComRefused, WeComUnreachable
from cloud_connector.wecom.tokens import Token, TokenStore
from tests.fakes.cloud import MemoryTokenShelf
from tests.waiting import PATIENCE_S

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _waits_for_a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fetches may not get its turn for longer than a connector would wait."""
    monkeypatch.setattr(tokens, "_PATIENCE_S", PATIENCE_S)


class Far:
    """The far end: counts fetches and answers as told."""

    def __init__(self) -> None:
        self.fetches = 0
        self.refusal: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def fetch(self) -> tuple[str, int]:
        self.gate.wait(PATIENCE_S)
        self.fetches += 1
        if self.refusal:
            raise self.refusal
        return f"token-{self.fetches}", 7200


def a_store(far: Far, shelf: MemoryTokenShelf | None = None, now: datetime = NOON) -> TokenStore:
    return TokenStore(shelf or MemoryTokenShelf(), far.fetch, lambda: now)


def test_200_cold_callers_cause_one_fetch() -> None:
    far = Far()
    far.gate.clear()
    store = a_store(far)
    with ThreadPoolExecutor(200) as pool:
        answers = [pool.submit(store.token) for _ in range(200)]
        far.gate.set()
        tokens = {answer.result(PATIENCE_S) for answer in answers}
    assert (tokens, far.fetches) == ({"token-1"}, 1)


def test_two_processes_share_one_fetch() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    far.gate.clear()
    stores = [a_store(far, shelf) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(store.token) for store in stores]
        far.gate.set()
        assert {answer.result(PATIENCE_S) for answer in answers} == {"token-1"}
    assert far.fetches == 1


class BeatenShelf(MemoryTokenShelf):
    """Between this process's look and its claim another process fetches and stores."""

    def claim(self, now: datetime, until: datetime) -> bool:
        if not self.read().value:
            self.store("theirs", now + timedelta(seconds=7200))
        return super().claim(now, until)


def test_a_token_that_another_process_stored_just_before_the_claim_is_taken() -> None:
    far, shelf = Far(), BeatenShelf()
    assert a_store(far, shelf).token() == "theirs"
    assert far.fetches == 0
    assert shelf.claim(NOON, NOON + timedelta(seconds=15)), "the claim was given back"


def test_it_is_renewed_before_it_ends() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    a_store(far, shelf).token()
    assert a_store(far, shelf, NOON + timedelta(seconds=6899)).token() == "token-1"
    assert a_store(far, shelf, NOON + timedelta(seconds=6901)).token() == "token-2"


def test_a_refused_token_is_renewed_once_by_whoever_comes_first() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    one, two = a_store(far, shelf), a_store(far, shelf)
    assert one.token() == two.token() == "token-1"
    assert one.renew("token-1") == "token-2"
    assert two.renew("token-1") == "token-2"
    assert far.fetches == 2


def test_a_wrong_secret_stops_the_app() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    far.refusal = WeComRefused("gettoken", 40001)
    store = a_store(far, shelf)
    with pytest.raises(WeComRefused):
        store.token()
    for _ in range(5):
        with pytest.raises(AppStopped):
            store.token()
        with pytest.raises(AppStopped):
            a_store(far, shelf).token()
    assert far.fetches == 1


def test_an_unreachable_wecom_does_not_keep_the_claim() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    far.refusal = WeComUnreachable("gettoken", "ConnectError", maybe_done=False)
    store = a_store(far, shelf)
    with pytest.raises(WeComUnreachable):
        store.token()
    far.refusal = None
    assert store.token() == "token-2"


def test_a_stopped_app_stays_stopped_for_a_store_that_knew_a_token() -> None:
    far, shelf = Far(), MemoryTokenShelf()
    store = a_store(far, shelf)
    store.token()
    store.stop(40001)
    with pytest.raises(AppStopped):
        store.token()
    assert shelf.read() == Token(stopped=40001)
