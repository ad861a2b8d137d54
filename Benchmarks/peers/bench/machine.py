"""What it was measured on, without the name of the machine."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())


def first_line(command: list[str], folder: Path | None = None) -> str:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def revision(root: Path) -> str:
    """The commit that is checked out, short."""
    return first_line(["git", "rev-parse", "--short", "HEAD"], root)


def description() -> dict[str, str]:
    return {
        "processor": f"{processor()}, {os.cpu_count()} cores, {memory_gib():.0f} GiB",
        "system": system(),
        "compiler": f"{first_line(['swift', '--version']).split(' (')[0]}, release build",
        "python": platform.python_version(),
    }


def peer_versions() -> dict[str, str]:
    return {"pyagrum": f"pyAgrum {version('pyAgrum')}", "stepmix": f"StepMix {version('stepmix')}",
            "pgmpy": f"pgmpy {version('pgmpy')}", "numpy": f"numpy {version('numpy')}"}
