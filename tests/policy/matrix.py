"""What the matrix expects: every route of a plan, and who may come in there. Written by hand; a new route has no row.

A row tells who may use the route, in the words of the design page `access`, and which thing its address is about. Who
sees that thing is on the cast's own list (`Piece.seen_by`), which is written by hand too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from tests.cast import CHILDREN, FAMILY, INSIDE, PARENTS, Cast, Piece

Who = frozenset[str]
Rule = Callable[[str, Piece], Who]
NOBODY: Who = frozenset()

# Kinds of thing that were opened to Nele, and what she wrote herself.
OPENED = {"goal", "step"}
HERS = {"goal of nele"}
# Guests who may come in now.
VISITING: Who = INSIDE - FAMILY


def sees(_name: str, piece: Piece) -> Who:
    """Of the family, who sees it."""
    return NOBODY if piece.removed else piece.seen_by & FAMILY


def is_shown(_name: str, piece: Piece) -> Who:
    """Of the family and its guests, who sees it."""
    return NOBODY if piece.removed else piece.seen_by & INSIDE


def is_looked_at(_name: str, piece: Piece) -> Who:
    """Of all who have pages in our plan, children too, who sees it."""
    return NOBODY if piece.removed else piece.seen_by & {*INSIDE, *CHILDREN}


def parents(_name: str, piece: Piece) -> Who:
    """The parents who see it."""
    return NOBODY if piece.removed else piece.seen_by & PARENTS


def its_guest(_name: str, piece: Piece) -> Who:
    """The guest through whose seat it came."""
    return NOBODY if piece.removed else piece.seen_by & VISITING


def hosts(name: str, piece: Piece) -> Who:
    """The parents who host that guest, as long as the guest is there."""
    return parents(name, piece) if name.removeprefix("share ") in VISITING else NOBODY


def changes(name: str, piece: Piece) -> Who:
    """The parents who see it, and the meehelper to whom such things were opened."""
    nele = {"nele"} & piece.seen_by if piece.kind in OPENED and not piece.removed else NOBODY
    return parents(name, piece) | nele


def removes(name: str, piece: Piece) -> Who:
    """The parents who see it, and the meehelper who wrote it."""
    return parents(name, piece) | ({"nele"} if name in HERS else NOBODY)


def tells(name: str, piece: Piece) -> Who:
    """The parents who see it, and the meehelper whose it is to do."""
    return parents(name, piece) | ({"nele"} if name == "agreement of nele" else NOBODY)


def visits(_name: str, piece: Piece) -> Who:
    """The guest whose it is."""
    return piece.seen_by & VISITING


CHOSEN_BY_NOBODY = {"plan", "member", "invite", "share", "card", "proposal", "proposed"}


def chooses(name: str, piece: Piece) -> Who:
    """The parents who see it, where its audience is somebody's to choose."""
    return NOBODY if piece.kind in CHOSEN_BY_NOBODY else parents(name, piece)


def holder(name: str, _piece: Piece) -> Who:
    """Whoever holds that very link, as long as it works."""
    return frozenset({"oma", "els"} & {name.removeprefix("share ")})


def peeks(name: str, piece: Piece) -> Who:
    """Who hosts that guest, as long as the visit lasts."""
    return parents(name, piece) if name in {"share lisa", "share bert"} else NOBODY


def helps(name: str, piece: Piece) -> Who:
    """The parents, of a meehelper; no parent stops or closes anything to another."""
    return parents(name, piece) if name == "member nele" else NOBODY


def arriving(name: str, piece: Piece) -> Who:
    """The parents who see it; of who left there is nothing to choose."""
    return parents(name, piece) if name == "greeting of tom" else NOBODY


def restores(name: str, piece: Piece) -> Who:
    """Out of the bin, who might have put it there; what is not in the bin stays where it is."""
    return piece.seen_by & PARENTS if piece.removed else removes(name, piece)


def undoes(name: str, piece: Piece) -> Who:
    """The parents who see it, and the meehelper whose change it was."""
    return parents(name, piece) | ({"nele"} if name == "entry of goal of nele" else NOBODY)


def shares_with(name: str, piece: Piece) -> Who:
    """The parents who see that person, when the person has no own key to the plan."""
    return NOBODY if name in {"sara", "jef", "kaat", "person mil", "person nele"} else parents(name, piece)


