"""Work that no peer does in reasonable time: many rows, hidden variables inside a network, large networks."""

from pathlib import Path
from statistics import median

from bench.cases import Case
from bench.comparison import spread
from bench.tool import Files, Latent

ITERATIONS_FOR_LIKELIHOOD = 50


def run(case: Case, folder: Path, latent: Latent) -> dict:
    """Cost per iteration, of reading and compiling, memory and what was compiled.

    A run of 0 iterations still holds one E-step.
    """
    files = Files(folder)
    start_up = latent.start_up()
    result: dict = {}
    for completion in ("full", "minimal"):
        long = latent.long_run(files, completion)
        plans = [latent.plan(files, completion) for _ in range(3)]
        plan = min(plans, key=lambda plan: plan["compile_seconds"])
        still = [latent.fit(files, 0, completion) for _ in range(3)]
        result[completion] = {
            "per_iteration": spread([latent.seconds_per_iteration(files, completion, long) for _ in range(3)]),
            "read_and_compile": median(usage.cpu for usage in still) - start_up,
            "compile": plan["compile_seconds"], "peak_mib": max(usage.peak_mib for usage in still),
            "rows": plan["rows"], "components": plan["components"], "distinct": plan["distinct_components"],
            "shapes": plan["shapes"], "largest_clique_states": plan["largest_clique_states"],
        }
    trace = latent.trace(files, ITERATIONS_FOR_LIKELIHOOD)
    result["trace"] = [trace[0], trace[1], trace[-1]]
    result["falls"] = sum(after < before - 1e-9 * abs(before) for before, after in zip(trace, trace[1:]))
    result["data_mib"] = files.data.stat().st_size / 2**20
    return result
