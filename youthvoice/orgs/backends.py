"""Operators may use Django's admin; nobody else, whatever their flags say."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs import policy


class OperatorBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return self._is_operator(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self._is_operator(user_obj)

    @staticmethod
    def _is_operator(user: Any) -> bool:
        # A page of the admin asks dozens of times; the answer lives as long as the request's
        # user object does.
        if not hasattr(user, "_is_operator"):
            user._is_operator = policy.is_operator(user)
        return bool(user._is_operator)


class OperatorSite(AdminSite):
    site_header = _("青年之声 管理")
    site_title = _("青年之声 管理")
    index_title = _("人、组织与转办表")

    def has_permission(self, request: HttpRequest) -> bool:
        return policy.is_operator(request.user)
