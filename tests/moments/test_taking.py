"""Who is still who they were when their file is made anew."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from app.policy.audience import Audience, Who
from tests.cast import Cast


def drawing() -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("lent", [False, True])
def test_a_child_keeps_a_drawing_in_its_layer_also_on_a_lent_phone(cast: Cast, app: Flask, *, lent: bool) -> None:
    from app.change import Add, NotPermitted, Put, change
    from app.children.models import SAID
    from app.children.nouns import SaidBody, SaidState
    from app.children.store import in_own_layer
    from app.moments.taking import Given, change_with
    from app.plan.nouns import MemberState
    from app.policy.actions import Action
    from app.scope import load_one

    def keep() -> object:
        new = Add(SAID, SaidBody(audience=Audience(Who.ME)), SaidState.TOLD)
        return change_with(child, Action.OWN_ADD, new, Given(drawing()), came_as=came)

    with app.test_request_context():
        came = replace(cast.actors["kaat"], lent=lent)
        child = in_own_layer(came, cast.layers["kaat"])
        said = load_one(child, SAID, keep().id)  # type: ignore[attr-defined]
        assert said is not None
        assert said.body.photo is not None
        member = cast.thing("member kaat", "sara")
        change(cast.sara, Action.CHILD_PAGE_STOP, Put(member, member.body, state=MemberState.STOPPED))
        with pytest.raises(NotPermitted):
            keep()
