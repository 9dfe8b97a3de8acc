"""What is measured inside the page: a function of JavaScript in each file."""

from pathlib import Path


def script(name):
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")


TEXT_FAULTS = script("text_faults")
SMALL_TARGETS = script("small_targets")
LIST_TARGETS = script("list_targets")
FOCUSED = script("focused")
MOVING = script("moving")
