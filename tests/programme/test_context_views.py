"""Pages round the decided text: what they show, and what only editors may see."""

import json
import re

import html5lib
import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from programme.enums import Confidence
from programme.models import (
    Chapter,
    Fokusomrade,
    Footnote,
    Framework,
    Goal,
    GoalLink,
    SteeringDocument,
    Term,
)
from programme.templatetags.programme import goal_links, levels_figure
from programme.views.context import before_figure

pytestmark = [pytest.mark.django_db, pytest.mark.pages]

LABEL = "Redaktionell tolkning"
NOT_ESTABLISHED = "Redaktionen har inte kunnat belägga vilken lag som avses."


def addresses():
    return [
        reverse("programme:frameworks"),
        reverse("programme:steering_documents"),
        reverse("programme:glossary"),
        *(framework.get_absolute_url() for framework in Framework.objects.all()),
        *(goal.get_absolute_url() for goal in Goal.objects.select_related("framework")),
    ]


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.text


def visible(html):
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return " ".join("".join(body.itertext()).split())


def title(html):
    return re.search(r"<title>(.*?)</title>", html)[1]


@pytest.mark.thorough
def test_every_page_has_its_own_title_and_one_heading(client):
    pages = [page(client, address) for address in addresses()]

    assert len({title(html) for html in pages}) == len(pages)
    assert all(html.count("<h1") == 1 for html in pages)


@pytest.mark.thorough
def test_every_page_has_breadcrumbs_and_its_place_in_the_menu(client):
    for address in addresses():
        context = client.get(address).context

        assert context["section"] == "programme"
        assert all("url" in crumb for crumb in context["breadcrumbs"][:-1]), address
        assert "url" not in context["breadcrumbs"][-1], address


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/omvarld/", 5),
        ("/omvarld/agenda-2030/", 6),
        ("/omvarld/agenda-2030/hallbara-stader-och-samhallen/", 6),
        ("/omvarld/styrdokument/", 6),
        ("/ordlista/", 4),
    ],
)
def test_pages_ask_few_questions(client, django_assert_max_num_queries, address, most):
    page(client, address)  # fills the menu, which is kept in process

    with django_assert_max_num_queries(most):
        page(client, address)


@pytest.mark.parametrize(
    "address",
    [
        "/omvarld/finns-inte/",
        "/omvarld/agenda-2030/finns-inte/",
        "/omvarld/miljomalen/ingen-fattigdom/",
        "/omvarld/agenda-2030/ingen-fattigdom/mer/",
        "/omvarld/%00/",
    ],
)
def test_unknown_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.thorough
def test_editors_notes_are_never_shown(client):
    for model in (Framework, Goal, SteeringDocument, Term):
        model.objects.update(
            editor_note="ENDASTREDAKTÖRER", sources=["https://hemlig.example"]
        )

    for address in addresses():
        html = page(client, address)
        assert "ENDASTREDAKTÖRER" not in html, address
        assert "hemlig.example" not in html, address


def test_frameworks_leads_to_every_framework(client):
    html = page(client, "/omvarld/")

    for framework in Framework.objects.all():
        assert f'href="{framework.get_absolute_url()}"' in html
    assert "Programmets egen figur saknas" in html


def test_frameworks_quotes_the_chapter_up_to_its_figure(client):
    body = Chapter.objects.get(number="2.1").body
    before, _, after = body.partition("\n\nFigur: ")

    text = visible(page(client, "/omvarld/"))

    assert " ".join(before.split()) in text
    assert after[:40] not in text


def test_frameworks_stands_without_the_chapter(client):
    Footnote.objects.all().delete()
    Chapter.objects.filter(number="2.1").delete()

    assert "Från världen till Helsingborg" in page(client, "/omvarld/")


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("", ""),
        ("Figur: En bild.\n\nText.", ""),
        ("Text.", "Text."),
        ("Ett.\n\nTvå.\n\nFigur: En bild.\n\nTre.", "Ett.\n\nTvå."),
    ],
)
def test_before_figure(body, excerpt):
    assert before_figure(body) == excerpt


def test_levels_figure_stands_in_order_from_the_world_to_the_town():
    html = levels_figure()

    places = [html.index(f">{level}<") for level in ("Världen", "Sverige", "Skåne")]
    assert places == sorted(places)
    assert places[-1] < html.index(">Helsingborg<")


def test_levels_figure_says_what_held_in_2016():
    Framework.objects.exclude(slug="folkhalsomal-2018").update(held_in_2016=True)
    Framework.objects.filter(slug="folkhalsomal-2018").update(held_in_2016=False)

    html = levels_figure()

    assert html.count("Gällde vid beslutet 2016") == Framework.objects.count() - 1
    assert html.count("Gällde inte vid beslutet 2016") == 1


def test_framework_leads_to_its_goals_in_order(client):
    framework = Framework.objects.get(slug="folkhalsomal-2003")
    html = page(client, framework.get_absolute_url())

    places = [
        html.index(f'href="{goal.get_absolute_url()}"')
        for goal in framework.goals.order_by("position")
    ]
    assert len(places) == 11
    assert places == sorted(places)


def test_framework_shows_its_later_version_as_a_list(client):
    html = page(client, "/omvarld/det-oppna-skane-2030/")

    assert "Senare version" in html
    assert "<li>Globalt attraktiv region</li>" in html


