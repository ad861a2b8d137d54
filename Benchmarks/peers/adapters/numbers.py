"""What adapters for tables of numbers share: their arguments, their clock and their result."""

import json
import sys
import time
from collections.abc import Callable

import numpy as np


def run(fit: Callable[[np.ndarray, dict, int], dict]) -> None:
    """Runs an adapter on the arguments of the command line; only the fit is timed."""
    start, data, iterations, result = sys.argv[1:]
    table = np.load(data)
    with open(start) as file:
        parameters = json.load(file)
    before = time.process_time()
    fitted = fit(table, parameters, int(iterations))
    seconds = time.process_time() - before
    with open(result, "w") as file:
        json.dump({"seconds": seconds, "parameters": fitted}, file)
