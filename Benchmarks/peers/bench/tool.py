"""`latent`, run as its users run it."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import measure


@dataclass(frozen=True)
class Files:
    """The files of a case."""

    folder: Path

    @property
    def start(self) -> Path:
        return self.folder / "start.bif"

    @property
    def data(self) -> Path:
        return self.folder / "data.csv"


class Latent:
    """The command, one thread, exactly as many iterations as asked for."""

    #: The long run takes at least so much more CPU than the short one.
    LONG_ENOUGH = 1.2
    FEW = 2

    def __init__(self, path: str) -> None:
        self.path = path

    def fit(self, files: Files, iterations: int, completion: str, *options: str) -> measure.Usage:
        return measure.run([
            self.path, "fit", str(files.start), str(files.data), "--start", "model", "--tolerance", "0",
            "--max-iterations", str(iterations), "--completion", completion, "--threads", "1", "--quiet", *options,
        ])

    def trace(self, files: Files, iterations: int) -> list[float]:
        """ℓ(θ_0), …, ℓ(θ_n) under full completion."""
        return json.loads(self.fit(files, iterations, "full", "--json").output)["log_likelihood_trace"]

    def score(self, model: Path, files: Files) -> float:
        usage = measure.run([self.path, "score", str(model), str(files.data), "--json", "--quiet"])
        return json.loads(usage.output)["log_likelihood"]

    def plan(self, files: Files, completion: str) -> dict:
        usage = measure.run(
            [self.path, "plan", str(files.start), str(files.data), "--completion", completion, "--json"])
        return json.loads(usage.output[usage.output.index("{"):])

    def start_up(self) -> float:
        """CPU seconds of a process that only starts."""
        return median(measure.run([self.path, "fit", "--help"]).cpu for _ in range(5))

    def long_run(self, files: Files, completion: str) -> int:
        """How many iterations make a run long enough to measure."""
        short = self.fit(files, self.FEW, completion).cpu
        iterations = 50
        while True:
            cpu = self.fit(files, iterations, completion).cpu - short
            if cpu >= self.LONG_ENOUGH / 8:
                return max(iterations, round(iterations * self.LONG_ENOUGH * 1.2 / cpu))
            iterations *= 4

    def seconds_per_iteration(self, files: Files, completion: str, iterations: int) -> float:
        """CPU of a long run less that of a short one, per iteration between them."""
        long = self.fit(files, iterations, completion).cpu
        short = self.fit(files, self.FEW, completion).cpu
        return (long - short) / (iterations - self.FEW)
