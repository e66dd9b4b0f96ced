"""The HTTP edge: who may speak, what is refused and how, callbacks that are not WeCom's, a database that is away."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cloud_connector.app import utc_now
from cloud_connector.contract import signing
from cloud_connector.relay.spool import Spooled
from cloud_connector.storage.database import DatabaseAway
from cloud_connector.wecom.callback_crypto import CallbackCrypto
from tests.integration.cloud.device import VISIT, TestDevice
from tests.integration.cloud.running import CALLBACK_PATH, Running, running_connector
from tests.integration.sandbox_process import AES_KEY, CORP_ID, TOKEN
from tests.postgres import free_port

CRYPTO = CallbackCrypto(TOKEN, AES_KEY, CORP_ID)


@pytest.fixture
def connector(tmp_path: Path) -> Iterator[Running]:
    """WeCom is away here and nothing is sent: the requests alone use the database, which tests take away."""
    with running_connector(tmp_path, f"http://127.0.0.1:{free_port()}/cgi-bin/", has_workers=False) as running:
        yield running


@pytest.fixture
def device(connector: Running) -> Iterator[TestDevice]:
    device = TestDevice(connector.base_url)
    connector.introduce(device, "store-1")
    yield device
    device.http.close()


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_unsigned_or_badly_signed_request_is_refused(device: TestDevice) -> None:
    path = "/v1/inbox"
    assert code_of(device.http.get(path)) == (401, "not_signed")
    headers = device.headers("GET", path, [("after", "0")], b"")
    assert code_of(device.http.get(path, params={"after": "1"}, headers=headers)) == (401, "bad_signature")
    assert code_of(device.http.get("/v1/state", headers=headers)) == (401, "bad_signature")
    strange = {**headers, signing.HEADER_SIGNATURE: "zz"}
    assert code_of(device.http.get(path, params={"after": "0"}, headers=strange)) == (401, "bad_signature")
    unknown = {**headers, signing.HEADER_DEVICE: "dev-nobody"}
    assert code_of(device.http.get(path, params={"after": "0"}, headers=unknown)) == (401, "unknown_device")
    assert device.http.get(path, params={"after": "0"}, headers=headers).status_code == 200
    assert code_of(device.http.get(path, params={"after": "0"}, headers=headers)) == (401, "replayed")


def test_a_changed_body_is_refused(device: TestDevice) -> None:
    event = device.event("visit.closed", "e-1", {"visit": VISIT, "reason": "left"})
    body = json.dumps({"events": [event]}).encode()
    headers = device.headers("POST", "/v1/events:batch", [], body)
    assert code_of(device.http.post("/v1/events:batch", content=body + b" ", headers=headers)) == (401, "bad_signature")


@pytest.mark.parametrize("skew_s", [-400, 400, 86_400 * 3])
def test_a_wrong_clock_is_told_the_time(device: TestDevice, skew_s: int) -> None:
    device.skew_s = skew_s
    answer = device.get("/v1/inbox", after="0")
    assert code_of(answer) == (401, "clock_skew")
    assert "server_time" in answer.json()
    device.skew_s = 200 if skew_s > 0 else -200  # where exactly it ends: tests/contracts/test_cloud_auth.py
    assert device.get("/v1/inbox", after="0").status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "not_json")),
        (b"[" * 100_000, (400, "not_json")),
        (b'{"events":[]}', (400, "invalid")),
        (b'{"events":[{}],"more":1}', (400, "invalid")),
        (json.dumps({"events": [{"id": "e"}] * 101}).encode(), (400, "invalid")),
        (b" " * 300_000, (413, "too_large")),
    ],
)
def test_a_batch_that_is_none_is_refused(device: TestDevice, body: bytes, expected: tuple[int, str]) -> None:
    headers = device.headers("POST", "/v1/events:batch", [], body)
    assert code_of(device.http.post("/v1/events:batch", content=body, headers=headers)) == expected


def test_a_gzip_bomb_is_bounded(device: TestDevice) -> None:
    for body in (gzip.compress(b" " * 100_000_000), b"not gzip", gzip.compress(b"{}")[:-4]):
        headers = {**device.headers("POST", "/v1/events:batch", [], body), "Content-Encoding": "gzip"}
        assert device.http.post("/v1/events:batch", content=body, headers=headers).status_code in {400, 413}


def test_one_bad_item_does_not_hold_up_the_others(device: TestDevice) -> None:
    good = device.event("visit.closed", "e-1", {"visit": VISIT, "reason": "left"})
    phone = device.asks("e-2", form_of_address="张 13800138000")
    answer = device.post([good, phone, {"id": "e-3"}, {**good, "id": "e-4", "type": "face.seen"}])
    items = [(item["id"], item["outcome"], item["code"]) for item in answer.json()["items"]]
    assert items == [
        ("e-1", "accepted", ""),
        ("e-2", "rejected", "invalid_data"),
        ("e-3", "rejected", "invalid_envelope"),
        ("e-4", "rejected", "unknown_type"),
    ]


def test_the_state_is_given_to_who_lost_their_place(device: TestDevice) -> None:
    device.outcomes(device.event("visit.accepted", "e-1", {"visit": VISIT, "by": "heyu", "name": "何屿"}))
    answer = device.get("/v1/inbox", after="77", wait="0")
    assert (answer.status_code, answer.json()["resync"]) == (410, True)
    state = device.get("/v1/state").json()
    assert state["next"] == 0
    assert state["visits"] == [{"visit": VISIT, "state": "accepted", "by": "heyu"}]


def test_a_database_that_is_away_asks_to_come_back(connector: Running, device: TestDevice) -> None:
    path = Path(connector.connector.settings.database_url.removeprefix("sqlite:///"))
    away = path.with_suffix(".away")
    connector.connector.database.engine.dispose()
    path.rename(away)
    path.mkdir()
    try:
        answer = device.get("/v1/inbox", after="0")
        assert code_of(answer) == (503, "database_away")
        assert answer.headers["Retry-After"] == "2"
        assert device.http.get("/readyz").status_code == 503
        assert device.http.get("/healthz").json() == {"status": "ok"}
    finally:
        path.rmdir()
        away.rename(path)
    assert device.get("/v1/inbox", after="0").status_code == 200
    assert device.http.get("/readyz").json() == {"ready": True, "problems": []}


def signed_query(crypto: CallbackCrypto, encrypted: str) -> dict[str, str]:
    return {"msg_signature": crypto.signature("1", "n", encrypted), "timestamp": "1", "nonce": "n"}


def test_the_address_check_answers_the_plain_echo(device: TestDevice) -> None:
    echo = CRYPTO.seal(b"1616140317555161061")
    answer = device.http.get(CALLBACK_PATH, params={**signed_query(CRYPTO, echo), "echostr": echo})
    assert (answer.status_code, answer.content) == (200, b"1616140317555161061")
    bent = {**signed_query(CRYPTO, echo), "echostr": echo, "msg_signature": "0" * 40}
    assert code_of(device.http.get(CALLBACK_PATH, params=bent)) == (403, "refused")
    assert device.http.get("/wecom/other/1", params=bent).status_code == 404


def press_body(crypto: CallbackCrypto, *, key: str = "accept") -> tuple[dict[str, str], bytes]:
    message = (
        f"<xml><ToUserName>{CORP_ID}</ToUserName><FromUserName>heyu</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>{key}</EventKey><TaskId>none</TaskId>"
        "<ResponseCode>R</ResponseCode><AgentID>1</AgentID></xml>"
    )
    encrypted = crypto.seal(message.encode())
    body = f"<xml><ToUserName>{CORP_ID}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()
    return signed_query(crypto, encrypted), body


def test_a_callback_of_a_stranger_is_refused_and_leaves_nothing(connector: Running, device: TestDevice) -> None:
    stranger = CallbackCrypto("other", AES_KEY, CORP_ID)
    query, body = press_body(stranger)
    assert device.http.post(CALLBACK_PATH, params=query, content=body).status_code == 403
    for junk in (b"", b"\xff\xfe", b"<xml></xml>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>'):
        assert device.http.post(CALLBACK_PATH, params=query, content=junk).status_code == 403
    assert connector.connector.spool.count() == 0


def test_an_unknown_kind_of_event_is_kept_and_answered_200(connector: Running, device: TestDevice) -> None:
    message = f"<xml><ToUserName>{CORP_ID}</ToUserName><FromUserName>sys</FromUserName><Event>brand_new</Event></xml>"
    encrypted = CRYPTO.seal(message.encode())
    body = f"<xml><Encrypt>{encrypted}</Encrypt></xml>"
    answer = device.http.post(CALLBACK_PATH, params=signed_query(CRYPTO, encrypted), content=body)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_press_on_an_unknown_card_is_told_so(device: TestDevice) -> None:
    query, body = press_body(CRYPTO)
    answer = device.http.post(CALLBACK_PATH, params=query, content=body)
    assert answer.status_code == 200
    assert b"<Encrypt>" in answer.content


def test_a_callback_waits_on_disk_while_the_database_is_away(connector: Running, device: TestDevice) -> None:
    callbacks, spool = connector.connector.callbacks, connector.connector.spool
    query, body = press_body(CRYPTO)
    callback = Spooled(query["msg_signature"], query["timestamp"], query["nonce"], body.decode())
    path = Path(connector.connector.settings.database_url.removeprefix("sqlite:///"))
    connector.connector.database.engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    try:
        with pytest.raises(DatabaseAway):
            callbacks.take(callback)
        assert spool.count() == 1
        assert callbacks.replay() == 0
        assert spool.count() == 1
    finally:
        path.rmdir()
        path.with_suffix(".away").rename(path)
    assert callbacks.replay() == 1
    assert spool.count() == 0
    assert callbacks.take(callback), "the repeat of WeCom gets the same answer"


def test_secrets_stay_out_of_the_log(device: TestDevice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="cloud_connector")
    device.post([device.asks("e-1", form_of_address="张 13800138000"), device.asks("e-2")])
    logged = "\n".join(str(vars(record)) for record in caplog.records)
    assert logged
    for secret in ("13800138000", "张", device.signer.public_key().hex()):
        assert secret not in logged


def test_the_time_of_the_answer_is_the_servers(device: TestDevice) -> None:
    before = utc_now()
    moment = utc_now().fromisoformat(device.poll()["server_time"])
    assert before <= moment <= utc_now()
