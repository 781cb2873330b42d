"""Text sealed under a key that is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class Broken(Exception):
    """Not sealed with this key, or changed since."""


class Seal:
    """Fernet under a key derived from `key`, any text; its tokens tell no time."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def close(self, text: str) -> str:
        # Fernet would write the moment into each token, for everybody to read.
        return self._fernet.encrypt_at_time(text.encode(), 0).decode("ascii")

    def open(self, token: str) -> str:
        """Raises Broken."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise Broken from None
