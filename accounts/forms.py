"""What an administrator writes about people, made clean."""

from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from accounts.models import User


class LowerCaseEmail:
    """People write their address in any case, and it is one address."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewUserForm(LowerCaseEmail, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(LowerCaseEmail, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
