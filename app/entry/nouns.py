"""What is handed to the browser that made it. Pure: no web, no SQL."""

from __future__ import annotations

import msgspec


class LinkSecret(msgspec.Struct, frozen=True):
    """The token of an invitation's link, of which only a hash is kept."""

    token: str
