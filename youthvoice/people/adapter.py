"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    # Names that would speak for the house, or that addresses of ours use.
    username_blacklist = ("admin", "root", "official", "tuan", "qingnian", "youthvoice", "system")

    def is_open_for_signup(self, request: object) -> bool:
        return True
