"""Measures latent and its peers on tables of numbers and on latent classes, and writes their part of RESULTS.md."""

import argparse
import datetime
import json
import subprocess
import sys
from pathlib import Path

from bench import comparison, machine, number_report
from bench.cases import CLASSES
from bench.measure import run
from bench.numbers import ALL, NumberCase, native
from bench.tool import Latent

HERE = Path(__file__).resolve().parent
DATA = HERE / ".data"

#: Which kernels latent may use: those of the portable build, and the best of the processor.
PATHS = {"portable": {"LATENT_ISA": "base"}, "wide": {}}


def prepare(case: NumberCase) -> Path:
    """The files of a case, made by another process unless they are there."""
    folder = DATA / case.key
    if not (folder / "finished").exists():
        program = (
            "import sys; from pathlib import Path; from bench.numbers import ALL, prepare;"
            "prepare(next(case for case in ALL if case.key == sys.argv[1]), Path(sys.argv[2]))")
        subprocess.run([sys.executable, "-c", program, case.key, str(folder)], cwd=HERE, check=True)
    return folder


def fit(latent: str, folder: Path, iterations: int, environment: dict, *options: str):
    return run(
        [latent, "fit", str(folder / "start.json"), str(folder / "data.csv"), "--start", "model", "--tolerance", "0",
         "--max-iterations", str(iterations), "--threads", "1", "--quiet", *options], environment=environment)


def own(latent: str, folder: Path, environment: dict, iterations: int) -> tuple[float, float]:
    """Seconds per iteration after the first, and the peak of the memory."""
    short, long = fit(latent, folder, 1, environment), fit(latent, folder, 1 + iterations, environment)
    return (long.cpu - short.cpu) / iterations, long.peak_mib


def peer(case: NumberCase, folder: Path, iterations: int) -> dict:
    result = folder / f"{case.peer}.json"
    run([sys.executable, "-m", f"adapters.{case.peer}", str(folder / "parameters.json"), str(folder / "data.npy"),
         str(iterations), str(result)], folder=str(HERE))
    return json.loads(result.read_text())


def enough(latent: str, folder: Path) -> int:
    """So many iterations that they take half a second."""
    iterations = 6
    while own(latent, folder, PATHS["wide"], iterations)[0] * iterations < 0.5 and iterations < 30_000:
        iterations *= 5
    return iterations


def measure(case: NumberCase, latent: str) -> dict:
    """Runs of latent, on either path, and of the peer in turn; three rounds."""
    folder = prepare(case)
    iterations = case.iterations or enough(latent, folder)
    seconds: dict[str, list[float]] = {name: [] for name in [*PATHS, "peer"]}
    peak = 0.0
    for _ in range(3):
        for name, environment in PATHS.items():
            value, memory = own(latent, folder, environment, iterations)
            seconds[name].append(value)
            peak = max(peak, memory)
        if case.peer:
            short, long = peer(case, folder, case.few), peer(case, folder, case.many)
            seconds["peer"].append((long["seconds"] - short["seconds"]) / (case.many - case.few))
    result = {name: comparison.spread(values) for name, values in seconds.items() if values}
    result["peak_mib"] = peak
    if case.peer:
        model = folder / "peer.json"
        model.write_text(json.dumps(native(long["parameters"])))
        score = run([latent, "score", str(model), str(folder / "data.csv"), "--json", "--quiet"])
        trace = json.loads(fit(latent, folder, case.many, {}, "--json").output)["log_likelihood_trace"]
        theirs, ours = json.loads(score.output)["log_likelihood"], trace[-1]
        result["difference"] = abs(theirs - ours) / abs(ours)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(prog="tables", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="what to measure; everything unless named")
    parser.add_argument("--latent", required=True, help="the release build of latent")
    options = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    store = DATA / "tables.json"
    results = json.loads(store.read_text()) if store.exists() else {}
    for case in [*ALL, *CLASSES]:
        if options.cases and case.key not in options.cases:
            continue
        print(f"{case.key}: {case.title}", flush=True)
        if isinstance(case, NumberCase):
            results[case.key] = measure(case, options.latent)
        else:
            subprocess.run([sys.executable, str(HERE / "prepare.py"), case.key, str(DATA / case.key)], check=True)
            results[case.key] = comparison.compare(case, DATA / case.key, Latent(options.latent))
        results[case.key]["revision"] = machine.revision(HERE)
        results |= {"date": datetime.date.today().isoformat(), "machine": machine.description()}
        store.write_text(json.dumps(results, indent=1))
        number_report.write(HERE.parent, results)


if __name__ == "__main__":
    main()
