"""Editors choose indicators and where they belong, with history."""

import pytest

from programme.models import Fokusomrade
from search import generation
from search.finding import find
from tests.admin_pages import change
from tests.test_policy import administrator
from tests.uppfoljning.made_up import an_indicator
from uppfoljning.models import Indicator, IndicatorFokusomradeLink, Measurement, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(administrator())
    return client


def found(text="sysselsättningsgrad"):
    return {hit.address for hit in find(text, {}, 1).hits}


def test_indicators_are_found():
    indicator = Indicator.objects.get(slug="sysselsattning")

    assert indicator.get_absolute_url() in found()


def test_hidden_indicator_is_found_no_longer(editor):
    indicator = Indicator.objects.get(slug="sysselsattning")
    before = generation.current()

    change(editor, indicator, is_active="")

    assert indicator.get_absolute_url() not in found()
    assert generation.current() > before
    assert indicator.history.count() == 2


def test_editor_says_where_an_indicator_belongs(editor):
    indicator = an_indicator()
    area = Fokusomrade.objects.get_by_natural_key("2016", "4.1.2")

    change(
        editor,
        indicator,
        **{
            "fokusomrade_links-TOTAL_FORMS": "1",
            "fokusomrade_links-0-indicator": indicator.pk,
            "fokusomrade_links-0-fokusomrade": area.pk,
        },
    )

    assert indicator.fokusomraden.get() == area
    assert IndicatorFokusomradeLink.history.filter(indicator=indicator).count() == 1
    hits = find("påhittat", {"fokus": ["4.1.2"]}, 1).hits
    assert [hit.address for hit in hits] == [indicator.get_absolute_url()]


@pytest.mark.parametrize(
    "model",
    ["measurement", "importrun", "valueupload", "place", "indicatorprioriteringlink"],
)
def test_lists_open(editor, model):
    assert editor.get(f"/admin/uppfoljning/{model}/").status_code == 200


def test_values_cannot_be_written_by_hand(editor):
    assert editor.get("/admin/uppfoljning/measurement/add/").status_code == 403
    assert not Measurement.objects.exists()


def test_place_with_values_cannot_be_taken_away(editor):
    place = Place.objects.get(code="1283")
    indicator = an_indicator()
    Measurement.objects.create(
        indicator=indicator,
        place=place,
        period=2020,
        gender="T",
        origin="fetched",
        fetched_at="2026-01-01T00:00Z",
    )

    page = f"/admin/uppfoljning/place/{place.pk}/delete/"

    assert editor.get(page).status_code == 403
