"""Links in letters, which are read elsewhere."""

from django.conf import settings


def public_link(path: str) -> str:
    """With the house's public name where it has one; else the path alone."""
    names = [name for name in settings.ALLOWED_HOSTS if name[:1].isalpha()]
    public = [name for name in names if name != "localhost"]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{public[0]}{path}" if public else path
