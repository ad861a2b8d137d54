"""Names that are no identifiers, on their way from latent to its peers."""

import json
from pathlib import Path

from bench.networks import Network, Variable
from interchange import workers
from interchange.command import Command, Refusal, brief
from interchange.comparing import compare
from interchange.formats import FORMATS, PEERS

#: What is special, the name of a variable, and two states.
NAMES = {
    "blanks": ("two words", ["a b", "c d"]),
    "a slash": ("x/y", ["b/c", "d"]),
    "signs": ("A", ["<5", ">=5&more"]),
    "brackets": ("A(1)", ["(1,2]", "[0;1)"]),
    "quotes": ("it's", ['"x"', "back\\slash"]),
    "digits": ("1st", ["1", "2"]),
    "a sign or point": ("A-1", ["-1", "1.5"]),
    "letters beyond ASCII": ("Größe", ["groß", "日本"]),
    "words of BIF and NET": ("node", ["states", "data"]),
}

#: The order of the tables is not the question here, so each peer gets the XDSL that it reads.
ASKED = [("bif", "pyagrum"), ("bif", "pgmpy"), ("xmlbif", "pyagrum"), ("xmlbif", "pgmpy"), ("net", "pyagrum"),
         ("net", "pgmpy"), ("xdsl-first", "pyagrum"), ("xdsl", "pgmpy")]


def table(folder: Path, latent: Command) -> list[list[str]]:
    """One row per format and peer: its title, the names that came out the same, and those that did not."""
    rows = []
    for key, peer in ASKED:
        format = next(entry for entry in FORMATS if entry.key == key)
        same, other = [], []
        for number, (title, (name, states)) in enumerate(NAMES.items()):
            network = named(name, states)
            source = folder / f"names-{number}.json"
            source.write_text(native(network), encoding="utf-8")
            target = folder / f"names-{number}-{key}.{format.ending_for(peer)}"
            latent.convert(source, target, "--verify", *format.options)
            try:
                outcome = compare(network, workers.read(peer, target, True))
                fine, detail = outcome.kind == "same", outcome.detail
            except Refusal as refusal:
                fine, detail = False, brief(str(refusal).split(" : error : ")[-1], 60)
            if fine:
                same.append(title)
            else:
                other.append(f"{title} ({detail})")
        rows.append([f"{format.ending.upper()}, {PEERS[peer]}", ", ".join(same) or "none", "; ".join(other) or "none"])
    return rows


def named(name: str, states: list[str]) -> Network:
    """Two variables with these states, the first of this name."""
    return Network("names", [
        Variable(name, states, [], [0.25, 0.75]), Variable("X", states, [name], [0.1, 0.9, 0.2, 0.8]),
    ])


def native(network: Network) -> str:
    """The network in latent's own JSON; for tables with one parent at most."""
    parameters = {}
    for variable in network.variables:
        width = len(variable.states)
        rows = [variable.table[start:start + width] for start in range(0, len(variable.table), width)]
        parameters[variable.name] = (
            dict(zip(network[variable.parents[0]].states, rows)) if variable.parents else rows[0])
    return json.dumps({
        "latent": 1,
        "variables": {variable.name: {"states": variable.states} for variable in network.variables},
        "edges": [
            f'"{parent}" -> "{variable.name}"' for variable in network.variables for parent in variable.parents
        ],
        "parameters": parameters,
    }, ensure_ascii=False)
