"""A person sees and takes along what the site knows of them (trust A11, A15)."""

import json
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts import workflow as of_people
from accounts.enums import Role
from accounts.models import User
from kunskapsbank import workflow
from kunskapsbank.enums import PublicName, Status
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import Snapshot, Version
from tests.accounts.own_data import PAGE, everything_stored, fresh, ida, invite_once
from tests.factories import OrganisationFactory, UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import follower

pytestmark = pytest.mark.django_db


# -- what is known


def test_overview_leads_to_the_pages_of_the_account(signed_in):
    page = signed_in.get("/konto/").content.decode()

    for path in (PAGE, "/konto/epost/", "/konto/losenord/byt/", "/mina-bidrag/"):
        assert f'href="{path}"' in page
    assert "/granska/" not in page


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        (Role.MODERATOR, {"/granska/", "/granska/inbjudningar/"}),
        (Role.ADMINISTRATOR, {"/granska/", "/granska/ansokningar/", "/admin/"}),
    ],
)
def test_overview_leads_to_the_pages_of_the_role(client, role, paths):
    user = of_people.give_role(UserFactory(second_factor=True), role, by=None)
    client.force_login(user)

    page = client.get("/konto/").content.decode()

    assert {path for path in paths if f'href="{path}"' in page} == paths
    assert ('href="/admin/"' in page) == (role == Role.ADMINISTRATOR)


def test_person_corrects_their_name_also_where_it_is_shown(signed_in):
    version = stories.published(signed_in.user)

    signed_in.post("/konto/", {"name": " Ida  Ek "})

    assert User.objects.get(pk=signed_in.user.pk).name == "Ida Ek"
    assert fresh(version).byline == "Ida Ek"


def test_name_is_not_emptied(signed_in):
    page = signed_in.post("/konto/", {"name": " "}).content.decode()

    assert "Skriv ditt namn" in page
    assert User.objects.get(pk=signed_in.user.pk).name == "Ida Dahl"


def test_download_holds_what_is_known_and_nothing_of_others(signed_in):
    user = signed_in.user
    stories.published(user, title="Vilbänkar")
    stories.published(title="En annans text")
    invite_once(user, message="Kom med!")
    of_people.apply(
        name="Ida", email=user.email, organisation="Föreningen", reason="Bänkar."
    )

    response = signed_in.get(f"{PAGE}hamta/")
    told = json.loads(response.content)

    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert user.email not in response["Content-Disposition"]
    assert told["konto"]["e-postadress"] == user.email
    assert [each["text"]["title"] for each in told["bidrag"]] == ["Vilbänkar"]
    assert [each["händelse"] for each in told["händelser"]] == ["inskickat"]
    assert [each["meddelande"] for each in told["inbjudningar"]] == ["Kom med!"]
    assert [each["varför"] for each in told["ansökningar"]] == ["Bänkar."]
    assert [each["roll"] for each in told["roller"]] == ["bidragsgivare"]
    assert "En annans text" not in response.content.decode()
    assert "Mo Lind" not in response.content.decode()


def test_what_is_followed_with_the_same_verified_address_is_told(signed_in):
    follower("Ida@example.se", query="typ=forskning")
    follower("bo@example.se", query="typ=lank")
    EmailAddress.objects.create(user=signed_in.user, email="bo@example.se")

    told = json.loads(signed_in.get(f"{PAGE}hamta/").content)["det du följer"]
    page = signed_in.get(PAGE).content.decode()

    assert [each["lista"] for each in told] == ["Forskning"]
    assert [each["hur ofta"] for each in told] == ["Högst en gång om dagen"]
    assert "<dd>Forskning</dd>" in page
    assert "Länkar" not in page


def test_register_extract_tells_what_is_followed():
    user = ida()
    follower(user.email)
    out = StringIO()

    call_command("export_person", str(user.pk), stdout=out)

    told = json.loads(out.getvalue())["det du följer"]
    assert [each["lista"] for each in told] == ["Alla bidrag i kunskapsbanken"]


def test_page_shows_what_is_known_in_words(signed_in):
    user = signed_in.user
    version = stories.published(user, title="Vilbänkar")
    invite_once(user, message="Kom med!")
    stories.published(title="En annans text")

    page = signed_in.get(PAGE).content.decode()

    for known in ("Kom med!", version.entry.number, "127.0.0.1", user.email):
        assert known in page
    assert "<dt>Har lösenord</dt>" in page
    assert "{&#x27;" not in page
    assert "None" not in page
    assert "En annans text" not in page


def test_looking_and_downloading_change_nothing(signed_in):
    stories.published(signed_in.user)
    before = everything_stored()

    signed_in.get(PAGE)
    signed_in.get(f"{PAGE}hamta/")

    assert everything_stored() == before


@pytest.mark.parametrize("key", ["pk", "email"])
def test_register_extract_is_the_same(key):
    user = ida()
    stories.published(user, title="Vilbänkar")
    out = StringIO()

    call_command("export_person", str(getattr(user, key)), stdout=out)

    told = json.loads(out.getvalue())
    assert told["konto"]["e-postadress"] == user.email
    assert told["bidrag"][0]["text"]["title"] == "Vilbänkar"


def test_register_extract_of_nobody_is_refused():
    with pytest.raises(CommandError, match="no such person"):
        call_command("export_person", "ingen@example.se")