def of_child(name: str, piece: Piece) -> Who:
    """In our plan, the child whose own words these are, or who was answered."""
    return piece.seen_by & {"mil" if "mil" in name.split() else "kaat"}


def is_told(_name: str, piece: Piece) -> Who:
    """Whom of our plan a child chose to tell it, beside the link holders."""
    return NOBODY if piece.removed else piece.seen_by & INSIDE


def own_card(name: str, piece: Piece) -> Who:
    """Whose card it is; one that a parent made for a child is stopped on the page of that child."""
    return NOBODY if name == "card of kaat" else sees(name, piece)


def minds(name: str, piece: Piece) -> Who:
    """The parents of a child with a page."""
    return parents(name, piece) if name in {"member kaat", "member mil"} else NOBODY


def may_show(name: str, piece: Piece) -> Who:
    """The parents, of what may stand on the page of a child: not what one of them closed by hand."""
    return parents(name, piece) if name == "moment of us" else NOBODY


def minds_card(name: str, piece: Piece) -> Who:
    """The same, of the card of a child."""
    return parents(name, piece) if name == "card of kaat" else NOBODY


def minds_device(name: str, _piece: Piece) -> Who:
    """The same, of a device that the card of a child opened."""
    return PARENTS if name == "device kaat" else NOBODY


