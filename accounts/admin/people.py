"""Where an administrator finds people and gives them roles.

Roles, closed accounts and ways to sign in change through `accounts.workflow` alone: the
pages that allauth has for the admin would change them behind its back.
"""

from allauth.account import admin as _registers_addresses  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _registers_factors  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _registers_providers  # noqa: F401
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions import admin as _registers_sessions  # noqa: F401
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from accounts import workflow
from accounts.enums import Role
from accounts.exceptions import AccountError
from accounts.forms.admin import NewUserForm, UserForm
from accounts.models import RoleAssignment, User
from accounts.permissions import can_change_role

admin.site.site_header = admin.site.site_title = "Administration"
admin.site.unregister(
    [
        *(Authenticator, EmailAddress, Group, UserSession),
        *(SocialAccount, SocialApp, SocialToken),
    ]
)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "name", "role_name", "is_active"]
    list_filter = ["is_active", "groups"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name"]}),
        ("Behörighet", {"fields": ["role", "is_active"]}),
        ("Tidpunkter", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name"]})]
    actions = ["end_sessions", "remove_second_factor"]

    @admin.action(description="Logga ut överallt", permissions=["change"])
    def end_sessions(self, request, queryset):
        for user in queryset:
            workflow.end_sessions(user, by=request.user)
        self.message_user(request, "De valda är utloggade överallt.")

    @admin.action(
        description="Ta bort appen, nycklarna och reservkoderna",
        permissions=["change"],
    )
    def remove_second_factor(self, request, queryset):
        try:
            with transaction.atomic():
                for user in queryset:
                    workflow.remove_second_factor(user, by=request.user)
        except AccountError as refusal:
            self.message_user(request, refusal.user_message, messages.ERROR)
        else:
            self.message_user(
                request,
                "De valda är utloggade överallt och har fått mejl om det. De loggar in "
                "med en kod i mejl eller med sitt lösenord.",
            )

    @admin.display(description="roll")
    def role_name(self, user):
        return user.role or "ingen roll"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Their own address they change where they first show who they are."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "email"] if obj == request.user else fixed

    def get_fieldsets(self, request, obj=None):
        """And are told where that is."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj != request.user:
            return fieldsets
        (name, options), *others = fieldsets
        told = format_html(
            'Din egen e-postadress byter du under <a href="{}">Ditt konto</a>.',
            reverse("account_email"),
        )
        return [(name, {**options, "description": told}), *others]

    def user_change_password(self, request, id, form_url=""):
        """Nobody chooses another's password, nor their own without the old one."""
        raise PermissionDenied

    def has_change_permission(self, request, obj=None):
        """Whoever may not give roles changes nobody: a new address is a new owner."""
        return can_change_role(request.user) and super().has_change_permission(
            request, obj
        )

    def has_delete_permission(self, request, obj=None):
        """Erasing a person is an act of its own, on the person's own page."""
        return False

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
            return
        wanted = obj.is_active
        before = User.objects.get(pk=obj.pk)
        obj.is_active = before.is_active
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            workflow.take_new_address(obj, instead_of=before.email)
            workflow.end_sessions(obj, by=request.user)
        self._change_access(request, obj, form.cleaned_data["role"], wanted)

    def _change_access(self, request, user, role, is_active):
        try:
            with transaction.atomic():
                if role != (user.role or ""):
                    workflow.change_role(
                        user, Role(role) if role else None, by=request.user
                    )
                if is_active != user.is_active:
                    change = workflow.open_again if is_active else workflow.close
                    change(user, by=request.user)
        except AccountError as refusal:
            self.message_user(request, refusal.user_message, messages.ERROR)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """The roles: what each may do can be changed, but not which there are."""

    filter_horizontal = ["permissions"]

    def get_readonly_fields(self, request, obj=None):
        return ["name"] if obj and obj.name in Role.values else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (
            obj and obj.name in Role.values
        )

    def get_actions(self, request):
        """No deleting of several at once, which would ask about none of them."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(SimpleHistoryAdmin):
    """Who has been given which role, when and by whom: to look at."""

    list_display = ["user", "role"]
    search_fields = ["user__email", "user__name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
