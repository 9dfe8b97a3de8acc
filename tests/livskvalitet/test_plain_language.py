"""Our own short texts are plain Swedish (LIX under 40)."""

import json
import re

import pytest
from django.conf import settings
from django.utils.html import strip_tags

from search.readability import lix

PLAIN = 40
_TEMPLATE_SYNTAX = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|li|div|dl|dt|dd)\b[^>]*>")


def _in_short_texts():
    fixture = settings.BASE_DIR / "fixtures" / "programme.json"
    return [
        pytest.param(record["fields"]["in_short"], id=record["fields"]["number"])
        for record in json.loads(fixture.read_text(encoding="utf-8"))
        if record["model"] in {"programme.viljeinriktning", "programme.fokusomrade"}
    ]


def _text_of(template):
    """What `template` says in its content block, a paragraph per block element."""
    source = (settings.BASE_DIR / "templates" / template).read_text(encoding="utf-8")
    content = source.partition("{% block content %}")[2]
    one_line = " ".join(_TEMPLATE_SYNTAX.sub("", content).split())
    return strip_tags(_BLOCK.sub("\n\n", one_line).replace("<br>", " "))


def test_every_viljeinriktning_and_fokusomrade_has_a_text_in_short():
    assert len(_in_short_texts()) == 5 + 15


@pytest.mark.parametrize("text", _in_short_texts())
def test_in_short_is_plain_swedish(text):
    assert 0 < lix(text) < PLAIN


def test_easy_read_is_plain_swedish():
    text = _text_of("livskvalitet/easy_read.html")

    assert len(text.split()) > 300
    assert lix(text) < 30
