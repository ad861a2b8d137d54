"""pyAgrum: EM without perturbation (noise 0), without prior, stopped by the number of iterations alone."""

import pyagrum as gum

from adapters import protocol
from bench.generate import MISSING
from bench.networks import Network


def fit(network: Network, data: str, iterations: int, watch: protocol.Stopwatch) -> protocol.Tables:
    start = bayes_net(network)
    watch.lap("start")
    learner = gum.BNLearner(data, start, [MISSING])
    learner.setNumberOfThreads(1)
    if learner.hasMissingValues():
        learner.useNoPrior()
        learner.useEM(1e-300, 0.0)
        learner.EMsetMaxIter(iterations)
        learner.EMdisableEpsilon()
        learner.EMdisableMinEpsilonRate()
    else:
        # Without any prior pyAgrum refuses complete data in which a configuration of parents does not occur.
        learner.useSmoothingPrior(1e-9)
    watch.lap("read")
    fitted = learner.learnParameters(start)
    watch.lap("fit")
    return {variable.name: flat(fitted, variable.name, variable.parents) for variable in network.variables}


def bayes_net(network: Network) -> gum.BayesNet:
    net = gum.BayesNet(network.name)
    for variable in network.variables:
        net.add(gum.LabelizedVariable(variable.name, variable.name, variable.states))
    for variable in network.variables:
        # The axes of a table run from fastest to slowest: the child, then the parents as their arcs were added.
        for parent in reversed(variable.parents):
            net.addArc(parent, variable.name)
        net.cpt(variable.name).fillWith(variable.table)
    return net


def flat(net: gum.BayesNet, name: str, parents: list[str]) -> list[float]:
    table = net.cpt(name)
    slowest_first = list(reversed(table.names))
    axes = [slowest_first.index(axis) for axis in [*parents, name]]
    return table.toarray().transpose(axes).ravel().tolist()


if __name__ == "__main__":
    protocol.run(fit)
