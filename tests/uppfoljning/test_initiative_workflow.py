"""What may be done with a text about an initiative, by whom and when."""

import pytest

from kunskapsbank.enums import OrganisationKind
from kunskapsbank.exceptions import MessageMissing
from kunskapsbank.models import Organisation
from programme.models import Prioritering
from search.finding import find
from tests.factories import (
    InitiativeTextFactory,
    UserFactory,
    VersionFactory,
)
from uppfoljning.enums.initiatives import (
    InitiativeState,
    InitiativeStatus,
    Progress,
)
from uppfoljning.exceptions.initiatives import (
    AlreadyWaiting,
    Incomplete,
    InvalidTransition,
    KeyUsed,
    NotAllowed,
    NotEditable,
    OwnInitiative,
    StaleDecision,
    StaleInitiative,
    TakenBack,
    Withdrawn,
)
from uppfoljning.models import Indicator, Initiative, InitiativeText
from uppfoljning.workflow import initiative_texts, initiatives

pytestmark = pytest.mark.django_db
Status = InitiativeStatus
KEY = "6f1c0f3a-7a5b-4f0e-9a52-0d5a5f1f2b11"


@pytest.fixture
def author():
    return UserFactory(employee=True)


@pytest.fixture
def owner():
    return UserFactory(document_owner=True, name="Doris Dokument")


def ready(author, **values):
    prioriteringar = [Prioritering.objects.first()]
    return InitiativeTextFactory(
        author=author, **{"prioriteringar": prioriteringar} | values
    )


def submitted(author, **values):
    text = ready(author, **values)
    return initiatives.submit_initiative(text, by=author, lock=text.lock)


def published(author, owner, **values):
    text = submitted(author, **values)
    return initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)


def act_on(act, text, author, owner):
    """Call one act as whoever may do it."""
    about = {"lock": text.lock}
    if act == "save":
        return initiative_texts.save_initiative(text, by=author, title="Ny", **about)
    if act == "submit":
        return initiatives.submit_initiative(text, by=author, **about)
    if act == "take_back":
        return initiatives.take_back_initiative(text, by=author)
    if act == "publish":
        over = text.initiative.published_text.pk if text.initiative else None
        return initiatives.publish_initiative(text, by=owner, over=over, **about)
    function = {
        "return": initiatives.return_initiative,
        "decline": initiatives.decline_initiative,
    }[act]
    return function(text, by=owner, message="Därför.", **about)


MAY = {
    "save": {Status.DRAFT: Status.DRAFT, Status.RETURNED: Status.RETURNED},
    "submit": {
        Status.DRAFT: Status.SUBMITTED,
        Status.RETURNED: Status.SUBMITTED,
        Status.SUBMITTED: Status.SUBMITTED,  # again: the same receipt
    },
    "take_back": {Status.SUBMITTED: Status.DRAFT},
    "return": {Status.SUBMITTED: Status.RETURNED},
    "decline": {Status.SUBMITTED: Status.DECLINED},
    "publish": {Status.SUBMITTED: Status.PUBLISHED},
}


def test_transitions_cover_every_status():
    moves = initiatives.TRANSITIONS

    assert moves.keys() == set(Status)
    assert set().union(*moves.values()) <= set(Status)
    assert initiatives.INITIATIVE_TRANSITIONS.keys() == set(InitiativeState)


@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("status", Status)
def test_act_in_status(act, status, author, owner):
    text = ready(author)
    if status in {Status.PUBLISHED, Status.REPLACED}:
        text = published(author, owner)
    InitiativeText.objects.filter(pk=text.pk).update(status=status)
    text.refresh_from_db()
    before = text.lock, text.events.count()

    if status in MAY[act]:
        assert act_on(act, text, author, owner).status == MAY[act][status]
        return
    if status == Status.REPLACED:
        text.initiative = None  # nothing published to compare with
    with pytest.raises(InvalidTransition):
        act_on(act, text, author, owner)

    text.refresh_from_db()
    assert text.status == status
    assert (text.lock, text.events.count()) == before


def test_only_its_author_writes_and_hands_in(author, owner):
    text = ready(author)

    for other in (UserFactory(employee=True), owner, UserFactory()):
        with pytest.raises(NotAllowed):
            initiative_texts.save_initiative(text, by=other, lock=0, title="Ny")
        with pytest.raises(NotAllowed):
            initiatives.submit_initiative(text, by=other, lock=0)
        with pytest.raises(NotAllowed):
            initiatives.take_back_initiative(text, by=other)


