"""Writes what was found as text that a person reads."""

from pathlib import Path

from bench.report import heading, row
from interchange import matrix
from interchange.command import brief
from interchange.formats import FORMATS, PEERS, THEIRS, Format
from interchange.workers import SECONDS

#: Which section explains that a peer reads or writes something else, by format, direction and peer.
WHY = {
    ("xdsl", matrix.READ, "pyagrum"): "xdsl", ("xdsl-first", matrix.READ, "pgmpy"): "xdsl",
    ("uai", matrix.READ, "pyagrum"): "uai", ("uai", matrix.READ, "pgmpy"): "uai",
    ("uai-first", matrix.READ, "pgmpy"): "uai", ("bif", matrix.READ, "pyagrum"): "labels-in-bif",
    ("bif", matrix.WRITTEN, "pyagrum"): "labels-in-bif", ("xmlbif", matrix.WRITTEN, "pyagrum"): "markup-in-xml",
    ("xdsl", matrix.WRITTEN, "pyagrum"): "markup-in-xml", ("xmlbif", matrix.WRITTEN, "pgmpy"): "two-labels-made-one",
}

WORDS = {
    "same": "the same", "different": "different", "renamed": "the same numbers under other names",
    "latent": "refused by latent", "peer": "refused by {peer}", "slow": "without an answer",
}


def write(path: Path, results: dict) -> None:
    text = Path(__file__).with_name("page.md").read_text()
    for key, value in parts(results).items():
        text = text.replace("{{" + key + "}}", value)
    path.write_text(text)


def parts(results: dict) -> dict[str, str]:
    """What stands for each name in double braces."""
    networks, found = results["networks"], results["evidence"]
    return {
        "circumstances": "\n".join(circumstances(results)),
        "networks": ", ".join(networks),
        "seconds": str(SECONDS),
        "summary": "\n".join(summary(networks)),
        "differences": "\n".join(differences(networks)),
        "readers": "\n\n".join(readers(title, rows) for title, rows in found["who_reads_whom"].items()),
        "digits": "\n".join([*heading("format", *PEERS.values()), *(row(*cells) for cells in found["digits"])]),
        "names": "\n".join([
            *heading("format, peer", "read as they are", "not"),
            *(row(*map(escaped, cells)) for cells in found["names"]),
        ]),
        **{key: text for key, text in found.items() if isinstance(text, str)},
    }


def circumstances(results: dict) -> list[str]:
    machine, versions = results["machine"], results["versions"]
    return [
        *heading("", ""),
        row("date", results["date"]),
        row("processor", machine["processor"]),
        row("system", machine["system"]),
        row("latent", f"{revisions(results['revisions'])}, {machine['compiler']}"),
        row("peers", f"{versions['pyagrum']}, {versions['pgmpy']}, {versions['numpy']}, Python {machine['python']}"),
    ]


def revisions(by_network: dict[str, str]) -> str:
    """The commit that was asked; where an earlier run left outcomes, which networks are of which commit."""
    networks: dict[str, list[str]] = {}
    for network, revision in by_network.items():
        networks.setdefault(revision, []).append(network)
    if len(networks) == 1:
        return f"revision {next(iter(networks))}"
    return "revisions " + "; ".join(f"{revision} ({', '.join(names)})" for revision, names in networks.items())


def exchanges() -> list[tuple[Format, str]]:
    """The rows of the summary: a format as latent writes it, read by the peer, and as the peer writes it."""
    return [(format, matrix.READ) for format in FORMATS] + [(format, matrix.WRITTEN) for format in THEIRS]


def title(format: Format, direction: str) -> str:
    return f"{format.title}, latent to peer" if direction == matrix.READ else f"{format.title}, peer to latent"


def summary(networks: dict) -> list[str]:
    lines = heading("format, direction", *PEERS.values())
    for format, direction in exchanges():
        cells = []
        for peer in PEERS:
            outcomes = [outcomes[matrix.key(format, direction, peer)] for outcomes in networks.values()]
            cells.append(tally(outcomes, PEERS[peer]))
        lines.append(row(title(format, direction), *cells))
    return lines


def tally(outcomes: list[dict], peer: str) -> str:
    """How many came out how; of those that are the same, the largest difference."""
    pieces = []
    for kind, words in WORDS.items():
        alike = [outcome for outcome in outcomes if outcome["kind"] == kind]
        if not alike:
            continue
        piece = f"{len(alike)} {words.format(peer=peer)}"
        if kind == "same":
            largest = max(outcome["difference"] for outcome in alike)
            closeness = f"to {largest:.1e}" if largest else "to the last bit"
            piece = f"{len(alike)} of {len(outcomes)} the same, {closeness}"
        pieces.append(piece)
    return "; ".join(pieces)


def differences(networks: dict) -> list[str]:
    """One row per exchange and kind of outcome, with the networks, and the worst cell or what was said."""
    lines = heading("format, direction", "peer", "outcome", "networks", "worst cell, or what was said", "why")
    for format, direction in exchanges():
        for peer in PEERS:
            outcomes = {name: found[matrix.key(format, direction, peer)] for name, found in networks.items()}
            reason = WHY.get((format.key, direction, peer))
            for kind, words in list(WORDS.items())[1:]:
                for names, detail in grouped({n: o for n, o in outcomes.items() if o["kind"] == kind}):
                    link = f"[{reason.replace('-', ' ')}](#{reason})" if reason and kind != "slow" else ""
                    lines.append(row(
                        title(format, direction), PEERS[peer], words.format(peer=PEERS[peer]), names,
                        escaped(brief(detail)), link))
    return lines


def grouped(outcomes: dict[str, dict]) -> list[tuple[str, str]]:
    """The networks and one sentence for all of them where numbers differ, the worst; else one by one."""
    if not outcomes:
        return []
    if all(outcome["kind"] in ("different", "slow") for outcome in outcomes.values()):
        worst = max(outcomes, key=lambda name: outcomes[name]["difference"] or 0)
        detail = outcomes[worst]["detail"]
        return [(", ".join(outcomes), f"{worst}: {detail}" if outcomes[worst]["difference"] else detail)]
    return [(name, outcome["detail"]) for name, outcome in outcomes.items()]


def readers(format: str, rows: list[list[str]]) -> str:
    lines = heading(f"{format}, written by", "read by latent", *(f"by {peer}" for peer in PEERS.values()))
    return "\n".join(lines + [row(*(escaped(brief(cell)) for cell in cells)) for cells in rows])


def escaped(text: str) -> str:
    """Text that ends no cell of a table and begins no element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
