"""Every page there is: each GET route of the product, with the cast in it, and the faces a page has besides.

A new route is here by itself when its address holds nothing new; else `pages_of` says which argument it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from flask import Flask

    from tests.cast import Cast
    from tests.journeys.conftest import NewHands
    from tests.journeys.hands import Hands

# Routes that answer with something else than a page.
NOT_PAGES = {
    "static",
    "host.health",
    "entry.print_card",
    "childpages.print_child_card",
    "export.pdf",
    "export.own",
    "papers.own_pdf",
    "papers.open_page",
    "sharing.print_own",
    "moments.picture",
    "moments.picture_of_link",
    "moments.recorded",
    "moments.recorded_of_link",
    "moments.poster",
    "moments.poster_of_link",
    "guests.print_card",
    "picking.look",
    "children.copy",
    "children.my_file",
    "children.told_file",
    "children.link_file",
    "trusted.file",
}
# Pages of a browser that holds no seat, and the one that oma's link opens.
NOBODYS = (
    *("home.landing", "home.begin", "home.neutral", "sharing.arrive", "entry.card", "entry.key", "entry.welcome"),
    *(
        "entry.ask_password",
        "entry.lost",
        "entry.new_key",
        "childpages.scanned_home_code",
        "guests.arrive",
        "guests.start",
        "trusted.arrive",
    ),
)
OF_OMA = ("sharing.shared", "children.link_told", "children.link_told_one")
# Pages of a child; whom it told something reads that on pages of their own.
HER_LOCK = ("childpages.pictures", "childpages.another_home", "childpages.openings")
OF_KAAT = ("days.", "children.", "papers.own", "wishes.", "trusted.", *HER_LOCK)
ASKED_SARA = tuple(f"wishes.{page}" for page in ("question", "different", "rather_not", "later"))
TOLD_SARA = ("children.told", "children.told_one", *ASKED_SARA)
# Pages of somebody she trusts, in her own layer.
OF_WIM = ("trusted.for_me", "trusted.told_me")
# Pages that only a guest enters or that are of an account, and pages about a guest.
OF_LISA = ("proposing.", "talks.new", "talks.edit", "guests.ask_leave", "guests.home", "guests.card")
ABOUT_LISA = ("sharing.peek", "talks.ask_with", "guests.thank")

# Pages about somebody else than oma.
PEOPLE = {"days.helper": "jef", "plan.nights": "kaat"}


@dataclass(frozen=True)
class Place:
    """One page: its endpoint, its address, and of whom the phone is that opens it."""

    name: str
    address: str
    who: str


def pages_of(app: Flask, cast: Cast) -> list[Place]:
    """Every page, in a steady order."""
    found = []
    with app.test_request_context():
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" not in (rule.methods or set()) or rule.endpoint in NOT_PAGES:
                continue
            # The same pages as those of a member, for an account; the face `keys_of_an_account` is one of them.
            if rule.endpoint.startswith("entry.my_"):
                continue
            # Only a phone that is lent, or a page that is closed, has these: they are faces.
            if rule.endpoint in {"childpages.ask_back", "childpages.ask_pictures"}:
                continue
            values = {name: _value(rule.endpoint, name, cast) for name in rule.arguments}
            found.append(Place(rule.endpoint, app.url_for(rule.endpoint, **values), _whose(rule.endpoint)))
    return found


def _whose(endpoint: str) -> str:
    """Of whom the phone is that opens a page."""
    if endpoint in NOBODYS:
        return "nobody"
    if endpoint in OF_WIM:
        return "wim"
    if endpoint.startswith(OF_KAAT) and endpoint not in {*OF_OMA, *TOLD_SARA}:
        return "kaat"
    return "oma" if endpoint in OF_OMA else "lisa" if endpoint.startswith(OF_LISA) else "sara"


def _value(endpoint: str, argument: str, cast: Cast) -> Any:
    known: dict[str, Any] = {
        "plan": cast.layers["kaat"] if endpoint in OF_WIM else cast.plan,
        "goal": cast.id("goal with oma"),
        "step": cast.id("step oma"),
        "agreement": cast.id("agreement of oma"),
        "day": cast.day,
        "person": cast.people[PEOPLE.get(endpoint, "oma")],
        "role": cast.role,
        "home": cast.id("home"),
        "moment": cast.id("moment with oma"),
        "share": cast.id("share lisa" if endpoint in ABOUT_LISA else "share oma"),
        "talk": cast.id("talk lisa"),
        "greeting": cast.id("greeting of tom"),
        "card": cast.id("start card"),
        "invite": cast.id("invite"),
        "member": cast.id("member kaat" if endpoint.startswith(("papers.", "childpages.")) else "member nele"),
        "proposal": cast.id("proposal of lisa"),
        "line": cast.id("line of lisa"),
        "kind": "goal",
        "said": cast.id(f"said kaat {_said(endpoint)}"),
        "trusted": cast.people["wim"],
        "part": {"children.house": "fijn", "papers.board": "thuis"}.get(endpoint, "later"),
        "item": cast.id("goal of us"),
        "word": "doel",
        "what": "stem",
        "sheet": asked_sheet(cast, "kaat" if endpoint == "papers.own_sheet" else "sara"),
        "token": "A" * 43,
        "page": "mij" if endpoint == "childpages.peep" else "doelen",
        "number": "0" if endpoint.startswith("childpages.ask_day") else "123456789012",
    }
    assert argument in known, f"tests/journeys/pages.py does not know what {argument} is in {endpoint}"
    return known[argument]


def _said(endpoint: str) -> str:
    """Which of the things that Kaat said a page is about."""
    if endpoint in ASKED_SARA:
        return "wishes"
    return "to oma" if endpoint in OF_OMA else "to wim" if endpoint in OF_WIM else "to sara"


def asked_sheet(cast: Cast, who: str) -> UUID:
    """A sheet of paper that Sara waits for, or Kaat; in an app context."""
    from app.export import shelf
    from app.export.nouns import Choice, Sort

    return shelf.ask(cast.actors[who], Sort.POSTER if who == "sara" else Sort.STRIP, Choice())


# ---- the faces a page has besides, each reached as people reach it ---------------------------------------------------


def a_form_that_misses_something(of_cast: NewHands, _cast: Cast) -> Hands:
    """An agreement without words, on a day that is over."""
    sara = of_cast("sara")
    sara.tap("Afspraken").tap("Nieuwe afspraak").tap("Eén dag").tap("een andere dag")
    return sara.type_in("Een andere dag", "2020-01-31").tap("Bewaar").sees("Nog één ding")


def a_person_without_a_name(of_cast: NewHands, _cast: Cast) -> Hands:
    """The form of a person, with a number that is none."""
    sara = of_cast("sara")
    sara.tap("Onze mensen").tap("Nog iemand").unfold("Gsm en adres").type_in("Gsm-nummer", "geen")
    return sara.tap("Bewaar").sees("Nog één ding")


def people_in_groups(of_cast: NewHands, _cast: Cast) -> Hands:
    """Our people as tiles."""
    return of_cast("sara").tap("Onze mensen").tap("Toon als groepen")


def people_in_a_list(of_cast: NewHands, _cast: Cast) -> Hands:
    """Our people, a row each."""
    return of_cast("sara").tap("Onze mensen").tap("Toon als lijst")


def a_ring_in_whole(of_cast: NewHands, cast: Cast) -> Hands:
    """The rings, with everybody of one of them below or beside."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/mensen?kring=close")
    return sara


