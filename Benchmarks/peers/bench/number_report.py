"""Writes the part of RESULTS.md that is about numbers."""

from pathlib import Path

from bench.cases import CLASSES
from bench.chart import Line, chart
from bench.numbers import ALL, FACTORS, GROWTH, MIXTURES
from bench.report import METHOD, NUMBERS, both, count, heading, number_part, revisions, row, seconds

NAMES = {"scikit_mixture": "scikit-learn", "numpy_normal": "numpy", "stepmix": "StepMix"}


def write(root: Path, results: dict) -> None:
    page = (root / "RESULTS.md").read_text()
    has_growth = all(case.key in results for cases in GROWTH.values() for case in cases)
    parts = [comparisons(results), classes(results), growth(results) if has_growth else []]
    own = "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n\n"
    old = number_part(page)
    page = page.replace(old, own) if old else page.replace(METHOD, own + METHOD)
    (root / "RESULTS.md").write_text(page)
    if has_growth:
        (root / "growth-numbers.svg").write_text(growth_chart(results))


def comparisons(results: dict) -> list[str]:
    machine = results["machine"]
    lines = [
        NUMBERS,
        "",
        f"Written by `Benchmarks/peers/tables` on {results['date']}, {revisions(results, [*ALL, *CLASSES])}, "
        f"{machine['processor']}, Python {machine['python']}. CPU seconds per iteration after the first, on one thread, "
        "least / median of three runs that take turns; the same table, the same start. *Portable*: `LATENT_ISA=base`. "
        "*Wide*: the vector instructions of this processor. *Memory*: the peak of the process; *data*: 8 bytes a cell.",
        "",
        *heading("work", "peer", "its iteration", "portable", "wide", "ratio, portable", "ratio, wide", "expected",
                 "ℓ agrees to", "memory", "data"),
    ]
    complete: dict = {}
    for case in MIXTURES:
        result = results.get(case.key)
        if not result:
            continue
        if case.peer:
            complete = result
            ratios = [count(result["peer"]["median"] / result[path]["median"]) for path in ("portable", "wide")]
            peer = [NAMES[case.peer], both(result["peer"])]
            expected = "≥ " + ", ".join(f"{value:g}" for value in case.expected)
            agreement = f"{result['difference']:.0e}"
        else:
            ratios = [f"{result[path]['median'] / complete[path]['median']:.2f} × complete"
                      for path in ("portable", "wide")] if complete else ["", ""]
            peer, expected, agreement = ["none fits it", ""], "≤ 4 × complete", ""
        lines.append(row(
            case.title, *peer, both(result["portable"]), both(result["wide"]), *ratios, expected, agreement,
            f"{result['peak_mib']:.0f} MiB", f"{case.data_mib:.0f} MiB"))
    return lines


def classes(results: dict) -> list[str]:
    lines = [
        "Latent classes of 10,000 rows, CPU seconds per iteration as for networks:",
        "",
        *heading("work", "peer", "its iteration", "latent, full", "ratio", "ℓ agrees to", "distinct / all rows"),
    ]
    for case in CLASSES:
        result = results.get(case.key)
        for peer in result["peers"] if result else []:
            ratio = peer["per_iteration"]["median"] / result["full"]["median"]
            lines.append(row(
                case.title, NAMES[peer["peer"]], both(peer["per_iteration"]), both(result["full"]), count(ratio),
                f"{peer['difference']:.0e}", f"{result['distinct']:,} / {result['components']:,}"))
    return lines


def growth(results: dict) -> list[str]:
    lines = [
        "An iteration of a mixture, portable / wide, as one of rows, columns and patterns of missing cells grows:",
        "",
        *heading("grows", *(f"× {factor}" for factor in FACTORS)),
    ]
    for name, cases in GROWTH.items():
        cells = []
        for case in cases:
            values = (seconds(results[case.key][path]["median"]) for path in ("portable", "wide"))
            cells.append(f"{case.title}: {' / '.join(values)}")
        lines.append(row(name, *cells))
    return [*lines, "", "![Growth with rows, columns and patterns](growth-numbers.svg)"]


def growth_chart(results: dict) -> str:
    def relative(cases: list) -> list[float]:
        values = [results[case.key]["portable"]["median"] for case in cases]
        return [value / values[0] for value in values]

    factors = [float(factor) for factor in FACTORS]
    return chart(
        "A mixture of 8 components, one iteration, portable", "times as many", factors,
        [Line("in step", factors, is_reference=True)] + [Line(name, relative(cases)) for name, cases in GROWTH.items()])
