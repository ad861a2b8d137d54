"""pgmpy: `DiscreteEM`, which knows wholly hidden variables only."""

import logging

import numpy as np
import pandas as pd
from pgmpy.factors.discrete import TabularCPD
from pgmpy.models import DiscreteBayesianNetwork
from pgmpy.parameter_estimator import DiscreteEM

from adapters import protocol
from bench.networks import Network


def fit(network: Network, data: str, iterations: int, watch: protocol.Stopwatch) -> protocol.Tables:
    logging.disable(logging.WARNING)
    table = pd.read_csv(data)
    states = {variable.name: variable.states for variable in network.variables}
    hidden = [name for name in states if name not in table.columns]
    # States are numbers here, because pgmpy numbers those of hidden variables.
    for name in table.columns:
        table[name] = pd.Categorical(table[name], categories=states[name]).codes.astype(int)
    watch.lap("read")
    model = DiscreteBayesianNetwork(
        [(parent, variable.name) for variable in network.variables for parent in variable.parents],
        latents=set(hidden),
    )
    estimator = DiscreteEM(
        state_names={name: list(range(len(states[name]))) for name in table.columns},
        latent_card={name: len(states[name]) for name in hidden},
        max_iter=iterations, atol=0, n_jobs=1, show_progress=False,
        init_cpds={variable.name: starting_table(network, variable.name) for variable in network.variables},
    )
    estimator.fit(model, table)
    watch.lap("fit")
    fitted = {cpd.variable: cpd for cpd in estimator.parameters_}
    return {variable.name: flat(fitted[variable.name], variable.parents) for variable in network.variables}


def starting_table(network: Network, name: str) -> TabularCPD:
    variable = network[name]
    width = len(variable.states)
    scope = [name, *variable.parents]
    return TabularCPD(
        name, width, np.reshape(variable.table, (-1, width)).T,
        evidence=variable.parents, evidence_card=[len(network[parent].states) for parent in variable.parents],
        state_names={member: list(range(len(network[member].states))) for member in scope},
    )


def flat(table: TabularCPD, parents: list[str]) -> list[float]:
    values = table.values
    for axis, member in enumerate(table.variables):
        values = np.take(values, np.argsort(table.state_names[member]), axis=axis)
    axes = [table.variables.index(member) for member in [*parents, table.variable]]
    return values.transpose(axes).ravel().tolist()


if __name__ == "__main__":
    protocol.run(fit)
