"""Words that count."""

import pytest

from smart4s_kiosk.i18n import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 guests"), (1, "1 guest"), (2, "2 guests"), (21, "21 guests")])
def test_one_is_said_in_a_form_of_its_own(number: int, said: str) -> None:
    assert counted(number, "1 guest", "{n} guests") == said
