from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kunskapsbank.workflow import TRANSITIONS
from livskvalitet.management.commands import draw_states


@pytest.fixture
def copy(tmp_path, monkeypatch):
    path = tmp_path / "states.md"
    path.write_text(draw_states.DRAWING.read_text())
    monkeypatch.setattr(draw_states, "DRAWING", path)
    return path


def test_drawing_is_up_to_date():
    call_command("draw_states", "--check")


def test_drawing_shows_every_transition():
    lines = draw_states.DRAWING.read_text().split("\n")

    for start, ends in TRANSITIONS.items():
        for end in ends:
            assert any(line.startswith(f"  {start} --> {end} : ") for line in lines)
    for title, _, _, rule, first in draw_states.OTHERS:
        drawn = lines[lines.index(f"# {title}") :]
        drawn = drawn[: drawn.index("```")]
        arrows = {f"  {start} --> {end}" for start in rule for end in rule[start]}
        assert {each for each in drawn if " --> " in each} == {
            f"  [*] --> {first}",
            *arrows,
        }


def test_a_drawing_that_differs_is_found_and_drawn_anew(copy):
    right = copy.read_text()
    copy.write_text(right.replace("draft --> submitted", "draft --> published"))

    with pytest.raises(CommandError):
        call_command("draw_states", "--check")
    call_command("draw_states", stdout=StringIO())

    assert copy.read_text() == right


def test_a_missing_drawing_is_found(copy):
    copy.unlink()

    with pytest.raises(CommandError):
        call_command("draw_states", "--check")
