"""Small files that show why tables come out otherwise: each excerpt is made anew, the sentences around it are not."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from bench.networks import Network, Variable
from interchange import names, workers
from interchange.command import Command, Refusal, brief
from interchange.comparing import compare, numbered_as
from interchange.formats import FORMATS, PEERS, THEIRS, Format
from interchange.samples import small

LATENT = "latent"
READERS = [LATENT, *PEERS]


def gather(folder: Path, latent: Command) -> dict:
    """All evidence as plain values."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sample_files(folder, latent)
    return {
        "who_reads_whom": {title: who_reads_whom(rows, latent) for title, rows in by_format(files).items()},
        "xdsl": xdsl_tables(files),
        "uai": uai_tables(files),
        "seeds": seeds(files["uai", "pgmpy"]),
        "comments": comments(files["net", "pyagrum"], folder),
        "names": names.table(folder, latent),
        "precision": precision(folder, latent),
        "digits": digits(folder),
        "labels": labels(folder),
        "markup": markup(folder),
        "twice": twice(folder),
    }


def sample_files(folder: Path, latent: Command) -> dict[tuple[str, str], Path]:
    """The small network by every program in every format, by format and program."""
    source = folder / "small.bif"
    small().write_bif(source)
    written = {}
    for format in FORMATS:
        written[format.key, LATENT] = folder / f"latent-{format.key}.{format.ending}"
        latent.convert(source, written[format.key, LATENT], "--verify", *format.options)
    for format in THEIRS:
        for peer in PEERS:
            path = folder / f"{peer}.{format.ending_for(peer)}"
            workers.write(peer, small(), path)
            written[format.key, peer] = path
    return written


def by_format(files: dict[tuple[str, str], Path]) -> dict[str, list[tuple[str, Format, Path]]]:
    """Who wrote which file, by what the format is called."""
    groups: dict[str, list[tuple[str, Format, Path]]] = {}
    for format in FORMATS:
        for writer in READERS:
            if (format.key, writer) in files:
                title = LATENT if writer == LATENT else PEERS[writer]
                name = title if format.is_default else f"latent {' '.join(format.options)}"
                groups.setdefault(format.title.split(",")[0], []).append((name, format, files[format.key, writer]))
    return groups


def who_reads_whom(rows: list[tuple[str, Format, Path]], latent: Command) -> list[list[str]]:
    """By writer: its name and what each reader made of its file."""
    return [[writer, *(verdict(reader, format, path, latent) for reader in READERS)] for writer, format, path in rows]


def verdict(reader: str, format: Format, path: Path, latent: Command) -> str:
    try:
        if reader == LATENT:
            found = latent.read(path)
        else:
            copy = path.with_suffix("." + format.ending_for(reader))
            copy.write_bytes(path.read_bytes())
            found = workers.read(reader, copy, format.has_names)
    except Refusal as refusal:
        return f"refused: {refusal}"
    outcome = compare(small(), found if format.has_names else numbered_as(found, small().variables))
    return "same" if outcome.kind == "same" else f"**different**: {outcome.detail}"


def xdsl_tables(files: dict[tuple[str, str], Path]) -> str:
    """The table of X by each program."""
    lines = []
    for format, writer in [("xdsl", LATENT), ("xdsl", "pgmpy"), ("xdsl", "pyagrum"), ("xdsl-first", LATENT)]:
        node = ElementTree.parse(files[format, writer]).find(".//cpt[@id='X']")
        lines.append(f"{name(format, writer) + ':':31} {node.findtext('parents')}: "
                     f"{two_digits(node.findtext('probabilities').split())}")
    return "\n".join(lines)


def uai_tables(files: dict[tuple[str, str], Path]) -> str:
    """The scope and the table of X by each program."""
    lines = []
    for format, writer in [("uai", LATENT), ("uai", "pgmpy"), ("uai", "pyagrum"), ("uai-first", LATENT)]:
        text = re.sub(r"#.*", "", files[format, writer].read_text())
        scope = re.search(r"^3 (\d \d \d)", text, re.MULTILINE)[1]
        cells = re.search(r"^18\s+([\d.e\s-]+)", text, re.MULTILINE)[1].split()[:18]
        lines.append(f"{name(format, writer) + ':':31} {scope}: {two_digits(cells)}")
    return "\n".join(lines)


def name(format: str, writer: str) -> str:
    options = next(entry.options for entry in FORMATS if entry.key == format)
    return " ".join([PEERS.get(writer, writer), *options])


def two_digits(cells: list[str]) -> str:
    return " ".join(f"{float(cell):.2f}"[1:] for cell in cells)


