"""All writes to organisations and their members."""

from youthvoice.orgs.actions.cells import Rows
from youthvoice.orgs.actions.importing import Imported, import_bodies, import_members
from youthvoice.orgs.actions.members import (
    UnableToInvite,
    accept_invitation,
    invite,
    join,
    purge_invitations,
    uninvite,
)
from youthvoice.orgs.actions.province import (
    Loaded,
    committee_names,
    committee_slug,
    load_province,
    province_folder,
)

__all__ = [
    "Imported",
    "Loaded",
    "Rows",
    "UnableToInvite",
    "accept_invitation",
    "committee_names",
    "committee_slug",
    "import_bodies",
    "import_members",
    "invite",
    "join",
    "load_province",
    "province_folder",
    "purge_invitations",
    "uninvite",
]
