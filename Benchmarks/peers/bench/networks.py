"""Discrete networks as plain values, and the two files in which they travel: JSON for peers, BIF for latent."""

import json
from dataclasses import asdict, dataclass
from itertools import product
from math import prod
from pathlib import Path


@dataclass
class Variable:
    """A variable with its table: one distribution per joint state of the parents, end to end.

    The first parent varies slowest, the child fastest.
    """

    name: str
    states: list[str]
    parents: list[str]
    table: list[float]


@dataclass
class Network:
    """Variables, parents before children."""

    name: str
    variables: list[Variable]

    def __getitem__(self, name: str) -> Variable:
        return next(variable for variable in self.variables if variable.name == name)

    def rows(self, variable: Variable) -> int:
        """The number of joint states of the parents."""
        return prod(len(self[parent].states) for parent in variable.parents)

    def with_tables(self, tables: dict[str, list[float]]) -> "Network":
        """The same network with other numbers."""
        return Network(
            self.name, [Variable(v.name, v.states, v.parents, tables[v.name]) for v in self.variables]
        )

    def write_json(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @staticmethod
    def read_json(path: Path) -> "Network":
        document = json.loads(Path(path).read_text())
        return Network(document["name"], [Variable(**variable) for variable in document["variables"]])

    def write_bif(self, path: Path) -> None:
        """Writes every number with all its digits."""
        lines = [f"network {self.name} {{", "}"]
        for variable in self.variables:
            states = ", ".join(variable.states)
            lines += [
                f"variable {variable.name} {{",
                f"  type discrete [ {len(variable.states)} ] {{ {states} }};",
                "}",
            ]
        for variable in self.variables:
            lines += self._block(variable)
        path.write_text("\n".join(lines) + "\n")

    def _block(self, variable: Variable) -> list[str]:
        width = len(variable.states)
        if not variable.parents:
            return [f"probability ( {variable.name} ) {{", f"  table {numbers(variable.table)};", "}"]
        lines = [f"probability ( {variable.name} | {', '.join(variable.parents)} ) {{"]
        for row, states in enumerate(product(*(self[parent].states for parent in variable.parents))):
            distribution = variable.table[row * width : (row + 1) * width]
            lines.append(f"  ({', '.join(states)}) {numbers(distribution)};")
        return lines + ["}"]


def numbers(values: list[float]) -> str:
    return ", ".join(repr(float(value)) for value in values)
