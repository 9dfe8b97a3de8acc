"""What differs between two texts, word by word."""

import random
import time

import pytest
from django.template.loader import render_to_string

from kunskapsbank.comparison import (
    ADDED,
    LABELS,
    REMOVED,
    SAME,
    Part,
    compare,
    label_of,
    words,
)
from kunskapsbank.workflow.text import as_data
from tests.factories import OrganisationFactory, PrioriteringFactory, TagFactory
from tests.kunskapsbank import stories

WORDS = [
    "bänk",
    "bänkar",
    " ",
    "  ",
    "\n\n",
    ".",
    "**",
    "å",
    "A",
    "a",
    "<b>",
    "é",
    "👩‍👧",
]
# Seconds that the worst texts may take; it is a hundredth of that on most machines.
PATIENCE = 5


def joined(parts, without):
    return "".join(part.text for part in parts if part.kind != without)


def texts(generator):
    return ["".join(generator.choices(WORDS, k=generator.randrange(40))) for _ in "ab"]


@pytest.mark.parametrize("seed", range(300))
def test_parts_join_to_both_texts(seed):
    before, after = texts(random.Random(seed))

    parts = words(before, after)

    assert joined(parts, ADDED) == before
    assert joined(parts, REMOVED) == after
    assert all(part.text for part in parts)


def test_words_are_told_apart():
    parts = words("Snart står två bänkar där.", "Nu står tre bänkar där, med stöd.")

    assert parts == [
        Part("Snart", REMOVED),
        Part("Nu", ADDED),
        Part(" står "),
        Part("två", REMOVED),
        Part("tre", ADDED),
        Part(" bänkar där"),
        Part(", med stöd", ADDED),
        Part("."),
    ]


def test_words_in_a_row_are_one_change():
    parts = words("Vi bygger en bänk nu.", "Vi ritar två bord nu.")

    assert [part.text for part in parts] == [
        "Vi ",
        "bygger en bänk",
        "ritar två bord",
    ] + [" nu."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 1250, "b a " * 1250),
        (
            " ".join(f"{n % 90}" for n in range(1700)),
            " ".join(f"{n % 89}" for n in range(1700)),
        ),
        (" ".join(map(str, range(1000))), " ".join(map(str, reversed(range(1000))))),
        ("a" * 5000, "b" * 5000),
        ("." * 5000, "." * 4999 + "a"),
    ],
    ids=["two words", "ninety words", "turned", "one word", "stops"],
)
def test_long_text_is_compared_in_time(before, after):
    begun = time.monotonic()

    parts = words(before, after)

    assert time.monotonic() - begun < PATIENCE
    assert joined(parts, ADDED) == before
    assert joined(parts, REMOVED) == after


def test_change_far_into_a_long_text_is_found():
    text = " ".join(f"ord{number} och mer om det." for number in range(160))

    parts = words(text, text.replace("ord150", "ordet"))

    assert [part.text for part in parts if part.kind != SAME] == ["ord150", "ordet"]


def test_compare_gives_only_what_changed():
    before = {"title": "Bänkar", "summary": "Samma.", "place": ""}
    after = {"title": "Bord", "summary": "Samma.", "place": None}

    (change,) = compare(before, after)

    assert (change.name, change.label) == ("title", "Rubrik")
    assert change.before == [Part("Bänkar", REMOVED)]
    assert change.after == [Part("Bord", ADDED)]


def test_compare_gives_everything_that_is_written():
    text = {"title": "Bänkar", "summary": "", "period_start": 2016}

    changes = compare(text, text, everything=True)

    assert [change.name for change in changes] == ["title", "period_start"]
    assert not any(change.is_changed for change in changes)


def test_missing_field_is_empty():
    (change,) = compare({}, {"background": "Ny text."})

    assert change.before == []
    assert change.after == [Part("Ny text.", ADDED)]


