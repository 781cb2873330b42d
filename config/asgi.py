"""What the web process serves: the house (config/wsgi.py) behind its front and its page cache."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from config.wsgi import application as house
from youthvoice.entrance import listening, nonces, surrogates
from youthvoice.entrance.cache import PageCache
from youthvoice.entrance.front import Front
from youthvoice.entrance.own import Own
from youthvoice.entrance.protocol import Lines, Protocol
from youthvoice.kit.network import is_loopback
from youthvoice.orgs.middleware import COOKIE as AWAKE
from youthvoice.people.devices.sessions import kept_as
from youthvoice.questions import viewers
from youthvoice.reads.entrance import Readers
from youthvoice.site.body_limit import bytes_most

__all__ = ["Lines", "Protocol", "application"]


def application(threads: int, *, share: float = 1.0) -> Front:
    """The ASGI application, with so many threads for the house, and so much of the pages that
    may be kept on this machine."""
    front = Front(
        house,
        threads=threads,
        most=bytes_most(),
        fields_most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )
    if settings.PAGE_CACHE_BYTES:
        front.pages = PageCache(
            most=int(settings.PAGE_CACHE_BYTES * share),
            board=surrogates.board(),
            draw=front.draw,
            in_thread=front.in_thread,
            # The asker's own look at a nameless question is no read.
            visitors=Readers(told_apart=viewers.COOKIE),
            contact=listening.contact(),
            is_https=settings.HTTPS,
            tells_loopback=is_loopback(settings.HOST) and not settings.TRUSTED_PROXIES,
            # Staff, and whoever has something to be told once.
            own=Own(
                nonces.nonces(),
                session=settings.SESSION_COOKIE_NAME,
                kept_as=kept_as,
                alone=[AWAKE, CookieStorage.cookie_name],
            ),
        )
    return front
