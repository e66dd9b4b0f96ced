"""The hours of the heat: other opening hours that change the choice say so, so that the heat is asked anew."""

from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.manager.hour_range import HourRange


def test_hours_that_change_the_choice_are_told_and_others_are_not(qtbot: QtBot) -> None:
    hours, told = HourRange(), []
    qtbot.addWidget(hours)
    hours.changed.connect(lambda low, high: told.append((low, high)))
    hours.show_limits(0, 24)
    assert hours.chosen == (0, 24)
    hours.show_limits(0, 24)
    assert told == [(0, 24)]