def test_who_lost_the_right_can_take_back_and_no_more(author):
    text = submitted(author)
    author.groups.clear()
    author = type(author).objects.get(pk=author.pk)

    text = initiatives.take_back_initiative(text, by=author)

    with pytest.raises(NotAllowed):
        initiatives.submit_initiative(text, by=author, lock=text.lock)


def test_nobody_decides_on_what_they_wrote(owner):
    text = submitted(owner)

    with pytest.raises(OwnInitiative):
        initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)
    another = UserFactory(document_owner=True)
    initiatives.publish_initiative(text, by=another, lock=text.lock, over=None)

    assert Initiative.objects.public().get().title == text.title


@pytest.mark.parametrize("kind", ["employee", "moderator", "bare"])
def test_who_is_no_document_owner_decides_nothing(kind, author):
    text = submitted(author)
    others = {
        "employee": {"employee": True},
        "moderator": {"moderator": True},
        "bare": {"document_owner": True, "second_factor": False},
    }
    other = UserFactory(**others[kind])

    for act in (initiatives.return_initiative, initiatives.decline_initiative):
        with pytest.raises(NotAllowed):
            act(text, by=other, lock=text.lock, message="Därför.")
    with pytest.raises(NotAllowed):
        initiatives.publish_initiative(text, by=other, lock=text.lock, over=None)


def test_publishing_makes_every_word_and_tie_public(author, owner):
    entry = VersionFactory().entry
    indicator = Indicator.objects.create(slug="prov", title="Prov", position=1)
    text = published(
        author,
        owner,
        description="Så här.",
        effect="Det hjälpte.",
        evidence="Vi räknade.",
        progress=Progress.FINISHED,
        period_end=2020,
        entries=[entry],
        indicators=[indicator],
    )

    initiative = Initiative.objects.public().get()

    assert initiative_texts.copied(initiative) == initiative_texts.copied(text)
    assert initiative.organisation == text.organisation
    assert initiative.published_text == text
    assert find(initiative.title).hits[0].key == f"initiative:{initiative.pk}"


def test_new_organisation_is_made_when_published(author, owner):
    named = {"organisation": None, "organisation_name": "Påhittade nämnden"}
    text = submitted(author, **named, organisation_kind=OrganisationKind.BOARD)
    assert not Organisation.objects.filter(name="Påhittade nämnden").exists()

    initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)

    made = Organisation.objects.get(name="Påhittade nämnden")
    assert (made.kind, made.initiatives.count()) == (OrganisationKind.BOARD, 1)


def test_change_replaces_the_text_and_keeps_the_address(author, owner):
    first = published(author, owner, title="Första")
    colleague = UserFactory(employee=True)
    change = initiative_texts.propose_initiative_change(first.initiative, by=colleague)
    values = initiative_texts.copied(change) | {"title": "Andra"}
    initiative_texts.save_initiative(change, by=colleague, lock=change.lock, **values)
    change.refresh_from_db()
    assert Initiative.objects.get().title == "Första"

    initiatives.submit_initiative(change, by=colleague, lock=change.lock)
    initiatives.publish_initiative(change, by=owner, lock=change.lock, over=first.pk)

    initiative = Initiative.objects.get()
    first.refresh_from_db()
    assert (initiative.title, initiative.slug) == ("Andra", "forsta")
    assert first.status == Status.REPLACED
    assert first.title == "Första"


def test_change_is_begun_once_and_waits_once(author, owner):
    initiative = published(author, owner).initiative
    propose = initiative_texts.propose_initiative_change

    change = propose(initiative, by=author)
    assert propose(initiative, by=author) == change
    initiatives.submit_initiative(change, by=author, lock=change.lock)

    with pytest.raises(AlreadyWaiting):
        propose(initiative, by=author)


def test_decision_on_another_text_than_was_shown_is_refused(author, owner):
    text = submitted(author)
    text.lock += 1
    first = published(author, owner)
    change = initiative_texts.propose_initiative_change(first.initiative, by=author)
    initiatives.submit_initiative(change, by=author, lock=change.lock)

    with pytest.raises(StaleDecision):
        initiatives.publish_initiative(text, by=owner, lock=text.lock, over=None)
    with pytest.raises(StaleDecision):
        initiatives.publish_initiative(change, by=owner, lock=change.lock, over=None)


