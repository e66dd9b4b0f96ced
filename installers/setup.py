"""Sets up one environment for `make`: Debian libraries, a virtual environment, pinned packages. Standard library only.

Usage: python3 installers/setup.py {kiosk|cloud|demo|dev} [--venv DIR]
The second run finds its stamp and returns at once. Debian packages are installed when this user may (root, or sudo
without a question); otherwise the exact line to type is printed and the run stops with status 3.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "installers" / "linux" / "packages.txt"


def wanted_debian_packages(profile: str) -> list[str]:
    """Package names of the sections that `profile` needs, from packages.txt."""
    sections = {
        "kiosk": {"offscreen", "window"},
        "cloud": set(),
        "demo": {"offscreen"},
        "dev": {"offscreen", "window", "tests"},
    }
    wanted: list[str] = []
    section = ""
    for raw in PACKAGES.read_text(encoding="utf-8").splitlines():
        line = raw.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line and section in sections[profile]:
            wanted.append(line)
    return wanted


def missing_debian_packages(names: list[str]) -> list[str]:
    """Those of `names` that dpkg does not have installed."""
    if not names or not shutil.which("dpkg-query"):
        return []
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install_debian_packages(names: list[str]) -> None:
    """Install with apt where this user may; else say the exact line and stop."""
    if not names:
        return
    prefix: list[str] | None = None
    if os.geteuid() == 0:
        prefix = []
    elif (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        prefix = ["sudo", "-n"]
    line = f"apt-get install -y --no-install-recommends {' '.join(names)}"
    if prefix is None:
        print(
            f"Some system libraries are missing. Type this, then run the same command again:\n\n  sudo {line}\n",
            file=sys.stderr,
        )
        sys.exit(3)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    print(f"Installing system libraries: {' '.join(names)}", flush=True)
    first = subprocess.run(
        [*prefix, *line.split()],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if first.returncode:
        subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment, check=False)
        subprocess.run([*prefix, *line.split()], env=environment, stdout=subprocess.DEVNULL, check=True)


def python_of(venv: Path) -> Path:
    """The interpreter inside a virtual environment, on Linux and on Windows."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_text(profile: str) -> str:
    """Changes whenever any requirement or pin does."""
    digest = hashlib.sha256()
    for file in sorted([ROOT / "constraints.txt", *(ROOT / "requirements").glob("*.txt")]):
        digest.update(file.read_bytes())
    return f"{profile} {sys.version_info[:2]} {digest.hexdigest()}\n"


def main() -> int:
    """Set up and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profile", choices=["kiosk", "cloud", "demo", "dev"])
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    arguments = parser.parse_args()
    if sys.version_info[:2] != (3, 11):
        print(f"Python 3.11 is needed (this is {sys.version.split()[0]}).", file=sys.stderr)
        return 3
    if sys.platform.startswith("linux"):
        install_debian_packages(missing_debian_packages(wanted_debian_packages(arguments.profile)))
    stamp = arguments.venv / f".ready-{arguments.profile}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_text(arguments.profile):
        return 0
    if not python_of(arguments.venv).exists():
        subprocess.run([sys.executable, "-m", "venv", str(arguments.venv)], check=True)
    print(f"Installing pinned packages into {arguments.venv.name} (about a minute the first time)", flush=True)
    pip = [str(python_of(arguments.venv)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    subprocess.run(
        [
            *pip,
            "install",
            "-q",
            "-c",
            str(ROOT / "constraints.txt"),
            "-r",
            str(ROOT / "requirements" / f"{arguments.profile}.txt"),
        ],
        check=True,
    )
    subprocess.run([*pip, "check"], check=True, stdout=subprocess.DEVNULL)
    stamp.write_text(stamp_text(arguments.profile), encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        print(
            f"Setting up stopped: `{' '.join(map(str, failed.cmd))}` failed; its own words stand above.",
            file=sys.stderr,
        )
        sys.exit(1)
