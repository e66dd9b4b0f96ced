"""serve, migrate, device add, device revoke, device list."""

import argparse
import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from cloud_connector.logs import start_logging
from cloud_connector.settings import SettingsWrong, read_database_url, read_settings
from cloud_connector.storage.database import Database, DatabaseAway
from cloud_connector.storage.migrate import head, migrate
from cloud_connector.storage.sites import CODE_ALPHABET, CODE_LENGTH, CODE_LIFE

LONGEST_NAME = 120


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cloud_connector", description="Relay between showrooms and WeCom.")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("serve", help="run the connector (HTTP and senders in one process)")
    acts.add_parser("migrate", help="bring the database to this version's shape")
    device = acts.add_parser("device", help="terminals that may speak to the connector")
    what = device.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="print a one-time code for a new terminal")
    add.add_argument("--store", required=True, type=_store_id, help="the showroom's id: letters, digits, - and _")
    named = "the showroom's name, for a showroom that is not known yet"
    add.add_argument("--store-name", default="", type=_name, help=named)
    add.add_argument("--name", default="terminal", type=_name, help="what to call the terminal")
    revoke = what.add_parser("revoke", help="shut a terminal out")
    revoke.add_argument("device_id")
    what.add_parser("list", help="every terminal")
    return parser


def _store_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_\-]{1,64}", text):
        raise argparse.ArgumentTypeError("1 to 64 letters, digits, - and _")
    return text


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise argparse.ArgumentTypeError(f"at most {LONGEST_NAME} characters in one line")
    return text


def _database(environment: Mapping[str, str]) -> Database:
    database = Database(read_database_url(environment))
    migrate(database)
    return database


def add_device(database: Database, store: str, store_name: str, name: str) -> str:
    """A one-time code for a new terminal of `store`."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    now = datetime.now(UTC)
    with database.begin() as work:
        work.sites.add_store(store, store_name or store, now)
        work.sites.add_code(code, store, name, now)
    return code


def _device(options: argparse.Namespace, database: Database) -> int:
    if options.what == "add":
        code = add_device(database, options.store, options.store_name, options.name)
        print(f"{code[:5]}-{code[5:]}")
        print(f"good once, for {CODE_LIFE.seconds // 60} minutes", file=sys.stderr)
        return 0
    if options.what == "list":
        with database.look() as work:
            for device in work.sites.devices():
                print(device.id, device.store_id, device.name, "revoked" if device.revoked_at else "active", sep="\t")
        return 0
    with database.begin() as work:
        revoked = work.sites.revoke(options.device_id, datetime.now(UTC))
    if not revoked:
        print("no such active terminal", file=sys.stderr)
    return 0 if revoked else 1


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do what was asked; 0 when it worked, 1 when not, 2 for wrong settings."""
    options = _parser().parse_args(arguments)
    try:
        if options.act == "serve":
            from cloud_connector.app import serve  # the web server is slow to load and only needed here

            settings = read_settings(environment)
            start_logging(settings.log_level)
            serve(settings)
            return 0
        database = _database(environment)
        try:
            if options.act == "device":
                return _device(options, database)
            print(f"database is at {head()}")
            return 0
        finally:
            database.close()
    except SettingsWrong as wrong:
        print("The settings are wrong:", *wrong.problems, sep="\n  ", file=sys.stderr)
        return 2
    except DatabaseAway as away:
        print(f"The database does not answer, or is none of ours ({away}).", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
