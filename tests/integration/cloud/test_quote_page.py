"""The quote's page over real HTTP, in a real browser of a phone's size: readable at once, checked when we know it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from cloud_connector.app import utc_now
from cloud_connector.contract.commands import QuoteOpened
from smart4s_kiosk.documents.qr import QuoteCodes
from smart4s_kiosk.domain.events import QuotePublished
from smart4s_kiosk.domain.ids import QuoteId
from tests.builders_documents import STORE
from tests.builders_quotes import a_full_quote
from tests.integration.cloud.running import Running, running_connector
from tests.integration.cloud.showroom import Showroom, showroom
from tests.integration.documents.test_qr import SIGNER
from tests.waiting import PATIENCE_S, until

TOKEN = "k7m2" * 6 + "ab"
NOWHERE = "http://127.0.0.1:9/cgi-bin/"
"""WeCom is not needed for a page."""


@pytest.fixture(scope="module")
def connector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_connector(tmp_path_factory.mktemp("connector"), NOWHERE) as running:
        yield running


@pytest.fixture
def room(connector: Running, tmp_path: Path) -> Iterator[Showroom]:
    with showroom(tmp_path, connector.base_url) as made:
        connector.introduce_room(made, f"store-{tmp_path.name[-20:]}")
        yield made


def publish(room: Showroom, token: str) -> None:
    fact = QuotePublished(
        QuoteId("q-1"), 1, token, 25_085_513, room.clock.now() + timedelta(days=7), SIGNER.public_key()
    )
    room.tell(fact, "quote:Q-1")
    room.start()
    until(room.is_drained, "the quote is published")


def link_to(connector: Running, token: str) -> str:
    return QuoteCodes(SIGNER).quote_link(a_full_quote(), STORE, "王静", page=f"{connector.base_url}/q/{token}")


def shown_by_a_phone(link: str, folder: Path, picture: Path | None = None) -> str:
    """The page's text after its script ran in Chromium."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("Debian's chromium is not installed")
    what = [f"--screenshot={picture}"] if picture else ["--dump-dom"]
    line = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-proxy-server"]
    size = ["--window-size=412,1180", "--virtual-time-budget=4000", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run([*line, *size, *what, link], capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    return re.sub(r"<[^>]+>", " ", done.stdout.partition("<main")[2].partition("</main>")[0])


def test_a_published_quote_opens_checked_and_the_showroom_hears_of_it(
    connector: Running, room: Showroom, tmp_path: Path
) -> None:
    publish(room, TOKEN)
    page = shown_by_a_phone(link_to(connector, TOKEN), tmp_path)
    assert "签章有效" in page
    assert "250,855.13" in page
    assert "未列费用，一律不收取" in page
    assert "王静" in page
    with connector.connector.database.look() as work:
        quote = work.quotes.find(TOKEN)
        assert quote is not None
        sent = [QuoteOpened.model_validate(row.data) for row in work.commands.after(quote.store_id, 0)]
    assert [(one.quote, one.times) for one in sent] == [("q-1", 1)]


def test_figures_show_before_the_showroom_could_tell_but_never_as_checked(connector: Running, tmp_path: Path) -> None:
    page = shown_by_a_phone(link_to(connector, "n" * 26), tmp_path)
    assert "250,855.13" in page
    assert "签章未核对" in page
    assert "签章有效" not in page


def test_a_changed_figure_shows(connector: Running, room: Showroom, tmp_path: Path) -> None:
    token = "c" * 26
    publish(room, token)
    head, _, fragment = link_to(connector, token).partition("#")
    other = "00001" if fragment[5:10] != "00001" else "00002"
    page = shown_by_a_phone(f"{head}#{fragment[:5]}{other}{fragment[10:]}", tmp_path)
    assert "签章有效" not in page
    assert "签章不符" in page


def test_no_server_ever_sees_what_is_in_a_quote(connector: Running, room: Showroom) -> None:
    token = "p" * 26
    publish(room, token)
    link = link_to(connector, token)
    sent = httpx.Request("GET", link).url
    assert sent.raw_path.decode() == f"/q/{token}"
    answer = httpx.get(link, trust_env=False)
    assert answer.status_code == 200
    assert "250,855" not in answer.text
    with connector.connector.database.look() as work:
        for value in ("王静", "Q-2026", "澄野"):
            rows = work.connection.exec_driver_sql("select * from quotes").all()
            assert value not in repr(rows)


@pytest.mark.parametrize("token", ["short", "a/b", "%00" * 10, "x" * 200, "<script>alert(1)</script>"])
def test_a_strange_address_gets_the_bare_page_or_nothing(connector: Running, token: str) -> None:
    answer = httpx.get(f"{connector.base_url}/q/{token}", trust_env=False)
    assert answer.status_code in {200, 404}
    assert "alert(1)" not in answer.text
    assert answer.status_code == 404 or '<script id="keys" type="application/json">[]</script>' in answer.text


def test_the_page_may_run_only_its_own_script(connector: Running) -> None:
    policy = httpx.get(f"{connector.base_url}/q/{'z' * 26}", trust_env=False).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_forgotten_quote_is_readable_but_no_longer_checked(connector: Running, room: Showroom) -> None:
    token = "f" * 26
    publish(room, token)
    with connector.connector.database.begin() as work:
        assert work.quotes.forget_ended(utc_now() + timedelta(days=60)) >= 1
    assert "[]</script>" in httpx.get(f"{connector.base_url}/q/{token}", trust_env=False).text