# Tables that point at a person, and why what they hold is not told apart.
TIED = {
    "account.EmailAddress.user": "told",
    "accounts.Application.answered_by": "another's application",
    "accounts.HistoricalRoleAssignment.history_user": "another's role",
    "accounts.HistoricalRoleAssignment.user": "told",
    "accounts.Invitation.invited_by": "another's invitation",
    "accounts.RoleAssignment.user": "told, as its history",
    "accounts.User_groups.user": "told, as the role",
    "accounts.User_user_permissions.user": "none but in tests",
    "admin.LogEntry.user": "what an administrator changed, about others",
    "kunskapsbank.Appeal.declined_by": "another's contribution",
    "kunskapsbank.Hiding.hidden_by": "another's contribution",
    "kunskapsbank.HistoricalCollection.history_user": "a collection, about nobody",
    "kunskapsbank.HistoricalReplyTemplate.history_user": "a template, about nobody",
    "kunskapsbank.Link.ignored_by": "an address, about nobody",
    "search.HistoricalSynonymGroup.history_user": "words, about nobody",
    "kunskapsbank.Actor.user": "told, as the events it stands for",
    "kunskapsbank.Claim.moderator": "lapses within the hour",
    "kunskapsbank.Connection.proposer": "told",
    "kunskapsbank.ConnectionEvent.actor": "told",
    "kunskapsbank.DraftLink.created_by": "lapses within the month",
    "kunskapsbank.Entry_owners.user": "told, as the contributions",
    "kunskapsbank.InternalNote.author": "told",
    "kunskapsbank.Letter.closed_by": "another's letter",
    "kunskapsbank.LetterReply.author": "told",
    "kunskapsbank.LicenceGrant.granted_by": "told",
    "kunskapsbank.MailPreference.user": "told",
    "kunskapsbank.OwnerOffer.offered_by": "another's offer",
    "kunskapsbank.OwnerOffer.recipient": "told",
    "kunskapsbank.StoredFile.uploaded_by": "told",
    "kunskapsbank.TagEvent.actor": "a word and an act; forgets the person with them",
    "kunskapsbank.Version.author": "told",
    "kunskapsbank.Version.decided_by": "told, as the event",
    "kunskapsbank.Version.edited_by": "told, as the event",
    "kunskapsbank.Version_writers.user": "told, as the contributions",
    "mfa.Authenticator.user": "told",
    "socialaccount.SocialAccount.user": "told",
    "uppfoljning.Assessment.assignee": "told",
    "uppfoljning.AssessmentEvent.actor": "told",
    "uppfoljning.HistoricalIndicator.history_user": "facts, about nobody",
    "uppfoljning.HistoricalIndicatorFokusomradeLink.history_user": "likewise",
    "uppfoljning.HistoricalIndicatorPrioriteringLink.history_user": "likewise",
    "uppfoljning.HistoricalPlace.history_user": "facts, about nobody",
    "uppfoljning.Initiative.state_by": "told",
    "uppfoljning.InitiativeEvent.actor": "told",
    "uppfoljning.InitiativeText.author": "told",
    "uppfoljning.InitiativeText.decided_by": "told, as the event",
    "uppfoljning.ValueUpload.uploaded_by": "told",
    "usersessions.UserSession.user": "told",
}


def test_every_table_that_points_at_a_person_is_thought_of():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.many_to_one or field.one_to_one
        if field.concrete and field.related_model is User
    }
    by_editors = {
        each
        for each in found
        if each.endswith(".history_user") and each.startswith("programme.")
    }

    assert found - by_editors - TIED.keys() == set()


# -- how one is named


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (PublicName.NAME, "Ida Dahl"),
        (PublicName.ORGANISATION, "Föreningen"),
        (PublicName.NONE, ""),
    ],
)
def test_person_chooses_how_they_are_named(signed_in, chosen, shown):
    version = stories.published(
        signed_in.user,
        public_name=PublicName.NONE if chosen != PublicName.NONE else PublicName.NAME,
        organisations=[OrganisationFactory(name="Föreningen")],
    )

    signed_in.post(f"{PAGE}{version.entry_id}/namn/", {"public_name": chosen})

    page = signed_in.get(version.entry.get_absolute_url()).content.decode()
    assert fresh(version).byline == shown
    assert ("Av Ida Dahl" in page) == (chosen == PublicName.NAME)


def test_earlier_texts_of_theirs_are_named_alike():
    version = stories.at(Status.REPLACED, by=ida())

    workflow.choose_name(version.entry, PublicName.NONE, by=version.author)

    assert {each.byline for each in version.entry.versions.all()} == {""}


def test_organisation_that_is_not_there_is_not_shown(signed_in):
    version = stories.published(signed_in.user)
    address = f"{PAGE}{version.entry_id}/namn/"

    response = signed_in.post(address, {"public_name": "organisation"}, follow=True)

    assert "Bidraget har ingen organisation att visa." in response.content.decode()
    assert fresh(version).byline == "Ida Dahl"


def test_nobody_else_chooses(signed_in):
    version = stories.published()

    response = signed_in.post(
        f"{PAGE}{version.entry_id}/namn/", {"public_name": "none"}
    )

    assert response.status_code == 404
    with pytest.raises(NotAllowed):
        workflow.choose_name(version.entry, PublicName.NONE, by=stories.moderator())
    assert fresh(version).byline == "Ida Dahl"


def test_change_of_another_s_text_keeps_the_other_s_name():
    version = stories.published(UserFactory(contributor=True, name="Bo Ek"))
    user = ida()
    change = stories.changed(version, by=user)
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    before = fresh(change).byline
    workflow.anonymise(user)

    assert before == "Bo Ek, ändrat av Ida Dahl"
    assert fresh(change).byline == "Bo Ek"


def test_name_goes_from_what_others_made_of_the_text():
    user = ida()
    version = stories.published(user)
    change = stories.changed(version, by=UserFactory(contributor=True, name="Bo Ek"))
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    workflow.anonymise(user)

    assert fresh(change).byline in {"Bo Ek", ""}
    assert "Ida Dahl" not in str(list(Snapshot.objects.values()))
    assert "Ida Dahl" not in str(list(Version.objects.values("byline")))
