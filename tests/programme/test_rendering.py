"""The decided text is shown to the letter, and its marks land where they should."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from django.conf import settings
from django.template import Context, Template

from programme import rendering
from programme.models import Term
from programme.rendering import BlockKind, GlossaryLinker, blocks

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
TEXT_FIELDS = ("body", "description", "challenges", "text")
PREFIX = re.compile(r"^(?:> |• |Figur: )", re.MULTILINE)


def rows(name):
    return json.loads((FIXTURES / name).read_text())


def _decided_texts():
    for row in rows("programme.json"):
        for field in TEXT_FIELDS:
            if row["fields"].get(field) and row["model"] != "programme.footnote":
                number = row["fields"].get("number") or row["fields"].get("slug")
                yield pytest.param(row["fields"][field], id=f"{number}-{field}")


DECIDED_TEXTS = list(_decided_texts())


def glossary():
    return [
        Term(**{name: row["fields"][name] for name in ("slug", "term", "forms")})
        for row in rows("ordlista.json")
    ]


def text_of(html):
    return "".join(html5lib.parseFragment(html).itertext())


def note(number, offset):
    return SimpleNamespace(number=number, offset=offset)


def without_numbers(html):
    return re.sub(r"<sup.*?</sup>", "", html)


@pytest.mark.parametrize("text", DECIDED_TEXTS)
def test_body_html_keeps_every_character(text):
    notes = [note(1, len(text) // 2), note(2, len(text))]

    html = rendering.body_html(text, footnotes=notes, linker=GlossaryLinker(glossary()))

    assert text_of(without_numbers(html)) == PREFIX.sub("", text)
    assert html.count('class="footnote-ref"') == 2


@pytest.mark.parametrize("text", DECIDED_TEXTS)
def test_line_html_keeps_every_character(text):
    html = rendering.line_html(
        text, footnotes=[note(7, 3)], linker=GlossaryLinker(glossary())
    )

    assert text_of(without_numbers(html)) == text


def test_blocks_know_their_kind_and_place():
    body = "Ett.\n\n> ”Två.”\n\n• tre\n• fyra\n\nFigur: Fem.\n\n*Sex."

    parsed = blocks(body)

    assert [block.kind for block in parsed] == [
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.LIST,
        BlockKind.FIGURE_CAPTION,
        BlockKind.NOTE,
    ]
    for block in parsed:
        for line in block.lines:
            assert body[line.offset :].startswith(line.text)


def test_blocks_of_an_edited_text_are_the_same():
    body = "Ett.\n\n• två\n• tre\n\nFyra."

    from_form = blocks(body.replace("\n", "\r\n"))

    assert [[line.text for line in block.lines] for block in from_form] == [
        [line.text for line in block.lines] for block in blocks(body)
    ]


def test_blocks_drop_no_line_beside_a_list():
    parsed = blocks("Två saker:\nnämligen\n• ett\n• två")

    assert [[line.text for line in block.lines] for block in parsed] == [
        ["Två saker:"],
        ["nämligen"],
        ["ett", "två"],
    ]


def test_body_html_gives_each_block_its_element():
    html = rendering.body_html("A\n\n> B\n\n• C\n• D\n\nFigur: E\n\n*F")

    assert html == (
        '<p>A</p>\n\n<blockquote class="quotation"><p>B</p></blockquote>\n\n'
        "<ul><li>C</li>\n<li>D</li></ul>\n\n"
        '<p class="figure-caption">E</p>\n\n<p>*F</p>'
    )


def test_body_html_escapes_text():
    assert rendering.body_html("<b>&") == "<p>&lt;b&gt;&amp;</p>"


def test_body_html_of_nothing_is_nothing():
    assert rendering.body_html("", footnotes=[note(1, 5)]) == ""


@pytest.mark.parametrize(
    ("offset", "before"),
    [(0, ""), (4, "Ett."), (9, "Ett.\n\nTvå"), (99, "Ett.\n\nTvå.")],
)
def test_footnote_reference_stands_at_its_offset(offset, before):
    html = rendering.body_html("Ett.\n\nTvå.", footnotes=[note(3, offset)])

    assert text_of(html).partition("3")[0] == before


@pytest.mark.parametrize(
    ("number", "before"),
    [(1, "en kunskapsbank"), (2, "livskvalitetsprogrammet."), (3, "ekosystemtjänster")],
)
def test_footnotes_of_the_programme_stand_after_their_word(number, before):
    footnote = next(
        row["fields"]
        for row in rows("programme.json")
        if row["model"] == "programme.footnote" and row["fields"]["number"] == number
    )
    place, text = _place_of(footnote)

    html = rendering.body_html(
        text,
        footnotes=[note(number, footnote["offset"])],
        linker=GlossaryLinker(glossary()),
    )

    head = html.partition('<sup class="footnote-ref">')[0]
    assert text_of(head).endswith(before), place


def _place_of(footnote):
    kind = next(
        name for name in ("chapter", "fokusomrade", "prioritering") if footnote[name]
    )
    key = footnote[kind][-1]
    for row in rows("programme.json"):
        fields = row["fields"]
        if row["model"] == f"programme.{kind}" and key in (
            fields.get("number"),
            fields["slug"],
        ):
            return key, fields.get("body") or fields["text"]
    raise AssertionError(key)


def term(slug, *forms):
    return Term(slug=slug, term=slug, forms=list(forms))


def test_linker_links_the_first_occurrence_on_the_page():
    linker = GlossaryLinker([term("folkhalsa", "folkhälsa")])

    first = rendering.body_html("Folkhälsa och folkhälsa.", linker=linker)
    second = rendering.body_html("Mer folkhälsa.", linker=linker)

    assert first == (
        '<p><a class="term" href="/ordlista/#folkhalsa">Folkhälsa</a>'
        " och folkhälsa.</p>"
    )
    assert second == "<p>Mer folkhälsa.</p>"


def test_linker_prefers_the_longest_form():
    linker = GlossaryLinker(
        [
            term("styrdokument", "styrdokument"),
            term("aktiverande", "aktiverande styrdokument"),
        ]
    )

    html = rendering.line_html("ett aktiverande styrdokument", linker=linker)

    assert html == (
        'ett <a class="term" href="/ordlista/#aktiverande">aktiverande styrdokument</a>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "livskvalitetsprogrammet",
        "folklivskvalitet",
        "http://livskvalitet.helsingborg.se",
        "livskvalitet-",
        "livskvalité",
    ],
)
def test_linker_leaves_other_words_alone(text):
    linker = GlossaryLinker([term("livskvalitet", "livskvalitet")])

    assert 'class="term"' not in rendering.line_html(text, linker=linker)


def test_linker_without_terms_links_nothing():
    assert rendering.line_html("livskvalitet", linker=GlossaryLinker([])) == (
        "livskvalitet"
    )


def test_linker_keeps_a_term_for_later_when_a_footnote_splits_it():
    linker = GlossaryLinker([term("kretslopp", "kretslopp")])

    html = rendering.line_html(
        "kretslopp och kretslopp", footnotes=[note(1, 3)], linker=linker
    )

    assert html.endswith('<a class="term" href="/ordlista/#kretslopp">kretslopp</a>')


def test_every_form_in_the_glossary_is_found_in_the_programme():
    titles = (row["fields"].get("title", "") for row in rows("programme.json"))
    everything = "\n".join([*titles, *(param.values[0] for param in DECIDED_TEXTS)])

    for entry in glossary():
        for form in entry.forms:
            assert GlossaryLinker([term("x", form)]).marks(everything), form


def test_terms_that_the_programme_uses_are_linked():
    everything = "\n".join(param.values[0] for param in DECIDED_TEXTS)

    html = rendering.line_html(everything, linker=GlossaryLinker(glossary()))

    # one stands in a heading only, the other in pages about frameworks only
    assert {entry.slug for entry in glossary() if f"#{entry.slug}" not in html} == {
        "ekologiskt-fotavtryck",
        "generationsmalet",
    }


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("se http://example.se.", "http://example.se"),
        ("(https://example.se/a/)", "https://example.se/a/"),
        ("http://a.se, http://b.se", "http://a.se"),
    ],
)
def test_address_links_stop_before_punctuation(text, address):
    html = rendering.address_links(text)

    assert f'<a href="{address}">{address}</a>' in html
    assert text_of(html) == text


def render(source, **context):
    return Template("{% load programme %}" + source).render(Context(context))


def test_decided_text_puts_the_picture_before_its_caption():
    html = render(
        "{% decided_text body picture=picture %}", body="Figur: E", picture="<"
    )

    assert html == '&lt;<p class="figure-caption">E</p>'


def test_decided_tags_take_missing_variables():
    html = render(
        "{% decided_text body footnotes=no linker=no %}"
        "{% decided_line body footnotes=no linker=no %}",
        body="Vi vill",
    )

    assert html == "<p>Vi vill</p>Vi vill"


def test_footnotes_link_back_and_stand_in_order():
    notes = [
        SimpleNamespace(number=2, offset=0, text="Se http://b.se."),
        SimpleNamespace(number=1, offset=0, text="Se a."),
    ]

    html = render(
        "{% decided_line text footnotes=notes %}{% footnotes notes %}",
        text="x",
        notes=notes,
    )

    assert html.index('id="fotnot-1"') < html.index('id="fotnot-2"')
    for number in (1, 2):
        assert f'id="fotnotsref-{number}" href="#fotnot-{number}"' in html
        assert f'href="#fotnotsref-{number}"' in html
        assert f"Tillbaka till texten, fotnot {number}" in html
    assert '<a href="http://b.se">http://b.se</a>.' in html


def test_footnotes_of_a_page_without_any_are_not_shown():
    assert "Fotnoter" not in render("{% footnotes notes %}", notes=[])
