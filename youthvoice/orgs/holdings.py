from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add(
        "orgs.Membership",
        by="person",
        erase=AtErasure.DELETE,
        name=_("在组织里的身份"),
        columns={_("组织"): "organisation__name", _("角色"): "role"},
    )
