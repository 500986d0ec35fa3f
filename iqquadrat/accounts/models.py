"""Centres and the people who work there."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.enums import Theme
from iqquadrat.accounts.permissions import NEEDS_SECOND_FACTOR, Permission, Role, permissions_of


class Centre(models.Model):
    """A counselling centre. Every person's record belongs to one; nobody sees another centre's persons."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    subtitle = models.CharField(_("second line of the name"), max_length=200, blank=True)
    code = models.SlugField(_("code"), max_length=30, unique=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    opening_hours = models.TextField(_("opening hours"), max_length=1000, blank=True)
    directions = models.TextField(_("how to get there"), max_length=500, blank=True)
    what_to_bring = models.TextField(_("what to bring"), max_length=1000, blank=True)
    # After how many days somebody is asked whether a client arrived where we referred them.
    referral_ask_days = models.PositiveSmallIntegerField(
        _("ask about referrals after days"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    # Programmes live in a room above: the code of the one that new records are done in, empty for none.
    current_programme_code = models.CharField(_("current programme"), max_length=30, blank=True)
    # Counts up when the facts above the programme change: two people who edit them are told apart by it.
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="accounts_centre_asks_within_half_a_year",
                condition=models.Q(referral_ask_days__range=(1, 180)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_line(self) -> str:
        """The address in one line, without what is missing."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)


class UserManager(BaseUserManager["User"]):
    """Makes users; ``services`` is the way from pages and commands."""

    def get_queryset(self) -> "UserQuerySet":
        """Return everybody."""
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> "UserQuerySet":
        """See ``UserQuerySet.visible_to``."""
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user with a hashed password, or one that cannot sign in by password yet."""
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, however it is capitalised."""
        return self.get(email__iexact=username)


class UserQuerySet(models.QuerySet["User"]):
    """Whom somebody may know of."""

    def visible_to(self, user: "User") -> "UserQuerySet":
        """The people of the reader's own centre."""
        return self.filter(centre_id=user.centre_id)


class User(AbstractBaseUser):
    """A member of staff or a volunteer. Signs in by e-mail."""

    email = models.EmailField(_("e-mail"), unique=True)
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    form_of_address = models.CharField(_("form of address"), max_length=30, blank=True)
    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="users"
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list, blank=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language of the pages"), max_length=5, default="de")
    theme = models.CharField(_("appearance"), max_length=5, default=Theme.AUTO, choices=Theme)
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)
    # Part of every session's proof: raising it ends all sessions of the account at once.
    session_epoch = models.PositiveIntegerField(default=1, editable=False)
    # Set while there is an app or a security key: asked with every page, so it stands here and not in their tables alone.
    second_factor_since = models.DateTimeField(_("second factor since"), null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
            models.CheckConstraint(
                name="accounts_user_roles_known",
                condition=models.Q(roles__contained_by=list(Role.values)),
            ),
            # Somebody who walks the street with a phone has no client data on the account.
            models.CheckConstraint(
                name="accounts_user_surveyor_alone",
                condition=~models.Q(roles__contains=[Role.SURVEYOR]) | models.Q(roles__len=1),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def get_short_name(self) -> str:
        """The given name."""
        return self.given_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must prove: it dies with the password, the roles, the account's closing, and a new epoch.

        Roles and state are part of it beside the epoch, so that a change that forgot the epoch ends the sessions too.
        """
        facts = [self.password, str(self.session_epoch), ",".join(sorted(self.roles)), str(self.is_active)]
        salt = "iqquadrat.accounts.models.User.session"
        return salted_hmac(salt, "\n".join(facts), secret=secret, algorithm="sha256").hexdigest()

    @property
    def initials(self) -> str:
        """One or two letters for the round sign beside the name."""
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def role_labels(self) -> str:
        """The roles in words."""
        return ", ".join(str(Role(role).label) for role in self.roles)

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything the roles allow; nothing once the account is closed."""
        return permissions_of(self.roles) if self.is_active else frozenset()

    @property
    def has_second_factor(self) -> bool:
        """Tell whether signing in asks for more than the password."""
        return self.second_factor_since is not None

    @property
    def needs_second_factor(self) -> bool:
        """Tell whether the roles demand one in this installation."""
        return settings.SECOND_FACTOR_REQUIRED and not NEEDS_SECOND_FACTOR.isdisjoint(self.roles)

    @property
    def lacks_second_factor(self) -> bool:
        """Tell whether one is demanded and not set up yet: until then nothing but setting it up can be reached."""
        return self.needs_second_factor and not self.has_second_factor

    def may(self, permission: str | Permission) -> bool:
        """Tell whether a role of this user allows it. Whether a single record is meant, the room's rules say."""
        return str(permission) in self.permissions


class PasswordLink(models.Model):
    """A mail with a link to choose a password went out. Kept for an hour, to count by."""

    user = models.ForeignKey(User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("link to choose a password")
        verbose_name_plural = _("links to choose a password")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"


class AuthenticatorApp(models.Model):
    """An app on a person's phone that shows a new code every half minute (RFC 6238)."""

    user = models.OneToOneField(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="authenticator_app"
    )
    # Sealed: whoever has the database without the key of the site can make no codes.
    secret = models.TextField(_("secret"), editable=False)
    # The half minute, counted from 1970, of the last code that was taken: none is taken twice.
    last_step = models.BigIntegerField(default=0, editable=False)
    added_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")


class SecurityKey(models.Model):
    """A security key, or a phone or PC that stands for one (WebAuthn). Only its public half lies here."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="security_keys"
    )
    name = models.CharField(_("name"), max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True, editable=False)
    public_key = models.TextField(editable=False)
    # Keys that count their uses: a lower number than before means a copy.
    sign_count = models.BigIntegerField(default=0, editable=False)
    added_at = models.DateTimeField(_("since"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("security key")
        verbose_name_plural = _("security keys")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper for the day the phone is lost; only its keyed hash lies here, and it works once."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="recovery_codes"
    )
    code_hash = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="accounts_recovery_code_once")
        ]


class Sitting(AbstractBaseSession):
    """A session, and whose it is; nobody's before the sign-in is complete."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, null=True, related_name="sittings"
    )

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return what reads and writes these rows."""
        from iqquadrat.accounts.sittings import SessionStore  # noqa: PLC0415 - it names this model

        return SessionStore
