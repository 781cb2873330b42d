from django.db.models import QuerySet

from youthvoice.people.models import User
from youthvoice.yours.models import Export, Hold, Leaving


def latest_export(person: User) -> Export | None:
    return Export.objects.filter(person=person).order_by("-asked_at", "-pk").first()


def leaving_of(account: int) -> Leaving | None:
    return Leaving.objects.filter(account=account).first()


def holds_on(account: int) -> QuerySet[Hold]:
    """What forbids erasing somebody for now."""
    return Hold.objects.filter(person=account, is_lifted=False).order_by("pk")
