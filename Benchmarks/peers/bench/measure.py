"""CPU time and memory of child processes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
}


@dataclass(frozen=True)
class Usage:
    """What a finished process used, and what it said."""

    cpu: float
    peak_mib: float
    output: str


class Failed(Exception):
    """A process that ended with an error; the text is the end of what it said."""


def run(command: list[str], folder: str | None = None, environment: dict[str, str] | None = None) -> Usage:
    """Runs a command to its end, with some variables more in its environment."""
    starter = [sys.executable, "-I", "-S", str(Path(__file__).with_name("usage.py"))]
    process = subprocess.run(
        starter + command, cwd=folder, env=os.environ | ONE_THREAD | (environment or {}), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=True,
    )
    output, _, last = process.stdout.rstrip("\n").rpartition("\n")
    used = json.loads(last)
    if used["code"] != 0:
        raise Failed(f"{' '.join(command[:2])}: {output[-400:]}")
    return Usage(used["cpu"], used["peak_mib"], output)
