"""Runs latent and its peers in turn on the same files."""

from pathlib import Path
from statistics import median

from bench import peers
from bench.cases import Case, PeerRuns
from bench.tool import Files, Latent

#: Iterations of a whole command, from start to written model.
WHOLE = 20


def spread(values: list[float]) -> dict[str, float]:
    return {"min": min(values), "median": median(values), "runs": len(values)}


def compare(case: Case, folder: Path, latent: Latent) -> dict:
    """Seconds per iteration of latent and of every peer; their runs alternate, so that all see the same machine."""
    files = Files(folder)
    long = {completion: latent.long_run(files, completion) for completion in ("full", "minimal")}
    own: dict[str, list[float]] = {"full": [], "minimal": []}

    def measure_latent() -> None:
        for completion, values in own.items():
            values.append(latent.seconds_per_iteration(files, completion, long[completion]))

    results = []
    for runs in case.peers:
        results.append(measure_peer(runs, folder, latent, between=measure_latent))
    whole = [latent.fit(files, WHOLE, "full", "--output", str(folder / "fitted.bif")) for _ in range(5)]
    plan = latent.plan(files, "full")
    return {
        "full": spread(own["full"]), "minimal": spread(own["minimal"]), "iterations": long,
        "whole": spread([usage.cpu for usage in whole]), "peak_mib": max(usage.peak_mib for usage in whole),
        "rows": plan["rows"], "components": plan["components"], "distinct": plan["distinct_components"],
        "peers": results,
    }


def measure_peer(runs: PeerRuns, folder: Path, latent: Latent, between) -> dict:
    """The cost of a peer's iterations beyond the first few, and whether its tables have the likelihood of ours."""
    per_iteration, short_wholes, peaks = [], [], []
    for _ in range(runs.repetitions):
        between()
        short = long = peers.run(runs.peer, folder, runs.few)
        between()
        if runs.many > runs.few:
            long = peers.run(runs.peer, folder, runs.many)
            per_iteration.append((long.fit - short.fit) / (runs.many - runs.few))
        else:
            per_iteration.append(short.fit / (runs.few + 1))
        between()
        short_wholes.append(short.whole)
        peaks.append(long.peak_mib)
    files = Files(folder)
    theirs, ours = latent.score(long.model, files), latent.trace(files, runs.many)[-1]
    return {
        "peer": runs.peer, "per_iteration": spread(per_iteration), "few": runs.few, "many": runs.many,
        "whole": median(short_wholes) + (WHOLE - runs.few) * median(per_iteration), "peak_mib": max(peaks),
        "expected_ratio": runs.expected_ratio, "log_likelihood": theirs, "latent_log_likelihood": ours,
        "difference": abs(theirs - ours) / abs(ours),
    }


def compare_complete(case: Case, folder: Path, latent: Latent) -> dict:
    """Complete data: all the CPU of latent from start to end, against the peer's, and its reading and fitting alone."""
    files = Files(folder)
    runs, = case.peers
    own, peer_runs = [], []
    for _ in range(runs.repetitions):
        own.append(latent.fit(files, 1, "full"))
        peer_runs.append(peers.run(runs.peer, folder, 1))
    theirs, ours = latent.score(peer_runs[-1].model, files), latent.trace(files, 1)[-1]
    return {
        "whole": spread([usage.cpu for usage in own]), "peak_mib": max(usage.peak_mib for usage in own),
        "peer": runs.peer, "read_and_fit": spread([run.read + run.fit for run in peer_runs]),
        "peer_whole": spread([run.whole for run in peer_runs]),
        "peer_peak_mib": max(run.peak_mib for run in peer_runs), "expected_ratio": runs.expected_ratio,
        "log_likelihood": theirs, "latent_log_likelihood": ours, "difference": abs(theirs - ours) / abs(ours),
    }
