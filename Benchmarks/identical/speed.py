"""The price of an EM iteration in both builds, by the CPU time of whole commands."""

import os
from pathlib import Path

FEW = 2
#: A long run takes at least so many seconds of CPU more than a short one.
LONG_ENOUGH = 1.0


def per_iteration(binaries: tuple[str, str], folder: Path, completion: str, rounds: int) -> tuple[float, float]:
    """Seconds of CPU per iteration of both builds, in `folder` with `model.bif` and `large.csv`.

    CPU of a long run less that of a short one, over the difference of their iterations. The builds take turns, in
    changing order, and the least of several runs counts.
    """
    many = long_run(binaries[0], folder, completion)
    short, long = [float("inf")] * 2, [float("inf")] * 2
    for number in range(rounds):
        for build in (0, 1) if number % 2 == 0 else (1, 0):
            short[build] = min(short[build], cpu(binaries[build], folder, completion, FEW))
            long[build] = min(long[build], cpu(binaries[build], folder, completion, many))
    base, new = ((long[build] - short[build]) / (many - FEW) for build in (0, 1))
    return base, new


def long_run(binary: str, folder: Path, completion: str) -> int:
    """How many iterations make a run long enough to measure."""
    short = cpu(binary, folder, completion, FEW)
    iterations = 100
    while True:
        more = cpu(binary, folder, completion, iterations) - short
        if more >= LONG_ENOUGH / 4:
            return max(iterations, round(iterations * LONG_ENOUGH / more))
        iterations *= 3


def cpu(binary: str, folder: Path, completion: str, iterations: int) -> float:
    """Seconds of CPU, user and system, of a fit on one thread with exactly so many iterations."""
    command = [
        binary, "fit", str(folder / "model.bif"), str(folder / "large.csv"), "--start", "random", "--starts", "1",
        "--tolerance", "0", "--max-iterations", str(iterations), "--completion", completion, "--threads", "1",
        "--quiet",
    ]
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(binary, command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(process, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime
