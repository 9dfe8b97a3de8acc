"""What readers see of initiatives, and who sees the texts behind them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import (
    InitiativeFactory,
    InitiativeTextFactory,
    UserFactory,
)
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus
from uppfoljning.models import Initiative, InitiativeText

pytestmark = pytest.mark.django_db


def test_public_leaves_out_what_is_withdrawn():
    shown = InitiativeFactory()
    InitiativeFactory(state=InitiativeState.WITHDRAWN)
    InitiativeTextFactory()

    assert list(Initiative.objects.public()) == [shown]


def texts_in_every_status(author):
    published = InitiativeFactory()
    for status in InitiativeStatus:
        InitiativeTextFactory(status=status, author=author, initiative=published)


@pytest.mark.parametrize(
    ("reader", "hidden"),
    [
        ("nobody", set(InitiativeStatus)),
        ("colleague", set(InitiativeStatus)),
        ("author", set()),
        ("owner", {InitiativeStatus.DRAFT}),
    ],
)
def test_texts_are_visible_to(reader, hidden):
    author = UserFactory(employee=True)
    texts_in_every_status(author)
    user = {
        "nobody": AnonymousUser,
        "colleague": lambda: UserFactory(employee=True),
        "author": lambda: author,
        "owner": lambda: UserFactory(document_owner=True),
    }[reader]()

    seen = InitiativeText.objects.visible_to(user)

    assert {text.status for text in seen} == set(InitiativeStatus) - hidden


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, ""),
        (2018, None, "2018–"),
        (2018, 2018, "2018"),
        (2018, 2020, "2018–2020"),
    ],
)
def test_period_in_words(start, end, said):
    assert Initiative(period_start=start, period_end=end).period == said
