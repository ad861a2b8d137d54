"""Runs a command of both builds and compares what came of it."""

import csv
import difflib
import io
import json
import math
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from identical.commands import Command


class Different(Exception):
    """A result that is not the same; the text names the command, the place and both values."""


@dataclass
class Outcome:
    """What was seen over all commands."""

    commands: int = 0
    #: Commands that both builds refused, with the exit code and the sentence of the base.
    refused: list[str] = field(default_factory=list)
    #: Keys of JSON documents that only the new build writes.
    new_keys: set[str] = field(default_factory=set)
    #: Differences of screens, each once however many commands show it, with the first of these commands.
    screens: dict[str, tuple[str, int]] = field(default_factory=dict)

    def see_screens(self, command: str, base: str, new: str) -> None:
        diff = difflib.unified_diff(lasting(base), lasting(new), n=0, lineterm="")
        for hunk in hunks(diff):
            key = re.sub(r"[0-9]+", "0", hunk)
            first, count = self.screens.get(key, (f"{command}\n{hunk}", 0))
            self.screens[key] = (first, count + 1)


def compare(command: Command, binaries: tuple[str, str], folders: tuple[Path, Path], outcome: Outcome) -> None:
    """Raises `Different` at the first result that is not the same."""
    name = f"{folders[0].parent.name}: latent {shlex.join(command.arguments)}"
    processes = [
        subprocess.Popen([binary, *command.arguments], cwd=folder, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for binary, folder in zip(binaries, folders)
    ]
    (base, base_errors), (new, new_errors) = [process.communicate() for process in processes]
    codes = [process.returncode for process in processes]
    outcome.commands += 1
    outcome.see_screens(name, base_errors.decode(), new_errors.decode())
    if codes[0] != codes[1]:
        raise Different(f"{name}\n  exit code {codes[0]}, then {codes[1]}: {new_errors.decode().strip()}")
    if codes[0] != 0:
        outcome.refused.append(f"{name}: {codes[0]}, {base_errors.decode().strip().splitlines()[-1]}")
        return
    match command.prints:
        case "screen":
            outcome.see_screens(name, base.decode(), new.decode())
        case "file":
            require_same_bytes(f"{name}\n  standard output", base, new)
        case "json":
            compare_json(name, json.loads(base), json.loads(new), outcome)
    for file in command.writes:
        contents = [(folder / file).read_bytes() for folder in folders]
        if file.startswith("trace"):
            contents = [without_seconds(content) for content in contents]
        require_same_bytes(f"{name}\n  {file}", *contents)


def require_same_bytes(place: str, base: bytes, new: bytes) -> None:
    if base == new:
        return
    lines = zip(base.split(b"\n") + [b"(end)"], new.split(b"\n") + [b"(end)"])
    number, (old, changed) = next((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1])
    raise Different(f"{place}, line {number}\n  base {shortened(old)}\n  new  {shortened(changed)}")


def shortened(line: bytes) -> str:
    text = line.decode(errors="replace")
    return text if len(text) <= 200 else text[:200] + " …"


def without_seconds(trace: bytes) -> bytes:
    """A trace without the column of times."""
    rows = list(csv.reader(io.StringIO(trace.decode())))
    kept = [position for position, name in enumerate(rows[0]) if name != "seconds"]
    return "\n".join(",".join(row[position] for position in kept) for row in rows).encode()


def compare_json(name: str, base: object, new: object, outcome: Outcome) -> None:
    for path, old, changed in json_differences(base, new, ""):
        if old is None and path.startswith("+"):
            outcome.new_keys.add(f"{name.split()[2]} --json: {re.sub('[0-9]+', 'N', path[1:])}")
        elif path.startswith(".warnings"):
            outcome.see_screens(name, str(old), str(changed))
        else:
            raise Different(f"{name}\n  JSON {path}\n  base {old!r}\n  new  {changed!r}")


def json_differences(base: object, new: object, path: str) -> Iterator[tuple[str, object, object]]:
    """Pairs of values that differ in type, text or any bit of a number; keys with times are left out.

    A key that only `new` has is given with a `+` in front of its path.
    """
    if isinstance(base, dict) and isinstance(new, dict):
        for key in base:
            if key == "seconds" or key.startswith("seconds_") or key.endswith("_seconds"):
                continue
            if key in new:
                yield from json_differences(base[key], new[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}", base[key], "(no such key)"
        yield from ((f"+{path}.{key}", None, new[key]) for key in new if key not in base)
    elif isinstance(base, list) and isinstance(new, list):
        if len(base) != len(new):
            yield f"{path}, its length", len(base), len(new)
        for position, pair in enumerate(zip(base, new)):
            yield from json_differences(*pair, f"{path}[{position}]")
    elif isinstance(base, bool) or isinstance(new, bool) or not is_number(base) or not is_number(new):
        if type(base) is not type(new) or base != new:
            yield path, base, new
    elif base != new or math.copysign(1, base) != math.copysign(1, new):
        yield path, base, new


def is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def lasting(screen: str) -> list[str]:
    """Lines of a screen without those that hold a measured time."""
    return [line for line in screen.splitlines() if "seconds" not in line and not line.endswith(", measured")]


def hunks(diff: Iterator[str]) -> list[str]:
    found: list[str] = []
    for line in diff:
        if line.startswith("@@"):
            found.append("")
        elif found:
            found[-1] += f"  {line}\n"
    return found
