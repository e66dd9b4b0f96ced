"""Sealing under a key per person: `PersonVault` and `FaceSealer`."""

from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import ErasureReceipt
from smart4s_kiosk.vault import sealing
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.sealing import Key

_FACE = "face.template"


class FilePersonVault:
    """Seals with the keys of the person-key file."""

    def __init__(self, keys: PersonKeyFile) -> None:
        self._keys = keys

    def seal(self, person: PersonId, purpose: str, plain: bytes) -> bytes:
        """Sealed bytes, bound to person and purpose. Raises PersonForgotten."""
        return sealing.seal(self._keys.key_for(person), _binding(person, purpose), plain)

    def open(self, person: PersonId, purpose: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises PersonForgotten, PersonKeyUnknown, SealBroken."""
        return sealing.open_sealed(self._keys.key_of(person), _binding(person, purpose), sealed)

    def forget(self, person: PersonId) -> ErasureReceipt:
        """Destroy the person's key for good."""
        return self._keys.forget(person)

    def known(self, person: PersonId) -> bool:
        """Whether the person has a key now."""
        return self._keys.knows(person)

    def receipt(self, person: PersonId) -> ErasureReceipt | None:
        """The receipt of an earlier `forget`."""
        return self._keys.receipt(person)


class TerminalFaceSealer:
    """Wraps what the person's key sealed in this terminal's own key, which no sheet and no backup carries."""

    def __init__(self, persons: FilePersonVault, terminal_key: Key) -> None:
        self._persons = persons
        self._key = sealing.derived_key(terminal_key, "faces")

    def seal(self, person: PersonId, template: bytes) -> bytes:
        """Sealed template. Raises PersonForgotten."""
        return sealing.seal(self._key, _binding(person, _FACE), self._persons.seal(person, _FACE, template))

    def open(self, person: PersonId, sealed: bytes) -> bytes:
        """The template. Raises PersonForgotten, PersonKeyUnknown, SealBroken."""
        return self._persons.open(person, _FACE, sealing.open_sealed(self._key, _binding(person, _FACE), sealed))


def _binding(person: PersonId, purpose: str) -> bytes:
    return sealing.binding("person", person, purpose)
