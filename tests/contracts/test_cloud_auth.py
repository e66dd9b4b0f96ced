"""Whom the connector believes: how wrong a terminal's clock may be, to the second."""

from datetime import timedelta

import pytest

from cloud_connector.api.auth import authenticate
from cloud_connector.api.errors import Refused
from cloud_connector.contract import signing
from cloud_connector.storage.database import Database
from cloud_connector.storage.sites import Device
from tests.contracts.cloud_database import NOON
from tests.integration.cloud.device import TestSigner

PATH = "/v1/inbox"


def asks(database: Database, signer: TestSigner, wrong_by: timedelta) -> Device:
    """A request of a terminal whose clock is wrong, taken at noon."""
    stamp, nonce = int((NOON + wrong_by).timestamp()), f"{abs(wrong_by).seconds:032x}"
    signed = signing.canonical(
        method="GET", path=PATH, query=(), body=b"", device_id="dev-1", unix_ts=stamp, nonce=nonce
    )
    headers = {
        signing.HEADER_DEVICE.lower(): "dev-1",
        signing.HEADER_TIME.lower(): str(stamp),
        signing.HEADER_NONCE.lower(): nonce,
        signing.HEADER_SIGNATURE.lower(): signer.sign(signed).hex(),
    }
    return authenticate(database, method="GET", path=PATH, query=(), headers=headers, body=b"", now=NOON)


@pytest.mark.parametrize("direction", [-1, 1])
def test_a_clock_may_be_wrong_by_five_minutes_and_not_by_a_second_more(
    cloud_database: Database, direction: int
) -> None:
    signer = TestSigner()
    with cloud_database.begin() as work:
        work.sites.add_device(Device("dev-1", "store-1", "kiosk", signer.public_key().hex(), None), NOON)
    limit = timedelta(seconds=signing.MAX_SKEW_S)
    assert asks(cloud_database, signer, direction * limit).id == "dev-1"
    with pytest.raises(Refused) as refused:
        asks(cloud_database, signer, direction * (limit + timedelta(seconds=1)))
    assert refused.value.problem.code == "clock_skew"
