"""Writes published networks into a folder: `networks.py FOLDER NAME ...`."""

import sys
from pathlib import Path

from bench import generate


def main() -> None:
    folder, *names = sys.argv[1:]
    for name in names:
        generate.published(name).write_bif(Path(folder) / f"{name}.bif")


if __name__ == "__main__":
    main()