def the_first_question_without_an_answer(of_cast: NewHands, _cast: Cast) -> Hands:
    """Hoe heten jullie?"""
    anybody = of_cast("nobody")
    anybody.go("/begin")
    return anybody.tap("Verder").sees("Nog één ding")


def an_agreement_every_week(of_cast: NewHands, _cast: Cast) -> Hands:
    """The fields of a rhythm."""
    sara = of_cast("sara")
    return sara.tap("Afspraken").tap("Nieuwe afspraak").tap("Elke week")


def an_agreement_from_to(of_cast: NewHands, _cast: Cast) -> Hands:
    """The fields of a period."""
    sara = of_cast("sara")
    return sara.tap("Afspraken").tap("Nieuwe afspraak").tap("Van ... tot ...")


def an_agreement_when_something_happens(of_cast: NewHands, _cast: Cast) -> Hands:
    """The field of a condition."""
    sara = of_cast("sara")
    return sara.tap("Afspraken").tap("Nieuwe afspraak").tap("Als er iets gebeurt")


def two_who_wrote_at_once(of_cast: NewHands, cast: Cast) -> Hands:
    """Both texts of a goal."""
    sara, jef = of_cast("sara"), of_cast("jef")
    for one in (sara, jef):
        one.go(f"/p/{cast.plan}/doelen/{cast.id('goal of us')}/verander")
    sara.type_in("Wat willen jullie?", "Samen vogels kijken aan het water").tap("Bewaar")
    return jef.type_in("Wat willen jullie?", "Elke zondag naar de duinen").tap("Bewaar").sees("Dit schreef jij")


