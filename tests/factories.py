"""Objects for tests: each what its name says, valid, and nothing more."""

import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import DEMANDING
from kunskapsbank.enums import Kind, OrganisationKind, Status
from kunskapsbank.models import Entry, Organisation, Tag, Version, tag_key
from programme.enums import EditionStatus
from programme.models import Edition, Fokusomrade, Prioritering, Viljeinriktning
from uppfoljning.enums.initiatives import InitiativeStatus, Progress
from uppfoljning.models import Initiative, InitiativeText

TOTP_SECRET = "JBSWY3DPEHPK3PXP"
ANSWERED = {Status.RETURNED, Status.DECLINED}
HANDED_IN = {Status.SUBMITTED, *ANSWERED}


class UserFactory(DjangoModelFactory):
    """`UserFactory(contributor=True)` may write, and `moderator=True` review;
    `employee=True` tells what the city does, and `document_owner=True` follows up."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@example.se".format)

    @factory.post_generation
    def contributor(self, create, extracted, **kwargs):
        if extracted:
            permission = Permission.objects.get(codename="contribute")
            self.user_permissions.add(permission)

    @factory.post_generation
    def moderator(self, create, extracted, **kwargs):
        if extracted:
            names = ["invite", "moderate_version"]
            self.user_permissions.add(*Permission.objects.filter(codename__in=names))

    @factory.post_generation
    def employee(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get(name=Role.EMPLOYEE))

    @factory.post_generation
    def document_owner(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get(name=Role.DOCUMENT_OWNER))

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """An app, for whoever needs one, unless `second_factor=False`."""
        groups = self.groups.filter(name__in=DEMANDING)
        needs = self.is_staff or self.is_superuser or groups.exists()
        right = self.user_permissions.filter(codename="moderate_version")
        if extracted or (extracted is None and (needs or right.exists())):
            TOTP.activate(self, TOTP_SECRET)


class EditionFactory(DjangoModelFactory):
    """A proposal, so that it never becomes the current edition by chance."""

    class Meta:
        model = Edition

    slug = factory.Sequence("2030-{}".format)
    title = "En utgåva"
    period_start = 2030
    period_end = 2034
    status = EditionStatus.PROPOSAL


class ViljeinriktningFactory(DjangoModelFactory):
    class Meta:
        model = Viljeinriktning

    edition = factory.SubFactory(EditionFactory)
    number = factory.Sequence("9.{}".format)
    key = 1
    slug = factory.Sequence("viljeinriktning-{}".format)
    title = "Vi vill ha något"
    short_title = "Något"
    description = "Beskrivning."
    challenges = "Utmaningar."
    actions_heading = "Så gör vi:"
    position = factory.Sequence(int)


class FokusomradeFactory(DjangoModelFactory):
    class Meta:
        model = Fokusomrade

    viljeinriktning = factory.SubFactory(ViljeinriktningFactory)
    number = factory.Sequence("9.9.{}".format)
    slug = factory.Sequence("fokusomrade-{}".format)
    title = "Vi gör något"
    short_title = "Något"
    body = "Text."
    priorities_heading = "Därför prioriterar vi att:"
    position = factory.Sequence(int)


class PrioriteringFactory(DjangoModelFactory):
    class Meta:
        model = Prioritering

    fokusomrade = factory.SubFactory(FokusomradeFactory)
    position = 1
    slug = factory.Sequence("prioritering-{}".format)
    text = "Göra något."


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Förening {}".format)
    slug = factory.Sequence("forening-{}".format)
    kind = OrganisationKind.ASSOCIATION


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence("ämne {}".format)
    slug = factory.Sequence("amnet-{}".format)
    key = factory.LazyAttribute(lambda tag: tag_key(tag.name))


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    slug = factory.Sequence("bidrag-{}".format)


class VersionFactory(DjangoModelFactory):
    """Published as if loaded, unless `status` says otherwise; ties are lists."""

    class Meta:
        model = Version
        skip_postgeneration_save = True

    entry = factory.SubFactory(EntryFactory)
    number = factory.LazyAttribute(lambda version: version.entry.versions.count() + 1)
    kind = Kind.GOOD_EXAMPLE
    title = factory.Sequence("Bidrag {}".format)
    summary = "Vad bidraget handlar om."
    status = Status.PUBLISHED
    submitted_at = factory.LazyAttribute(
        lambda version: timezone.now() if version.status in HANDED_IN else None
    )
    decided_at = factory.LazyAttribute(
        lambda version: timezone.now() if version.status in ANSWERED else None
    )
    published_at = factory.LazyAttribute(
        lambda version: (
            timezone.now()
            if version.status in {Status.PUBLISHED, Status.REPLACED}
            else None
        )
    )

    @factory.post_generation
    def prioriteringar(self, create, extracted, **kwargs):
        if extracted:
            self.prioriteringar.set(extracted)

    @factory.post_generation
    def organisations(self, create, extracted, **kwargs):
        if extracted:
            self.organisations.set(extracted)

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        if extracted:
            self.tags.set(extracted)


class InitiativeFactory(DjangoModelFactory):
    """Published and open; ties are lists. `InitiativeTextFactory` makes its texts."""

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    title = factory.Sequence("Insats {}".format)
    slug = factory.Sequence("insats-{}".format)
    summary = "En påhittad insats."
    progress = Progress.ONGOING
    period_start = 2018
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.ADMINISTRATION
    )

    @factory.post_generation
    def prioriteringar(self, create, extracted, **kwargs):
        if extracted:
            self.prioriteringar.set(extracted)

    @factory.post_generation
    def entries(self, create, extracted, **kwargs):
        if extracted:
            self.entries.set(extracted)

    @factory.post_generation
    def indicators(self, create, extracted, **kwargs):
        if extracted:
            self.indicators.set(extracted)


class InitiativeTextFactory(InitiativeFactory):
    """A draft that is ready to be handed in, unless `status` says otherwise."""

    class Meta:
        model = InitiativeText
        skip_postgeneration_save = True
        exclude = ["slug"]

    author = factory.SubFactory(UserFactory, employee=True)
    submitted_at = factory.LazyAttribute(
        lambda text: None if text.status == InitiativeStatus.DRAFT else timezone.now()
    )
    status = InitiativeStatus.DRAFT
