"""What somebody may send in place of a picture: refused soon, at little cost, and not kept.

An answer takes less than 2 s, and this process and its child together less than 200 MB more.
The seconds are those of the processor: how long a busy machine lets one wait says nothing of
what was sent. That whoever waits is answered in time is the work of the watch (`_patience`), and
looked at below.
"""

import io
import resource
import struct
import threading
import time
import zlib
from functools import partial

import psutil
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from youthvoice.pictures import actions, child, drawing
from youthvoice.pictures.tests.photos import photo, png
from youthvoice.questions.models import Question
from youthvoice.questions.tests.test_ask_page import form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

SECONDS = 2.0
BYTES = 200 * 1024 * 1024
CHUNK = 1024 * 1024


def chunk(kind, content):
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png_bomb(width, height, *, rows=None):
    """A grey PNG of nothing, made without ever being there whole."""
    pack = zlib.compressobj(9)
    packed = bytearray()
    row = bytes(1 + width)
    for _ in range(height if rows is None else rows):
        packed += pack.compress(row)
    packed += pack.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            *(chunk(b"IHDR", head), chunk(b"IDAT", bytes(packed)), chunk(b"IEND", b"")),
        )
    )


def text_bomb():
    """A PNG of one pixel whose note unpacks to 600 MB."""
    many, pack = 600, zlib.compressobj(9, wbits=-15)
    # A flushed block stands for itself: it is packed once, and repeated.
    block = pack.compress(bytes(CHUNK)) + pack.flush(zlib.Z_FULL_FLUSH)
    # Of zeros alone, Adler's first sum stays 1 and the second counts them.
    check = struct.pack(">HH", many * CHUNK % 65521, 1)
    packed = b"\x78\xda" + block * many + pack.flush() + check
    whole = png((1, 1)).getvalue()
    return whole[:33] + chunk(b"zTXt", b"note\0\0" + packed) + whole[33:]


def many_frames(count):
    """A GIF that moves for ever."""
    out = io.BytesIO()
    Image.new("P", (500, 500)).save(out, "GIF")
    whole = out.getvalue()
    begin = whole.index(b",", 13 + 3 * 2 ** ((whole[10] & 7) + 1))
    return whole[:begin] + whole[begin:-1] * count + b";"


def webp_of(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "WEBP", method=0, quality=1)
    return out.getvalue()


