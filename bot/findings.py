"""What `doctor` finds: one line for each thing that was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what can be done about it."""

    grade: Grade
    about: str
    words: str


def ok(about: str, words: str) -> Finding:
    return Finding(Grade.OK, about, words)


def warning(about: str, words: str) -> Finding:
    return Finding(Grade.WARNING, about, words)


def problem(about: str, words: str) -> Finding:
    return Finding(Grade.PROBLEM, about, words)
