"""How people are made and found."""

from django.contrib.auth.base_user import BaseUserManager


class UserManager(BaseUserManager):
    """People are known by their e-mail address, whatever the case it is written in."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email.lower())

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )
