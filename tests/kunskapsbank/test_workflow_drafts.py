"""Nothing typed is ever lost (trust R1, R5, R6, R7, R35, R36)."""

from uuid import uuid4

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Kind, Outcome, Status
from kunskapsbank.exceptions import (
    Incomplete,
    InvalidText,
    KeyUsed,
    NotAllowed,
    NotEditable,
    StaleText,
)
from kunskapsbank.models import Entry, Version
from kunskapsbank.workflow import text
from programme.models import Prioritering
from tests.factories import OrganisationFactory, TagFactory, UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def save(version, lock, **values):
    return workflow.save_text(version, by=version.author, lock=lock, **values)


def stored(version):
    return Version.objects.get(pk=version.pk)


# -- Beginning


def test_a_draft_is_its_author_s_and_writes_no_history():
    ida = stories.author()

    version = workflow.start_draft(kind=Kind.LINK, by=ida)

    assert (version.status, version.author, version.title) == (Status.DRAFT, ida, "")
    assert list(version.entry.owners.all()) == [ida]
    assert version.entry.slug is None
    assert stories.acts(version.entry) == []


def test_beginning_twice_with_the_same_key_gives_one_draft():
    ida, key = stories.author(), uuid4()
    before = Entry.objects.count()

    first = workflow.start_draft(kind=Kind.LINK, by=ida, key=key, title="Bänkar")
    second = workflow.start_draft(kind=Kind.LINK, by=ida, key=key)

    assert first == second
    assert second.title == "Bänkar"
    assert Entry.objects.count() == before + 1


def test_a_key_gives_nobody_else_s_draft():
    key = uuid4()
    workflow.start_draft(kind=Kind.LINK, by=stories.author(), key=key)

    with pytest.raises(KeyUsed):
        workflow.start_draft(kind=Kind.LINK, by=stories.author(), key=key)


def test_whoever_may_not_contribute_begins_nothing():
    before = Entry.objects.count()

    with pytest.raises(NotAllowed):
        workflow.start_draft(kind=Kind.LINK, by=UserFactory())

    assert Entry.objects.count() == before


# -- Saving


@pytest.mark.trust("R7")
def test_a_draft_may_lack_everything_and_is_still_not_accepted():
    """R7"""
    version = workflow.start_draft(kind=Kind.EXPERIENCE, by=stories.author())

    version = save(version, version.lock, background="Halva tanken")

    assert stored(version).background == "Halva tanken"
    with pytest.raises(Incomplete) as refusal:
        stories.hand_in(version)
    assert refusal.value.faults == {
        "title": "Skriv en rubrik",
        "summary": "Skriv en kort sammanfattning",
        "public_name": "Välj vilket namn som ska visas",
        "implementation": "Berätta hur det gick till",
        "outcome": "Välj hur det gick",
        "lessons": "Berätta vad ni skulle göra annorlunda",
    }
    assert stored(version).status == Status.DRAFT


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_what_it_requires(kind):
    version = stories.draft(
        kind=kind,
        implementation="Vi frågade.",
        result="Fler gick ut.",
        lessons="Fråga tidigare.",
        outcome=Outcome.SUCCEEDED,
    )

    for name in text.REQUIRED[kind]:
        emptied = save(version, version.lock, **{name: ""})
        with pytest.raises(Incomplete) as refusal:
            stories.hand_in(emptied)
        assert refusal.value.faults.keys() == {name}
        version = save(emptied, emptied.lock, **{name: getattr(version, name)})

    assert stories.hand_in(version).status == Status.SUBMITTED


@pytest.mark.trust("R5")
def test_second_tab_gets_both_texts_and_overwrites_none():
    """R5"""
    version = stories.draft(title="Från början")
    shown = version.lock
    save(version, shown, title="Från första fliken")

    with pytest.raises(StaleText) as refusal:
        save(version, shown, title="Från andra fliken")

    assert refusal.value.yours["title"] == "Från andra fliken"
    assert refusal.value.stored["title"] == "Från första fliken"
    assert stored(version).title == "Från första fliken"


@pytest.mark.trust("R5")
def test_second_tab_s_autosave_is_no_later_save_of_the_first():
    """R5: both tabs count from the same number."""
    version = stories.draft()
    shown = version.lock
    save(version, shown, title="Första", tab="a", sequence=1)

    with pytest.raises(StaleText):
        save(version, shown, title="Andra", tab="b", sequence=1)
    with pytest.raises(StaleText):
        save(version, shown, title="Andra", tab="b", sequence=2)

    assert stored(version).title == "Första"


@pytest.mark.trust("R6")
def test_an_autosave_that_arrives_late_is_ignored():
    """R6"""
    version = stories.draft()
    shown = version.lock
    save(version, shown, title="Bänkar och bord", tab="a", sequence=2)

    late = save(version, shown, title="Bänkar o", tab="a", sequence=1)
    again = save(version, shown, title="Bänkar", tab="a", sequence=2)

    assert late.title == again.title == stored(version).title == "Bänkar och bord"
    assert stored(version).lock == shown + 1


def test_an_autosave_need_not_wait_for_the_answer_to_the_one_before():
    version = stories.draft()
    shown = version.lock
    save(version, shown, title="Bän", tab="a", sequence=1)

    save(version, shown, title="Bänkar", tab="a", sequence=2)

    assert stored(version).title == "Bänkar"


def test_an_autosave_after_a_save_elsewhere_is_stale_again():
    version = stories.draft()
    save(version, version.lock, title="Flik a", tab="a", sequence=1)
    now = stored(version)
    save(now, now.lock, title="Formuläret")

    with pytest.raises(StaleText):
        save(now, now.lock, title="Flik a igen", tab="a", sequence=2)

    assert stored(version).title == "Formuläret"


def test_an_autosave_must_say_its_tab():
    version = stories.draft()

    with pytest.raises(TypeError):
        save(version, version.lock, sequence=1)


def test_autosaves_do_not_clutter_the_history():
    version = stories.draft()

    for number in range(1, 6):
        save(version, version.lock, title=f"Rubrik {number}", tab="a", sequence=number)

    assert stories.acts(version.entry) == []
    assert version.entry.versions.count() == 1


@pytest.mark.parametrize("name", ["status", "author", "entry", "published_at", "lock_"])
def test_only_what_a_text_is_can_be_saved(name):
    version = stories.draft()

    with pytest.raises(TypeError):
        save(version, version.lock, **{name: "published"})


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("title", "a" * 168, "Korta rubrik med 28 tecken"),
        ("summary", "å" * 628, "Korta sammanfattning med 28 tecken"),
        ("background", "a" * 1_000_000, "Korta bakgrund med 995000 tecken"),
        ("kind", "", "Välj ett av alternativen"),
        ("kind", "rumour", "Välj ett av alternativen"),
        ("outcome", "maybe", "Välj ett av alternativen"),
        ("public_name", "alias", "Välj ett av alternativen"),
        ("period_start", 17, "Skriv ett årtal med fyra siffror"),
        ("period_end", 10**30, "Skriv ett årtal med fyra siffror"),
        ("period_end", "2017", "Skriv ett årtal med fyra siffror"),
    ],
)
def test_what_no_draft_can_hold_is_explained_and_the_draft_kept(name, value, fault):
    version = stories.draft()
    before = text.copied(version)

    with pytest.raises(InvalidText) as refusal:
        save(version, version.lock, **{name: value})

    assert refusal.value.faults == {name: fault}
    assert text.copied(stored(version)) == before


def test_years_are_in_order_whichever_is_saved_first():
    version = save(stories.draft(), 1, period_start=2019)

    with pytest.raises(InvalidText) as refusal:
        save(version, version.lock, period_end=2017)

    assert refusal.value.faults == {"period_end": "Slutåret är före startåret"}


@pytest.mark.trust("R35")
def test_text_is_stored_composed_and_without_what_no_database_keeps():
    """R35"""
    version = save(
        stories.draft(),
        1,
        title="  A\u030angfa\u0308rja\n\x00 \u202e🦄 ",
        background="Rad ett\r\nRad två\x00\ud800",
    )

    version = stored(version)
    assert version.title == "Ångfärja 🦄"
    assert version.background == "Rad ett\nRad två\ufffd"
    assert version.sort_key.startswith("zza")


def test_ties_are_part_of_the_text():
    prioriteringar = list(Prioritering.objects.order_by("pk")[:2])
    tags, organisations = [TagFactory()], [OrganisationFactory()]

    version = save(
        stories.draft(),
        1,
        prioriteringar=prioriteringar,
        tags=tags,
        organisations=organisations,
    )

    assert list(version.prioriteringar.order_by("pk")) == prioriteringar
    assert list(version.tags.all()) == tags
    assert list(version.organisations.all()) == organisations
    assert version.lock == 2


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (Status.SUBMITTED, "Ta tillbaka"),
        (Status.PUBLISHED, "Föreslå en ändring"),
        (Status.REPLACED, "Föreslå en ändring"),
        (Status.DECLINED, "Kopiera texten"),
    ],
)
def test_whoever_cannot_write_is_told_what_to_do(status, advice):
    version = stories.at(status)

    with pytest.raises(NotEditable) as refusal:
        save(version, version.lock, title="Ny")

    assert advice in refusal.value.user_message
