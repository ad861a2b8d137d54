"""What is measured: the work, the peers that do it, and the ratio that latent is expected to reach."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PeerRuns:
    """A peer, and the numbers of iterations of the short and the long run whose difference is its cost.

    Where both are equal there is one run, whose n iterations are taken for n + 1 passes over the data: a peer computes
    the likelihood of its start, too.
    """

    peer: str
    few: int
    many: int
    repetitions: int = 3
    #: At least so many times the peer's CPU time per iteration; None where nothing was promised.
    expected_ratio: float | None = None


@dataclass(frozen=True)
class Case:
    """Rows drawn from a network."""

    key: str
    network: str
    rows: int
    missing: float
    title: str
    hidden: tuple[str, ...] = ()
    peers: tuple[PeerRuns, ...] = field(default=())


COMPARISONS = [
    Case("alarm-20k", "alarm", 20_000, 0.2, "alarm, 20,000 rows, 20 % missing",
         peers=(PeerRuns("pyagrum", 1, 1, 1, 200_000),)),
    Case("alarm-2k", "alarm", 2_000, 0.2, "alarm, 2,000 rows, 20 % missing",
         peers=(PeerRuns("pyagrum", 1, 3, 2, 100_000),)),
    Case("child-2k", "child", 2_000, 0.1, "child, 2,000 rows, 10 % missing",
         peers=(PeerRuns("pyagrum", 1, 6, 3, 40_000),)),
    Case("asia-10k", "asia", 10_000, 0.15, "asia, 10,000 rows, 15 % missing",
         peers=(PeerRuns("pyagrum", 1, 6, 3, 250_000),)),
    Case("insurance-1k", "insurance", 1_000, 0.1, "insurance, 1,000 rows, 10 % missing",
         peers=(PeerRuns("pyagrum", 1, 4, 3, 40_000),)),
    Case("latent-class", "latent-class", 2_000, 0.0, "latent class: hidden root of 3 states, 8 items, 2,000 rows",
         hidden=("group",),
         peers=(PeerRuns("stepmix", 20, 1020, 5, 150), PeerRuns("pgmpy", 1, 3, 2))),
]

COMPLETE = Case("complete", "alarm", 100_000, 0.0, "alarm, 100,000 rows, complete: read and fit",
                peers=(PeerRuns("pyagrum", 1, 1, 5, 8),))

GROWTH = [
    Case(f"growth-{rows}", "alarm", rows, 0.2, f"alarm, {rows:,} rows, 20 % missing, latent alone")
    for rows in (20_000, 200_000, 2_000_000)
]

LARGE = [
    Case("alarm-hidden", "alarm", 20_000, 0.1, "alarm, 3 inner variables hidden, 10 %",
         hidden=("VENTLUNG", "LVEDVOLUME", "CATECHOL")),
    Case("insurance-hidden", "insurance", 20_000, 0.1, "insurance, 1 variable hidden, 10 %", hidden=("DrivQuality",)),
    Case("hepar2", "hepar2", 20_000, 0.1, "hepar2 (70 variables), 10 %"),
    Case("win95pts", "win95pts", 20_000, 0.1, "win95pts (76 variables), 10 %"),
    Case("polytree", "polytree", 20_000, 0.1, "random polytree, 500 variables, 10 %"),
]

#: Measured by `tables`, with the tables of numbers.
CLASSES = [
    Case("classes", "latent-class-10", 10_000, 0.0, "latent class, K=4, 10 items × 4 levels, 10,000 rows",
         hidden=("group",), peers=(PeerRuns("stepmix", 10, 110, 3, 30),)),
    Case("classes-missing", "latent-class-10", 10_000, 0.1, "the same, 10 % of cells missing", hidden=("group",),
         peers=(PeerRuns("stepmix", 10, 110, 3, 30),)),
]

ALL = [*COMPARISONS, COMPLETE, *GROWTH, *LARGE]
