from django import template

from youthvoice.people.phones import sms

register = template.Library()


@register.simple_tag
def phones_are_on() -> bool:
    """Whether the house can send codes; without a gateway no page speaks of telephones."""
    return sms.is_on()