def test_goal_shows_its_fokusomraden_as_interpretation(client):
    link = GoalLink.objects.with_goal().first()
    html = page(client, link.goal.get_absolute_url())

    text = visible(html)
    motivation = link.motivation[0].upper() + link.motivation[1:]
    assert motivation in text
    assert f'href="{link.fokusomrade.get_absolute_url()}"' in html
    assert LABEL in text
    assert "Inte beslutad av staden" in text


def test_goal_without_fokusomraden_says_so(client):
    html = page(client, "/omvarld/helsingborg-2035/den-globala-staden/")

    assert "Redaktionen har inte kopplat målet till något fokusområde." in html
    assert LABEL not in html


def test_goals_with_the_same_title_have_different_page_titles(client):
    first, second = Goal.objects.filter(number=1).select_related("framework")[:2]
    Goal.objects.filter(pk__in=[first.pk, second.pk]).update(title="Samma namn")

    titles = {title(page(client, goal.get_absolute_url())) for goal in (first, second)}

    assert len(titles) == 2


def test_goal_shows_its_earlier_title(client):
    assert "Ökad fysisk aktivitet" in page(
        client, "/omvarld/folkhalsomal-2003/fysisk-aktivitet/"
    )


def test_steering_documents_stand_in_the_programmes_order(client):
    listed = [
        line.removeprefix("• ")
        for line in Chapter.objects.get(number="3").body.splitlines()
        if line.startswith("• ")
    ]

    html = page(client, "/omvarld/styrdokument/")

    assert re.findall(r'documents__title">(.*?)</h2>', html) == listed


def test_steering_documents_with_an_asterisk_show_the_note(client):
    html = page(client, "/omvarld/styrdokument/")

    note = "*Styrdokumentet väntas träda i kraft från 2016 och framåt."
    assert html.count(note) == SteeringDocument.objects.filter(asterisk=True).count()


@pytest.mark.parametrize("confidence", Confidence)
def test_a_law_that_is_not_established_is_not_shown(client, confidence):
    SteeringDocument.objects.update(
        law="Lagen om prov",
        law_section="1 §",
        law_summary="Provet.",
        law_url="https://lag.example/",
        confidence=confidence,
    )

    text = page(client, "/omvarld/styrdokument/")

    shown = confidence != Confidence.LOW
    assert (NOT_ESTABLISHED in text) is not shown
    for words in ("Lagen om prov", "1 §", "Provet.", "lag.example"):
        assert (words in text) is shown


def test_steering_documents_have_anchors_for_their_addresses(client):
    html = page(client, "/omvarld/styrdokument/")

    for document in SteeringDocument.objects.all():
        anchor = document.get_absolute_url().partition("#")[2]
        assert html.count(f'id="{anchor}"') == 1


def test_glossary_has_an_anchor_for_every_term(client):
    html = page(client, "/ordlista/")

    for term in Term.objects.all():
        assert html.count(f'id="{term.slug}"') == 1
        assert term.explanation in visible(html)


def test_glossary_is_in_swedish_order(client):
    for word in ("Ödla", "Äpple", "Ålder"):
        Term.objects.create(slug=f"x-{word[1:]}", term=word, explanation="Prov.")

    letters = [letter for letter, _ in client.get("/ordlista/").context["letters"]]

    assert letters[-3:] == ["Å", "Ä", "Ö"]
    assert letters[:-3] == sorted(letters[:-3])


def test_glossary_says_where_a_term_is_used(client):
    fokusomrade = Fokusomrade.objects.get(number="4.4.2")

    html = page(client, "/ordlista/")

    term = html.partition('id="ekologiskt-fotavtryck"')[2].partition("</div>")[0]
    assert f'href="{fokusomrade.get_absolute_url()}"' in term


def test_glossary_is_data_for_search_engines(client):
    html = page(client, "/ordlista/")

    texts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html, re.S
    )
    sets = [json.loads(text) for text in texts]
    (data,) = [each for each in sets if each["@type"] == "DefinedTermSet"]
    assert len(data["hasDefinedTerm"]) == Term.objects.count()
    assert data["hasDefinedTerm"][0]["@id"].endswith(
        "/ordlista/#aktiverande-styrdokument"
    )


def test_glossary_without_terms_is_a_page(client):
    Term.objects.all().delete()

    assert "Ordlista" in page(client, "/ordlista/")


def test_goal_links_are_grouped_by_framework_in_order():
    fokusomrade = Fokusomrade.objects.get(number="4.3.3")

    groups = goal_links(fokusomrade)["groups"]

    positions = [framework.position for framework, _ in groups]
    assert positions == sorted(set(positions))
    assert sum(len(links) for _, links in groups) == fokusomrade.goal_links.count()


def test_every_fokusomrade_shows_its_goals_as_interpretation(client):
    for fokusomrade in Fokusomrade.objects.all():
        html = page(client, fokusomrade.get_absolute_url())

        assert LABEL in html
        for link in fokusomrade.goal_links.with_goal():
            assert f'href="{link.goal.get_absolute_url()}"' in html
        for document in fokusomrade.steering_documents.all():
            assert f'href="{document.get_absolute_url()}"' in html


@pytest.mark.parametrize(
    "address",
    ["/omvarld/", "/omvarld/miljomalen/", "/omvarld/styrdokument/", "/ordlista/"],
)
def test_page_says_when_it_was_last_changed_and_by_whom(client, settings, address):
    settings.PUBLISHER = {**settings.PUBLISHER, "publisher": "Exempelnämnden"}

    text = visible(page(client, address))

    assert f"Senast uppdaterad {date_format(localdate(), 'j F Y')}." in text
    assert "Ansvarig: Exempelnämnden." in text
