"""No member gets more than 30 messages in any minute or 1,000 in any hour, or WeCom drops the excess silently."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_connector.wecom.rate_limit import Bucket

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@given(st.lists(st.floats(min_value=0, max_value=40), min_size=1, max_size=120))
@settings(deadline=None)
def test_never_more_than_29_in_any_minute(pauses: list[float]) -> None:
    now, bucket, sent = NOON, Bucket.full(NOON), []
    for pause in pauses:
        now += timedelta(seconds=pause)
        for _ in range(8):
            bucket, wait = bucket.take(now)
            if not wait:
                sent.append(now)
    for moment in sent:
        assert sum(moment <= other < moment + timedelta(minutes=1) for other in sent) <= 29
