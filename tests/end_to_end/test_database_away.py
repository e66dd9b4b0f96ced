"""The database server goes away in the middle of a visit and comes back: said in words, nothing hangs or is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from smart4s_kiosk import i18n
from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.start_trouble import words_of
from smart4s_kiosk.demo.seed import seed
from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ui.wording import refusal_words
from tests.end_to_end.real_showroom import Guest, running, settings_in
from tests.postgres import PostgresServer, running_server
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    with running_server(durable=True) as server:  # what is committed outlives its kill
        yield server


@pytest.fixture
def settings(own_server: PostgresServer, tmp_path: Path) -> Settings:
    made = settings_in(tmp_path / "showroom")
    return replace(made, data=replace(made.data, database_url=own_server.fresh_database()))


def refused(act: Callable[[], object]) -> Unavailable:
    """What the page is told; were it to hang, the test's own time limit would end it."""
    with pytest.raises(Unavailable) as away:
        act()
    return away.value


def is_in_both_languages(refusal: Unavailable) -> bool:
    said = set()
    for language in ("zh_CN", "en"):
        i18n.use_language(language)
        said.add(refusal_words(refusal).words)
        assert words_of(refusal).to_do
    i18n.use_language("zh_CN")
    return len(said) == 2


def test_a_visit_goes_on_when_the_server_is_back(settings: Settings, own_server: PostgresServer) -> None:
    application = build(settings, is_demo=True)
    seed(application)
    application.storage.storage.close()
    with running(settings) as application:
        guest = Guest(application)
        guest.check_in()
        own_server.stop("immediate")
        try:
            assert is_in_both_languages(refused(guest.is_received))
            assert refused(lambda: application.services.kiosk.progress(guest.visit_id)).what == "database"
        finally:
            own_server.start()

        def is_back() -> bool:
            try:
                guest.is_received()
            except Unavailable:
                return False
            return True

        until(is_back, "the database is used again")
        guest.chooses_a_car()
        guest.shows_a_licence()
        guest.reads_the_text()
        guest.signs()
        guest.is_signed_for()
        guest.drives_away()
        assert guest.agreement.state is AgreementState.KEY_OUT
        mine = [v for v in application.services.desk.open_visits() if v.id == guest.visit_id]
        assert len(mine) == 1, "the visit of before, once"


def test_a_start_without_the_server_is_refused_in_time_and_works_when_it_is_there(
    settings: Settings, own_server: PostgresServer
) -> None:
    build(settings, is_demo=True).storage.storage.close()
    own_server.stop("immediate")
    try:
        assert is_in_both_languages(refused(lambda: build(settings, is_demo=True)))
    finally:
        own_server.start()
    again = build(settings, is_demo=True)
    assert again.services.staff.all() == []
    again.storage.storage.close()
