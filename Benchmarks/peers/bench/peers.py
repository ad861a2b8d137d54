"""Peers, each run in a process of its own."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import measure
from bench.networks import Network

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class PeerRun:
    """One run: CPU seconds of reading and fitting, of the whole process, its peak memory, and where its tables are."""

    read: float
    fit: float
    whole: float
    peak_mib: float
    model: Path


def run(peer: str, folder: Path, iterations: int) -> PeerRun:
    result = folder / f"{peer}.json"
    usage = measure.run(
        [
            sys.executable, "-m", f"adapters.{peer}", str(folder / "start.json"), str(folder / "data.csv"),
            str(iterations), str(result),
        ],
        folder=str(ROOT),
    )
    document = json.loads(result.read_text())
    model = folder / f"{peer}.bif"
    Network.read_json(folder / "start.json").with_tables(document["tables"]).write_bif(model)
    phases = document["phases"]
    return PeerRun(phases["read"], phases["fit"], usage.cpu, usage.peak_mib, model)
