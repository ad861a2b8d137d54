"""Models and tables for the comparison: networks in BIF files and the shipped example.

The base build draws the rows, this program hides cells of them; everything depends on fixed seeds only.
"""

import csv
import json
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROWS, LARGE_ROWS = 300, 20_000
WEIGHTS = ("1", "2", "0", "0.5", "3.25")


@dataclass(frozen=True)
class Problem:
    """A folder with a model and tables; the names of the files are the same for all problems."""

    name: str
    folder: Path
    model: str
    has_parameters: bool
    #: The labels of every variable.
    states: dict[str, list[str]]

    @property
    def marks_latent(self) -> bool:
        """Whether the model says which variables are latent; BIF cannot."""
        return not self.model.endswith(".bif")

    @property
    def asked(self) -> tuple[str, str, str]:
        """Three variables to ask about."""
        names = list(self.states)
        return names[0], names[len(names) // 2], names[-1]


def of_network(base: str, network: Path, folder: Path) -> Problem:
    """A published network: rows are drawn from it, cells hidden, and two inner variables hidden altogether."""
    folder.mkdir()
    shutil.copy(network, folder / "model.bif")
    variables = described(base, folder, "model.bif")
    tool(base, folder, "sample", "model.bif", "-n", str(ROWS), "--seed", "7", "-o", "complete.csv")
    header, rows = read(folder / "complete.csv")
    parents = {parent for variable in variables for parent in variable["parents"]}
    inner = [name for name in header if name in parents]
    hidden = {inner[len(inner) // 3], inner[2 * len(inner) // 3]}
    kept = [position for position, name in enumerate(header) if name not in hidden]
    write_with_holes(folder, header, rows, network.stem)
    shown = [[row[position] for position in kept] for row in rows]
    write(folder / "hidden.csv", [header[position] for position in kept], with_holes(shown, 0.1, network.stem, "NA"))
    write_labelled(base, folder, "model.bif", latent=inner[0], fixed=header[-1])
    return Problem(network.stem, folder, "model.bif", True, {v["name"]: v["states"] for v in variables})


def of_example(base: str, example: Path, folder: Path) -> Problem:
    """The votes: a latent variable, no parameters, and rows that are incomplete as they came."""
    folder.mkdir()
    shutil.copy(example / "blocs.yaml", folder / "model.yaml")
    header, rows = read(example / "votes.csv")
    variables = described(base, folder, "model.yaml")
    write_with_holes(folder, header, rows, "votes", missing=0)
    write(folder / "complete.csv", header, [row for row in rows if all(row)])
    write(folder / "hidden.csv", header, with_holes(rows, 0.1, "votes", "NA"))
    write_labelled(base, folder, "model.yaml", latent=header[0])
    return Problem("house-votes", folder, "model.yaml", False, {v["name"]: v["states"] for v in variables})


def large(base: str, network: Path, folder: Path, rows: int = LARGE_ROWS) -> None:
    """Many rows of a network, a fifth of the cells missing: `model.bif` and `large.csv`."""
    folder.mkdir()
    shutil.copy(network, folder / "model.bif")
    tool(base, folder, "sample", "model.bif", "-n", str(rows), "--seed", "13", "-o", "large.csv")
    header, drawn = read(folder / "large.csv")
    write(folder / "large.csv", header, with_holes(drawn, 0.2, network.stem, "?"))


def tool(path: str, folder: Path, *arguments: str) -> str:
    return subprocess.run([path, *arguments, "--quiet"], cwd=folder, check=True, text=True, capture_output=True).stdout


def described(base: str, folder: Path, model: str) -> list[dict]:
    return json.loads(tool(base, folder, "show", model, "--json"))["variables"]


def write_with_holes(folder: Path, header: list[str], rows: list[list[str]], seed: str, missing: float = 0.2) -> None:
    """`holes.csv`, and `weighted.csv`, the same with a column of weights."""
    rows = with_holes(rows, missing, seed, "?", "")
    write(folder / "holes.csv", header, rows)
    weights = [WEIGHTS[number % len(WEIGHTS)] for number in range(len(rows))]
    write(folder / "weighted.csv", [*header, "weight"], [[*row, weight] for row, weight in zip(rows, weights)])


def write_labelled(base: str, folder: Path, model: str, latent: str, fixed: str | None = None) -> None:
    """`labelled.json`: a latent variable that has a column, and a variable that is not learned."""
    tool(base, folder, "convert", model, "labelled.json")
    document = json.loads((folder / "labelled.json").read_text())
    document["variables"][latent]["latent"] = True
    if fixed:
        document["variables"][fixed]["fixed"] = True
    (folder / "labelled.json").write_text(json.dumps(document))


def with_holes(rows: list[list[str]], missing: float, seed: str, *tokens: str) -> list[list[str]]:
    draw: Callable[[], float] = random.Random(seed).random
    return [
        [tokens[(number + position) % len(tokens)] if draw() < missing else cell for position, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
