"""EM for a normal distribution with missing cells in numpy, as a careful user would write it: rows of one pattern
together, one regression and one product of matrices per pattern (Little and Rubin 2002, section 11.2)."""

import numpy as np

from adapters import numbers


def fit(table: np.ndarray, start: dict, iterations: int) -> dict:
    mean, covariance = np.array(start["means"][0]), np.array(start["covariances"][0])
    is_observed = ~np.isnan(table)
    patterns, number = np.unique(is_observed, axis=0, return_inverse=True)
    groups = [(pattern, table[number == index][:, pattern]) for index, pattern in enumerate(patterns)]
    for _ in range(iterations):
        first = np.zeros_like(mean)
        second = np.zeros_like(covariance)
        for observed, rows in groups:
            missing = ~observed
            whole = np.empty((len(rows), len(mean)))
            whole[:, observed] = rows
            if missing.any():
                slopes = np.linalg.solve(
                    covariance[np.ix_(observed, observed)], covariance[np.ix_(observed, missing)])
                whole[:, missing] = mean[missing] + (rows - mean[observed]) @ slopes
                rest = covariance[np.ix_(missing, missing)] - covariance[np.ix_(missing, observed)] @ slopes
                second[np.ix_(missing, missing)] += len(rows) * rest
            first += whole.sum(axis=0)
            second += whole.T @ whole
        mean = first / len(table)
        covariance = second / len(table) - np.outer(mean, mean)
    return {"weights": [1], "means": [mean.tolist()], "covariances": [((covariance + covariance.T) / 2).tolist()]}


if __name__ == "__main__":
    numbers.run(fit)
