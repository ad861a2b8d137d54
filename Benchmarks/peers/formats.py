"""Exchanges model files between latent and its peers and writes FORMATS.md; see `--help`."""

import argparse
import datetime
import json
import time
from pathlib import Path

from bench import machine
from interchange import evidence, matrix, page
from interchange.command import Command
from interchange.samples import NETWORKS, unpack

HERE = Path(__file__).resolve().parent
FILES = HERE / ".data" / "formats"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="formats",
        description="Has latent and its peers read each other's model files, then writes Benchmarks/FORMATS.md. "
        "Networks that are not named keep what an earlier run found.")
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="what to exchange; everything unless named")
    parser.add_argument("--latent", required=True, help="the release build of latent")
    parser.add_argument("--list", action="store_true", help="list the networks and stop")
    parsed = parser.parse_args()
    unknown = set(parsed.networks) - set(NETWORKS)
    if unknown:
        parser.error(f"no network is named {', '.join(sorted(unknown))}; --list shows the names")
    return parsed


def main() -> None:
    options = arguments()
    if options.list:
        print("\n".join(NETWORKS))
        return
    latent = Command(options.latent)
    store = HERE / ".data" / "formats.json"
    results = json.loads(store.read_text()) if store.exists() else {"networks": {}, "revisions": {}}
    for name in options.networks or NETWORKS:
        began = time.monotonic()
        results["networks"][name] = matrix.measure(unpack(name, FILES / name), latent)
        results["revisions"][name] = machine.revision(HERE)
        store.write_text(json.dumps(results, indent=1))
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    results |= {
        "machine": machine.description(), "versions": machine.peer_versions(),
        "date": datetime.date.today().isoformat(),
        "evidence": evidence.gather(FILES / "evidence", latent),
    }
    store.write_text(json.dumps(results, indent=1))
    page.write(HERE.parent / "FORMATS.md", results)


if __name__ == "__main__":
    main()
