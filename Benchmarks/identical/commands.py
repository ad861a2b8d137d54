"""The commands that both builds run on a problem."""

from dataclasses import dataclass
from itertools import cycle

from identical.problems import Problem

#: M-steps of a fit: enough for every branch of the loop, few enough for large networks.
ITERATIONS = "25"
FORMATS = ("bif", "xmlbif", "net", "xdsl", "uai", "yaml", "json")


@dataclass(frozen=True)
class Command:
    """Arguments of the tool, what it prints and which files it writes."""

    arguments: tuple[str, ...]
    #: What stands on standard output: a `screen` for people, a `json` document, or a `file`, compared byte for byte.
    prints: str = "screen"
    writes: tuple[str, ...] = ()


def fits(problem: Problem) -> list[Command]:
    """Every way to learn, on one thread and on two, with the formats taking turns."""
    model, from_file = problem.model, ("--start", "model")
    starts = {
        "file": (model, "holes.csv", *from_file),
        "random": (model, "holes.csv", "--start", "random", "--starts", "3", "--seed", "5"),
        "prior": (model, "holes.csv", *from_file, "--prior", "1"),
        "zeros": (model, "holes.csv", *from_file, "--starts", "2", "--prior", "0.5", "--keep-zeros"),
        "full": (model, "holes.csv", *from_file, "--completion", "full"),
        "squarem": (model, "holes.csv", *from_file, "--acceleration", "squarem"),
        "squarem-prior": (model, "holes.csv", "--start", "random", "--acceleration", "squarem", "--prior", "1"),
        "weights": (model, "weighted.csv", *from_file, "--weights", "weight"),
        "hidden": (model, "hidden.csv", *from_file),
        "hidden-random": (model, "hidden.csv", "--start", "random", "--starts", "2", "--completion", "full"),
        "complete": (model, "complete.csv", *from_file),
        "labelled": ("labelled.json", "holes.csv", "--start", "random", "--starts", "2"),
        "ignored": (model, "weighted.csv", *from_file, "--ignore-columns", "--missing", "?"),
    }
    formats, commands = cycle(("yaml", "json", "bif")), []
    if not problem.has_parameters:
        starts = {name: tuple("random" if word == "model" else word for word in words)
                  for name, words in starts.items()}
    for name, words in starts.items():
        for threads in ("1", "2"):
            fitted, trace = f"fitted-{name}-{threads}.{next(formats)}", f"trace-{name}-{threads}.csv"
            commands.append(Command(
                ("fit", *words, "--max-iterations", ITERATIONS, "--threads", threads, "--json", "--trace", trace,
                 "-o", fitted), "json", (fitted, trace)))
    fitted = ("--max-iterations", ITERATIONS, "--seed", "3", "--prior", "0.1", "--start", "random", "-o", "fitted.yaml")
    return [*commands, Command(("fit", model, "holes.csv", *fitted), writes=("fitted.yaml",))]


def inferred(model: str, data: str) -> list[Command]:
    """What is asked about unobserved variables and cells."""
    both = (model, data)
    return [
        Command(("posterior", *both, "-o", "out.csv"), writes=("out.csv",)),
        Command(("posterior", *both, "--json"), "json"),
        Command(("decode", *both, "-o", "out.csv"), writes=("out.csv",)),
        Command(("decode", *both, "--json"), "json"),
    ]


def rows(model: str, data: str) -> list[Command]:
    """What goes row by row on any table."""
    both = (model, data)
    commands = [
        Command(("score", *both)),
        Command(("score", *both, "--json"), "json"),
        Command(("score", *both, "--json", "--rows"), "json"),
        Command(("score", *both, "--rows"), "file"),
        Command(("impute", *both), "file"),
    ]
    for method in ("map", "mode", "draw", "column-mode", "complete-rows"):
        words = ("--copies", "2", "--seed", "11") if method == "draw" else ()
        commands.append(
            Command(("impute", *both, "--method", method, *words, "-o", "out.csv"), writes=("out.csv",)))
    return commands