def test_late_decision_says_who_made_the_first(author, owner):
    text = submitted(author)
    returned = initiatives.return_initiative(
        text, by=owner, lock=text.lock, message="Mer."
    )

    with pytest.raises(InvalidTransition, match="returned") as refused:
        act_on("publish", returned, author, UserFactory(document_owner=True))
    assert "Doris Dokument har bett om komplettering" in refused.value.user_message

    taken = submitted(author)
    initiatives.take_back_initiative(taken, by=author)
    with pytest.raises(TakenBack):
        act_on("decline", taken, author, owner)


@pytest.mark.parametrize("act", ["return", "decline"])
def test_no_is_never_said_without_a_reason(act, author, owner):
    text = submitted(author)
    function = getattr(initiatives, f"{act}_initiative")

    with pytest.raises(MessageMissing):
        function(text, by=owner, lock=text.lock, message=" \n")

    text.refresh_from_db()
    assert text.status == Status.SUBMITTED


def test_two_tabs_lose_nothing(author):
    text = ready(author, title="Från början")
    initiative_texts.save_initiative(text, by=author, lock=text.lock, title="Ena")

    with pytest.raises(StaleInitiative) as refused:
        initiative_texts.save_initiative(text, by=author, lock=text.lock, title="Andra")

    assert refused.value.stored["title"] == "Ena"
    with pytest.raises(StaleInitiative):
        initiatives.submit_initiative(text, by=author, lock=text.lock)


def test_what_is_missing_is_told_of_each_field(author):
    text = InitiativeTextFactory(
        author=author,
        title="",
        summary="Ring 811218-9876",
        progress="",
        period_start=None,
        organisation=None,
    )

    with pytest.raises(Incomplete) as refused:
        initiatives.submit_initiative(text, by=author, lock=text.lock)

    assert refused.value.faults.keys() == {
        "title",
        "summary",
        "progress",
        "period_start",
        "organisation",
        "prioriteringar",
    }


def test_double_click_begins_one_draft(author):
    first = initiative_texts.start_initiative(by=author, key=KEY, title="En")

    again = initiative_texts.start_initiative(by=author, key=KEY, title="En")

    assert again == first
    with pytest.raises(KeyUsed):
        initiative_texts.start_initiative(
            by=UserFactory(employee=True), key=KEY, title="En"
        )


def test_draft_that_was_never_handed_in_may_be_erased(author):
    draft, handed_in = ready(author), submitted(author)
    initiatives.take_back_initiative(handed_in, by=author)

    initiative_texts.erase_initiative_draft(draft, by=author)
    with pytest.raises(NotEditable):
        initiative_texts.erase_initiative_draft(handed_in, by=author)

    assert list(InitiativeText.objects.all()) == [handed_in]


def test_change_of_what_is_withdrawn_waits_until_it_is_shown_again(author, owner):
    initiative = published(author, owner).initiative
    change = initiative_texts.propose_initiative_change(initiative, by=author)
    initiatives.withdraw_initiative(initiative, by=author, reason="Fel siffror.")

    with pytest.raises(Withdrawn):
        initiatives.submit_initiative(change, by=author, lock=change.lock)

    change.refresh_from_db()
    assert change.status == Status.DRAFT


def test_withdrawn_is_found_nowhere_until_another_shows_it_again(author, owner):
    initiative = published(author, owner, title="Skridskovägen").initiative

    initiatives.withdraw_initiative(initiative, by=author, reason="Fel siffror.")
    assert not Initiative.objects.public().exists()
    assert not find("skridskovägen").total
    with pytest.raises(Withdrawn):
        initiative_texts.propose_initiative_change(initiative, by=author)
    with pytest.raises(NotAllowed):
        initiatives.reopen_initiative(initiative, by=author)
    with pytest.raises(InvalidTransition):
        initiatives.withdraw_initiative(initiative, by=owner, reason="Igen.")
    initiatives.reopen_initiative(initiative, by=owner)

    assert Initiative.objects.public().get().state_reason == ""
    assert find("skridskovägen").total


def test_stranger_withdraws_nothing(author, owner):
    initiative = published(author, owner).initiative

    with pytest.raises(NotAllowed):
        initiatives.withdraw_initiative(
            initiative, by=UserFactory(employee=True), reason="Därför."
        )
