"""Finds model files inside the installed wheels, checks their SHA-256 and says which one is damaged or missing."""

import hashlib
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from smart4s_kiosk.domain.errors import Unavailable

MODELS_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "models"

TEXT_DETECTION = "text-detection"
TEXT_RECOGNITION = "text-recognition"
TEXT_DIRECTION = "text-direction"
FACE_DETECTION = "face-detection"
FACE_EMBEDDING = "face-embedding"


class ModelMissing(Unavailable):
    """A model file is not installed."""

    code = "vision.model_missing"


class ModelDamaged(Unavailable):
    """A model file is not the one that was tested."""

    code = "vision.model_damaged"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One line of the manifest."""

    name: str
    file: str
    """Path below a folder of the Python path, or below `resources/models`."""
    sha256: str
    wheel: str
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """A model file whose hash was right when it was looked up."""

    name: str
    path: Path
    sha256: str


class ModelStore:
    """The manifest and the places where its files may lie. Files are hashed once per store (10 to 40 ms each)."""

    def __init__(self, *, manifest: Path = MODELS_FOLDER / "manifest.toml", places: Iterable[Path] = ()) -> None:
        self._files = read_manifest(manifest)
        given = tuple(places)
        self._places = given or (*(Path(entry) for entry in sys.path if entry), manifest.parent)
        self._checked: dict[str, CheckedModel] = {}

    def names(self) -> tuple[str, ...]:
        """Every model of the manifest."""
        return tuple(self._files)

    def get(self, name: str) -> CheckedModel:
        """The checked file.

        Raises:
            ModelMissing: not in the manifest, or found in no place.
            ModelDamaged: its SHA-256 is not the manifest's.

        """
        if name not in self._checked:
            self._checked[name] = self._check(name)
        return self._checked[name]

    def _check(self, name: str) -> CheckedModel:
        known = self._files.get(name)
        if known is None:
            raise ModelMissing(name, waiting_helps=False)
        found = next((place / known.file for place in self._places if (place / known.file).is_file()), None)
        if found is None:
            raise ModelMissing(name, waiting_helps=False, file=known.file, wheel=known.wheel)
        with found.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest != known.sha256:
            raise ModelDamaged(name, waiting_helps=False, file=known.file, wheel=known.wheel)
        return CheckedModel(name=name, path=found, sha256=digest)


def read_manifest(path: Path) -> dict[str, ModelFile]:
    """All models by name."""
    with path.open("rb") as stream:
        tables = tomllib.load(stream)
    return {name: ModelFile(name=name, **table) for name, table in tables.items()}
