"""The server that the tests start: UTF-8, one empty database per test, no trace left."""

from collections.abc import Callable

import psycopg
import pytest

from tests.postgres import PostgresServer, running_server

pytestmark = pytest.mark.postgres


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def test_each_database_is_empty_and_holds_chinese(fresh_database: Callable[[], str]) -> None:
    first, second = fresh_database(), fresh_database()
    with psycopg.connect(_plain(first)) as one:
        one.execute("CREATE TABLE words (word text)")
        one.execute("INSERT INTO words VALUES ('王顾问')")
        assert one.execute("SELECT word, length(word) FROM words").fetchone() == ("王顾问", 3)
        encoding = one.execute("SHOW server_encoding").fetchone()
    assert encoding == ("UTF8",)
    with psycopg.connect(_plain(second)) as two:
        tables = two.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_durable_server_keeps_what_was_committed_before_it_was_killed() -> None:
    with running_server(durable=True) as server:
        with psycopg.connect(server.dsn()) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        server.stop("immediate")
        server.start()
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_it_syncs_only_where_a_test_asks_for_it(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.dsn()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
