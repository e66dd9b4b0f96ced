"""`simulate-day` on a machine with a store replays the weights in that store's business settings."""

from dataclasses import replace
from pathlib import Path

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.settings import DataSettings, Settings, VaultSettings
from smart4s_kiosk.app.simulate_day import stored_weights
from smart4s_kiosk.app.store_machine import StoreMachine
from smart4s_kiosk.domain.business_settings import BusinessSettings


def test_the_weights_come_from_the_stores_business_settings(tmp_path: Path) -> None:
    settings = replace(
        Settings(),
        data=DataSettings(folder=tmp_path / "data"),
        vault=VaultSettings(key_folder=tmp_path / "keys", use_keyring=False),
    )
    assert stored_weights(settings) is None
    clock = SystemClock()
    machine = StoreMachine(settings, clock)
    store = machine.create_store()
    assert stored_weights(settings) == {}
    with store.storage.begin() as work:
        work.settings.put(BusinessSettings(weights={"rest_min": 25.0}), by=None, at=clock.now())
    machine.close()
    assert stored_weights(settings) == {"rest_min": 25.0}
