"""What every template keeps to, whatever room it is in."""

import re

import pytest
from jinja2 import TemplateSyntaxError, meta

from tests.support.templates import ENVIRONMENT, TEMPLATES, bare_text, inline, sources

# WhatsApp is opened by the person's own tap, with nothing loaded from it; the other is the name of SVG, never fetched.
ALLOWED_HOSTS = {"wa.me", "www.w3.org"}
ADDRESS = re.compile(r"""(?:https?:)?//([\w-]+(?:\.[\w-]+)+)""")
# Pages of adults on which a family reads much: its own words, or many of ours.
READ_ALOUD = {
    "agreements": ("index", "show"), "childpages": ("device",), "children": ("told",),
    "entry": ("lost", "people", "welcome"), "goals": ("index", "show"),
    "guests": ("farewell", "question"), "history": ("index",),
    "home": ("landing", "leave_help", "show"), "leaving": ("close", "leave"), "lookback": ("road", "show"),
    "moments": ("show",), "news": ("index",), "overview": ("show",), "proposals": ("show",),
    "sharing": ("index", "link", "preview", "shared", "show"), "talks": ("show", "with"), "trusted": ("told",),
}  # fmt: skip
READ_BY_BROWSERS = {".html", ".css", ".js", ".svg", ".json", ".webmanifest"}


def test_every_template_is_jinja_and_what_it_names_is_there() -> None:
    faults = []
    for name, source in sources():
        try:
            named = meta.find_referenced_templates(ENVIRONMENT.parse(source))
        except TemplateSyntaxError as error:
            faults.append(f"{name}:{error.lineno}: {error.message}")
            continue
        faults += [f"{name}: no template {other}" for other in named if other and not (TEMPLATES / other).exists()]
    assert not faults, "\n".join(faults)


def test_every_word_goes_through_gettext() -> None:
    # The page of components is for whoever builds; its samples are no words of the product.
    spoken = [(name, source) for name, source in sources() if not name.startswith("style/")]
    faults = [f"{name}: {text}" for name, source in spoken for text in bare_text(source)]
    assert not faults, "\n".join(faults)


def test_no_style_or_script_stands_in_a_page() -> None:
    faults = [f"{name}: {fault}" for name, source in sources() for fault in inline(source)]
    assert not faults, "\n".join(faults)


def test_where_much_is_to_be_read_it_is_read_aloud() -> None:
    """Beside the pages of children, whose layout reads all of them: what people wrote, and where we explain much."""
    said = dict(sources())
    pages = [f"{room}/{page}.html" for room, named in READ_ALOUD.items() for page in named]
    assert [page for page in pages if "{% call reads(" not in said[page]] == []
    assert "aloud(every=true)" in said["_layout/child.html"]


def test_nothing_is_asked_of_another_host() -> None:
    root = TEMPLATES.parent
    files = [path for folder in (TEMPLATES, root / "static") for path in sorted(folder.rglob("*"))]
    faults = [
        f"{path.relative_to(root)}: {host}"
        for path in files
        if path.suffix in READ_BY_BROWSERS
        for host in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if host not in ALLOWED_HOSTS
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Dag</p>",
        "{% if a %}Dag oma{% endif %}",
        '<button aria-label="Sluit">{{ icon("x") }}</button>',
        '<img alt="{% if a %}Foto van{% endif %} {{ name }}">',
        '{{ button("Bewaar") }}',
        '{{ button(label="Zo is het goed.") }}',
        '{% set title = "Onze mensen" %}',
    ],
)
def test_bare_words_are_seen(source: str) -> None:
    assert bare_text(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="note">{{ _("Dag") }} &middot; 3</p>',
        "{% trans %}Dag oma{% endtrans %}",
        '<{{ tag }} class="card"{% if id %} id="{{ id }}"{% endif %}>{{ caller() }}</{{ tag }}>',
        '{{ button(_("Bewaar"), kind="primary", attrs={"data-go": "yes"}) }}',
        '{{ ngettext("Eén mens", "%(num)s mensen", n) }}',
        '{% set path = "M3 17H317" %}{# Dit is voor ons #}',
    ],
)
def test_translated_words_and_code_are_let_through(source: str) -> None:
    assert bare_text(source) == []


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "<style>p{}</style>",
    ],
)
def test_style_and_script_in_a_page_are_seen(source: str) -> None:
    assert inline(source)


def test_a_script_with_an_address_is_let_through() -> None:
    assert inline("<script src=\"{{ static('js/app.js') }}\" defer></script>") == []
