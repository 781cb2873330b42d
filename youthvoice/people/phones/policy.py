"""Who may, in one line each."""

from youthvoice.people.models import User


def may_remove_phone(person: User) -> bool:
    """Whether there is another way in."""
    return person.has_usable_password()
