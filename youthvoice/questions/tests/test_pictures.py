"""A picture is given out as what it is, and nothing else is."""

import pytest
from django.core.files.storage import default_storage

from tests.factories import ask
from youthvoice.pictures.actions import draw
from youthvoice.pictures.queries import path_of
from youthvoice.pictures.tests.photos import photo
from youthvoice.questions.models import Picture

pytestmark = pytest.mark.usefixtures("store")


def content_of(name):
    with default_storage.open(path_of(name)) as file:
        return file.read()


def shown_picture(question):
    drawn = draw(photo())
    sizes = {name: getattr(drawn, name) for name in ("width", "height")}
    thumb = {name: getattr(drawn, name) for name in ("thumb_width", "thumb_height")}
    return Picture.objects.create(question=question, position=0, name=drawn.name, **sizes, **thumb)


@pytest.mark.django_db
def test_a_picture_is_served_for_good_as_what_it_is(client, house):
    drawn = shown_picture(ask())

    for end in (".jpg", "-s.jpg"):
        response = client.get(f"/media/pictures/{drawn.name}{end}")
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"] == "inline"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in response["Cache-Control"]
        assert "Set-Cookie" not in response
        assert b"".join(response.streaming_content) == content_of(f"{drawn.name}{end}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "0" * 32 + ".jpg",
        "0" * 32 + ".png",
        "0" * 31 + ".jpg",
        "G" * 32 + ".jpg",
        "0" * 32 + "-x.jpg",
        "..",
        "..%2f..%2fkeys%2fdjango",
        "0" * 32 + ".jpg%0a",
        "0" * 32 + ".jpg%00",
    ],
)
def test_no_other_file_is_served(client, name):
    assert client.get(f"/media/pictures/{name}").status_code in (400, 404)


def test_pictures_are_only_looked_at(client):
    assert client.post(f"/media/pictures/{'0' * 32}.jpg").status_code == 405
