"""Model files: found in the wheels, hashed, named when wrong."""

from pathlib import Path

import pytest

from smart4s_kiosk.vision.models import MODELS_FOLDER, ModelDamaged, ModelMissing, ModelStore, read_manifest


def test_every_model_of_the_manifest_is_installed_and_whole() -> None:
    store = ModelStore()
    for name in store.names():
        assert store.get(name).path.is_file()


def test_every_model_names_its_licence_and_source() -> None:
    for model in read_manifest(MODELS_FOLDER / "manifest.toml").values():
        assert model.licence in {"Apache-2.0", "MIT", "BSD-3-Clause"}
        assert model.source


def manifest_with(folder: Path, sha256: str) -> Path:
    path = folder / "manifest.toml"
    path.write_text(
        f'[letters]\nfile = "letters.onnx"\nsha256 = "{sha256}"\nwheel = "w"\nlicence = "MIT"\nsource = "s"\n',
        encoding="utf-8",
    )
    return path


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.onnx").write_bytes(b"not the tested one")
    store = ModelStore(manifest=manifest_with(tmp_path, "0" * 64))
    with pytest.raises(ModelDamaged) as caught:
        store.get("letters")
    assert caught.value.what == "letters"
    assert not caught.value.waiting_helps


def test_an_absent_file_and_an_unknown_name_are_told_apart_from_damage(tmp_path: Path) -> None:
    store = ModelStore(manifest=manifest_with(tmp_path, "0" * 64))
    for name in ("letters", "nobody-knows-this"):
        with pytest.raises(ModelMissing):
            store.get(name)
