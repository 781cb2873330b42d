"""What Django and allauth say in our words: the file that is read is the one that is written."""

import gettext

from config import catalogue

_WORDS = catalogue.read(catalogue.FOLDER / "django.po")


def test_what_is_read_was_made_of_what_is_written():
    made = (catalogue.FOLDER / "django.mo").read_bytes()

    assert made == catalogue.compiled(_WORDS), "run: python -m config.catalogue"


def test_gettext_reads_it():
    with (catalogue.FOLDER / "django.mo").open("rb") as file:
        found = gettext.GNUTranslations(file)

    assert found.gettext("This field is required.") == "这里要填。"
    one, many = next(key for key in _WORDS if "at most" in key and "\0" in key).split("\0")
    assert found.ngettext(one, many, 3).startswith("最多 %(limit_value)d 个字")
