"""The personal-data filter hides people and leaves ids, hashes and figures readable."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.app.redaction import redacted
from tests.fakes.clock import SequentialIds

DIGITS = st.text("0123456789", min_size=8, max_size=8)


@given(rest=DIGITS)
def test_every_mobile_number_is_hidden(rest: str) -> None:
    assert redacted(f"call 139{rest} now") == "call [phone] now"


@given(st.integers(0, 10**12))
def test_every_id_of_ours_stays_readable(count: int) -> None:
    ids = SequentialIds()
    text = f"visit={ids.new()} x={count % 10**9}"
    assert redacted(text) == text


@given(st.text(max_size=200))
def test_any_text_is_filtered_without_an_error_and_filtering_again_changes_nothing_personal(text: str) -> None:
    once = redacted(text)
    assert redacted(once).count("[phone]") >= once.count("[phone]")
