"""What stands for a desk's page of a question with others."""

from tests.factories import House
from youthvoice.questions.models import Question


def objects(house: House, asked: dict[str, Question]) -> dict[str, tuple[object, ...]]:
    """The desk's slug and the question's number."""
    named, city = asked["named"].pk, house.city.slug
    return {
        "gathered": (city, named),
        "gathered_line": (house.line.slug, named),
        "gathered_withheld": (city, asked["withheld"].pk),
        "gathered_none": (city, 999_999),
    }
