"""What a check may find."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    OK = 0
    WARNING = 1
    FAULT = 2


class Finding(NamedTuple):
    """What is wrong, and what to do about it: sentences for whoever runs the site."""

    level: Level
    text: str
    remedy: str


def warning(text: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, text, remedy)


def fault(text: str, remedy: str) -> Finding:
    return Finding(Level.FAULT, text, remedy)


@dataclass(frozen=True)
class Examined:
    """How thoroughly to look, and at which address."""

    is_full: bool
    address: str


Check = Callable[[Examined], Iterator[Finding]]
