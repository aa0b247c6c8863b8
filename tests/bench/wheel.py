"""What is shipped, built from the checkout: the wheel, and a virtual environment that has it alone."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("cowork_cli", "completions", "docs", "pyproject.toml", "README.md", "LICENSE")
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


def built(folder: Path) -> Path:
    """The wheel, made in `folder` from a copy. Raises CalledProcessError."""
    source = folder / "source"
    source.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, source / name)
    words = [sys.executable, "-c", BUILD, str(folder)]
    done = subprocess.run(
        words, cwd=source, stdout=subprocess.PIPE, text=True, timeout=120, check=True
    )
    return folder / done.stdout.split()[-1]


def installed(folder: Path) -> Path:
    """The program of the wheel in a virtual environment of its own under `folder`, compiled.

    With a pip of today: up to 24 it wrote programs that load `re`, a tenth of what a timer takes.
    """
    place = folder / "wheel"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    python = str(place / "venv" / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    subprocess.run([*pip, "--compile", str(built(place))], check=True)
    return place / "venv" / "bin" / "cowork"
