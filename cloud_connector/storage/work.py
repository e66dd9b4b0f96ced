"""One transaction with everything that is kept."""

from sqlalchemy import Connection, text

from cloud_connector.storage.cards import Cards
from cloud_connector.storage.commands import Commands
from cloud_connector.storage.deliveries import Deliveries
from cloud_connector.storage.inbox import Inbox
from cloud_connector.storage.limits import Limits
from cloud_connector.storage.quotes import Quotes
from cloud_connector.storage.sites import Sites
from cloud_connector.storage.visits import Visits


class Work:
    """What a transaction may touch. `woken` is told to all processes after the commit."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.woken: set[tuple[str, str]] = set()
        self.sites = Sites(connection)
        self.inbox = Inbox(connection)
        self.visits = Visits(connection)
        self.deliveries = Deliveries(connection, self.woken)
        self.cards = Cards(connection)
        self.commands = Commands(connection, self.woken)
        self.limits = Limits(connection)
        self.quotes = Quotes(connection)

    def ping(self) -> None:
        """Ask the database something trivial."""
        self.connection.execute(text("SELECT 1")).scalar_one()
