"""What we do otherwise than allauth with second factors: their secrets are sealed."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.seal import Broken, Seal


class SealBroken(PermissionDenied):
    """The secret was sealed with another key: keys/factors has been lost."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不对，或者已经用过了。等应用里换了新的数字再试。"),
        "incorrect_passkey": _("这个通行密钥没有通过，请再试一次，或者换一种办法。"),
        "cannot_generate_recovery_codes": _("先设置验证应用或通行密钥，才有备用码。"),
    }

    def encrypt(self, text: str) -> str:
        return Seal(settings.FACTOR_KEY).close(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return Seal(settings.FACTOR_KEY).open(encrypted_text)
        except Broken:
            raise SealBroken from None

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        # The name one signs in with; an e-mail address has no business in other people's apps.
        return str(user.get_username())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        return str(_("通行密钥"))
