"""Tables of numbers: what is measured, and the files of a case."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 20_241_125


@dataclass(frozen=True)
class NumberCase:
    """Rows of a mixture of normal distributions with full covariances; of one component, a normal distribution."""

    key: str
    title: str
    rows: int
    columns: int
    components: int
    #: The share of missing cells, in the first so many columns.
    missing: float = 0.0
    incomplete_columns: int | None = None
    #: In how many different ways rows are incomplete at most; None where cells are missing independently.
    patterns: int | None = None
    peer: str | None = None
    few: int = 1
    many: int = 4
    #: How many iterations of latent after the first are measured; None where it is tried out.
    iterations: int | None = None
    #: At least so many times the peer's CPU time per iteration: portable, and with AVX-512.
    expected: tuple[float, float] | None = None

    @property
    def data_mib(self) -> float:
        return self.rows * self.columns * 8 / 2**20


MIXTURES = [
    NumberCase("mixture-16", "mixture, K=16, full, 200,000 × 16", 200_000, 16, 16, peer="scikit_mixture",
               expected=(3.8, 8)),
    NumberCase("mixture-16-missing", "the same, 10 % of cells missing", 200_000, 16, 16, 0.1),
    NumberCase("mixture-4", "mixture, K=8, full, 1,000,000 × 4", 1_000_000, 4, 8, peer="scikit_mixture",
               expected=(8, 20)),
    NumberCase("mixture-4-missing", "the same, 10 % of cells missing", 1_000_000, 4, 8, 0.1),
    NumberCase("normal-20", "normal distribution, 1,000,000 × 20, 5 % missing in 3 columns", 1_000_000, 20, 1, 0.05, 3,
               peer="numpy_normal", many=41, iterations=30_000, expected=(100, 100)),
]

#: Each grows one of rows, columns and patterns by 2, 4 and 8.
FACTORS = (1, 2, 4, 8)
GROWTH = {
    "rows": [NumberCase(f"rows-{f}", f"{100_000 * f:,} × 8, K=8", 100_000 * f, 8, 8) for f in FACTORS],
    "columns": [NumberCase(f"columns-{f}", f"100,000 × {4 * f}, K=8", 100_000, 4 * f, 8) for f in FACTORS],
    "patterns": [
        NumberCase(f"patterns-{f}", f"100,000 × 16, K=8, {250 * f:,} patterns", 100_000, 16, 8, 0.2, patterns=250 * f)
        for f in FACTORS
    ],
}

ALL = [*MIXTURES, *(case for cases in GROWTH.values() for case in cases)]


def prepare(case: NumberCase, folder: Path) -> None:
    """The table, and a start: rows of the table as means, the variances of the columns."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    means = random.normal(0, 3, (case.components, case.columns))
    factors = random.normal(0, 0.5, (case.components, case.columns, case.columns)) + np.eye(case.columns)
    component = random.integers(case.components, size=case.rows)
    table = means[component]
    for number, factor in enumerate(factors):
        rows = component == number
        table[rows] += random.normal(size=(int(rows.sum()), case.columns)) @ factor.T
    start = table[random.choice(case.rows, case.components, replace=False)].copy()
    spread = np.diag(table.var(axis=0)).tolist()
    incomplete = case.columns if case.incomplete_columns is None else case.incomplete_columns
    if case.patterns:
        patterns = random.random((case.patterns, case.columns)) < case.missing
        table[patterns[random.integers(case.patterns, size=case.rows)]] = np.nan
    elif case.missing:
        table[:, :incomplete][random.random((case.rows, incomplete)) < case.missing] = np.nan
    document = {
        "weights": [1 / case.components] * case.components, "means": start.tolist(),
        "covariances": [spread] * case.components,
    }
    (folder / "parameters.json").write_text(json.dumps(document))
    (folder / "start.json").write_text(json.dumps(native(document)))
    np.save(folder / "data.npy", table)
    with open(folder / "data.csv", "w") as file:
        file.write(",".join(f"x{column}" for column in range(case.columns)) + "\n")
        for row in table.tolist():
            file.write(",".join("" if value != value else repr(value) for value in row) + "\n")
    (folder / "finished").touch()


def native(document: dict) -> dict:
    """The model file of latent with these parameters."""
    columns = [f"x{column}" for column in range(len(document["means"][0]))]
    rows = [{"mean": m, "covariance": c} for m, c in zip(document["means"], document["covariances"])]
    block = {"type": "gaussian", "columns": columns, "covariance": "full"}
    if len(rows) == 1:
        return {"latent": 1, "variables": {"numbers": block}, "parameters": {"numbers": rows[0]}}
    states = [str(number + 1) for number in range(len(rows))]
    return {
        "latent": 1, "variables": {"class": {"states": states, "latent": True}, "numbers": block},
        "edges": ["class -> numbers"],
        "parameters": {"class": document["weights"], "numbers": dict(zip(states, rows))},
    }
