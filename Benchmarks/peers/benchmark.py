"""Measures latent and its peers and writes RESULTS.md; see `--help`."""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

from bench import alone, comparison, machine, report
from bench.cases import ALL, COMPARISONS, COMPLETE, Case
from bench.tool import Latent

HERE = Path(__file__).resolve().parent
DATA = HERE / ".data"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run",
        description="Measures latent and its peers, then writes Benchmarks/RESULTS.md. Cases that are not named keep "
        "what an earlier run measured.")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="what to measure; everything unless named")
    parser.add_argument("--latent", required=True, help="the release build of latent")
    parser.add_argument("--list", action="store_true", help="list the cases and stop")
    parsed = parser.parse_args()
    unknown = set(parsed.cases) - {case.key for case in ALL}
    if unknown:
        parser.error(f"no case is named {', '.join(sorted(unknown))}; --list shows the names")
    return parsed


def prepare(case: Case) -> Path:
    """The files of a case, made by another process unless they are there."""
    folder = DATA / case.key
    finished = folder / "finished"
    if not finished.exists():
        subprocess.run([sys.executable, str(HERE / "prepare.py"), case.key, str(folder)], check=True)
        finished.touch()
    return folder


def measure(case: Case, latent: Latent) -> dict:
    folder = prepare(case)
    if case in COMPARISONS:
        return comparison.compare(case, folder, latent)
    if case is COMPLETE:
        return comparison.compare_complete(case, folder, latent)
    return alone.run(case, folder, latent)


def main() -> None:
    options = arguments()
    if options.list:
        for case in ALL:
            print(f"{case.key:18} {case.title}")
        return
    DATA.mkdir(exist_ok=True)
    store = DATA / "results.json"
    results = json.loads(store.read_text()) if store.exists() else {}
    latent = Latent(options.latent)
    for case in ALL:
        if options.cases and case.key not in options.cases:
            continue
        print(f"{case.key}: {case.title}", flush=True)
        results[case.key] = measure(case, latent) | {"revision": machine.revision(HERE)}
        results["machine"] = machine.description()
        results["versions"] = machine.peer_versions()
        results["date"] = datetime.date.today().isoformat()
        results["load"] = ", ".join(f"{value:.1f}" for value in os.getloadavg())
        store.write_text(json.dumps(results, indent=1))
        report.write(HERE.parent, results)


if __name__ == "__main__":
    main()