def test_choices_are_told_by_their_names():
    before = {"kind": "link", "outcome": "", "address_language": "sv"}
    after = {"kind": "experience", "outcome": "abandoned", "address_language": "en"}

    shown = [[part.text for part in each.inline] for each in compare(before, after)]

    assert shown == [["Länk", "Erfarenhet"], ["Avbröts"], ["svenska", "engelska"]]


def test_address_and_year_change_whole():
    before = {"address": "https://example.se/a", "period_start": 2016}
    after = {"address": "https://example.se/b", "period_start": 2017}

    kinds = [[part.kind for part in each.inline] for each in compare(before, after)]

    assert kinds == [[REMOVED, ADDED], [REMOVED, ADDED]]


@pytest.mark.django_db
def test_ties_are_items_by_name():
    kept, gone, new = PrioriteringFactory.create_batch(3)
    tag, organisation = (
        TagFactory(name="Äldre"),
        OrganisationFactory(name="Bygdegården"),
    )

    changes = compare(
        {"prioriteringar": [kept.slug, gone.slug]},
        {
            "prioriteringar": [kept.slug, new.slug],
            "tags": [tag.key],
            "organisations": [organisation.slug],
        },
    )

    organisations, ties, tags = changes
    assert [(part.text, part.kind) for part in ties.inline] == [
        (str(kept), SAME),
        (str(gone), REMOVED),
        (str(new), ADDED),
    ]
    assert ties.inline[0].strand == kept.fokusomrade.viljeinriktning.key
    assert tags.inline == [Part("Äldre", ADDED)]
    assert organisations.inline == [Part("Bygdegården", ADDED)]
    assert tags.is_list


def test_tie_that_is_gone_is_told_by_its_key(db):
    (change,) = compare({"tags": ["borta"]}, {})

    assert change.inline == [Part("borta", REMOVED)]


def file(**values):
    return {
        "name": "bank.jpg",
        "hash": "abcdef0123",
        "alt": "",
        "decorative": False,
    } | {
        "language": "sv",
        **values,
    }


def test_attachment_s_description_is_compared():
    (change,) = compare(
        {"attachments": [file(alt="En bänk")]}, {"attachments": [file(decorative=True)]}
    )

    assert [(part.text, part.kind) for part in change.inline] == [
        ("bank.jpg, beskriven så här: ”En bänk”", REMOVED),
        ("bank.jpg, dekoration", ADDED),
    ]


def test_file_with_other_content_is_another_file():
    (change,) = compare(
        {"attachments": [file()]}, {"attachments": [file(hash="0123456789")]}
    )

    assert [part.text for part in change.inline] == [
        "bank.jpg (abcdef0)",
        "bank.jpg (0123456)",
    ]


@pytest.mark.django_db
def test_every_field_of_a_text_has_a_label():
    version = stories.draft()

    assert as_data(version).keys() <= LABELS.keys()
    assert label_of("editor_note") == "Anteckning för redaktörer"


@pytest.mark.django_db
def test_proposal_differs_in_what_was_changed():
    version = stories.published()
    proposal = stories.changed(version, title="Bänkar vid Råå")

    names = [each.name for each in compare(as_data(version), as_data(proposal))]

    assert names == ["title"]


def test_comparison_is_told_in_words_and_escaped():
    changes = compare({"title": "<b>två</b>"}, {"title": "<b>tre</b>"})

    html = render_to_string("components/comparison.html", {"changes": changes})

    assert '<del><span class="visually-hidden"> borttaget: </span>två</del>' in html
    assert '<ins><span class="visually-hidden"> tillagt: </span>tre</ins>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_inline_comparison_holds_both_in_one_text():
    changes = compare({"title": "En bänk"}, {"title": "Ett bord"})
    context = {"changes": changes, "view": "inline"}

    html = render_to_string("components/comparison.html", context)

    assert html.count("comparison__text") == 1
    assert "Före" not in html
