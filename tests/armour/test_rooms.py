"""The plan of the house: which files a room has, who reads and writes tables, which template is of which page."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

from app.main import ROOMS
from tests.support.templates import ENVIRONMENT, ROOT, sources

APP = ROOT / "app"
# In the ladder of imports, but no rooms of the plan.
NO_ROOMS = {"policy", "web", "translations", "words", "pictos"}
ROOM_FILES = {"__init__", "rules", "nouns", "models", "store", "commands", "forms", "views", "words", "register"}

# What a room has besides: each with the reason.
MORE_FILES = {
    "accounts/chance.py": "numbers and words of cards, pure, with no rule in them",
    "accounts/bunch.py": "all keys of one account, read at once: too long for store.py",
    "accounts/keys.py": "passwords and passkeys of an account: too long for commands.py",
    "accounts/knownlist.txt": "the passwords everybody tries first",
    "accounts/locks.py": "passkeys as browsers speak of them; no rule and no row",
    "accounts/recovery.py": "a lost key, replaced by e-mail: a ledger of its own",
    "accounts/owners.py": "accounts and their places: part of the sessions ledger, too long for commands.py",
    "accounts/own_keys.py": "keys that a child made itself, ended by the child: too long for commands.py",
    "accounts/sessions.py": "the ledger of sessions and seats: too long for commands.py",
    "accounts/tidy.py": "a job that ends what has run out; part of the sessions ledger",
    "accounts/wordlist.txt": "the words of key cards",
    "accounts/wordlist.NOTICE.md": "where they come from",
    "agreements/reports.py": "what guests say of an agreement: routes beside views.py, which is long enough",
    "agreements/assent.py": "who said yes to which text: beside the verbs that change it",
    "agreements/turns.py": "the calendar of one agreement, pure: too long for rules.py",
    "plan/nights.py": "where a child sleeps which night, pure: too long for rules.py",
    "plan/sleeping.py": "when a child sleeps where: too long for commands.py",
    "plan/helpers.py": "meehelpers: too long for commands.py",
    "plan/layers.py": "which layers lie beside a plan, read with who sits there: rooms above ask it, store.py is long",
    "entry/helper_views.py": "meehelpers: too long for views.py",
    "entry/keeper.py": "whose keys are at hand: a member's or those of an account",
    "entry/key_views.py": "own keys: too long for views.py",
    "entry/letters.py": "the one mail the product sends, by a job",
    "entry/lost_views.py": "a lost key: open pages, apart from those of keys that are there",
    "entry/proof.py": "a key is shown first, before a password or an address changes: apart from whose keys they are",
    "entry/proof_views.py": "the pages that ask for it: too long for key_views.py",
    "children/ledger.py": "which layer is whose and who looked: rows that no history of a plan may tell of",
    "children/hearers.py": "whom a child may choose, read beside the scope: it does not see who was let in",
    "children/heard_views.py": "photos, voice notes and films in a layer: apart from the pages around them",
    "children/in_hand.py": "what was said a moment ago on a lent phone: in the browser's own cookie",
    "children/life.py": "how long a layer lives: what goes with the last plan it is in",
    "children/luggage.py": "what a child takes along: one file, written a piece at a time",
    "children/said_commands.py": "what a child does with what it says, and chooses",
    "children/said_forms.py": "what a child says, as it is sent",
    "children/said_rules.py": "who may be chosen and what a lent phone shows, pure",
    "children/said_store.py": "what a child said, for itself, and who may be let see it: too long for store.py",
    "children/said_views.py": "the pages of what a child says",
    "children/said_words.py": "what those pages say",
    "children/told_commands.py": "what is said back",
    "children/told_panels.py": "where whom a child chose finds it, on the pages of other rooms",
    "children/told_store.py": "what a child told somebody, as that somebody",
    "children/told_views.py": "the pages of whom a child chose",
    "children/lock.py": "what a child's phone may show now: asked by all pages that list what it keeps",
    "children/room.py": "the room's routes, to which several files of views add theirs",
    "days/bar.py": "what stands around each page of a child, in whatever room that page is",
    "days/people.py": "who helps a child and what it works on, apart from its days",
    "demo/children.py": "the children of the demo and their pages: a family is long enough by itself",
    "children/code.py": "the pictures that close what a child keeps: too long for commands.py",
    "children/twice.py": "one layer in two plans: a ledger beside the door, and its code",
    "children/openings.py": "when a child's box was open, and guesses of a day: a ledger beside the door",
    "childpages/boxes.py": "what closes a child's layer here: the child's own pages, apart from those of its parents",
    "childpages/day_views.py": "a picture for each day of the week: apart from the page in views.py",
    "childpages/home_views.py": "a second plan: apart from the pictures and the phone",
    "childpages/opened_views.py": "when a box was open, and what its child does about it",
    "childpages/lock_views.py": "the pictures of a child and its device on slot: apart from the phone",
    "childpages/card_views.py": "the card of a child: apart from its page in views.py",
    "childpages/phone_views.py": "the phone given to a child and taken back, open pages too: apart from views.py",
    "childpages/room.py": "the room's routes, to which several files of views add theirs",
    "demo/guests.py": "the guests of the demo: a family is long enough by itself",
    "demo/ways.py": "ways into the demo: addresses and cookies",
    "entry/open_views.py": "the open pages of the room, apart from the guarded ones",
    "history/entries.py": "what one change is to its reader, pure: apart from how it is read",
    "host/colours.py": "the colours of the style page and their contrast, pure",
    "guests/card_views.py": "start cards, an account's own: apart from the invitations in open_views.py",
    "guests/ledger.py": "stays and start cards, which are an account's and of no plan",
    "guests/open_views.py": "the open pages of the room, apart from the guarded ones",
    "people/drawing.py": "the drawing of the rings, line by line, for the template",
    "people/letters.py": "names as they are drawn and listed, pure: too long for rules.py",
    "people/looks.py": "the three ways to look at people, and who stands in the picture",
    "people/rings.py": "the geometry of the rings, pure: too long for rules.py",
    "people/widths.py": "how wide letters are, pure: a table with no rule in it",
    "demo/photos.py": "which photos the family of the demo has",
    "demo/pictures.py": "draws those photos, pure",
    "leaving/again.py": "what a restore repeats, apart from what people do",
    "leaving/copying.py": "a copy of a plan, pure: the edits that make it",
    "export/child_forms.py": "the sheets of a child: what somebody wants on them",
    "export/child_views.py": "the sheets of a child: their pages, apart from those of the plan",
    "export/child_words.py": "the sheets of a child: what they say and show",
    "export/photos.py": "the photos of any sheet, asked for at once: words.py and child_words.py both draw them",
    "export/drawn.py": "the sheets of a child: what comes on them for whom",
    "export/layout.py": "which picture stands where on those, pure: it knows no plan",
    "export/whose.py": "whose sheets somebody may make",
    "export/shelf.py": "finished sheets of paper, which stand beside the door: copies, made anew at will",
    "media/cage.py": "what the process that opens a photo may ask of the system; no rule of a family",
    "media/apart.py": "starts the processes that open a file and hears what they say",
    "media/boxes.py": "the boxes of an MP4 file, pure",
    "media/easel.py": "the process that draws a photo again, apart from the server that starts it",
    "media/frames.py": "the pictures of a film, made anew, loaded in that process only",
    "media/ledger.py": "the rows of photos, sounds and films, which the door itself moves: beside it, no words",
    "media/recordings.py": "checks what the process says that recorded a sound or a film anew",
    "media/reel.py": "the process that records a sound or a film anew, apart from the server that starts it",
    "media/tracks.py": "which files are sounds and films and how they play, loaded in that process only",
    "media/pixels.py": "checks what the process says that drew a photo again",
    "media/shelf.py": "where files lie: a folder or a bucket, which knows no photo",
    "media/sorts.py": "which files are photos and how they open, loaded in that process only",
    "moments/photos.py": "the photo on a thing of any kind, as one reader may see it: apart from moments themselves",
    "moments/medium_commands.py": "what can be done to a photo, a voice note or a film on a thing",
    "moments/taking.py": "a file that is taken in for somebody, and who they are once it is drawn",
    "moments/medium_forms.py": "the form that sends a file",
    "moments/medium_views.py": "what the pages with that form do alike: putting it there, two at once, taking it away",
    "moments/played.py": "the bytes of one, whole or in part: for the rooms above too",
    "moments/recorded.py": "the voice note and the film on a thing, as one reader may hear and see them",
    "moments/recorded_views.py": "their pages, and the sounds and films themselves",
    "moments/sent.py": "the file that came with a form, and what became of that form: for the rooms above too",
    "moments/photo_views.py": "its pages, and the pictures themselves",
    "moments/room.py": "the room's routes, to which two files of views add theirs",
    "media/tiles.py": "libheif's own calls for a photo in tiles, loaded in that process only",
    "news/marks.py": "the ledger of marks, which writes beside the door: technical, no words",
    "proposals/applying.py": "what a yes does to the plan, by the commands of the rooms it is about",
    "proposals/drafts.py": "a visit in the making, carried from page to page, pure",
    "proposals/guest_forms.py": "the guest's side of the room: one line as they type it",
    "proposals/guest_pages.py": "the guest's side of the room: pages put together, apart from their addresses",
    "proposals/guest_views.py": "the guest's side of the room: written by others than the family's",
    "proposals/guest_words.py": "the guest's side of the room: what a guest reads while proposing",
    "proposals/reading.py": "when a guest read an answer: a ledger beside the door",
    "proposals/shown.py": "how one line is read, by the family and by its guest, pure",
    "plan/domains.py": "the life domains: words that other rooms use",
    "safekeeping/console.py": "the operator's commands for backups, as cli.py has the others",
    "safekeeping/content.py": "backups of content: made and checked",
    "safekeeping/drill.py": "a restore aside, to see that all of it opens",
    "safekeeping/dump.py": "a database as a row of messages, read and written a little at a time",
    "safekeeping/folder.py": "where backups lie, and what is whole there",
    "safekeeping/keys.py": "backups of keys, which never lie beside those of content",
    "safekeeping/photos.py": "the files of photos in backups",
    "safekeeping/restore.py": "brings a backup back, and ends again what had ended",
    "safekeeping/streams.py": "sealed files, pure",
    "safekeeping/tables.py": "fills an empty database, beside the door",
    "sharing/audience_views.py": "the pages of who sees an item: too long for views.py",
    "sharing/audiences.py": "who sees an item, in words, and the choices of one tap: too long for words.py",
    "sharing/choosing.py": "choosing who sees an item: the commands of audiences, apart from those of shares",
    "proposals/ending.py": "the job that writes down what ended, which reads rows of all plans for nobody",
    "proposals/panels.py": "this room's part of the pages of other rooms",
    "sharing/ledger.py": "the looks ledger, one of the three that write beside the door",
    "sharing/link_views.py": "what a link shows: apart, for it is guarded by another seat",
    "sharing/onlookers.py": "who looks in, person by person, and what they see: too long for store.py",
    "sharing/seats.py": "who sits in a share's seat, asked at every request: apart, for no page is behind it",
    "sharing/shown.py": "what one page of a link holds, pure",
    "sharing/steps.py": "the steps of making a share, carried from page to page",
    "sharing/visit.py": "what is around a guest on every page: apart, for the ledger and every template ask it",
    "trusted/helping.py": "what stands at the foot of every page of a child: apart from whom it named",
    "trusted/person_views.py": "the pages of that person, who comes in by another seat",
    "trusted/room.py": "the room's routes, to which two files of views add theirs",
    "trusted/seats.py": "who sits in the seat of somebody a child trusts, asked at every request",
    "wishes/answer_views.py": "the parents' side of the room: written by others than the child's",
    "wishes/room.py": "the room's routes, to which two files of views add theirs",
}

# Who may write tables, and who ends a transaction. The ledgers stand in the design page `house`, choice 4.
WRITERS = {
    "change.py": "the one door",
    "erase.py": "the bin after 30 days, which may leave no history",
    "endings.py": "stops that a restore repeats, which leave no line in a history",
    "standing.py": "what a restore leaves as it was last: a ledger in the key store, which no history tells of",
    "keystore.py": "the key store: another database, which holds no content",
    "accounts/commands.py": "the ledger of attempts",
    "accounts/bunch.py": "the keys of accounts, which are no part of a plan: reads only",
    "accounts/keys.py": "the keys of accounts, which are no part of a plan",
    "accounts/recovery.py": "the questions for a new key, which are no part of a plan",
    "accounts/owners.py": "accounts, which are no part of a plan and have a key of their own",
    "accounts/own_keys.py": "the ledgers of sessions and accounts: what a child ends of its own",
    "accounts/sessions.py": "the ledger of sessions",
    "accounts/chance.py": "numbers and words of cards, pure, with no rule in them",
    "accounts/tidy.py": "the ledgers of sessions and attempts, tidied by a job",
    "sharing/ledger.py": "the ledger of looks",
    "children/ledger.py": "which layer is whose and who looked, with no words outside a seal",
    "children/twice.py": "the code that joins a layer to a second plan: a hash and a day",
    "children/openings.py": "when a child's box was open, sealed whole, for that child only",
    "media/cage.py": "what the process that opens a photo may ask of the system; no rule of a family",
    "media/easel.py": "the process that draws a photo again, apart from the server that starts it",
    "media/ledger.py": "where the files of photos lie: no words; the door moves them",
    "media/sorts.py": "which files are photos and how they open, loaded in that process only",
    "news/marks.py": "up to when somebody saw what is new: technical, no words",
    "guests/ledger.py": "stays and start cards, which are an account's and of no plan",
    "proposals/reading.py": "when a guest read an answer: no content, and no part of any history",
    "export/shelf.py": "finished sheets of paper: copies, which need no history and no undo",
    "safekeeping/tables.py": "an empty database, filled with what the door wrote before",
}
# Who may read tables besides every room's store.py.
READERS = {
    "scope.py": "the one scope",
    "lines.py": "the history of the item at hand",
    "standing.py": "what the backup brought, held against what was noted last",
    "children/hearers.py": "who was let in where a child lives, which the child itself does not see",
    "children/told_store.py": "since when a way in is there, which who came in through it does not see itself",
    "proposals/ending.py": "the job that writes down what ended",
    "sharing/seats.py": "who sits in a share's seat",
    "trusted/seats.py": "who sits in the seat of somebody a child trusts",
    **WRITERS,
}


@cache
def code() -> list[tuple[str, ast.Module]]:
    """Every file of the product, as its name below app/ and its syntax."""
    paths = sorted(APP.rglob("*.py"))
    return [(str(path.relative_to(APP)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def calls(tree: ast.Module) -> Iterator[str]:
    """The name of everything a file calls: `select`, `db.session.commit`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imported(tree: ast.Module, package: str) -> set[str]:
    """What a file imports from a package, by the names it has there."""
    return {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == package
        for name in node.names
    }


