"""Writes a migration from the difference between the migrations and `storage/tables.py`.

`python -m installers.migration "What changes"` from the root of the repository; read the file it writes before
committing it, and add what the difference cannot know (moving data).

`python -m installers.migration first` writes the first migration anew instead of adding one. That is right only until
the first store runs this program: until then, databases made before must be deleted.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from smart4s_kiosk.storage import schema
from smart4s_kiosk.storage.database import SqlcipherDatabase, SqlcipherFile

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"


def main(message: str) -> None:
    """Write the next numbered file into `storage/migrations/versions`."""
    written = sorted(VERSIONS.glob("[0-9]*.py"))
    if message == "first":
        if len(written) > 1:
            sys.exit("there are later migrations already: add one")
        for file in written:
            file.unlink()
        written = []
    with tempfile.TemporaryDirectory() as scratch:
        database = SqlcipherDatabase(SqlcipherFile(Path(scratch) / "empty.db", b"\0" * 32))
        if written:
            schema.upgrade(database)
        with database.change() as transaction:
            config = schema.alembic_config()
            config.attributes["connection"] = transaction.connection
            command.revision(config, message=message, rev_id=f"{len(written) + 1:04}", autogenerate=True)
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
