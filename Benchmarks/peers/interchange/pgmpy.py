"""pgmpy as a reader and writer of model files."""

import logging
import warnings
from pathlib import Path

import numpy as np
from pgmpy.factors.discrete import TabularCPD
from pgmpy.models import DiscreteBayesianNetwork
from pgmpy.readwrite import (
    BIFReader,
    BIFWriter,
    NETReader,
    NETWriter,
    UAIReader,
    UAIWriter,
    XDSLReader,
    XDSLWriter,
    XMLBIFReader,
    XMLBIFWriter,
)

from bench.networks import Network, Variable

READERS = {
    "bif": BIFReader, "xmlbif": XMLBIFReader, "bifxml": XMLBIFReader, "net": NETReader, "xdsl": XDSLReader,
    "uai": UAIReader,
}
WRITERS = {"bif": BIFWriter, "xmlbif": XMLBIFWriter, "net": NETWriter, "xdsl": XDSLWriter, "uai": UAIWriter}

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def read(path: Path, has_names: bool) -> Network:
    """The model as pgmpy understands the file; numbered variables in the order of their numbers."""
    network = plain(READERS[path.suffix[1:]](str(path)).get_model(), path.stem)
    if not has_names:
        network.variables.sort(key=lambda variable: int(variable.name.removeprefix("var_")))
    return network


def write(network: Network, path: Path) -> Network:
    """Writes a file in the format of its ending; the model that pgmpy held in memory, variables in the order in which
    its UAI writer numbers them: by the number of states as text, then by name."""
    model = bayes_net(network)
    held = plain(model, network.name)
    WRITERS[path.suffix[1:]](model).write(str(path))
    held.variables.sort(key=lambda variable: (str(len(variable.states)), variable.name))
    return held


def bayes_net(network: Network) -> DiscreteBayesianNetwork:
    states = {variable.name: variable.states for variable in network.variables}
    model = DiscreteBayesianNetwork()
    model.add_nodes_from(states)
    for variable in network.variables:
        model.add_edges_from((parent, variable.name) for parent in variable.parents)
    for variable in network.variables:
        width = len(variable.states)
        model.add_cpds(TabularCPD(
            variable.name, width, np.reshape(variable.table, (-1, width)).T,
            evidence=variable.parents, evidence_card=[len(states[parent]) for parent in variable.parents],
            state_names={name: states[name] for name in [variable.name, *variable.parents]},
        ))
    return model


def plain(model: DiscreteBayesianNetwork, name: str) -> Network:
    return Network(name, [
        Variable(
            table.variable, [str(state) for state in table.state_names[table.variable]], list(table.variables[1:]),
            table.get_values().T.ravel().tolist(),
        )
        for table in model.get_cpds()
    ])