def questions(problem: Problem, model: str) -> list[Command]:
    """`query`, `sample` and `show`, which need a model alone."""
    first, second, last = problem.asked
    given = ("--given", f"{last}={problem.states[last][0]}")
    hidden = "latent" if problem.marks_latent else first
    return [
        Command(("query", model)),
        Command(("query", model, "--json"), "json"),
        Command(("query", model, *given, "--json"), "json"),
        Command(("query", model, "--of", first, "--of", second, *given, "--json"), "json"),
        Command(("query", model, "--of", first, *given)),
        Command(("query", model, "--mpe", *given, "--json"), "json"),
        Command(("sample", model, "-n", "200", "--seed", "9"), "file"),
        Command(("sample", model, "-n", "50", "--hide", hidden, "-o", "out.csv"), writes=("out.csv",)),
        Command(("show", model)),
        Command(("show", model, "--all")),
        Command(("show", model, "--json"), "json"),
        Command(("show", model, "--svg"), "file"),
        Command(("show", model, "--dot"), "file"),
    ]


def conversions(problem: Problem, model: str) -> list[Command]:
    """Into every format, and from there back."""
    commands = []
    for format in FORMATS:
        there, back = f"there.{format}", f"back-{format}.yaml"
        commands += [
            Command(("convert", model, there, "--verify"), writes=(there,)),
            Command(("convert", there, back), writes=(back,)),
            Command(("convert", model, "-", "--format", format), "file"),
        ]
    return commands


def plans(problem: Problem) -> list[Command]:
    return [
        Command(("plan", problem.model, data, "--completion", completion, *words), prints)
        for data in ("holes.csv", "hidden.csv") for completion in ("minimal", "full")
        for words, prints in (((), "screen"), (("--json",), "json"))
    ]


def beginnings() -> list[Command]:
    """`init`, whose results are model files."""
    templates = ((), ("--template", "latent-class", "--classes", "3"), ("--latent", "L=2", "--edges", "L -> *"))
    return [Command(("init", "holes.csv", *words, "-o", "begun.yaml"), writes=("begun.yaml",)) for words in templates]


def all_of(problem: Problem) -> list[Command]:
    commands = [*fits(problem), *beginnings(), *plans(problem)]
    if problem.has_parameters:
        commands += inferred(problem.model, "hidden.csv") + rows(problem.model, "hidden.csv")
        commands += questions(problem, problem.model)
    commands += inferred("fitted.yaml", "holes.csv") + rows("fitted.yaml", "holes.csv")
    commands += rows("fitted.yaml", "complete.csv")
    several = tuple(word for name in problem.asked for word in ("--of", name))
    commands += [
        Command(("posterior", "fitted.yaml", "complete.csv", *several), "file"),
        Command(("posterior", "fitted.yaml", "weighted.csv", *several, "--weights", "weight"), "file"),
        Command(("impute", "fitted.yaml", "weighted.csv", "--ignore-columns"), "file"),
        Command(("score", "fitted.yaml", "weighted.csv", "--weights", "weight", "--json"), "json"),
    ]
    return commands + questions(problem, "fitted.yaml") + conversions(problem, "fitted.yaml")


def large() -> list[Command]:
    """Many rows: tables are read in several blocks, and threads share the parts of one circuit."""
    commands = []
    for completion in ("minimal", "full"):
        for threads in ("1", "2"):
            commands.append(Command(
                ("fit", "model.bif", "large.csv", "--max-iterations", "6", "--completion", completion, "--threads",
                 threads, "--json", "--trace", "trace.csv", "-o", "large.yaml"), "json", ("large.yaml", "trace.csv")))
    return [
        *commands,
        Command(("posterior", "large.yaml", "large.csv", "-o", "out.csv"), writes=("out.csv",)),
        Command(("impute", "large.yaml", "large.csv", "-o", "out.csv"), writes=("out.csv",)),
        Command(("impute", "large.yaml", "large.csv", "--method", "draw", "--copies", "2", "-o", "out.csv"),
                writes=("out.csv",)),
        Command(("decode", "large.yaml", "large.csv", "-o", "out.csv"), writes=("out.csv",)),
        Command(("score", "large.yaml", "large.csv", "--rows", "-o", "out.csv"), writes=("out.csv",)),
        Command(("sample", "large.yaml", "-n", "20000", "-o", "out.csv"), writes=("out.csv",)),
    ]