# ---- files -----------------------------------------------------------------------------------------------------------


def test_every_room_is_joined_to_the_app() -> None:
    rooms = {path.parent.name for path in APP.glob("*/register.py")}
    assert rooms == set(ROOMS)


def test_rooms_have_the_same_file_names() -> None:
    folders = [path for path in APP.iterdir() if path.is_dir() and path.name not in {*NO_ROOMS, "__pycache__"}]
    found = {f"{room.name}/{path.name}" for room in folders for path in room.iterdir() if path.name != "__pycache__"}
    odd = {name for name in found if name.partition("/")[2].removesuffix(".py") not in ROOM_FILES}
    assert odd <= set(MORE_FILES), f"say why in MORE_FILES: {sorted(odd - set(MORE_FILES))}"


def test_what_a_room_has_besides_is_still_there_and_has_a_reason() -> None:
    for table, folder in ((MORE_FILES, APP), (READERS, APP)):
        assert all((folder / name).exists() for name in table), [name for name in table if not (folder / name).exists()]
        assert all(reason.strip() for reason in table.values())


def test_every_room_says_at_its_door_what_lives_there() -> None:
    for path in sorted(APP.glob("*/__init__.py")):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.parent.name


# ---- who writes, who reads -------------------------------------------------------------------------------------------


