"""The showroom's day: every "today" is reckoned in its own time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def local_day(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The showroom's day that contains `now`, as two aware times: from <= t < until."""
    local = now.astimezone(zone)
    start = datetime(local.year, local.month, local.day, tzinfo=zone)
    tomorrow = (start + timedelta(days=1)).date()
    return start, datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
