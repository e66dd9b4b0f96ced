"""The operating system's key ring, used only when it opens without asking anybody anything.

Only two key rings are ever used, by name: the Secret Service and the Windows Credential Manager. Others that may be
installed (keyrings.alt keeps plain text in a file) are never looked at.
"""

import functools
import logging
import sys
from contextlib import ExitStack, closing
from typing import Any, Protocol

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.vault.places import PlaceName, as_text, from_text

ANSWER_LIMIT_S = 3.0
_log = logging.getLogger(__name__)


class KeyRing(Protocol):
    """The three calls of a `keyring` backend."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringPlace:
    """Secrets in a key ring, under one service name for each vault."""

    name = PlaceName.KEYRING

    def __init__(self, ring: KeyRing, service: str) -> None:
        self._ring = ring
        self._service = service

    def get(self, secret_name: str) -> bytes | None:
        """The secret, or None."""
        text = self._ask(self._ring.get_password, self._service, secret_name)
        return None if text is None else from_text(text)

    def put(self, secret_name: str, secret: bytes) -> None:
        """Keep a secret."""
        self._ask(self._ring.set_password, self._service, secret_name, as_text(secret))

    def remove(self, secret_name: str) -> None:
        """Let go of a secret."""
        if self.get(secret_name) is not None:
            self._ask(self._ring.delete_password, self._service, secret_name)

    @staticmethod
    def _ask(call: Any, *words: str) -> Any:
        errors = _ring_errors()
        try:
            return call(*words)
        except errors as error:
            raise Unavailable("key ring", waiting_helps=True, reason=type(error).__name__) from error


def silent_key_ring() -> KeyRing | None:
    """The key ring of this session if it is there and open, else None. Never prompts; answers within seconds."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    return _silent_secret_service()


def _ring_errors() -> tuple[type[BaseException], ...]:
    """What a key ring raises when it is away, locked or silent; the Secret Service's own where it is installed."""
    from keyring.errors import KeyringError

    usual: tuple[type[BaseException], ...] = (KeyringError, OSError, TimeoutError, KeyError)
    try:
        from jeepney.wrappers import DBusErrorResponse
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return usual
    return (*usual, DBusErrorResponse, SecretStorageException)


def _silent_secret_service() -> KeyRing | None:
    try:
        from keyring.backends import SecretService
        from keyring.errors import KeyringLocked
        from secretstorage import Collection
    except ImportError:
        return None

    class SilentSecretService(SecretService.Keyring):
        """Raises where its parent would open a prompt."""

        def get_preferred_collection(self) -> Any:
            with ExitStack() as on_failure:
                bus = on_failure.enter_context(closing(_impatient_bus()))
                collection = Collection(bus)
                if collection.is_locked():
                    raise KeyringLocked("locked; a kiosk does not ask")
                on_failure.pop_all()
            return collection

        def unlock(self, item: Any) -> None:
            if item.is_locked():
                raise KeyringLocked("locked; a kiosk does not ask")

    errors = _ring_errors()
    try:
        if not _has_owner(_impatient_bus()):
            return None
        ring = SilentSecretService()  # type: ignore[no-untyped-call] # keyring has no types
        ring.get_preferred_collection().connection.close()
    except errors as error:
        _log.info("key ring not usable", extra={"action": "vault.keyring_probe", "reason": type(error).__name__})
        return None
    return ring


def _impatient_bus() -> Any:
    """A connection to the session bus on which no answer is awaited for longer than the limit."""
    from jeepney.io.blocking import open_dbus_connection

    bus = open_dbus_connection("SESSION", auth_timeout=ANSWER_LIMIT_S)
    bus.send_and_get_reply = functools.partial(bus.send_and_get_reply, timeout=ANSWER_LIMIT_S)
    return bus


def _has_owner(bus: Any) -> bool:
    """Whether a Secret Service runs already: asking it anything else would start one, which may prompt."""
    from jeepney import DBusAddress, new_method_call

    broker = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
    with bus:
        answer = bus.send_and_get_reply(new_method_call(broker, "NameHasOwner", "s", ("org.freedesktop.secrets",)))
    return bool(answer.body[0])
