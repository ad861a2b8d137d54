"""Every network in every format, to each peer and from each peer."""

from pathlib import Path

from bench.networks import Network
from interchange import workers
from interchange.command import Command, Refusal
from interchange.comparing import Outcome, compare, numbered_as
from interchange.formats import FORMATS, PEERS, THEIRS, Format

#: From latent to the peer, and from the peer to latent.
READ, WRITTEN = "read by", "written by"


def key(format: Format, direction: str, peer: str) -> str:
    return f"{format.key} {direction} {peer}"


def measure(network: Path, latent: Command) -> dict[str, dict]:
    """The outcomes of one network, by format, direction and peer."""
    model = latent.read(network)
    outcomes = {}
    for peer in PEERS:
        for format in FORMATS:
            outcomes[key(format, READ, peer)] = to_peer(network, model, format, peer, latent)
        for format in THEIRS:
            outcomes[key(format, WRITTEN, peer)] = from_peer(network, model, format, peer, latent)
    return {name: outcome.as_json() for name, outcome in outcomes.items()}


def to_peer(source: Path, model: Network, format: Format, peer: str, latent: Command) -> Outcome:
    """latent writes, the peer reads, and the tables are compared with those of latent."""
    target = source.with_name(f"{source.stem}-{format.key}.{format.ending_for(peer)}")
    try:
        latent.convert(source, target, "--verify", *format.options)
    except Refusal as refusal:
        return Outcome("latent", detail=str(refusal))
    try:
        found = workers.read(peer, target, format.has_names)
    except Refusal as refusal:
        return Outcome("peer", detail=str(refusal))
    except workers.TooSlow as slow:
        return Outcome("slow", detail=str(slow))
    return compare(model, found if format.has_names else numbered_as(found, model.variables))


def from_peer(source: Path, model: Network, format: Format, peer: str, latent: Command) -> Outcome:
    """The peer writes the model, latent reads it, and the tables are compared with those that the peer held."""
    target = source.with_name(f"{source.stem}-{peer}.{format.ending_for(peer)}")
    try:
        held = workers.write(peer, model, target)
    except Refusal as refusal:
        return Outcome("peer", detail=str(refusal))
    except workers.TooSlow as slow:
        return Outcome("slow", detail=str(slow))
    try:
        latent.convert(target, target.with_suffix(".json"))
        found = latent.read(target.with_suffix(".json"))
    except Refusal as refusal:
        return Outcome("latent", detail=str(refusal))
    return compare(held, found if format.has_names else numbered_as(found, held.variables))
