"""What every template may know; nothing here depends on who is looking."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "organiser": settings.ORGANISER,
        # 非经营性互联网信息服务备案管理办法 第十三条: the number at the foot of the home page,
        # with a link to the ministry's register; the police ask for theirs likewise.
        "icp_record": settings.ICP_RECORD,
        "police_record": settings.POLICE_RECORD,
        "police_code": "".join(re.findall(r"[0-9]", settings.POLICE_RECORD)),
        # 0: nothing is sealed.
        "sealed_days": settings.SEALED_DAYS if settings.SEALED_RECORDS else 0,
    }
