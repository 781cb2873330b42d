"""A topic of the office's and one of another body's."""

from tests.factories import MONDAY, House, member
from youthvoice.cases.models import Case
from youthvoice.gathering import actions
from youthvoice.questions.models import Question


def build_topics(house: House, asked: dict[str, Question]) -> dict[str, tuple[object, ...]]:
    """Their numbers, and the desks' slugs with them."""
    cases = list(Case.objects.select_related("question", "holder").filter(question=asked["named"]))
    ours, others = (
        actions.make_topic(
            cases=cases,
            name=name,
            intro="访客都能看的一句话。",
            host=host,
            by=member(host),
            at=MONDAY,
        )
        for name, host in (("办公室的话题", house.city), ("省里的话题", house.province))
    )
    return {
        "topic": (ours.pk,),
        "topic_desk": (house.city.slug, ours.pk),
        "topic_others": (house.city.slug, others.pk),
        "topic_line": (house.line.slug, ours.pk),
        "topic_none": (house.city.slug, 999_999),
    }
