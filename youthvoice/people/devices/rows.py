"""What the row of a browser says, to its owner alone.

Rows come one after another as visits do, and so do the public acts in the journal. Had all
rows of one person something in common, then those before their public acts would tell whose
the others are, and so who signed in before a nameless question. So what a row says is sealed
under a key outside the database, all of one length, and each row of a person has a mark of its
own, which only the key finds.
"""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from youthvoice.kit.seal import Broken, Seal
from youthvoice.people.models import SignIn

#: Rows of one person that can be kept without two of them sharing a mark.
_MARKS = 32
#: Longer than anything that is sealed.
_LENGTH = 200


@dataclass(frozen=True)
class Inside:
    """What a row says to its owner."""

    person: int
    session_key: str
    device: str
    browser: str
    #: The week of signing in. A day would tell who may have come to ask without a name.
    since: str


def marks_of(person_id: int) -> list[str]:
    """Under which rows of a person are found: without the key nobody tells that two are one's."""
    return [
        salted_hmac("youthvoice.sign_ins", f"{person_id} {n}", algorithm="sha256").hexdigest()
        for n in range(_MARKS)
    ]


def sealed(inside: Inside) -> str:
    """All as long as each other: a length would tell the device, and with it the person."""
    return Seal(f"youthvoice.sign_ins {settings.SECRET_KEY}").close(
        json.dumps(asdict(inside)).ljust(_LENGTH)
    )


def opened(row: SignIn) -> Inside | None:
    """None for what was sealed under a key that is no longer known."""
    for key in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        try:
            return Inside(**json.loads(Seal(f"youthvoice.sign_ins {key}").open(row.inside)))
        except Broken:
            continue
    return None
