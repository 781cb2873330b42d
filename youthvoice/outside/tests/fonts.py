"""A font file that has a few signs, each a square."""

import struct

_SQUARE = (
    struct.pack(">hhhhh", 1, 0, 0, 800, 800)
    + struct.pack(">HH", 3, 0)
    + bytes((1, 1, 1, 1))
    + struct.pack(">4h", 0, 0, 800, 0)
    + struct.pack(">4h", 0, 800, 0, -800)
)


def font(signs, *, may_embed=True, outlines=b"glyf"):
    """The bytes of a TrueType font; its table for all of Unicode has these signs."""
    many = len(signs) + 1
    groups = [struct.pack(">III", ord(s), ord(s), n) for n, s in enumerate(sorted(signs), 1)]
    table = struct.pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups)) + b"".join(groups)
    name = "Squares".encode("utf-16-be")
    tables = {
        b"OS/2": struct.pack(">HhHHH", 0, 500, 400, 5, 0 if may_embed else 2) + bytes(68),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table,
        outlines: _SQUARE * many,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 800, 800, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, 800, -200, 0, 1000, *[0] * 6, 0, many),
        b"hmtx": struct.pack(">Hh", 1000, 0) * many,
        b"loca": b"".join(struct.pack(">I", n * len(_SQUARE)) for n in range(many + 1)),
        b"maxp": struct.pack(">IH", 0x10000, many) + bytes(26),
        b"name": struct.pack(">HHH6H", 0, 1, 18, 3, 1, 0x409, 6, len(name), 0) + name,
        b"post": struct.pack(">IIhhI16x", 0x30000, 0, 0, 0, 0),
    }
    place, head, body = 12 + 16 * len(tables), b"", b""
    for tag, content in tables.items():
        head += struct.pack(">4sIII", tag, 0, place + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0) + head + body
