"""Two networks, compared cell by cell by the names of variables and states."""

import re
from dataclasses import asdict, dataclass

import numpy as np

from bench.networks import Network, Variable

#: Up to here, a difference is one of digits.
DIGITS = 1e-6


@dataclass
class Outcome:
    """What became of one file: `kind` is same, different, renamed, latent (refused), peer (refused), or slow."""

    kind: str
    difference: float | None = None
    detail: str = ""

    def as_json(self) -> dict:
        return asdict(self)


def numbered_as(network: Network, names: list[Variable]) -> Network:
    """The network with variables and states called as in `names`, by position."""
    if [len(variable.states) for variable in network.variables] != [len(variable.states) for variable in names]:
        return network
    called = {variable.name: other.name for variable, other in zip(network.variables, names)}
    return Network(network.name, [
        Variable(other.name, other.states, [called[parent] for parent in variable.parents], variable.table)
        for variable, other in zip(network.variables, names)
    ])


def compare(expected: Network, found: Network) -> Outcome:
    """The outcome, with the worst cell where the numbers differ and the first name where the names do."""
    wanted = {variable.name: variable for variable in expected.variables}
    theirs = {original(variable.name, wanted): variable for variable in found.variables}
    if wanted.keys() != theirs.keys():
        return Outcome("different", detail=difference_of_names("variables", list(wanted), list(theirs)))
    worst = (0.0, "")
    renamed, many, cells = "", 0, 0
    for name, variable in wanted.items():
        if set(variable.parents) != {original(parent, wanted) for parent in theirs[name].parents}:
            return Outcome("different", detail=f"parents of {name}: {variable.parents}, read {theirs[name].parents}")
        ours = _array(expected, variable)
        axes = [_states(wanted[member].states, theirs[member].states) for member in [*variable.parents, name]]
        if any(axis is None for axis in axes):
            return Outcome("different", detail=f"numbers of states of {name} or its parents")
        if not renamed and (changed := _changed(variable, theirs[name])):
            renamed = f"states of {name}: {changed}"
        read = _aligned(found, theirs[name], variable, wanted, axes)
        gap = np.nan_to_num(np.abs(ours - read), nan=np.inf)
        cells += gap.size
        many += int((gap > DIGITS).sum())
        if gap.max() > worst[0]:
            worst = (float(gap.max()), _worst_cell(wanted, variable, ours, read))
    if worst[0] > DIGITS:
        return Outcome("different", worst[0], f"{many:,} of {cells:,} cells; {worst[1]}")
    return Outcome("renamed" if renamed else "same", worst[0], renamed)


def original(spelling: str, names: dict[str, Variable] | list[str]) -> str:
    """The name that latent wrote in this spelling: characters that a format does not allow become `_xHHHH_`, the empty
    name `xFFFFFF_`."""
    if spelling in names:
        return spelling
    reading = re.sub(
        r"(?:^|_)x([0-9A-F]{4,6})_", lambda escape: chr(int(escape[1], 16)), spelling.replace("xFFFFFF_", ""))
    return reading if reading in names else spelling


def difference_of_names(what: str, wanted: list[str], found: list[str]) -> str:
    missing, unknown = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    return f"{what}: {', '.join(missing[:3]) or 'none'} missing, {', '.join(unknown[:3]) or 'none'} instead"


def _array(network: Network, variable: Variable) -> np.ndarray:
    """A table with one axis per parent and a last one for the states."""
    shape = [len(network[parent].states) for parent in variable.parents]
    return np.reshape(variable.table, [*shape, len(variable.states)])


def _states(wanted: list[str], found: list[str]) -> list[int] | None:
    """Where each state is found; by position where names are others; none where their number differs."""
    if len(wanted) != len(found):
        return None
    spelled = [original(state, wanted) for state in found]
    return [spelled.index(state) for state in wanted] if set(spelled) == set(wanted) else list(range(len(wanted)))


def _changed(wanted: Variable, found: Variable) -> str:
    spelled = [original(state, wanted.states) for state in found.states]
    pairs = [f"'{a}' became '{b}'" for a, b in zip(wanted.states, spelled) if a != b]
    return ", ".join(pairs[:3]) if set(spelled) != set(wanted.states) else ""


def _aligned(
    network: Network, variable: Variable, like: Variable, names: dict[str, Variable], axes: list[list[int]]
) -> np.ndarray:
    parents = [original(parent, names) for parent in variable.parents]
    order = [parents.index(parent) for parent in like.parents] + [len(parents)]
    return _array(network, variable).transpose(order)[np.ix_(*axes)]


def _worst_cell(names: dict[str, Variable], variable: Variable, ours: np.ndarray, read: np.ndarray) -> str:
    """The cell that differs most, in words, with both values."""
    index = np.unravel_index(np.nan_to_num(np.abs(ours - read), nan=np.inf).argmax(), ours.shape)
    given = ", ".join(f"{parent}={names[parent].states[k]}" for parent, k in zip(variable.parents, index))
    cell = f"{variable.name}={variable.states[index[-1]]}" + (f" | {given}" if given else "")
    return f"p({cell}) = {ours[index]:.8g} was read as {read[index]:.8g}"
