"""Templates are quick and still careful: what people wrote is escaped, and a drawing is drawn once for the same."""

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

HOSTILE = "<b onclick=\"x('y')\">&"
SAFE = "&lt;b onclick=&#34;x(&#39;y&#39;)&#34;&gt;&amp;"


@pytest.mark.parametrize(
    "source",
    [
        "{{ words }}",
        "{% macro m(it) %}{{ it }}{% endmacro %}{{ m(words) }}",
        "{% set it %}{{ words }}{% endset %}{{ it }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ words }}{% endcall %}",
        "{{ '' ~ words }}",
        "{{ _('%(it)s', it=words) }}",
        "{{ ngettext('%(it)s', '%(it)s', 2, it=words) }}",
        "{% for it in [words] %}{{ it }}{% endfor %}",
        "{{ words | default('') }}",
        "{{ [words] | join }}",
    ],
)
def test_words_are_escaped_wherever_they_stand(app: Flask, source: str) -> None:
    with app.test_request_context():
        assert render_template_string(source, words=HOSTILE) == SAFE
        assert render_template_string(source, words=Markup("<i>")) == "<i>"
        assert render_template_string(source, words="Sara & Jef") == "Sara &amp; Jef"
        assert render_template_string(source, words="Sara") == "Sara"


class Told:
    """A value that is no text and shows itself as one."""

    def __str__(self) -> str:
        return HOSTILE


def test_what_is_no_text_is_escaped_as_the_text_it_becomes(app: Flask) -> None:
    with app.test_request_context():
        assert (
            render_template_string("{{ one }}|{{ two }}|{{ three }}", one=Told(), two=3, three=None) == f"{SAFE}|3|None"
        )


def test_one_sign_of_percent_stays_one(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string("{{ _('100%%') }}|{{ _('%(n)s%%', n=5) }}") == "100%|5%"


def test_a_drawing_is_drawn_once_for_the_same(app: Flask) -> None:
    drawn = []

    def draw(*given: object, **named: object) -> str:
        drawn.append((given, named))
        return f"{given}{named}"

    remembered = app.jinja_env.globals["remembered"](draw)
    with app.test_request_context():
        for _twice in range(2):
            assert remembered("prei", [True, False], label="a") == draw("prei", [True, False], label="a")
            remembered("prei", [True, True], label="a")
            remembered("prei", [True, False], label="b")
    assert len(drawn) == 3 + 2


def test_threads_differ_by_their_steps(app: Flask) -> None:
    source = "{% from '_parts/thread.html' import thread %}{{ thread('prei', 'golf', steps) }}"
    with app.test_request_context():
        none, one, two = (render_template_string(source, steps=steps) for steps in ([], [True], [True, False]))
        assert len({none, one, two}) == 3
        assert "1 van 2" in two
        assert render_template_string(source, steps=[True, False]) == two
