"""Names that run from right to left do not turn the words beside them."""

from flask import Flask, render_template_string

from app.plan.words import listed
from app.translations import apart, gettext, ngettext

SARA, MOHAMED = "سارة", "محمد"
KEPT = {name: f"\u2068{name}\u2069" for name in (SARA, MOHAMED)}


def test_a_name_from_right_to_left_is_kept_apart_and_any_other_stays_as_it_is() -> None:
    assert apart(SARA) == KEPT[SARA]
    assert apart("Sara") == "Sara"
    assert apart(3) == 3


def test_names_in_a_row_keep_their_order() -> None:
    said = listed([SARA, MOHAMED])
    assert KEPT[SARA] in said
    assert KEPT[MOHAMED] in said
    assert said.index(SARA) < said.index(" en ") < said.index(MOHAMED)
    assert listed(["Sara", "Jef"]) == "Sara en Jef"


def test_sentences_keep_names_apart_in_code_and_in_templates(app: Flask) -> None:
    assert gettext("Bel %(name)s", name=SARA) == f"Bel {KEPT[SARA]}"
    assert ngettext("%(names)s slaapt hier.", "%(names)s slapen hier.", 1, names=SARA) == f"{KEPT[SARA]} slaapt hier."
    with app.test_request_context():
        source = "{{ _('Bel %(name)s', name=name) }}"
        assert render_template_string(source, name=SARA) == f"Bel {KEPT[SARA]}"
        assert render_template_string(source, name="Sara & Jef") == "Bel Sara &amp; Jef"