def test_only_the_door_and_the_ledgers_end_a_transaction() -> None:
    faults = [
        f"{name}: {call}"
        for name, tree in code()
        if name not in WRITERS
        for call in calls(tree)
        if call.rpartition(".")[2] in {"commit", "begin", "begin_nested"} or call == "db.session.flush"
    ]
    assert not faults, "\n".join(faults)


def test_only_the_demo_writes_in_the_past() -> None:
    assert [name for name, tree in code() if "days_ago" in imported(tree, "app")] == [
        "demo/commands.py",
        "demo/guests.py",
    ]


def test_only_the_door_and_the_ledgers_write_tables() -> None:
    faults = [
        f"{name}: {sorted(found)}"
        for name, tree in code()
        if name not in WRITERS and (found := imported(tree, "sqlalchemy") & {"insert", "update", "delete"})
    ]
    assert not faults, "\n".join(faults)


def test_only_stores_and_the_scope_read_tables() -> None:
    reading = {"select", "union_all", "union", "exists", "text", "func"}
    faults = [
        f"{name}: {sorted(found)}"
        for name, tree in code()
        if name not in READERS and Path(name).name != "store.py" and (found := imported(tree, "sqlalchemy") & reading)
    ]
    assert not faults, "\n".join(faults)


def test_nobody_writes_sql_by_hand_or_adds_through_the_session() -> None:
    by_hand = {"add", "add_all", "merge", "bulk_save_objects", "exec_driver_sql", "get"}
    faults = [
        f"{name}: {call}"
        for name, tree in code()
        for call in calls(tree)
        if call.startswith("db.session.") and call.rpartition(".")[2] in by_hand
    ]
    asking = {"host/store.py"}  # whether a database answers at all
    faults += [
        f"{name}: text()" for name, tree in code() if "text" in imported(tree, "sqlalchemy") and name not in asking
    ]
    assert not faults, "\n".join(faults)