def what_just_happened(of_cast: NewHands, _cast: Cast) -> Hands:
    """Ons plan, right after something was done from there."""
    sara = of_cast("sara")
    sara.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "soep maken").tap("Eén dag").tap("vandaag")
    sara.tap("Bewaar").tap("Ons plan")
    sara.touch(sara.find("Gelukt").last)
    return sara.sees("Weer een stap gezet. Dat deden jullie zelf.")


def a_phone_to_give_back(of_cast: NewHands, cast: Cast) -> Hands:
    """A lent phone, and the key of who lent it."""
    from tests.childpages.phones import kept_card, member_of

    kept_card(cast, "sara")
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/kinderen/{member_of(cast)}/gsm")
    sara.tap("Geef de gsm").sees("Dag Kaat!")
    sara.go("/gsm-terug")
    return sara.is_at("Geef de gsm terug")


def a_page_on_slot(of_cast: NewHands, cast: Cast) -> Hands:
    """The pictures that open a child's own device."""
    mil = of_cast("mil")
    mil.go(f"/p/{cast.plan}/mij/prentjes")
    mil.tap("Kies mijn prentjes")
    for word in ("kat", "ster", "maan", "bal"):
        mil.tap(word)
    mil.tap("Bewaar")
    mil.go(f"/p/{cast.plan}/mij/prentjes")
    return mil.tap("Op slot").is_at("Op slot")


def a_new_card(of_cast: NewHands, _cast: Cast) -> Hands:
    """A sleutelkaart with its number and words."""
    sara = of_cast("sara")
    sara.tap("Meer").tap("Mijn sleutelkaart").tap("Maak je sleutelkaart")
    return sara.is_at("Dit is je sleutelkaart")


def a_sheet_that_is_ready(of_cast: NewHands, cast: Cast) -> Hands:
    """The paper is there to open."""
    from tests.support.jobs import do_jobs

    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/papier")
    sara.tap("Druk af voor op de koelkast").sees("Wij maken het papier klaar")
    assert cast.app is not None
    do_jobs(cast.app)
    sara.go(sara.page.url)
    return sara.sees("Je papier is klaar")


def keys_of_an_account(of_cast: NewHands, cast: Cast) -> Hands:
    """Own keys, on the page of an account."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/sleutels/wachtwoord")
    sara.type_in("Naam of mailadres", "sara@voorbeeld.be").type_in("Wachtwoord", "de bal onder de tafel")
    sara.tap("Bewaar").sees("Je wachtwoord is bewaard.")
    sara.go("/jij/sleutels")
    return sara.is_at("Kies een sleutel")


def a_key_is_shown_first(of_cast: NewHands, cast: Cast) -> Hands:
    """Who has a password types it before they choose another, in a browser that did not choose it."""
    keys_of_an_account(of_cast, cast)
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/sleutels/wachtwoord")
    sara.is_at("Ben jij het?").type_in("Je wachtwoord van nu", "iets anders").tap("Verder")
    return sara.sees("Dit wachtwoord is niet juist.")


def a_known_password(of_cast: NewHands, cast: Cast) -> Hands:
    """A password that everybody tries first."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/sleutels/wachtwoord")
    sara.type_in("Naam of mailadres", "sara@voorbeeld.be").type_in("Wachtwoord", "welkom2026")
    return sara.tap("Bewaar").sees("Dit wachtwoord is te makkelijk.")


def a_wrong_key(of_cast: NewHands, _cast: Cast) -> Hands:
    """A key that opens nothing."""
    anybody = of_cast("nobody")
    anybody.go("/sleutel")
    anybody.type_in("Nummer van je sleutelkaart", "1234 5678 9012").type_in("De 3 woorden", "een twee drie")
    return anybody.tap("Open").sees("Dit is niet juist.")


