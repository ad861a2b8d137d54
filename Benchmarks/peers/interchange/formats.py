"""The formats that are compared, and the programs by their names."""

from dataclasses import dataclass

PEERS = {"pyagrum": "pyAgrum", "pgmpy": "pgmpy"}


@dataclass(frozen=True)
class Format:
    """A format as latent writes it; `options` are those of `latent convert`."""

    key: str
    title: str
    ending: str
    options: tuple[str, ...] = ()

    @property
    def has_names(self) -> bool:
        return self.ending != "uai"

    @property
    def is_default(self) -> bool:
        return not self.options

    def ending_for(self, peer: str) -> str:
        """pyAgrum goes by the ending, and knows XMLBIF as `bifxml` only."""
        return "bifxml" if (peer, self.ending) == ("pyagrum", "xmlbif") else self.ending


FORMATS = [
    Format("bif", "BIF", "bif"),
    Format("xmlbif", "XMLBIF", "xmlbif"),
    Format("net", "NET", "net"),
    Format("xdsl", "XDSL", "xdsl"),
    Format("xdsl-first", "XDSL, `--xdsl-order first`", "xdsl", ("--xdsl-order", "first")),
    Format("uai", "UAI", "uai"),
    Format("uai-first", "UAI, `--uai-order first`", "uai", ("--uai-order", "first")),
]

#: What peers write: they know one order each.
THEIRS = [format for format in FORMATS if format.is_default]
