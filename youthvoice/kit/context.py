"""What every template may know; nothing here depends on who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        # 0: nothing is sealed.
        "sealed_days": settings.SEALED_DAYS if settings.SEALED_RECORDS else 0,
    }
