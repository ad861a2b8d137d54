"""CPU time and memory of child processes."""

import os
import subprocess
from dataclasses import dataclass

ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
}


@dataclass(frozen=True)
class Usage:
    """What a finished process used."""

    cpu: float
    peak_mib: float
    output: str


class Failed(Exception):
    """A process that ended with an error; the text is the end of what it said."""


def run(command: list[str], folder: str | None = None) -> Usage:
    """Runs a command to its end.

    The caller should itself be small: on Linux the peak of a child is never below the size of the process that
    started it.
    """
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | ONE_THREAD, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise Failed(output.strip()[-400:])
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)
