from youthvoice.demo.choices import LOADED
from youthvoice.journal.models import Entry


def is_loaded() -> bool:
    """Whether this database holds the demo. One indexed look-up."""
    return Entry.objects.filter(verb=LOADED).exists()
