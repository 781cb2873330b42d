import pytest


@pytest.fixture(autouse=True)
def reads(held_reads):
    return held_reads


@pytest.fixture
def store(settings, tmp_path):
    """A store of pictures of the test's own: others may draw at the same time."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stored(store):
    """Gives the names of the files that are in the store."""
    return lambda: {path.name for path in store.rglob("*") if path.is_file()}
