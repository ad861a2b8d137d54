"""pyAgrum as a reader and writer of model files."""

from pathlib import Path

import numpy as np
import pyagrum as gum

from adapters.pyagrum import flat
from bench.networks import Network, Variable


def read(path: Path, has_names: bool) -> Network:
    """The model as pyAgrum understands the file; numbered variables in the order of their numbers."""
    network = plain(gum.loadBN(str(path)), path.stem)
    if not has_names:
        network.variables.sort(key=lambda variable: int(variable.name))
    return network


def write(network: Network, path: Path) -> Network:
    """Writes a file in the format of its ending; the model that pyAgrum held in memory, variables in the order in which
    they were numbered."""
    net = bayes_net(network)
    gum.saveBN(net, str(path))
    return plain(net, network.name)


def bayes_net(network: Network) -> gum.BayesNet:
    """The network with its arcs added in the order of the parents."""
    net = gum.BayesNet(network.name)
    for variable in network.variables:
        net.add(gum.LabelizedVariable(variable.name, variable.name, variable.states))
    for variable in network.variables:
        for parent in variable.parents:
            net.addArc(parent, variable.name)
        # From fastest to slowest: the child, then the parents as their arcs were added.
        shape = [len(network[member].states) for member in [*variable.parents, variable.name]]
        table = np.reshape(variable.table, shape)
        slowest_first = [*reversed(range(len(variable.parents))), len(variable.parents)]
        net.cpt(variable.name).fillWith(table.transpose(slowest_first).ravel().tolist())
    return net


def plain(net: gum.BayesNet, name: str) -> Network:
    variables = []
    for node in sorted(net.nodes()):
        variable = net.variable(node)
        parents = list(net.cpt(node).names)[1:]
        table = flat(net, variable.name(), parents)
        variables.append(Variable(variable.name(), list(variable.labels()), parents, table))
    return Network(name, variables)
