"""Two layers, one length, and each only by its own key."""

import pytest
from nacl.public import PrivateKey

from youthvoice.sealed.boxes import BadBox, Identity, identity_in, peel, seal

OUTER, INNER = PrivateKey.generate(), PrivateKey.generate()
SOMEBODY = Identity(12, 34, "xiaoming")
NOBODY = Identity(12, None, "")


def sealed(identity=SOMEBODY):
    return seal(identity, outer=bytes(OUTER.public_key), inner=bytes(INNER.public_key))


@pytest.mark.parametrize("identity", [SOMEBODY, NOBODY, Identity(1, 2, "名" * 150)])
def test_both_keys_in_their_order_give_back_what_was_sealed(identity):
    assert identity_in(peel(sealed(identity), OUTER), INNER) == identity


def test_every_box_has_one_length_and_no_two_are_alike():
    longest = Identity(2**63 - 1, 2**63 - 1, "𠀀" * 150)
    boxes = {sealed(identity) for identity in (SOMEBODY, SOMEBODY, NOBODY, longest)}

    assert len(boxes) == 4
    assert {len(box) for box in boxes} == {1120}


def test_the_second_key_opens_nothing_before_the_first():
    with pytest.raises(BadBox):
        peel(sealed(), INNER)


def test_the_first_key_alone_opens_only_its_layer():
    inner = peel(sealed(), OUTER)

    assert b"xiaoming" not in inner
    with pytest.raises(BadBox):
        identity_in(inner, OUTER)


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_byte_is_found_in_either_layer(place):
    box = bytearray(sealed())
    inner = bytearray(peel(bytes(box), OUTER))
    for layer in (box, inner):
        layer[place] ^= 1

    with pytest.raises(BadBox):
        peel(bytes(box), OUTER)
    with pytest.raises(BadBox):
        identity_in(bytes(inner), INNER)


@pytest.mark.parametrize("rubbish", [b"", b"x", b"\x00" * 47, b"\x00" * 1120])
def test_rubbish_is_no_box(rubbish):
    with pytest.raises(BadBox):
        peel(rubbish, OUTER)


@pytest.mark.parametrize("plain", [b"", b"no form", b"12\n34\n\xff", b"x\n\n"])
def test_a_box_of_something_else_is_refused(plain):
    """Whoever has the public keys can seal what they like."""
    from nacl.bindings import sodium_pad
    from nacl.public import SealedBox

    for content in (plain, sodium_pad(plain, 1024)):
        inner = SealedBox(INNER.public_key).encrypt(content)
        with pytest.raises(BadBox):
            identity_in(inner, INNER)
