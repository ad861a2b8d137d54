"""scikit-learn: a Gaussian mixture with full covariances, started from given parameters."""

import warnings

import numpy as np
from sklearn.mixture import GaussianMixture

from adapters import numbers


def fit(table: np.ndarray, start: dict, iterations: int) -> dict:
    model = GaussianMixture(
        len(start["weights"]), max_iter=iterations, tol=0, reg_covar=0, weights_init=start["weights"],
        means_init=start["means"], precisions_init=np.linalg.inv(start["covariances"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(table)
    return {
        "weights": (model.weights_ / model.weights_.sum()).tolist(), "means": model.means_.tolist(),
        "covariances": ((model.covariances_ + model.covariances_.transpose(0, 2, 1)) / 2).tolist(),
    }


if __name__ == "__main__":
    numbers.run(fit)
