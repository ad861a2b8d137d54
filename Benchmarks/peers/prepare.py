"""Makes the files of one case: the network, the start and the table. A process of its own, so that none of its memory
is counted as that of what is measured."""

import sys
from pathlib import Path

import numpy as np

from bench import generate
from bench.cases import ALL, CLASSES

SEED = 20_240_601


def main() -> None:
    key, folder = sys.argv[1], Path(sys.argv[2])
    case = next(case for case in [*ALL, *CLASSES] if case.key == key)
    random = np.random.default_rng(SEED)
    match case.network:
        case "latent-class":
            network = generate.latent_class(classes=3, items=8, states=3, random=random)
        case "latent-class-10":
            network = generate.latent_class(classes=4, items=10, states=4, random=random)
        case "polytree":
            network = generate.polytree(500, random)
        case name:
            network = generate.published(name)
    folder.mkdir(parents=True, exist_ok=True)
    start = generate.randomised(network, np.random.default_rng(SEED + 1))
    start.write_json(folder / "start.json")
    start.write_bif(folder / "start.bif")
    generate.write_table(folder / "data.csv", network, case.rows, case.missing, case.hidden, random)


if __name__ == "__main__":
    main()
