"""Peers in processes of their own, which may fail or take too long without harm."""

import importlib
import multiprocessing
import os
import re
import signal
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from bench.networks import Network
from interchange.command import Refusal

SECONDS = 60

#: The server imports the peers once, and forks for each task.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["interchange.pyagrum", "interchange.pgmpy"])


class TooSlow(Exception):
    """No answer within the time limit."""


def read(peer: str, path: Path, has_names: bool) -> Network:
    return _ask(peer, "read", path, has_names)


def write(peer: str, network: Network, path: Path) -> Network:
    path.unlink(missing_ok=True)
    return _ask(peer, "write", network, path)


def _ask(peer: str, task: str, *arguments: object) -> Network:
    """What a function of a peer's module returns; raises a refusal with what the peer said, or that it was too slow."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    with tempfile.NamedTemporaryFile("r", errors="replace") as said:
        process = CONTEXT.Process(target=_work, args=(peer, task, arguments, theirs, said.name))
        process.start()
        theirs.close()
        try:
            if not ours.poll(SECONDS):
                raise TooSlow(f"no answer within {SECONDS} s")
            succeeded, answer = ours.recv()
        except EOFError:
            process.join()
            raise Refusal(f"the process ended with {signal.Signals(-process.exitcode).name}") from None
        finally:
            process.kill()
            process.join()
        if not succeeded:
            raise Refusal(_plain_text(f"{answer}\n{said.read()}"))
        return answer


def _work(peer: str, task: str, arguments: tuple, answers: Connection, said: str) -> None:
    """The process of one task: what the peer prints goes to a file."""
    file = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    try:
        answers.send((True, getattr(importlib.import_module(f"interchange.{peer}"), task)(*arguments)))
    except Exception as error:  # Whatever a peer throws is its answer.
        answers.send((False, f"{type(error).__name__}: {error}"))


def _plain_text(text: str) -> str:
    """A message on one line, without the escapes of terminals."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).split())
