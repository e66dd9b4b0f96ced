"""No member gets more than 30 messages in any minute or 1,000 in any hour, or WeCom drops the excess silently."""

from datetime import UTC, datetime, timedelta

from cloud_connector.wecom.rate_limit import Bucket

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_an_hour_holds_480() -> None:
    now, bucket, sent = NOON, Bucket.full(NOON), 0
    while now < NOON + timedelta(minutes=59):
        bucket, wait = bucket.take(now)
        sent += not wait
        now += wait or timedelta(milliseconds=1)
    assert sent == 480
    bucket, wait = bucket.take(NOON + timedelta(minutes=59))
    assert wait > timedelta(0)
    bucket, wait = bucket.take(NOON + timedelta(minutes=61))
    assert wait == timedelta(0)


def test_the_wait_is_long_enough() -> None:
    bucket = Bucket.full(NOON)
    for _ in range(4):
        bucket, wait = bucket.take(NOON)
        assert not wait
    bucket, wait = bucket.take(NOON)
    assert wait > timedelta(0)
    _, wait = bucket.take(NOON + wait)
    assert not wait