def a_new_link(of_cast: NewHands, cast: Cast) -> Hands:
    """The link of a share, as QR and as text."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/wie-ziet-wat/{cast.id('share oma')}")
    return sara.tap("Is de link weg?").tap("Maak een nieuwe link").sees("Stuur met WhatsApp")


def an_invitation_to_send(of_cast: NewHands, cast: Cast) -> Hands:
    """The link that lets a parent in, once everybody said yes."""
    jef = of_cast("jef")
    jef.go(f"/p/{cast.plan}/uitnodigingen/{cast.id('invite')}")
    jef.tap("Ja, dat is goed").go(f"/p/{cast.plan}/uitnodigingen/{cast.id('invite')}")
    return jef.tap("Maak een nieuwe link").sees("Stuur met WhatsApp")


def a_link_that_ended(of_cast: NewHands, cast: Cast) -> Hands:
    """Deze link werkt niet meer."""
    anybody = of_cast("nobody")
    anybody.go(f"/d/{cast.tokens['stopped']}")
    return anybody.tap("Open").sees("Deze link werkt niet meer.")


def an_invitation_that_ended(of_cast: NewHands, _cast: Cast) -> Hands:
    """The same for who was let in too late."""
    anybody = of_cast("nobody")
    anybody.go("/welkom/" + "B" * 43)
    return anybody.tap("Open").sees("werkt niet meer")


def a_page_that_is_not_there(of_cast: NewHands, _cast: Cast) -> Hands:
    """Deze bladzijde bestaat niet."""
    anybody = of_cast("nobody")
    anybody.go("/nergens")
    return anybody.sees("Deze bladzijde bestaat niet.")


def a_text_that_waits_for_a_key(of_cast: NewHands, cast: Cast) -> Hands:
    """Who was signed out while typing."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/doelen/nieuw")
    sara.type_in("Wat willen jullie?", "Elke zaterdag samen naar de bibliotheek in de stad")
    sara.page.context.clear_cookies()
    return sara.tap("Bewaar").sees("Geef je sleutel.")


def a_choice_of_who_sees_it(of_cast: NewHands, cast: Cast) -> Hands:
    """What choosing does, before it is done."""
    sara = of_cast("sara")
    sara.go(f"/p/{cast.plan}/wie-ziet/goal/{cast.id('goal of us')}?meer=1")
    return sara.tap("Alleen wij").tap("Verder").is_at("Klopt dit?")


def a_phone_that_was_given(of_cast: NewHands, _cast: Cast) -> Hands:
    """A goal, while Lisa types on the phone of Sara, and the mark on what she typed."""
    sara = of_cast("sara")
    sara.tap("Meer").tap("Samen invullen").tap("Lisa Bosuil").tap("Begin")
    sara.tap("Nog iets dat wij willen").type_in("Wat willen jullie?", "Samen fietsen").tap("Bewaar")
    return sara.sees("Lisa Bosuil schreef dit op voor ons.")


def a_page_that_asks_for_the_phone(of_cast: NewHands, _cast: Cast) -> Hands:
    """Geef de gsm even terug."""
    sara = of_cast("sara")
    sara.tap("Meer").tap("Samen invullen").tap("Lisa Bosuil").tap("Begin")
    return sara.tap("Meer").tap("Wie keek in ons plan?").is_at("Geef de gsm even terug")


def a_new_plan(of_cast: NewHands, _cast: Cast) -> Hands:
    """Ons plan with nothing in it yet."""
    anybody = of_cast("nobody")
    anybody.go("/begin")
    for _question in range(3):
        anybody.tap("Ik weet het nog niet")
    return anybody.is_at("Ons plan")


def the_plan_of_a_meehelper(of_cast: NewHands, _cast: Cast) -> Hands:
    """Ons plan as Nele sees it."""
    return of_cast("nele").is_at("Ons plan")


def what_a_guest_can_propose_about_a_goal(of_cast: NewHands, cast: Cast) -> Hands:
    """Veranderen, erbij, stoppen."""
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?over=goal&ding={cast.id('goal of us')}")
    return lisa.is_at("Stel hier iets voor")


def a_line_of_a_proposal(of_cast: NewHands, cast: Cast) -> Hands:
    """The four short lines of an agreement, with the present text in them."""
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=changed&over=agreement&ding={cast.id('agreement of lisa')}")
    return lisa.is_at("Een afspraak veranderen")


def which_thing_a_proposal_is_about(of_cast: NewHands, cast: Cast) -> Hands:
    """The things a guest sees, to choose from."""
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor")
    return lisa.tap("Iets stoppen").tap("Een doel").tap("Verder").is_at("Stoppen met een doel")


