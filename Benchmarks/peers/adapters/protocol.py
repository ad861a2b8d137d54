"""What all adapters share: their arguments, their clock and their result."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.networks import Network


class Stopwatch:
    """CPU seconds of this process, by phase."""

    def __init__(self) -> None:
        self.phases: dict[str, float] = {}
        self.last = time.process_time()

    def lap(self, phase: str) -> None:
        now = time.process_time()
        self.phases[phase] = now - self.last
        self.last = now


Tables = dict[str, list[float]]


def run(fit: Callable[[Network, str, int, Stopwatch], Tables]) -> None:
    """Runs an adapter on the arguments of the command line; the import of the peer is neither reading nor fitting."""
    start, data, iterations, result = sys.argv[1:]
    network = Network.read_json(Path(start))
    watch = Stopwatch()
    tables = fit(network, data, int(iterations), watch)
    Path(result).write_text(json.dumps({"phases": watch.phases, "tables": tables}))