def screenshot(kind, width, height):
    out = io.BytesIO()
    image = Image.effect_noise((width // 20, height // 20), 60).resize((width, height))
    options = {"compress_level": 1} if kind == "PNG" else {"quality": 90}
    image.convert("RGB").save(out, kind, **options)
    return out.getvalue()


def jpeg_scans(count):
    """A large progressive JPEG whose last scan is sent again and again."""
    out = io.BytesIO()
    Image.new("L", (7000, 7000)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    begin = whole.rindex(b"\xff\xda")
    return whole[:begin] + whole[begin:-2] * count + whole[-2:]


def cut(kind, share):
    out = io.BytesIO()
    Image.effect_noise((300, 300), 60).convert("RGB").save(out, kind)
    whole = out.getvalue()
    return whole[: int(len(whole) * share)]


REFUSED = {
    "a bomb of 50,000 x 50,000": lambda: png_bomb(50_000, 50_000, rows=200),
    "a bomb that claims 1 x 50,000,000": lambda: png_bomb(50_000_000, 1),
    "a note that unpacks to 600 MB": text_bomb,
    "a WebP that needs 700 MB": lambda: webp_of(7_000, 7_000),
    "a JPEG of a thousand scans": lambda: jpeg_scans(1_000),
    "a drawing with scripts": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a page named .jpg": lambda: b"<!doctype html><script>alert(1)</script>",
    "a page that begins as a JPEG": lambda: b"\xff\xd8\xff\xe0<script>alert(1)</script>",
    "a ZIP": lambda: b"PK\x03\x04" + bytes(2_000),
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    **{
        f"{kind} cut at {share}": partial(cut, kind, share)
        for kind in ("JPEG", "PNG", "WEBP", "GIF")
        for share in (0.01, 0.3, 0.9)
    },
}
#: These are pictures too, or what is wrong with them lies where nobody looks.
DRAWN = {
    "a bomb within the limits": lambda: png_bomb(7_000, 7_000),
    "a screenshot of five screens": lambda: screenshot("PNG", 1080, 12_000),
    "a screenshot of eighteen screens": lambda: screenshot("JPEG", 1080, 40_000),
    "grey of 16 bits within the limits": lambda: png(
        (1080, 40_000), mode="I;16", colour=9
    ).getvalue(),
    "a GIF of thousands of frames": lambda: many_frames(5_000),
    "a JPEG that is a page too": lambda: photo().getvalue() + b"<script>alert(1)</script>",
    "a JPEG that is a ZIP too": lambda: photo().getvalue() + b"PK\x03\x04script",
}


class Watch:
    """Seconds, and the most memory more, of this thread and the children, of a block."""

    def __enter__(self):
        self.process = psutil.Process()
        # A browser, or a house of other tests of this process, is none of ours.
        self.others = set(self.process.children())
        self.before = self.most = self.taken()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        self.begun = self.spent()
        return self

    def spent(self):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.thread_time() + used.ru_utime + used.ru_stime

    def look(self):
        while not self.over.wait(0.005):
            self.most = max(self.most, self.taken())

    def taken(self):
        total, own = self.process.memory_info().rss, self.process.cmdline()
        for one in self.children():
            try:
                # Between fork and exec it has our pages, and they are counted already.
                total += one.memory_info().rss if one.cmdline() != own else 0
            except psutil.NoSuchProcess:
                continue
        return total

    def children(self):
        return set(self.process.children()) - self.others

    def __exit__(self, *_):
        self.seconds = self.spent() - self.begun
        self.over.set()
        self.thread.join()
        self.more = self.most - self.before


def sent(client, *contents, **changes):
    files = [SimpleUploadedFile("photo.jpg", one, content_type="image/jpeg") for one in contents]
    with Watch() as watch:
        response = client.post("/ask/", form(pictures=files, **changes))
    assert watch.more < BYTES
    assert watch.children() == set()
    return response, watch.seconds


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_soon_and_nothing_is_kept(client, house, stored, name):
    content = REFUSED[name]()
    client.get("/ask/")

    response, seconds = sent(client, photo().getvalue(), content)

    assert response.status_code == 422
    assert "photo.jpg" in response.context["form"].errors["pictures"][0]
    assert seconds < SECONDS
    assert (Question.objects.count(), stored()) == (0, set())


@pytest.mark.parametrize("name", DRAWN)
def test_what_can_be_drawn_is_drawn_anew_and_only_that_is_kept(
    client, house, store, name, monkeypatch
):
    patience = child._patience
    monkeypatch.setattr(child, "_patience", lambda process, most: patience(process, 20 * most))

    response, seconds = sent(client, DRAWN[name]())

    assert response.status_code == 200
    assert seconds < SECONDS
    files = [path for path in store.rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        content = path.read_bytes()
        assert Image.open(io.BytesIO(content)).format == "JPEG"
        assert b"script" not in content


def test_more_files_than_a_form_may_have(client, house, stored):
    for many, status in ((10, 422), (21, 400)):
        response, seconds = sent(client, *[photo().getvalue()] * many)
        assert (response.status_code, stored()) == (status, set())
        assert seconds < SECONDS


def test_a_thousand_parts(client, house, stored):
    for parts in (
        {f"field{n}": "x" for n in range(1_000)},
        {f"file{n}": SimpleUploadedFile("a.jpg", b"x") for n in range(1_000)},
    ):
        with Watch() as watch:
            response = client.post("/ask/", form(**parts))
        assert response.status_code == 400
        assert watch.seconds < SECONDS
        assert watch.more < BYTES
        assert stored() == set()


def test_a_request_longer_than_any_form_is_refused_unread(client, house, settings):
    settings.PICTURE_BYTES_MOST = 1000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/ask/", form(text="x" * 11_000))

    assert response.status_code == 413
    assert "东西太大" in response.content.decode()


# --- The child ---------------------------------------------------------------------------


def order(**changes):
    return drawing.Order(1440, 5_000_000, 480, 50_000_000, child.MEMORY_MOST, 2)._replace(**changes)


def test_a_child_that_takes_too_long_is_ended(monkeypatch, stored):
    monkeypatch.setattr(child, "SECONDS_MOST", 0.05)

    with Watch() as watch, pytest.raises(actions.UnableToDraw) as refused:
        actions.draw_all([photo(), io.BytesIO(png_bomb(6_000, 6_000))])

    assert (refused.value.code, refused.value.place) == ("pixels", 1)
    assert watch.children() == set()
    assert stored() == set()


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import sys; sys.stdin.buffer.read(1)",
        "import sys; sys.stdin.buffer.read(9); print('D', end='' * 4)",
        "import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(b'D' + b'\\xff' * 24)",
        "import sys; sys.stdin.buffer.read(9);"
        "sys.stdout.buffer.write(b'D' + bytes([0, 0, 0, 8]) * 6 + b'<script>' * 2)",
        "import time; time.sleep(60)",
    ],
)
def test_a_child_that_is_taken_over_is_not_believed(monkeypatch, tmp_path, stored, code):
    program = tmp_path / "program.py"
    program.write_text(f"print('R', end='', flush=True)\n{code}\n")
    monkeypatch.setattr(drawing, "__file__", str(program))
    monkeypatch.setattr(child, "SECONDS_MOST", 0.5)

    with pytest.raises(actions.UnableToDraw) as refused:
        actions.draw(photo())

    assert refused.value.code == "pixels"
    program.unlink()
    assert stored() == set()


def test_a_child_that_can_not_start_is_our_fault_and_not_the_picture_s(monkeypatch, tmp_path):
    monkeypatch.setattr(drawing, "__file__", str(tmp_path / "missing.py"))

    with pytest.raises(child.UnableToStart):
        actions.draw(photo())


def test_the_child_has_given_up_the_world(tmp_path):
    """In a process of its own: limits can't be taken back."""
    import subprocess
    import sys

    code = f"""
import io, socket, sys
sys.path.insert(0, {str(drawing.__file__.rpartition("/youthvoice/")[0])!r})
from youthvoice.pictures import drawing
order = drawing.Order(1440, 5_000_000, 480, 50_000_000, 50_000_000, 2)
drawing.rehearse(order)
drawing.give_up_the_world(order)
for what in (lambda: open("/etc/hostname"), lambda: open({str(tmp_path / "x")!r}, "w"),
             socket.socket, lambda: bytearray(60_000_000)):
    try:
        what()
    except (OSError, MemoryError) as problem:
        print(type(problem).__name__)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["OSError", "OSError", "OSError", "MemoryError"]


def test_the_child_serves_until_there_is_no_more(monkeypatch):
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    content = photo().getvalue()
    said = io.BytesIO()

    drawing.rehearse(order())
    drawing.give_up_the_world(order())
    drawing.serve(io.BytesIO(drawing.LENGTH.pack(len(content)) + content), said, order())

    assert said.getvalue().startswith(drawing.READY + drawing.DRAWN)
    assert drawing.answer(content, order(pixels_most=1)) == drawing.TOO_LARGE
    assert drawing.answer(b"", order()) == drawing.UNREADABLE
