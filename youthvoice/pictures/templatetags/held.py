from base64 import b64encode

from django import template

from youthvoice.pictures.shelf import Held

register = template.Library()


@register.filter
def small_data(held: Held) -> str:
    """The small picture itself, as an address."""
    return f"data:image/jpeg;base64,{b64encode(held.made.small).decode()}"
