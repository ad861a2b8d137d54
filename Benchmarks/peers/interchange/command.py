"""`latent`, converting and showing models."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np

from bench.networks import Network, Variable


class Refusal(Exception):
    """What a program said instead of doing what it was asked for."""


def brief(message: str, length: int = 220) -> str:
    """A message without folders, cut where it gets long."""
    text = re.sub(r"(?:/[\w.-]+)+/", "", " ".join(message.split()))
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " ..."


class Command:
    def __init__(self, path: str) -> None:
        self.path = path

    def convert(self, source: Path, target: Path, *options: str) -> str:
        """Writes a model in another format; what was said by the way."""
        return self._run("convert", source.name, target.name, *options, folder=source.parent)[1]

    def read(self, path: Path) -> Network:
        """A model with all its tables, its variables in the order of the file."""
        text, _ = self._run("show", path.name, "--json", "--quiet", folder=path.parent)
        return Network(path.stem, [
            Variable(entry["name"], entry["states"], entry["parents"], np.ravel(entry["probabilities"]).tolist())
            for entry in json.loads(text)["variables"]
        ])

    def _run(self, *arguments: str, folder: Path) -> tuple[str, str]:
        result = subprocess.run([self.path, *arguments], cwd=folder, capture_output=True, text=True)
        if result.returncode != 0:
            raise Refusal(result.stderr.strip())
        return result.stdout, result.stderr.strip()
