"""Pictures of the world: one that everybody sees, one that is hidden, one that is withheld."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from youthvoice.pictures.queries import path_of
from youthvoice.questions.models import Picture, Question

#: In the file of the one that is withheld, and in no other.
WITHHELD = "of what is withheld"


def objects(asked: dict[str, Question]) -> dict[str, tuple[object, ...]]:
    for name, of in (("ab", "named"), ("c1", "hidden"), ("c2", "withheld")):
        sizes = dict.fromkeys(("width", "height", "thumb_width", "thumb_height"), 9)
        made = Picture.objects.create(question=asked[of], position=0, name=name * 16, **sizes)
        path = path_of(f"{made.name}.jpg")
        if not default_storage.exists(path):
            words = WITHHELD if of == "withheld" else ""
            default_storage.save(path, ContentFile(f"not really a picture {words}".encode()))
    return {
        "picture": (f"{'ab' * 16}.jpg",),
        "hidden_picture": (f"{'c1' * 16}.jpg",),
        "withheld_picture": (f"{'c2' * 16}.jpg",),
        "no_picture": (f"{'ab' * 16}-s.jpg",),
        "bad_picture": ("keys.jpg",),
    }