def test_items_are_sealed_and_opened_in_few_places() -> None:
    """A payload is opened by the scope and the door; ledgers and seats open their own."""
    may = {"scope.py", "change.py", "lines.py", "vault.py", "plan/store.py", "sharing/seats.py", "history/store.py"}
    may |= {"sharing/ledger.py", "accounts/store.py", "accounts/keys.py", "accounts/owners.py"}
    may |= {"accounts/sessions.py", "export/shelf.py", "guests/ledger.py", "safekeeping/drill.py"}
    may |= {"media/commands.py", "media/store.py", "children/ledger.py", "children/hearers.py"}
    may |= {"children/openings.py", "accounts/own_keys.py", "standing.py"}
    opening = {name for name, tree in code() if imported(tree, "app") & {"seal", "unseal"}}
    assert opening <= may, opening - may


# ---- templates -------------------------------------------------------------------------------------------------------


@cache
def used_by_pages(*more: str) -> set[str]:
    """Every template that some whole page extends, includes or imports, through others too."""
    uses = {name: set(_named(ENVIRONMENT.parse(source))) for name, source in sources()}
    found = {
        name for name in uses if not Path(name).name.startswith("_") and not name.startswith(("_layout", "_parts"))
    }
    found |= set(more)
    fresh = set(found)
    while fresh:
        fresh = {other for name in fresh for other in uses.get(name, ())} - found
        found |= fresh
    return found