def how_the_family_reads_a_proposal(of_cast: NewHands, cast: Cast) -> Hands:
    """Before it is sent, with what is hard in it."""
    lisa = of_cast("lisa")
    lisa.go(f"/p/{cast.plan}/stel-voor?doe=new&over=goal")
    lisa.type_in("Wat?", "De hulpvraag bespreken").type_in("Waarom?", "dan weten wij het")
    return lisa.tap("Kijk na").is_at("Zo leest het gezin dit")


def what_a_guest_proposed(of_cast: NewHands, cast: Cast) -> Hands:
    """A proposal that waits."""
    return how_the_family_reads_a_proposal(of_cast, cast).tap("Stuur").is_at("Mijn voorstellen")


def somebody_who_asks_to_delete_the_plan(of_cast: NewHands, _cast: Cast) -> Hands:
    """It stands first on "Ons plan" of the other parent."""
    of_cast("sara").tap("Meer").tap("Ons plan wegdoen").tap("Vraag om ons plan weg te doen")
    return of_cast("jef").sees("Sara vraagt om ons plan weg te doen.")


def a_yes_that_is_the_last(of_cast: NewHands, cast: Cast) -> Hands:
    """What the other parent can do then."""
    return somebody_who_asks_to_delete_the_plan(of_cast, cast).tap("Wat betekent dit?")


def an_agreement_that_changed(of_cast: NewHands, cast: Cast) -> Hands:
    """As it was, and as it is now."""
    sara, jef = of_cast("sara"), of_cast("jef")
    sara.tap("Afspraken").tap("Nieuwe afspraak").type_in("Wat?", "De kast maken").tap("Bewaar")
    address = f"/p/{cast.plan}/afspraken"
    jef.go(address)
    jef.page.get_by_text("De kast maken").click()
    jef.tap("Verander").type_in("Wat?", "De deur maken").tap("Bewaar")
    sara.go(jef.page.url)
    return sara.sees("Deze afspraak is veranderd")


def at_level(cast: Cast, level: str) -> None:
    """How a parent chose the page of Kaat to be."""
    import msgspec

    from app.change import Put, change
    from app.plan.models import MEMBER
    from app.plan.nouns import Level
    from app.policy.actions import Action
    from app.scope import load

    assert cast.app is not None
    with cast.app.app_context():
        thing = load(cast.sara, MEMBER).get(MEMBER, cast.id("member kaat"))
        assert thing is not None
        body = msgspec.structs.replace(thing.body, level=Level(level))
        change(cast.sara, Action.CHILD_PAGE_CHANGE, Put(thing, body))


def the_day_of_a_child_that_reads(of_cast: NewHands, cast: Cast) -> Hands:
    """Today under each other, with its hours."""
    at_level(cast, "reading")
    kaat = of_cast("kaat")
    kaat.go(f"/p/{cast.plan}/mij")
    return kaat.sees("Wat gebeurt er vandaag?")


def the_day_of_a_young_person(of_cast: NewHands, cast: Cast) -> Hands:
    """The same in the look of everybody, after something was done."""
    at_level(cast, "young")
    kaat = of_cast("kaat")
    kaat.go(f"/p/{cast.plan}/mij")
    return kaat.tap("Gelukt").sees("Toch niet")


FACES = (
    the_day_of_a_child_that_reads,
    the_day_of_a_young_person,
    what_a_guest_can_propose_about_a_goal,
    a_line_of_a_proposal,
    which_thing_a_proposal_is_about,
    how_the_family_reads_a_proposal,
    what_a_guest_proposed,
    keys_of_an_account,
    a_key_is_shown_first,
    a_known_password,
    a_form_that_misses_something,
    a_person_without_a_name,
    people_in_groups,
    people_in_a_list,
    a_ring_in_whole,
    the_first_question_without_an_answer,
    an_agreement_every_week,
    an_agreement_from_to,
    an_agreement_when_something_happens,
    two_who_wrote_at_once,
    what_just_happened,
    a_phone_to_give_back,
    a_page_on_slot,
    a_new_card,
    a_sheet_that_is_ready,
    a_wrong_key,
    a_new_link,
    an_invitation_to_send,
    a_link_that_ended,
    an_invitation_that_ended,
    a_page_that_is_not_there,
    a_text_that_waits_for_a_key,
    a_choice_of_who_sees_it,
    a_phone_that_was_given,
    a_page_that_asks_for_the_phone,
    a_new_plan,
    the_plan_of_a_meehelper,
    somebody_who_asks_to_delete_the_plan,
    a_yes_that_is_the_last,
    an_agreement_that_changed,
)
