"""A role is a group, and only an administrator gives more than the smallest."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts import permissions, roles, workflow
from accounts.enums import Role
from accounts.exceptions import LastAdministrator, NotAllowed
from accounts.models import RoleAssignment, User
from kunskapsbank import permissions as of_the_bank
from tests.admin_pages import change, send
from tests.factories import UserFactory
from uppfoljning import permissions as of_the_follow_up

pytestmark = pytest.mark.django_db

# What each role may do: contribute, review, invite, give roles, tell what the city
# does, follow up, the admin.
MAY = {
    None: (False, False, False, False, False, False, False),
    Role.CONTRIBUTOR: (True, False, False, False, False, False, False),
    Role.EMPLOYEE: (True, False, False, False, True, False, False),
    Role.MODERATOR: (True, True, True, False, False, False, False),
    Role.DOCUMENT_OWNER: (True, False, False, False, True, True, False),
    Role.ADMINISTRATOR: (True, True, True, True, True, True, True),
}


def person(role, **fields):
    return workflow.give_role(UserFactory(second_factor=True, **fields), role, by=None)


def rights(user):
    return (
        of_the_bank.can_contribute(user),
        of_the_bank.can_moderate(user),
        permissions.can_invite(user),
        permissions.can_change_role(user),
        of_the_follow_up.can_contribute(user),
        of_the_follow_up.can_follow_up(user),
        user.is_staff,
    )


def history(user):
    rows = RoleAssignment.history.filter(user_id=user.pk).order_by("history_id")
    return [(row.role, row.history_user_id) for row in rows]


@pytest.mark.parametrize("role", MAY)
def test_role_gives_its_rights_and_no_others(role):
    assert rights(person(role)) == MAY[role]


@pytest.mark.parametrize("role", MAY)
def test_closed_account_may_do_nothing(role):
    user = person(role, is_active=False)

    assert rights(user)[:5] == (False,) * 5


@pytest.mark.parametrize("giver", [None, *Role])
@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_grants_more_than_contributing(giver, role):
    may = giver == Role.ADMINISTRATOR or (
        giver == Role.MODERATOR and role == Role.CONTRIBUTOR
    )

    assert permissions.can_grant(person(giver), role) == may


@pytest.mark.parametrize("giver", [each for each in MAY if each != Role.ADMINISTRATOR])
def test_nobody_else_changes_a_role(giver):
    user = UserFactory()

    with pytest.raises(NotAllowed):
        workflow.change_role(user, Role.CONTRIBUTOR, by=person(giver))

    assert user.role is None
    assert history(user) == []


def test_changed_role_is_kept_in_the_history():
    administrator = person(Role.ADMINISTRATOR)
    user = UserFactory()

    workflow.change_role(user, Role.MODERATOR, by=administrator)
    workflow.change_role(user, Role.MODERATOR, by=administrator)
    workflow.change_role(user, None, by=administrator)

    assert history(user) == [("moderator", administrator.pk), ("", administrator.pk)]


def test_person_has_one_role_at_a_time():
    user = person(Role.MODERATOR)

    workflow.change_role(user, Role.DOCUMENT_OWNER, by=person(Role.ADMINISTRATOR))

    assert list(user.groups.values_list("name", flat=True)) == ["dokumentansvarig"]
    assert rights(User.objects.get(pk=user.pk)) == MAY[Role.DOCUMENT_OWNER]


def test_demotion_bites_on_the_next_request(client):
    administrator, user = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    client.force_login(user)
    before = client.get("/admin/")

    workflow.change_role(user, Role.CONTRIBUTOR, by=administrator)

    assert before.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_last_administrator_stays(settings):
    User.objects.filter(is_superuser=True).delete()
    only = person(Role.ADMINISTRATOR)
    person(Role.ADMINISTRATOR, is_active=False)

    with pytest.raises(LastAdministrator):
        workflow.change_role(only, Role.MODERATOR, by=only)
    with pytest.raises(LastAdministrator):
        workflow.close(only, by=only)

    assert rights(User.objects.get(pk=only.pk)) == MAY[Role.ADMINISTRATOR]


# -- what load_content does


def test_loading_again_undoes_nothing_that_an_administrator_has_changed():
    moderators = Group.objects.get(name=Role.MODERATOR)
    taken = Permission.objects.get(codename="invite")
    added = Permission.objects.get(codename="add_organisation")
    moderators.permissions.remove(taken)
    moderators.permissions.add(added)

    assert roles.load() == 0

    assert taken not in moderators.permissions.all()
    assert added in moderators.permissions.all()


def test_loading_gives_what_a_later_release_adds():
    review = Permission.objects.get(codename="moderate_version")
    later = Permission.objects.create(
        codename="later", name="senare", content_type=review.content_type
    )

    roles.load()

    given = Group.objects.filter(permissions=later)
    assert [group.name for group in given] == ["administratör"]


# -- in the admin


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR)
    client.force_login(user)
    client.user = user
    return client


def test_administrator_gives_a_role_in_the_admin(administrator):
    user = UserFactory(second_factor=True)

    response = change(administrator, user, role="moderator")

    assert response.status_code == 302
    assert rights(User.objects.get(pk=user.pk)) == MAY[Role.MODERATOR]
    assert history(user) == [("moderator", administrator.user.pk)]


def test_administrator_closes_and_opens_an_account_in_the_admin(administrator):
    user = UserFactory()

    change(administrator, user, is_active="")
    closed = User.objects.get(pk=user.pk).is_active
    change(administrator, user, is_active="on")

    assert not closed
    assert User.objects.get(pk=user.pk).is_active


def test_last_administrator_cannot_be_lost_in_the_admin(administrator):
    User.objects.exclude(pk=administrator.user.pk).filter(is_superuser=True).delete()

    change(administrator, administrator.user, role="moderator", is_active="")

    kept = User.objects.get(pk=administrator.user.pk)
    assert (kept.role, kept.is_active) == (Role.ADMINISTRATOR, True)


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "groups"])
def test_nobody_makes_themselves_more_in_the_admin(administrator, field):
    page = f"/admin/accounts/user/{administrator.user.pk}/change/"

    assert f'name="{field}"' not in administrator.get(page).content.decode()


def test_role_cannot_be_renamed_or_removed_in_the_admin(administrator):
    group = Group.objects.get(name="moderator")

    change(administrator, group, name="chef")
    removal = administrator.post(
        f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}
    )

    assert removal.status_code == 403
    assert Group.objects.filter(name="moderator").exists()


def test_new_person_in_the_admin_has_no_role(administrator):
    send(administrator, "/admin/accounts/user/add/", email="ny@example.se", name="Ny")

    assert User.objects.get(email="ny@example.se").role is None