def _named(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        for constant in node.template.find_all(nodes.Const) if hasattr(node, "template") else ():
            yield str(constant.value)
        if isinstance(node.template, nodes.Const):
            yield str(node.template.value)


def rendered_by_code() -> set[str]:
    """Every template that code names."""
    texts = [path.read_text(encoding="utf-8") for path in APP.rglob("*.py")]
    return {name for text in texts for name in re.findall(r'"(\w+/[\w/]+\.(?:html|txt|svg))"', text)}


@cache
def panels() -> set[str]:
    """The parts of a page that another room fills in (`app/rooms.py`): that page shows them by `panel.template`."""
    texts = [path.read_text(encoding="utf-8") for path in APP.glob("*/*.py")]
    shown = any("panel.template" in source for name, source in sources() if name in used_by_pages())
    return {name for text in texts for name in re.findall(r'Panel\(\s*"([\w/]+\.html)"', text)} if shown else set()


def test_every_fragment_is_part_of_a_whole_page() -> None:
    fragments = {name for name, _source in sources() if Path(name).name.startswith("_") and not name.startswith("_")}
    alone = fragments - used_by_pages(*panels())
    assert not alone, f"no page includes: {sorted(alone)}"


def test_every_template_is_used() -> None:
    named = rendered_by_code() | used_by_pages(*panels())
    idle = {name for name, _source in sources()} - named
    assert not {name for name in idle if not name.startswith("_layout")}, sorted(idle)


def test_every_template_that_code_names_is_there() -> None:
    assert rendered_by_code() <= {name for name, _source in sources()}


@pytest.mark.parametrize("room", sorted({name.partition("/")[0] for name, _source in sources() if name[0] != "_"}))
def test_a_folder_of_templates_belongs_to_a_room(room: str) -> None:
    assert room == "style" or (APP / room).is_dir()