def seeds(path: Path) -> str:
    """What pgmpy reads from the UAI file that it wrote itself, under several seeds of Python's hashes."""
    program = (
        "import sys; from pathlib import Path; from interchange.pgmpy import read; "
        "x = read(Path(sys.argv[1]), False).variables[2]; "
        "print(f\"p(X | P1=a, P2=v) = {x.table[3:6] if x.parents == ['var_0', 'var_1'] else x.table[6:9]}\")"
    )
    return "\n".join(
        f"PYTHONHASHSEED={seed}: " + subprocess.run(
            [sys.executable, "-c", program, str(path)], env=os.environ | {"PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True).stdout.strip()
        for seed in range(4))


def comments(path: Path, folder: Path) -> str:
    """pyAgrum's NET file as it is, and without its comments, read by pgmpy."""
    text = path.read_text()
    first = next(line.strip() for line in text.splitlines() if "%" in line)
    bare = folder / "without-comments.net"
    bare.write_text(re.sub(r"%.*", "", text))
    lines = [f"pyAgrum writes:              {first}"]
    for title, file in (("pgmpy reads it as it is:     ", path), ("pgmpy, without the comments: ", bare)):
        try:
            lines.append(title + compare(small(), workers.read("pgmpy", file, True)).kind)
        except Refusal as refusal:
            lines.append(title + brief(str(refusal)))
    return "\n".join(lines)


def precision(folder: Path, latent: Command) -> str:
    """0.1 as pyAgrum reads it."""
    source = folder / "tenth.bif"
    Network("tenth", [Variable("A", ["a", "b"], [], [0.1, 0.9])]).write_bif(source)
    lines = []
    for format in THEIRS:
        target = folder / f"tenth-latent.{format.ending_for('pyagrum')}"
        latent.convert(source, target)
        found = workers.read("pyagrum", target, format.has_names).variables[0]
        lines.append(f"{format.title:7} 0.1 was read as {found.table[0]!r}")
    return "\n".join(lines)


def digits(folder: Path) -> list[list[str]]:
    """How the peers write one and the same number, by format."""
    network = Network("digits", [Variable("A", ["a", "b"], [], [0.123456789012345, 0.876543210987655])])
    rows = []
    for format in THEIRS:
        row = [format.title]
        for peer in PEERS:
            path = folder / f"digits-{peer}.{format.ending_for(peer)}"
            workers.write(peer, network, path)
            row.append(re.search(r"0\.1234\d*", path.read_text())[0])
        rows.append(row)
    return rows


def labels(folder: Path) -> str:
    """What pyAgrum says of a label with a slash, with and without quotes."""
    lines = []
    for label in ("b/c", '"b/c"'):
        path = folder / "label.bif"
        path.write_text(
            "network n {\n}\nvariable A {\n  type discrete [ 2 ] { a, " + label + " };\n}\n"
            "probability ( A ) {\n  table 0.5, 0.5;\n}\n")
        for peer in PEERS:
            try:
                states = workers.read(peer, path, True).variables[0].states
                lines.append(f"{{ a, {label} }} by {PEERS[peer]}: {', '.join(states)}")
            except Refusal as refusal:
                lines.append(f"{{ a, {label} }} by {PEERS[peer]}: {brief(str(refusal))}")
    return "\n".join(lines)


def markup(folder: Path) -> str:
    """How pyAgrum writes `<5` in its two formats of XML, what a parser of XML and pyAgrum itself make of that."""
    lines = []
    for ending in ("bifxml", "xdsl"):
        path = folder / f"less.{ending}"
        workers.write("pyagrum", Network("less", [Variable("A", ["<5", "rest"], [], [0.5, 0.5])]), path)
        lines.append(next(line.strip() for line in path.read_text().splitlines() if "<5" in line))
        try:
            ElementTree.parse(path)
            lines.append("  Python's parser: well-formed")
        except ElementTree.ParseError as error:
            lines.append(f"  Python's parser: {error}")
        try:
            states = workers.read("pyagrum", path, True).variables[0].states
            lines.append(f"  pyAgrum itself: {', '.join(states)}")
        except Refusal as refusal:
            lines.append(f"  pyAgrum itself: {brief(str(refusal))}")
    return "\n".join(lines)


def twice(folder: Path) -> str:
    """How pgmpy writes two labels of the network child in XMLBIF."""
    path = folder / "twice.xmlbif"
    workers.write("pgmpy", Network("twice", [Variable("A", ["<7.5", ">=7.5"], [], [0.25, 0.75])]), path)
    lines = [line.strip() for line in path.read_text().splitlines() if "OUTCOME" in line]
    try:
        states = workers.read("pgmpy", path, True).variables[0].states
        lines.append(f"pgmpy itself reads: {', '.join(states)}")
    except Refusal as refusal:
        lines.append(f"pgmpy itself: {brief(str(refusal))}")
    return "\n".join(lines)