def _kaats_page(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.id("member kaat")


def _for_a_page(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.id("moment of us")


# Who keeps a key: the family, and a young person for whom that was switched on.
KEEPING: Who = FAMILY | {"mil"}


SAID = {"said", "reply"}


def of_its_link(_name: str, piece: Piece) -> Who:
    """Oma, of what a child told her."""
    return piece.seen_by & {"oma"}


def told_something(name: str, _piece: Piece) -> Who:
    """Whoever holds a link and was told something."""
    return frozenset({"oma"} if name == "share oma" else ())


def _oma(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.people["oma"]


def _share_of_oma(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.id("share oma")


def _house(_cast: Cast, _piece: Piece | None) -> str:
    return "fijn"


def asked(name: str, _piece: Piece) -> Who:
    """The child whose wish it is."""
    return frozenset({"kaat"} if name == "said kaat wishes" else ())


def answers(name: str, _piece: Piece) -> Who:
    """The parents of the family that is asked, whom the child told."""
    return frozenset({"sara"} if name == "said kaat wishes" else ())


def trusts(_name: str, piece: Piece) -> Who:
    """The child who trusts them."""
    return piece.seen_by & {"kaat"}


def is_trusted(_name: str, piece: Piece) -> Who:
    """Somebody whom a child trusts: their own row, and what they were told."""
    return piece.seen_by & {"wim"}


def _layer(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.layers["kaat"]


def _wim(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.people["wim"]


# The children with a page in our plan.
OWN_PAGES: Who = frozenset(CHILDREN)


def on_own_page(_name: str, piece: Piece) -> Who:
    """The children of our plan who see it."""
    return NOBODY if piece.removed else piece.seen_by & OWN_PAGES


def child_pages(name: str, piece: Piece) -> Who:
    """The parents, of the page of a child."""
    return parents(name, piece) if name in {f"member {child}" for child in CHILDREN} else NOBODY


def helps_a_child(name: str, piece: Piece) -> Who:
    """The children of our plan who see somebody else."""
    return on_own_page(name, piece) - {name.removeprefix("person ")}


@dataclass(frozen=True)
class Door:
    """One route: whom it lets in. `about` is the argument that names a thing; `more` fills in the others.

    `there`: who comes in to the same page of Lies's plan, when that is not whoever is alike.
    """

    who: Who = NOBODY
    there: Who | None = None
    about: str = ""
    kinds: tuple[str, ...] = ()
    rule: Rule = sees
    more: Mapping[str, Callable[[Cast, Piece | None], Any]] = field(default_factory=dict)


def page(who: Who, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A page about the plan as a whole."""
    return Door(who, more=more)


def about(kind: str, rule: Rule, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A page about one thing; the argument in its address is called after the kind."""
    return Door(about=kind, kinds=(kind,), rule=rule, more=more)


def _day(cast: Cast, _piece: Piece | None) -> str:
    return cast.day


def _group(_cast: Cast, _piece: Piece | None) -> str:
    return "thuis"


def _part(_cast: Cast, _piece: Piece | None) -> str:
    return "later"


def _role(cast: Cast, _piece: Piece | None) -> UUID | None:
    return cast.role


def _kaat(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.people["kaat"]


def _somebody(cast: Cast, piece: Piece | None) -> UUID:
    return cast.people["dirk" if piece is not None and "lies" in piece.seen_by else "oma"]


def _kind(_cast: Cast, piece: Piece | None) -> str:
    return "goal" if piece is None else piece.kind


def _word(_cast: Cast, piece: Piece | None) -> str:
    own = {"plan": "plan", "moment": "moment"}
    words = {**own, "person": "iemand", "goal": "doel", "step": "stap", "agreement": "afspraak", "home": "huis"}
    return words["goal" if piece is None else piece.kind]


def on_medium(sort: str, about: str, rule: Rule, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A picture or a film: of the thing that it is on."""

    def on(cast: Cast, piece: Piece | None) -> Piece:
        return cast.pieces["goal of us" if piece is None else cast.on[piece.id]]

    return Door(
        about=about,
        kinds=(sort,),
        rule=rule,
        more={
            "word": lambda cast, piece: _word(cast, on(cast, piece)),
            "item": lambda cast, piece: on(cast, piece).id,
            **more,
        },
    )


def on_photo(rule: Rule, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A picture."""
    return on_medium("photo", "photo", rule, size=lambda _cast, _piece: "klein", **more)


def on_film(rule: Rule, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A film; a voice note is asked for in the same words."""
    return on_medium("film", "medium", rule, **more)


def _film(_cast: Cast, _piece: Piece | None) -> str:
    return "film"


def _of_oma(cast: Cast, _piece: Piece | None) -> UUID:
    return cast.id("share oma")


def on_said(rule: Rule, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A picture on what a child said."""

    def said(cast: Cast, piece: Piece | None) -> UUID:
        return cast.id("said kaat kept" if piece is None else cast.on[piece.id])

    return Door(about="medium", kinds=("own photo",), rule=rule, more={"said": said, "size": _small, **more})


def _small(_cast: Cast, _piece: Piece | None) -> str:
    return "klein"


def of_oma(_name: str, piece: Piece) -> Who:
    """Oma, of what her link shows."""
    return NOBODY if piece.removed else piece.seen_by & {"oma"}


def line() -> Door:
    """A page about one line of a proposal, for who decides."""
    return Door(about="line", kinds=("proposed",), rule=parents)


def turn(rule: Rule) -> Door:
    """A page about one agreement on one day."""
    return about("agreement", rule, day=_day)


def oma_with_role(name: str, piece: Piece) -> Who:
    """Only oma has that role."""
    return parents(name, piece) if name == "person oma" else NOBODY


def of_role(rule: Rule) -> Door:
    """A page about one role of one person."""
    return about("person", rule, role=_role)


def any_item(rule: Rule, *kinds: str, **more: Callable[[Cast, Piece | None], Any]) -> Door:
    """A page about a thing of whatever kind."""
    return Door(about="item", kinds=kinds, rule=rule, more=more)


# Pages of a link say the same of every link that does not work, in words of their own.
OF_A_LINK = {
    "sharing.shared",
    "sharing.print_own",
    *(f"sharing.report_{verb}" for verb in ("done", "missed", "words", "back")),
    "sharing.accept",
    "moments.picture_of_link",
    *(f"children.link_{page}" for page in ("told", "told_one", "reply", "file")),
    "moments.recorded_of_link",
    "moments.poster_of_link",
}
# The pages of all that a child says, and those of one thing.
OF_A_CHILD = (
    "feel",
    "say_feeling",
    "feel_other",
    "say_other",
    "houses",
    "make",
    "keep",
    "box",
    "bin",
    "take_along",
    "copy",
)
OF_ONE_SAID = ("mine", "who_may", "keep_to_self", "put_away", "bring_back")
OF_A_LINK |= {f"trusted.{page}" for page in ("for_me", "leave", "told_me", "reply", "file")}
# Things that a photo can be on.
PICTURED = ("plan", "person", "goal", "step", "agreement", "moment", "home")

EVERY_KIND = (
    "goal", "step", "agreement", "outcome", "person", "contact", "home", "moment", "share", "card", "invite", "member",
    "proposal", "proposed",
)  # fmt: skip


def through_omas_link() -> Door:
    """A yes to an agreement that oma's link shows."""

    def oma(_name: str, piece: Piece) -> Who:
        return NOBODY if piece.removed else piece.seen_by & {"oma"}

    def share(cast: Cast, _piece: Piece | None) -> UUID:
        return cast.id("share oma")

    return Door(about="agreement", kinds=("agreement",), rule=oma, more={"share": share, "day": _day})


def report() -> Door:
    """A report through oma's link on an agreement: only oma, and only on what is hers to do."""

    def oma(name: str, _piece: Piece) -> Who:
        return frozenset({"oma"}) if name == "agreement of oma" else NOBODY

    def share(cast: Cast, _piece: Piece | None) -> UUID:
        return cast.id("share oma")

    return Door(about="agreement", kinds=("agreement",), rule=oma, more={"share": share, "day": _day})


def reports(name: str, _piece: Piece) -> Who:
    """A guest, on what is theirs to do."""
    return frozenset({"lisa"}) if name == "agreement of lisa" else NOBODY


DOORS: dict[str, Door] = {
    # -- goals: opened to Nele
    "goals.index": page(INSIDE),
    "goals.new": page(FAMILY),
    "goals.add": page(FAMILY),
    "goals.show": about("goal", is_shown),
    "goals.edit": about("goal", changes),
    "goals.change": about("goal", changes),
    "goals.now": about("goal", changes),
    "goals.later": about("goal", changes),
    "goals.reached": about("goal", changes),
    "goals.dropped": about("goal", changes),
    "goals.up": about("goal", changes),
    "goals.down": about("goal", changes),
    "goals.add_step": about("goal", changes),
    "goals.remove": about("goal", removes),
    "goals.edit_step": about("step", changes),
    "goals.change_step": about("step", changes),
    "goals.step_done": about("step", changes),
    "goals.step_open": about("step", changes),
    "goals.step_up": about("step", changes),
    "goals.step_down": about("step", changes),
    "goals.remove_step": about("step", removes),
    # -- agreements: not opened to Nele, but she sees what is hers to do, and tells how it went
    "agreements.index": page(INSIDE),
    "agreements.part": page(INSIDE, part=_part),
    "agreements.new": page(PARENTS),
    "agreements.add": page(PARENTS),
    "agreements.show": about("agreement", is_shown),
    "agreements.edit": about("agreement", changes),
    "agreements.change": about("agreement", changes),
    "agreements.reopen": about("agreement", changes),
    "agreements.remove": about("agreement", removes),
    "agreements.tell_done": turn(tells),
    "agreements.tell_missed": turn(tells),
    "agreements.take_back": turn(is_shown),
    "agreements.accept": about("agreement", is_shown),
    "agreements.report_done": turn(reports),
    "agreements.report_missed": turn(reports),
    "agreements.report_words": turn(reports),
    "agreements.why": turn(tells),
    "agreements.what_now": turn(changes),
    "agreements.ask_day": turn(changes),
    "agreements.new_day": turn(changes),
    "agreements.ask_who": turn(changes),
    "agreements.someone_else": turn(changes),
    "agreements.ask_smaller": turn(changes),
    "agreements.smaller": turn(changes),
    "agreements.ask_needed": turn(changes),
    "agreements.not_needed": turn(changes),
    # -- people and homes: not opened to Nele
    "people.index": page(INSIDE),
    "people.by_domain": page(INSIDE),
    "people.new": page(PARENTS),
    "people.add": page(PARENTS),
    "people.show": about("person", is_shown),
    "people.edit": about("person", changes),
    "people.change": about("person", changes),
    "people.tonight": about("person", changes),
    "people.not_tonight": about("person", changes),
    "people.remove": about("person", removes),
    "people.new_role": about("person", changes),
    "people.add_role": about("person", changes),
    "people.edit_role": of_role(oma_with_role),
    # A role that is no longer there is written anew with what was typed, or is gone already.
    "people.change_role": of_role(changes),
    "people.remove_role": of_role(changes),
    "plan.homes": page(INSIDE),
    "plan.new_home": page(PARENTS),
    "plan.add_home": page(PARENTS),
    "plan.edit_home": about("home", changes),
    "plan.change_home": about("home", changes),
    "plan.remove_home": about("home", removes),
    "plan.nights": about("home", changes, person=_kaat),
    "plan.tell_nights": about("home", changes, person=_kaat),
    "plan.forget_nights": about("home", changes, person=_kaat),
    "plan.facts": page(PARENTS),
    "overview.show": page(INSIDE),
    "overview.ask": page(PARENTS),
    "overview.choose": page(PARENTS),
    "plan.change_facts": page(PARENTS),
    # -- home
    "home.show": page(INSIDE),
    "home.more": page(INSIDE),
    "home.leave_help": page(INSIDE),
    "home.begin_again": page(PARENTS),
    "home.begin_rename": page(PARENTS),
    "home.begin_who": page(PARENTS),
    "home.begin_who_save": page(PARENTS),
    "home.begin_first": page(PARENTS),
    "home.begin_first_save": page(PARENTS),
    # -- getting in: cards and devices are each member's own; whom to let in is for parents
    "entry.people": page(FAMILY),
    "entry.leave_device": page(FAMILY),
    "entry.sign_out": page(FAMILY),
    "entry.own_card": page(KEEPING),
    "entry.make_card": page(KEEPING),
    "entry.print_card": page(KEEPING),
    "entry.keep_card": about("card", own_card),
    "entry.stop_card": about("card", own_card),
    "entry.stop_device": about("device", sees),
    "entry.know_device": about("device", sees),
    "entry.key_choice": page(KEEPING),
    "entry.lock": page(KEEPING),
    "entry.begin_lock": page(KEEPING),
    "entry.make_lock": page(KEEPING),
    "entry.stop_lock": about("passkey", sees),
    "entry.know_lock": about("passkey", sees),
    "entry.password": page(KEEPING),
    "entry.set_password": page(KEEPING),
    "entry.stop_password": page(KEEPING),
    "entry.address": page(FAMILY),
    "entry.set_address": page(FAMILY),
    "entry.stop_recovery": about("recovery", sees),
    "entry.prove_first": page(KEEPING),
    "entry.prove": page(KEEPING),
    "entry.begin_prove_lock": page(KEEPING),
    "entry.prove_lock": page(KEEPING),
    "entry.know_password": page(KEEPING),
    "entry.know_address": page(FAMILY),
    "entry.stop_address": page(FAMILY),
    "entry.ask_in": page(PARENTS),
    "entry.let_in": page(PARENTS),
    "entry.ask_help": page(PARENTS),
    "entry.let_help_in": page(PARENTS),
    "entry.meehelper": about("member", helps),
    "entry.open_to": about("member", helps),
    "entry.stop_meehelper": about("member", helps),
    "entry.invite": about("invite", parents),
    "entry.agree": about("invite", parents),
    "entry.new_link": about("invite", parents),
    "entry.stop_invite": about("invite", parents),
    # -- paper: each member's own
    "export.choose": page(FAMILY),
    "export.own": page(NOBODY),
    "export.ask": page(FAMILY),
    "export.sheet": about("sheet", sees),
    "export.pdf": about("sheet", sees),
    # -- the sheets of a child: for its parents, and for the child itself
    "papers.choose": about("member", child_pages),
    "papers.board": about("member", child_pages, part=_group),
    "papers.ask": about("member", child_pages),
    "papers.own": page(OWN_PAGES),
    "papers.ask_own": page(OWN_PAGES),
    "papers.own_sheet": about("sheet", on_own_page),
    "papers.own_pdf": about("sheet", on_own_page),
    "papers.open_page": page(FAMILY | OWN_PAGES),
    # -- what is new
    "news.index": page(INSIDE),
    "news.seen": page(INSIDE),
    # -- moments
    "moments.index": page(INSIDE),
    "moments.new": page(PARENTS),
    "moments.add": page(PARENTS),
    "moments.show": about("moment", is_shown),
    "moments.edit": about("moment", changes),
    "moments.change": about("moment", changes),
    "moments.remove": about("moment", removes),
    # -- photos: who sees a thing sees its photo; who changes the thing changes that
    "moments.photo": any_item(changes, *PICTURED, word=_word),
    "moments.put_photo": any_item(changes, *PICTURED, word=_word),
    "moments.drop_photo": any_item(changes, *PICTURED, word=_word),
    # The cast's plan keeps no first photo; tests/moments/test_photos.py has one.
    "moments.drop_first_photo": any_item(lambda _name, _piece: NOBODY, "plan", word=_word),
    "moments.picture": on_photo(is_looked_at),
    "moments.picture_of_link": on_photo(of_oma, share=_of_oma),
    # -- voice notes and films: the same
    "moments.recording": any_item(changes, *PICTURED, word=_word, what=_film),
    "moments.put_recording": any_item(changes, *PICTURED, word=_word, what=_film),
    "moments.drop_recording": any_item(changes, *PICTURED, word=_word, what=_film),
    "moments.recorded": on_film(is_looked_at, what=_film),
    "moments.recorded_of_link": on_film(of_oma, what=_film, share=_of_oma),
    "moments.poster": on_film(is_looked_at),
    "moments.poster_of_link": on_film(of_oma, share=_of_oma),
    # -- pictograms: as the photo in whose place they stand
    "picking.choose": any_item(changes, *PICTURED[1:], word=_word),
    "picking.pick": any_item(changes, *PICTURED[1:], word=_word),
    # -- history
    "history.index": page(FAMILY),
    "history.bin": page(FAMILY),
    "history.undo": about("entry", undoes),
    "history.restore": any_item(restores, "goal", "step", "agreement", "person"),
    # -- looking back: everybody with a key, each what they see
    "lookback.show": page(FAMILY),
    "lookback.road": page(FAMILY),
    # -- talks about the family: parents, and guests through their own seat
    "talks.index": page(PARENTS | VISITING),
    "talks.new": page(VISITING),
    "talks.add": page(VISITING),
    "talks.show": about("talk", is_shown),
    "talks.edit": about("talk", its_guest),
    "talks.change": about("talk", its_guest),
    "talks.call_off": about("talk", its_guest),
    "talks.say": about("talk", its_guest),
    "talks.answer": about("talk", parents),
    "talks.ask_with": about("share", hosts),
    "talks.choose_with": about("share", hosts),
    # -- samen invullen
    # -- the pages of children, from their parents' side
    "childpages.index": page(PARENTS),
    "childpages.make": page(PARENTS),
    "childpages.show": about("member", minds),
    "childpages.week_days": about("member", minds),
    "childpages.ask_day_picture": about("member", minds, number=lambda _cast, _piece: "0"),
    "childpages.choose_day_picture": about("member", minds, number=lambda _cast, _piece: "0"),
    "childpages.own_device": about("member", minds),
    "childpages.ask_put_on": Door(about="item", kinds=("moment",), rule=may_show),
    "childpages.choose_level": about("member", minds),
    "childpages.switch_own_key": about("member", minds),
    "childpages.ask_shown": about("member", minds),
    "childpages.choose_shown": about("member", minds),
    "childpages.put_on": about("member", minds, item=_for_a_page),
    "childpages.take_off": about("member", minds, item=_for_a_page),
    "childpages.peep": about("member", minds, page=lambda _cast, _piece: "mij"),
    "childpages.stop": about("member", minds),
    "childpages.ask_give": about("member", minds),
    "childpages.give": about("member", minds),
    "childpages.child_card": about("member", minds),
    "childpages.make_child_card": about("member", minds),
    "childpages.print_child_card": about("member", minds),
    "childpages.keep_child_card": about("member", minds),
    "childpages.join_home": about("member", minds),
    # -- what closes and joins a child's layer: its own
    "childpages.pictures": page(OWN_PAGES),
    "childpages.tap_picture": page(OWN_PAGES),
    "childpages.close_own_box": page(OWN_PAGES),
    "childpages.close_own_page": page(OWN_PAGES),
    "childpages.another_home": page(OWN_PAGES),
    "childpages.make_home_code": page(OWN_PAGES),
    "childpages.give_home_code": page(OWN_PAGES),
    "childpages.openings": page(OWN_PAGES),
    "childpages.stop_own_keys": page(OWN_PAGES),
    "childpages.leave_other_home": page(OWN_PAGES),
    "childpages.stop_card": about("card", minds_card, member=_kaats_page),
    "childpages.stop_device": about("device", minds_device, member=_kaats_page),
    "together.choose": page(PARENTS),
    "together.start": page(PARENTS),
    "together.stop": page(PARENTS),
    # -- leaving: each parent their own place; the plan is all parents'
    "leaving.leave": page(PARENTS),
    "leaving.go": page(PARENTS),
    "leaving.close": page(PARENTS),
    "leaving.ask": page(PARENTS),
    "leaving.agree": page(PARENTS),
    "leaving.stop": page(PARENTS),
    # -- sharing
    "sharing.index": page(PARENTS),
    "sharing.looks": page(PARENTS),
    "sharing.whom": page(PARENTS),
    "sharing.meet": page(PARENTS),
    "sharing.what": about("person", shares_with),
    "sharing.until": about("person", shares_with),
    "sharing.draft": about("person", shares_with),
    "sharing.make": about("person", shares_with),
    "sharing.show": about("share", parents),
    "sharing.preview": about("share", parents),
    "sharing.peek": about("share", peeks, page=lambda _cast, _piece: "doelen"),
    "sharing.edit": about("share", parents),
    "sharing.save": about("share", parents),
    "sharing.extend": about("share", parents),
    "sharing.link": about("share", parents),
    "sharing.renew": about("share", parents),
    "sharing.stop": about("share", parents),
    "sharing.audience": any_item(chooses, *EVERY_KIND, kind=_kind),
    "sharing.choose_audience": any_item(chooses, *EVERY_KIND, kind=_kind),
    "sharing.person": about("person", parents),
    "sharing.close_for": any_item(chooses, *EVERY_KIND, kind=_kind, person=_somebody),
    # -- guests: inviting and stopping, as sharing
    "guests.whom": page(PARENTS),
    "guests.meet": page(PARENTS),
    "guests.what": about("person", shares_with),
    "guests.until": about("person", shares_with),
    "guests.draft": about("person", shares_with),
    "guests.make": about("person", shares_with),
    "guests.stop": about("share", parents),
    "guests.thank": about("share", parents),
    "guests.give_thanks": about("share", parents),
    "guests.ask_leave": page(frozenset({"lisa", "bert"})),
    "guests.leave": page(frozenset({"lisa", "bert"})),
    "guests.question": about("greeting", arriving),
    "guests.welcome": about("greeting", parents),
    "guests.decline": about("greeting", parents),
    "sharing.shared": about("share", holder),
    "sharing.print_own": about("share", holder),
    "sharing.accept": through_omas_link(),
    "sharing.report_done": report(),
    "sharing.report_missed": report(),
    "sharing.report_words": report(),
    "sharing.report_back": report(),
    # -- proposals: for who decides
    "proposals.index": page(PARENTS),
    "proposals.show": line(),
    "proposals.yes": line(),
    "proposals.different": line(),
    "proposals.yes_but": line(),
    "proposals.no": line(),
    "proposals.later": line(),
    "proposals.keep": line(),
    "proposals.yes_to_all": about("proposal", parents),
    # -- a child's own pages of the plan
    # -- children: what a child says, and whom it told
    **{f"children.{name}": page(OWN_PAGES) for name in OF_A_CHILD},
    "children.house": page(OWN_PAGES, part=_house),
    "children.say_house": page(OWN_PAGES, part=_house),
    **{f"children.{name}": about("said", of_child) for name in OF_ONE_SAID},
    "children.let_see": about("said", of_child, person=_oma),
    "children.let_not_see": about("said", of_child, person=_oma),
    "children.my_file": on_said(of_child),
    "children.told_file": on_said(is_told),
    "children.link_file": on_said(of_its_link, share=_share_of_oma),
    "children.told": Door(frozenset({"sara", "jef", "lisa"}), there=frozenset({"lies"})),
    "children.told_one": about("said", is_told),
    "children.reply": about("said", is_told),
    "children.link_told": about("share", told_something),
    "children.link_told_one": about("said", of_its_link, share=_share_of_oma),
    "children.link_reply": about("said", of_its_link, share=_share_of_oma),
    # -- wishes: for the child who asks, and the parents whom it told
    **{f"wishes.{name}": page(OWN_PAGES) for name in ("mine", "ask", "table", "ask_for")},
    **{f"wishes.{name}": about("said", asked) for name in ("take_back", "ask_again")},
    **{f"wishes.{name}": about("said", answers) for name in ("question", "yes", "different", "yes_but")},
    **{f"wishes.{name}": about("said", answers) for name in ("rather_not", "no", "later", "keep")},
    # -- whom a child trusts: for that child, and for that person in the child's own layer
    **{f"trusted.{name}": page(OWN_PAGES) for name in ("index", "name", "help")},
    **{f"trusted.{name}": about("trusted", trusts) for name in ("show", "renew", "extend", "stop")},
    "trusted.file": on_said(is_trusted, plan=_layer, trusted=_wim),
    **{f"trusted.{name}": about("trusted", is_trusted, plan=_layer) for name in ("for_me", "leave")},
    **{f"trusted.{name}": about("said", is_trusted, plan=_layer, trusted=_wim) for name in ("told_me", "reply")},
    "days.today": page(OWN_PAGES),
    "days.day": page(OWN_PAGES, day=_day),
    "days.week": page(OWN_PAGES),
    "days.tell_done": Door(about="agreement", kinds=("agreement",), rule=on_own_page, more={"day": _day}),
    "days.tell_missed": Door(about="agreement", kinds=("agreement",), rule=on_own_page, more={"day": _day}),
    "days.take_back": Door(about="agreement", kinds=("agreement",), rule=on_own_page, more={"day": _day}),
    "days.who": page(OWN_PAGES),
    "days.helper": Door(about="person", kinds=("person",), rule=helps_a_child),
    "days.mine": page(OWN_PAGES),
    "days.steps": page(OWN_PAGES),
    "days.tick": Door(about="step", kinds=("step",), rule=on_own_page),
    "days.untick": Door(about="step", kinds=("step",), rule=on_own_page),
    # -- proposing: for guests
    "proposing.new": page(VISITING),
    "proposing.compose": page(VISITING),
    "proposing.plain": page(VISITING),
    "proposing.mine": page(VISITING),
    "proposing.take_back": Door(about="line", kinds=("proposed",), rule=visits),
}


# ---- which things to try ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One address to ask for: its arguments, and who may."""

    about: str
    values: dict[str, Any]
    who: Who


_missing = count(1)


def cases(cast: Cast, door: Door) -> list[Case]:
    """Every address of a route that is worth asking for: of our plan, of Lies's, of none."""
    nowhere = UUID(int=(4 << 76) | (8 << 60) | next(_missing))
    filled = {name: fill(cast, None) for name, fill in door.more.items()}
    if not door.about:
        alike = {"sara": "lies", "lisa": "dirk", "kaat": "kaat_too"}
        lies = frozenset(there for here, there in alike.items() if here in door.who)
        lies = lies if door.there is None else door.there
        return [
            Case("our plan", {"plan": cast.plan, **filled}, door.who),
            Case("their plan", {"plan": cast.elsewhere, **filled}, lies),
            Case("no plan", {"plan": nowhere, **filled}, NOBODY),
        ]
    made = [_case(cast, door, name, piece, cast.plan) for name, piece in _worth_asking(cast, door)]
    made.append(Case("nothing", {"plan": cast.plan, door.about: nowhere, **filled}, NOBODY))
    if "said" in door.kinds and door.rule in {is_told, of_child}:
        piece = cast.pieces["said kaat to lies"]
        there = _case(cast, door, "said kaat to lies", piece, cast.elsewhere)
        elsewhere = {"lies"} if door.rule is is_told else {"kaat_too"}
        made.append(Case("said to lies, there", there.values, frozenset(elsewhere)))
    if "goal" in door.kinds:
        piece = cast.pieces["goal elsewhere"]
        there = _case(cast, door, "goal elsewhere", piece, cast.elsewhere)
        elsewhere = {"lies", "dirk"} if door.rule is is_shown else {"lies"}
        made.append(Case("their goal, there", there.values, frozenset(elsewhere)))
    return made


def _case(cast: Cast, door: Door, name: str, piece: Piece, plan: UUID) -> Case:
    filled = {argument: fill(cast, piece) for argument, fill in door.more.items()}
    # What a child says lies in no plan, and Lies may be among whom it chose.
    elsewhere = "lies" in piece.seen_by and piece.kind not in SAID
    return Case(name, {"plan": plan, door.about: piece.id, **filled}, NOBODY if elsewhere else door.rule(name, piece))


def _worth_asking(cast: Cast, door: Door) -> list[tuple[str, Piece]]:
    """One thing of each sort: seen by the same people, with the same answer; with a photo on it where one has."""
    found: dict[tuple[object, ...], tuple[str, Piece]] = {}
    with_photo = set(cast.on.values())
    for name, piece in sorted(cast.pieces.items(), key=lambda one: one[0] not in with_photo):
        if piece.kind in door.kinds:
            sort = (piece.kind, piece.seen_by, piece.removed, door.rule(name, piece))
            found.setdefault(sort, (name, piece))
    return list(found.values())
