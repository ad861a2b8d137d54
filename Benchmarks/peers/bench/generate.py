"""Networks and tables for the cases: published networks, random ones, and rows drawn from them."""

import gzip
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np

from bench.networks import Network, Variable

MISSING = "?"
BLOCK_ROWS = 100_000


def published(name: str) -> Network:
    """A network as pgmpy ships it."""
    from pgmpy.readwrite import BIFReader

    packed = files("pgmpy").joinpath("utils", "example_models", f"{name}.bif.gz").read_bytes()
    with tempfile.NamedTemporaryFile("wb", suffix=".bif") as text:
        text.write(gzip.decompress(packed))
        text.flush()
        model = BIFReader(text.name).get_model()
    tables = {table.variable: table for table in model.get_cpds()}
    variables = []
    for child in in_topological_order({child: table.variables[1:] for child, table in tables.items()}):
        table = tables[child]
        rows = table.get_values().T
        rows = rows / rows.sum(axis=1, keepdims=True)
        variables.append(
            Variable(child, list(table.state_names[child]), list(table.variables[1:]), rows.ravel().tolist())
        )
    return Network(name, variables)


def in_topological_order(parents: dict[str, list[str]]) -> list[str]:
    order: list[str] = []
    while len(order) < len(parents):
        placed = set(order)
        order += [v for v in parents if v not in placed and placed.issuperset(parents[v])]
    return order


def latent_class(classes: int, items: int, states: int, random: np.random.Generator) -> Network:
    """A root that nobody observes and items that depend on it alone."""
    labels = [f"s{state}" for state in range(states)]
    variables = [Variable("group", [f"c{number}" for number in range(classes)], [], [])]
    variables += [Variable(f"item{number}", labels, ["group"], []) for number in range(items)]
    return randomised(Network("latentclass", variables), random, concentration=0.98)


def polytree(count: int, random: np.random.Generator) -> Network:
    """A random tree whose edges point either way; variables of 2 to 4 states with at most 3 parents."""
    parents: list[list[int]] = [[] for _ in range(count)]
    for node in range(1, count):
        other = int(random.integers(max(0, node - 50), node))
        if random.random() < 0.4 and len(parents[other]) < 3:
            parents[other].append(node)
        else:
            parents[node].append(other)
    names = {f"v{node}": [f"v{parent}" for parent in parents[node]] for node in range(count)}
    cardinality = {name: int(random.integers(2, 5)) for name in names}
    variables = [
        Variable(name, [f"s{state}" for state in range(cardinality[name])], names[name], [])
        for name in in_topological_order(names)
    ]
    return randomised(Network("polytree", variables), random, concentration=0.5)


def randomised(network: Network, random: np.random.Generator, concentration: float = 1.0) -> Network:
    """The same structure with distributions drawn from a symmetric Dirichlet distribution, none of them near zero."""
    tables = {}
    for variable in network.variables:
        width = len(variable.states)
        rows = random.dirichlet([concentration] * width, size=network.rows(variable)) + 0.01 / width
        tables[variable.name] = (rows / rows.sum(axis=1, keepdims=True)).ravel().tolist()
    return network.with_tables(tables)


def sample(network: Network, rows: int, random: np.random.Generator) -> dict[str, np.ndarray]:
    """State numbers of every variable, parents before children."""
    codes: dict[str, np.ndarray] = {}
    for variable in network.variables:
        width = len(variable.states)
        row = np.zeros(rows, dtype=np.int64)
        for parent in variable.parents:
            row = row * len(network[parent].states) + codes[parent]
        cumulative = np.asarray(variable.table).reshape(-1, width).cumsum(axis=1)[:, :-1]
        uniform = random.random(rows)
        codes[variable.name] = sum(uniform >= cumulative[row, state] for state in range(width - 1)) + np.zeros(
            rows, dtype=np.int64
        )
    return codes


def write_table(
    path: Path, network: Network, rows: int, missing: float, hidden: tuple[str, ...], random: np.random.Generator
) -> None:
    """Writes rows drawn from the network as CSV, cells missing completely at random, hidden variables left out."""
    columns = [variable for variable in network.variables if variable.name not in hidden]
    with open(path, "wb") as file:
        file.write((",".join(column.name for column in columns) + "\n").encode())
        for start in range(0, rows, BLOCK_ROWS):
            codes = sample(network, min(BLOCK_ROWS, rows - start), random)
            file.write(text_of(columns, codes, missing, random))


def text_of(
    columns: list[Variable], codes: dict[str, np.ndarray], missing: float, random: np.random.Generator
) -> bytes:
    """The lines of a block: cells padded with NUL to equal width, which are then taken out at once."""
    cells = []
    for position, column in enumerate(columns):
        end = "\n" if position == len(columns) - 1 else ","
        labels = np.array([(label + end).encode() for label in [*column.states, MISSING]])
        code = codes[column.name]
        code = np.where(random.random(len(code)) < missing, len(column.states), code)
        cells.append(labels[code].view(np.uint8).reshape(len(code), -1))
    return np.hstack(cells).tobytes().translate(None, b"\0")
