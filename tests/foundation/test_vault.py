"""Sealing: what goes in comes out, at its own place and with its own key only."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault import NotOpened, RootKey, fingerprint, new_secret, seal, unseal, unwrap, wrap

ROOT, ROW = uuid4(), uuid4()
KEY = RootKey(ROOT, 1, new_secret())
TEXT = b"Wij willen samen eten"


@given(text=st.binary(max_size=500), table=st.text(max_size=20), row=st.uuids(), number=st.integers(0, 0xFFFF))
def test_what_is_sealed_opens_at_its_own_place(text: bytes, table: str, row: UUID, number: int) -> None:
    key = RootKey(ROOT, number, KEY.secret)
    assert unseal(key, table, row, seal(key, table, row, text)) == text


@given(text=st.binary(min_size=6, max_size=200))
def test_nothing_of_the_text_is_in_what_is_stored(text: bytes) -> None:
    assert text not in seal(KEY, "goal", ROW, text)


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert len({seal(KEY, "goal", ROW, TEXT) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("key", "table", "row"),
    [
        (RootKey(ROOT, 1, new_secret()), "goal", ROW),
        (RootKey(uuid4(), 1, KEY.secret), "goal", ROW),
        (RootKey(ROOT, 2, KEY.secret), "goal", ROW),
        (KEY, "step", ROW),
        (KEY, "goa", ROW),
        (KEY, "goal", uuid4()),
    ],
    ids=["another secret", "another root", "another number", "another table", "part of a table", "another row"],
)
def test_another_key_or_place_opens_nothing(key: RootKey, table: str, row: UUID) -> None:
    with pytest.raises(NotOpened):
        unseal(key, table, row, seal(KEY, "goal", ROW, TEXT))


@given(data=st.data())
def test_a_damaged_value_opens_nothing(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, "goal", ROW, TEXT))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotOpened):
        unseal(KEY, "goal", ROW, bytes(sealed))


@given(length=st.integers(0, 60))
def test_a_value_cut_short_opens_nothing(length: int) -> None:
    sealed = seal(KEY, "goal", ROW, TEXT)
    with pytest.raises(NotOpened):
        unseal(KEY, "goal", ROW, sealed[: min(length, len(sealed) - 1)])


def test_a_key_does_not_print_its_secret() -> None:
    assert repr(KEY) == f"RootKey(root={ROOT}, number=1)"
    assert KEY.secret.hex() not in f"{KEY!r} {KEY}"


@given(secret=st.binary(min_size=1, max_size=64), name=st.text(max_size=40))
def test_a_wrapped_key_opens_under_its_own_name(secret: bytes, name: str) -> None:
    master = new_secret()
    assert unwrap(master, name, wrap(master, name, secret)) == secret


@pytest.mark.parametrize("damage", [b"", b"\x01", b"\x01" * 13, b"\x02" + b"\x00" * 60])
def test_a_damaged_wrapped_key_opens_nothing(damage: bytes) -> None:
    with pytest.raises(NotOpened):
        unwrap(new_secret(), "lookup", damage)


def test_a_wrapped_key_opens_with_its_master_and_name_only() -> None:
    master = new_secret()
    wrapped = wrap(master, "lookup", KEY.secret)
    for other_master, name in ((new_secret(), "lookup"), (master, "other")):
        with pytest.raises(NotOpened):
            unwrap(other_master, name, wrapped)


def test_a_fingerprint_tells_purposes_and_secrets_apart() -> None:
    one = fingerprint(b"k" * 32, "link", "abc")
    assert one == fingerprint(b"k" * 32, "link", "abc")
    others = {
        fingerprint(b"k" * 32, "card", "abc"),
        fingerprint(b"l" * 32, "link", "abc"),
        fingerprint(b"k" * 32, "link", "abd"),
    }
    assert one not in others
    assert len(others) == 3
    assert len(one) == 32
