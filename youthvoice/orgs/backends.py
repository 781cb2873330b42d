"""Operators may use Django's admin; nobody else, whatever their flags say."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from youthvoice.kit.admin import Completion
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

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The house has one door, at which attempts are counted; Django's own asks for a flag
        that our operators don't have."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, Completion.as_view(admin_site=self)(request))

    def password_change(  # type: ignore[override]  # Django's answers with a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The house's own page: it tells the journal."""
        return redirect("account_change_password")
