"""What the staff of the world keep for themselves, and who may read of it."""

from tests.factories import MONDAY, House, ask, member
from youthvoice.cases.models import Lane
from youthvoice.desks import actions
from youthvoice.desks.models import Canned
from youthvoice.people.models import User
from youthvoice.questions.models import Question

#: Word, and who comes upon it.
SECRETS = {
    "团郑州市委内部记的一句": ("holder", "duty", "lead"),
    "法律专家组内部记的一句": ("expert", "lead"),
    "常用的一句": ("holder", "duty", "lead"),
}


def build_work(
    house: House, people: dict[str, User], asked: dict[str, Question]
) -> dict[str, tuple[object, ...]]:
    """A canned reply of the office, and notes of both bodies on `named`."""
    canned = Canned.objects.create(organisation=house.city, title="先回一句", text="常用的一句。")
    for role, body in (("holder", house.city), ("expert", house.experts)):
        lanes = Lane.objects.filter(case__question=asked["named"]).exclude(kind="peer")
        lane = lanes.get(holder=body)
        text = f"{body.short_name}内部记的一句"
        actions.write_note(lane=lane, text=text, by=people[role], at=MONDAY)
    member(house.county, nickname="县里的人", username="county-login")
    below = ask(region="410122")
    slug = house.city.slug
    return {
        "canned": (slug, canned.pk),
        "no_canned": (slug, 999_999),
        # Held by the county, late for years: the city's committee is over it.
        "below": (below.pk,),
    }
