"""Where a machine's secrets are kept: key ring, sealed by systemd, handed over by systemd, or a plain file."""

import base64
import binascii
import os
import shutil
import subprocess
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Protocol

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.vault import files

CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"
_SYSTEMD_LIMIT_S = 15.0
_LARGEST_SECRET = 4096


class PlaceName(Enum):
    """How well a place guards what it holds when somebody carries the machine away."""

    KEYRING = "keyring"
    HANDED_OVER = "handed-over"
    """systemd opened a sealed credential for this session (LoadCredentialEncrypted)."""
    TPM2 = "tpm2"
    HOST_KEY = "host-key"
    """Sealed, but with a key on the same disk: keeps other users out, not a thief."""
    PLAIN_FILE = "plain-file"

    @property
    def survives_theft(self) -> bool:
        """Whether the disk alone, without this machine or this login, leaves the secret unreadable."""
        return self not in {PlaceName.HOST_KEY, PlaceName.PLAIN_FILE}


class SecretPlace(Protocol):
    """Keeps a few small secrets under names, without ever asking a person anything."""

    @property
    def name(self) -> PlaceName:
        """Which kind of place this is."""
        ...

    def get(self, secret_name: str) -> bytes | None:
        """The secret, or None when this place does not have it. Raises Unavailable."""
        ...

    def put(self, secret_name: str, secret: bytes) -> None:
        """Keep a secret. Raises Unavailable."""
        ...

    def remove(self, secret_name: str) -> None:
        """Let go of a secret; harmless when there is none. Raises Unavailable."""
        ...


class PlainFilePlace:
    """Files that only the owner may read. Whoever takes the disk can read them: health says so in red."""

    name = PlaceName.PLAIN_FILE

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, secret_name: str) -> bytes | None:
        """The secret, or None."""
        return _read_hex(self._folder / f"{secret_name}.key")

    def put(self, secret_name: str, secret: bytes) -> None:
        """Keep a secret."""
        _write(self._folder / f"{secret_name}.key", secret.hex().encode("ascii"))

    def remove(self, secret_name: str) -> None:
        """Overwrite and remove the file."""
        files.overwrite_and_remove(self._folder / f"{secret_name}.key")


class HandedOverPlace:
    """Secrets that systemd opened for this session: read only, in memory, gone with the session."""

    name = PlaceName.HANDED_OVER

    def __init__(self, prefix: str, environment: Mapping[str, str] | None = None) -> None:
        self._prefix = prefix
        self._folder = (os.environ if environment is None else environment).get(CREDENTIALS_VARIABLE, "")

    def get(self, secret_name: str) -> bytes | None:
        """The secret, or None."""
        return _read_hex(Path(self._folder) / f"{self._prefix}{secret_name}") if self._folder else None

    def put(self, secret_name: str, secret: bytes) -> None:  # noqa: ARG002 - the place's shape
        """Not possible: the system's administrator seals these."""
        raise Unavailable("credentials of the session", waiting_helps=False, secret=secret_name)

    def remove(self, secret_name: str) -> None:
        """Nothing to do: systemd takes them away with the session."""


class SystemdPlace:
    """Files sealed with `systemd-creds`, by the TPM2 chip or by the machine's own key."""

    def __init__(self, folder: Path, name: PlaceName, binary: str = "systemd-creds") -> None:
        self._folder = folder
        self._name = name
        self._binary = shutil.which(binary) or ""

    @property
    def name(self) -> PlaceName:
        """TPM2 or HOST_KEY."""
        return self._name

    def get(self, secret_name: str) -> bytes | None:
        """The secret, or None."""
        place = self._place(secret_name)
        if not place.exists():
            return None
        opened = self._run(["decrypt", f"--name={secret_name}", str(place), "-"], b"")
        return _from_hex(opened, place)

    def put(self, secret_name: str, secret: bytes) -> None:
        """Seal and keep a secret."""
        kind = "tpm2" if self._name is PlaceName.TPM2 else "host"
        text = secret.hex().encode("ascii")
        _write(
            self._place(secret_name),
            self._run(["encrypt", f"--with-key={kind}", f"--name={secret_name}", "-", "-"], text),
        )

    def remove(self, secret_name: str) -> None:
        """Overwrite and remove the file."""
        files.overwrite_and_remove(self._place(secret_name))

    def _place(self, secret_name: str) -> Path:
        return self._folder / f"{secret_name}.{self._name.value}.cred"

    def _run(self, words: list[str], given: bytes) -> bytes:
        """Ask systemd-creds, which never asks a person; it gets a bounded time."""
        if not self._binary:
            raise Unavailable("systemd-creds", waiting_helps=False)
        try:
            answer = subprocess.run(  # noqa: S603 - fixed words, no shell
                [self._binary, *words], input=given, capture_output=True, timeout=_SYSTEMD_LIMIT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unavailable("systemd-creds", waiting_helps=True) from error
        if answer.returncode:
            raise Unavailable("systemd-creds", waiting_helps=False, status=answer.returncode)
        return answer.stdout


def round_trips(place: SecretPlace) -> bool:
    """Whether a place really keeps and gives back what it was given. Bounded, and silent on the screen."""
    trial = os.urandom(32)
    try:
        place.put("trial", trial)
        kept = place.get("trial") == trial
        place.remove("trial")
    except (Unavailable, OSError):
        return False
    return kept


def _write(place: Path, content: bytes) -> None:
    try:
        files.make_private_folder(place.parent)
        files.write_whole(place, content)
    except OSError as error:
        raise Unavailable("key folder", waiting_helps=False, reason=error.strerror or "") from error


def _read_hex(place: Path) -> bytes | None:
    try:
        content = place.read_bytes() if place.exists() else None
    except OSError as error:
        raise Unavailable("key folder", waiting_helps=False, reason=error.strerror or "") from error
    return None if content is None else _from_hex(content, place)


def _from_hex(content: bytes, place: Path) -> bytes:
    try:
        return binascii.unhexlify(content[:_LARGEST_SECRET].strip())
    except (binascii.Error, ValueError):
        raise Unavailable("key folder", waiting_helps=False, file=place.name) from None


def as_text(secret: bytes) -> str:
    """A secret as the key ring keeps it."""
    return base64.b64encode(secret).decode("ascii")


def from_text(text: str) -> bytes:
    """A secret as the key ring kept it. Raises Unavailable."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Unavailable("key ring", waiting_helps=False) from None
