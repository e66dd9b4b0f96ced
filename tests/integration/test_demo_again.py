"""The demo opened on another day than it was filled."""

from pathlib import Path

from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.demo.place import DemoPlace
from smart4s_kiosk.demo.seed import book_today, demo_facts


def test_the_invented_guests_are_expected_again_once_a_day(tmp_path: Path) -> None:
    place = DemoPlace(tmp_path / "demo")
    application = build(place.settings(Settings()), is_demo=True)
    try:
        assert not application.services.appointments.today()
        book_today(application)
        booked = application.services.appointments.of_day()
        assert {line.name for line in booked} <= {one["name"][0] + "*" for one in demo_facts()["appointments"]}
        first = {line.code for line in booked}
        book_today(application)
        assert {line.code for line in application.services.appointments.of_day()} == first
    finally:
        application.storage.storage.close()
