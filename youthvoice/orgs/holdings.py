from django.utils.translation import gettext_lazy as _

from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add(
        "orgs.Invitation",
        by="made_by",
        erase=AtErasure.DELETE,
        name=_("发出的邀请"),
        columns={
            _("组织"): "organisation__name",
            _("角色"): "role",
            _("请谁"): "whom",
            _("到什么时候"): "ends_at",
        },
    )
    add(
        "orgs.Membership",
        by="person",
        erase=AtErasure.DELETE,
        name=_("在组织里的身份"),
        columns={_("组织"): "organisation__name", _("角色"): "role"},
    )
