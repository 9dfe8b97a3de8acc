"""Reads of what contributions are ordered by: organisations, subjects, collections."""

from django.db.models import Count, Q, QuerySet

from kunskapsbank.enums import Status
from kunskapsbank.permissions import can_moderate


class OrganisationQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def known_to(self, user, version):
        """Those to choose among: never one that only somebody else's draft names."""
        shown = Q(versions__status=Status.PUBLISHED) | Q(versions__author=user)
        unused = Q(versions=None)
        own = Q(versions=version)
        return self.filter(shown | unused | own).distinct().order_by("sort_key")

    def listed(self):
        """Those that listed contributions name, each with how many: `count`. What only
        a draft names is nobody's to know."""
        versions = self.model._meta.get_field("versions").related_model.objects
        named = self.filter(versions__in=versions.listed().values("pk"))
        return named.annotate(count=Count("versions")).order_by("sort_key")


class TagQuerySet(QuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def shown(self):
        """Those that readers may meet; a forbidden one is shown nowhere."""
        return self.filter(is_forbidden=False)

    def listed(self):
        """Those that readers may meet on listed contributions, with their `count`."""
        ties = self.model._meta.get_field("tagged_versions").related_model
        versions = ties._meta.get_field("content_object").related_model.objects
        return self.on(versions.listed())

    def on(self, versions):
        """The shown ones of these versions, each with how many have it: `count`."""
        tied = Q(tagged_versions__content_object__in=versions.values("pk"))
        return self.shown().filter(tied).annotate(count=Count("tagged_versions"))

    def called(self, keys):
        """By key, the one that is called so now, or else was once."""
        before = self.filter(aliases__key__in=keys).prefetch_related("aliases")
        known = {alias.key: tag for tag in before for alias in tag.aliases.all()}
        now = {tag.key: tag for tag in self.filter(key__in=keys)}
        return {key: tag for key, tag in (known | now).items() if key in keys}

    def with_times(self):
        """With how many listed contributions each has, as `times`."""
        tie = self.model._meta.get_field("tagged_versions").related_model
        version = tie._meta.get_field("content_object").related_model
        listed = version.objects.listed().values("pk")
        is_listed = Q(tagged_versions__content_object__in=listed)
        return self.annotate(times=Count("tagged_versions", filter=is_listed))


class CollectionQuerySet(QuerySet):
    def visible_to(self, user):
        """What is not published yet is for moderators only."""
        return self.all() if can_moderate(user) else self.published()

    def published(self):
        """What lists hold, the same for every reader."""
        return self.filter(is_published=True)

    def with_size(self):
        """With how many listed contributions each holds, as `size`."""
        place = self.model._meta.get_field("collected_entries").related_model
        entry = place._meta.get_field("entry").related_model
        version = entry._meta.get_field("versions").related_model
        listed = version.objects.listed().values("entry")
        is_listed = Q(collected_entries__entry__in=listed)
        return self.annotate(size=Count("collected_entries", filter=is_listed))
