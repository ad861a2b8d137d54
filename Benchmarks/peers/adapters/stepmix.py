"""StepMix: a latent class model with categorical items, started from given tables."""

import warnings

import numpy as np
import pandas as pd
from stepmix.stepmix import StepMix

from adapters import protocol
from bench.networks import Network


class StartedStepMix(StepMix):
    """StepMix has no argument for starting tables, so they take the place of those that it has just drawn."""

    def _initialize_parameters(self, X, random_state):
        super()._initialize_parameters(X, random_state)
        weights, items = self.start
        self.weights_ = weights
        self._mm.parameters["pis"] = items


def fit(network: Network, data: str, iterations: int, watch: protocol.Stopwatch) -> protocol.Tables:
    root, *items = network.variables
    classes, width = len(root.states), len(items[0].states)
    watch.lap("start")
    table = pd.read_csv(data)[[item.name for item in items]]
    codes = np.column_stack(
        [pd.Categorical(table[item.name], categories=item.states).codes.astype(float) for item in items]
    )
    codes[codes < 0] = np.nan
    watch.lap("read")
    kind = "categorical_nan" if np.isnan(codes).any() else "categorical"
    model = StartedStepMix(
        n_components=classes, measurement=kind, max_iter=iterations, abs_tol=0, rel_tol=0, progress_bar=0
    )
    start = np.stack([np.reshape(item.table, (classes, width)) for item in items], axis=1)
    model.start = (np.array(root.table), start.reshape(classes, -1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(codes)
    watch.lap("fit")
    fitted = model.get_parameters()
    by_item = fitted["measurement"]["pis"].reshape(classes, len(items), width)
    tables = {item.name: by_item[:, number].ravel().tolist() for number, item in enumerate(items)}
    return tables | {root.name: fitted["weights"].tolist()}


if __name__ == "__main__":
    protocol.run(fit)
