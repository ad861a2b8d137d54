"""The command line of `Benchmarks/identity`."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from identical import commands, problems, speed
from identical.comparing import Different, Outcome, compare

HERE = Path(__file__).resolve().parent.parent
NETWORKS = ("alarm", "asia", "cancer", "child", "earthquake", "hailfinder", "hepar2", "insurance", "sachs", "survey",
            "water", "win95pts")
#: The network of the large table and of the speed.
LARGE = "alarm"


def main() -> int:
    options = arguments()
    binaries = (options.base, options.new)
    networks = sorted((options.networks or published()).glob("*.bif"))
    alarm = next((network for network in networks if network.stem == LARGE), None)
    if options.only:
        networks = [network for network in networks if network.stem in options.only]
    with tempfile.TemporaryDirectory() as folder:
        if options.speed:
            if alarm is None:
                sys.exit(f"--speed needs a network {LARGE}.bif")
            measure_speed(binaries, alarm, Path(folder), options.rounds)
            return 0
        return compare_all(binaries, networks, alarm, Path(folder), options.only)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="identity",
        description="Runs two builds of latent on the same files, on one thread and on two, and compares traces, "
        "written models and tables byte for byte, and every number of --json; times are left out. Exits with 1 and "
        "names the first difference. Screens and messages that differ are listed, and so are keys that only the new "
        "build writes.")
    parser.add_argument("base", type=binary, metavar="BASE", help="the build to compare with")
    parser.add_argument("new", type=binary, metavar="NEW", help="the build to judge")
    parser.add_argument("--networks", type=Path, metavar="FOLDER",
                        help="a folder of .bif files; default: published networks, as peers/networks gets them")
    parser.add_argument("--only", action="append", metavar="NAME",
                        help="only this network, or house-votes, or large; repeatable")
    parser.add_argument("--speed", action="store_true",
                        help=f"compare the CPU time of an EM iteration on {LARGE} instead")
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="how often --speed takes turns; default 7")
    return parser.parse_args()


def binary(path: str) -> str:
    found = shutil.which(path)
    if found is None:
        raise argparse.ArgumentTypeError(f"{path} is not a program")
    return os.path.abspath(found)


def published() -> Path:
    """Networks as pgmpy ships them, made once."""
    folder = HERE / "peers" / ".data" / "networks"
    if not all((folder / f"{name}.bif").exists() for name in NETWORKS):
        subprocess.run([str(HERE / "peers" / "networks"), str(folder), *NETWORKS], check=True)
    return folder


def compare_all(
    binaries: tuple[str, str], networks: list[Path], alarm: Path | None, folder: Path, only: list[str] | None
) -> int:
    outcome = Outcome()
    try:
        if not only or "house-votes" in only:
            example = HERE.parent / "Examples" / "house-votes"
            problem = problems.of_example(binaries[0], example, folder / "files")
            run(problem.name, commands.all_of(problem), binaries, folder, outcome)
        for network in networks:
            problem = problems.of_network(binaries[0], network, folder / "files")
            run(problem.name, commands.all_of(problem), binaries, folder, outcome)
        if alarm and (not only or "large" in only):
            problems.large(binaries[0], alarm, folder / "files")
            run(f"{LARGE}-large", commands.large(), binaries, folder, outcome)
    except Different as difference:
        print(f"different: {difference}")
        return 1
    report(outcome)
    return 0


def run(
    name: str, list_of_commands: list[commands.Command], binaries: tuple[str, str], folder: Path, outcome: Outcome
) -> None:
    """Runs commands in two copies of the files of a problem, which go afterwards."""
    before = outcome.commands
    parent = folder / name
    folders = parent / "base", parent / "new"
    for copy in folders:
        shutil.copytree(folder / "files", copy)
    shutil.rmtree(folder / "files")
    for command in list_of_commands:
        compare(command, binaries, folders, outcome)
    shutil.rmtree(parent)
    print(f"{name}: {outcome.commands - before} commands, the same", flush=True)


def report(outcome: Outcome) -> None:
    print(f"\n{outcome.commands} commands, every result the same to the last bit")
    headed(f"{len(outcome.refused)} refused by both", outcome.refused)
    headed("keys that only NEW writes", sorted(outcome.new_keys))
    headed("screens that differ, each kind once, in how many places",
           [f"{count} × {text.rstrip()}" for text, count in outcome.screens.values()])


def headed(title: str, lines: list[str]) -> None:
    if lines:
        print("\n".join(["", title + ":", *lines]))


def measure_speed(binaries: tuple[str, str], alarm: Path, folder: Path, rounds: int) -> None:
    print(f"CPU time of an EM iteration on {LARGE}, 20 % missing, one thread; least of {rounds}")
    for rows in (2_000, 20_000):
        problems.large(binaries[0], alarm, folder / str(rows), rows)
        for completion in ("minimal", "full"):
            base, new = speed.per_iteration(binaries, folder / str(rows), completion, rounds)
            print(f"{rows:6,} rows, {completion:7}  base {base * 1e6:7.2f} µs  new {new * 1e6:7.2f} µs  "
                  f"ratio {new / base:.3f}", flush=True)
