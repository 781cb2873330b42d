"""What the web process serves: the house (config/wsgi.py) behind its front."""

from django.conf import settings

from config.wsgi import application as house
from youthvoice.kit.front import Front
from youthvoice.site.body_limit import bytes_most


def application(threads: int) -> Front:
    """The ASGI application, with so many threads for the house."""
    return Front(
        house,
        threads=threads,
        most=bytes_most(),
        fields_most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )
