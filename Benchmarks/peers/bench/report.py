"""Writes what was measured as text that a person reads."""

from pathlib import Path

from bench.cases import ALL, COMPARISONS, COMPLETE, GROWTH, LARGE
from bench.chart import Line, chart

NAMES = {"pyagrum": "pyAgrum", "stepmix": "StepMix", "pgmpy": "pgmpy"}

#: The headings of the part that `tables` writes, and of what follows it.
NUMBERS, METHOD = "## Tables of numbers", "## How it was measured"


def seconds(value: float) -> str:
    """Three digits, in the unit that suits."""
    if value >= 1000:
        return f"{value:,.0f} s"
    for scale, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= scale:
            return f"{value / scale:#.3g}".rstrip(".") + f" {unit}"
    return f"{value * 1e9:.0f} ns"


def both(spread: dict) -> str:
    """Least and median; a single run as it is."""
    if spread["runs"] == 1:
        return seconds(spread["min"])
    return f"{seconds(spread['min'])} / {seconds(spread['median'])}"


def count(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(*cells: str) -> list[str]:
    return [row(*cells), row(*["---"] * len(cells))]


def write(root: Path, results: dict) -> None:
    sections = [
        introduction(results), iterations(results), whole_commands(results), complete(results), growth(results),
        large(results),
    ]
    method = Path(__file__).with_name("method.md").read_text()
    page = root / "RESULTS.md"
    numbers = number_part(page.read_text()) if page.exists() else ""
    page.write_text("\n\n".join(["\n".join(lines) for lines in sections if lines] + [numbers + method]))
    if all(case.key in results for case in GROWTH):
        (root / "growth.svg").write_text(growth_chart(results))


def number_part(page: str) -> str:
    """What `tables` wrote, which stays."""
    return NUMBERS + page.split(NUMBERS)[1].split(METHOD)[0] if NUMBERS in page else ""


def introduction(results: dict) -> list[str]:
    machine, peers = results["machine"], results["versions"]
    return [
        "# Measured speed",
        "",
        "Written by `Benchmarks/peers/run`; change the program, not this page.",
        "",
        *heading("", ""),
        row("date", results["date"]),
        row("processor", machine["processor"]),
        row("system", machine["system"]),
        row("load", f"{results['load']} (one, five and fifteen minutes) when the last case ended"),
        row("latent", f"{revisions(results)}, {machine['compiler']}"),
        row("peers", f"{', '.join(peers.values())}, Python {machine['python']}"),
    ]


def revisions(results: dict, all_cases: list = ALL) -> str:
    """The commit that was measured; where an earlier run left figures, which cases are of which commit."""
    cases: dict[str, list[str]] = {}
    for case in all_cases:
        if case.key in results:
            cases.setdefault(results[case.key]["revision"], []).append(case.key)
    if len(cases) == 1:
        return f"revision {next(iter(cases))}"
    return "revisions " + "; ".join(f"{revision} ({', '.join(keys)})" for revision, keys in cases.items())


def iterations(results: dict) -> list[str]:
    lines = [
        "## One EM iteration",
        "",
        "CPU seconds per iteration on one thread, least / median of several runs; the same file, the same start. "
        "*Ratio*: median of the peer over median of latent under full completion, which is what the peers do.",
        "",
        *heading("work", "peer", "its iteration", "latent, full", "latent, minimal", "ratio", "expected",
                 "ℓ agrees to"),
    ]
    for case in COMPARISONS:
        result = results.get(case.key)
        for peer in result["peers"] if result else []:
            ratio = peer["per_iteration"]["median"] / result["full"]["median"]
            expected = peer["expected_ratio"]
            lines.append(row(
                case.title, NAMES[peer["peer"]], both(peer["per_iteration"]), both(result["full"]),
                both(result["minimal"]), count(ratio), f"≥ {expected:,}" if expected else "",
                f"{peer['difference']:.0e}",
            ))
    return lines


def whole_commands(results: dict) -> list[str]:
    lines = [
        "## The whole command, 20 iterations",
        "",
        "CPU seconds of a process from start to written model: loading the program, reading, compiling, 20 iterations. "
        "For alarm with 20,000 rows at most 0.1 s are expected. For peers: a short run as measured, and the missing "
        "iterations at the price above. Memory is the peak of the process.",
        "",
        *heading("work", "latent", "memory", "peer", "in all", "memory", "distinct / all hidden components"),
    ]
    for case in COMPARISONS:
        result = results.get(case.key)
        for peer in result["peers"] if result else []:
            lines.append(row(
                case.title, both(result["whole"]), f"{result['peak_mib']:.0f} MiB", NAMES[peer["peer"]],
                seconds(peer["whole"]), f"{peer['peak_mib']:.0f} MiB",
                f"{result['distinct']:,} / {result['components']:,}",
            ))
    return lines


def complete(results: dict) -> list[str]:
    result = results.get(COMPLETE.key)
    if not result:
        return []
    own, peer = result["whole"]["median"], NAMES[result["peer"]]
    return [
        "## Complete data",
        "",
        f"{COMPLETE.title}. The whole process of latent against the whole process of {peer}, and against the latter's "
        "reading and fitting without the start of Python and its imports. A smoothing of 1e-9, since "
        f"{peer} refuses configurations of parents that do not occur.",
        "",
        *heading("latent", "memory", peer, "memory", "ratio", f"{peer}, read and fit", "ratio", "expected",
                 "ℓ agrees to"),
        row(both(result["whole"]), f"{result['peak_mib']:.0f} MiB", both(result["peer_whole"]),
            f"{result['peer_peak_mib']:.0f} MiB", count(result["peer_whole"]["median"] / own),
            both(result["read_and_fit"]), count(result["read_and_fit"]["median"] / own),
            f"≥ {result['expected_ratio']}", f"{result['difference']:.0e}"),
    ]


def growth(results: dict) -> list[str]:
    lines = [
        "## Growth with rows",
        "",
        "alarm, 37 variables, 20 % of cells missing. *Read and compile*: CPU of a fit with 0 iterations less that of a "
        "process that only starts; for 2,000,000 rows at most 5 s are expected, and 600 MiB. *Compile*: elapsed "
        "time of compiling alone, the least of three.",
        "",
        *heading("rows", "completion", "per iteration", "read and compile", "compile", "peak memory", "file",
                 "distinct / all hidden components"),
    ]
    for case in GROWTH:
        result = results.get(case.key)
        for completion in ("full", "minimal") if result else ():
            part = result[completion]
            lines.append(row(
                f"{case.rows:,}", completion, both(part["per_iteration"]), seconds(part["read_and_compile"]),
                seconds(part["compile"]), f"{part['peak_mib']:.0f} MiB", f"{result['data_mib']:.0f} MiB",
                f"{part['distinct']:,} / {part['components']:,}",
            ))
    return [*lines, "", "![Growth with rows](growth.svg)"]


def growth_chart(results: dict) -> str:
    parts = [results[case.key]["full"] for case in GROWTH]
    rows = [case.rows for case in GROWTH]

    def relative(values: list[float]) -> list[float]:
        return [value / values[0] for value in values]

    return chart(
        "alarm, 20 % missing, relative to 20,000 rows", "rows", rows,
        [
            Line("in step with rows", relative(rows), is_reference=True),
            Line("read and compile", relative([part["read_and_compile"] for part in parts])),
            Line("one iteration", relative([part["per_iteration"]["median"] for part in parts])),
            Line("distinct components", relative([part["distinct"] for part in parts])),
            Line("peak memory", relative([part["peak_mib"] for part in parts])),
        ])


def large(results: dict) -> list[str]:
    lines = [
        "## Hidden variables inside a network, and large networks",
        "",
        "20,000 rows. *ℓ*: of the random start, after 1 iteration and after 50 under full completion; *falls*: steps "
        "in which it fell.",
        "",
        *heading("work", "completion", "per iteration", "read and compile", "peak memory", "distinct / all", "shapes",
                 "largest clique", "ℓ", "falls"),
    ]
    for case in LARGE:
        result = results.get(case.key)
        for completion in ("full", "minimal") if result else ():
            part = result[completion]
            trace = " → ".join(f"{value:,.1f}" for value in result["trace"]) if completion == "full" else ""
            falls = str(result["falls"]) if completion == "full" else ""
            lines.append(row(
                case.title, completion, both(part["per_iteration"]), seconds(part["read_and_compile"]),
                f"{part['peak_mib']:.0f} MiB", f"{part['distinct']:,} / {part['components']:,}",
                f"{part['shapes']:,}", f"{part['largest_clique_states']:,.0f} states", trace, falls,
            ))
    return lines
