"""The networks: those that pgmpy ships, as files, and a small one that shows every order of a table."""

import gzip
from importlib.resources import files
from itertools import product
from pathlib import Path

from bench.networks import Network, Variable

#: Small to large; the last four have tables of thousands of rows or hundreds of variables.
NETWORKS = [
    "asia", "cancer", "earthquake", "sachs", "survey", "alarm", "child", "hailfinder", "insurance", "water", "win95pts",
    "hepar2", "pathfinder", "munin1", "link", "barley",
]


def unpack(name: str, folder: Path) -> Path:
    """The network as a BIF file, just as pgmpy ships it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.bif"
    packed = files("pgmpy").joinpath("utils", "example_models", f"{name}.bif.gz").read_bytes()
    path.write_bytes(gzip.decompress(packed))
    return path


def small() -> Network:
    """X with three states, given P1 with two and P2 with three: no two cells of its table are equal, and every order of
    the parents gives rows that sum to 1."""
    rows = [[10 + k, 20 + 2 * k, 70 - 3 * k] for k, _ in enumerate(product("ab", "uvw"))]
    return Network("small", [
        Variable("P1", ["a", "b"], [], [0.3, 0.7]),
        Variable("P2", ["u", "v", "w"], [], [0.2, 0.3, 0.5]),
        Variable("X", ["x0", "x1", "x2"], ["P1", "P2"], [cell / 100 for row in rows for cell in row]),
    ])
