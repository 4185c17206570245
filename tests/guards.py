"""The guards of the product that `bin/test --guards` switches off, one by one, and the tests that must notice.

A guard is named after what it keeps from happening. `there` stands in `file` exactly once; `instead` is the same
without the guard. See tests/support/off.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """One piece of source that keeps somebody out, and the tests that miss it."""

    file: str
    there: str
    instead: str
    tests: tuple[str, ...]


def guard(file: str, there: str, instead: str, *tests: str) -> Guard:
    return Guard(file, there, instead, tests)


MATRIX = "tests/policy/test_matrix.py"
SEATS = "app/sharing/seats.py"

GUARDS: dict[str, Guard] = {
    "a route asks the policy": guard(
        "app/web/room.py", "if thing is None or not permits(", "if thing is None or None and not permits(", MATRIX
    ),
    "a page for adults opens to no child, whatever it may do there": guard(
        "app/web/room.py",
        "if actor.kind in APART and not child:",
        "if False and not child:",
        "tests/days/test_views.py",
    ),
    "what cannot be noted is not shown to a guest": guard(
        "app/web/room.py",
        'if "peek" not in g:',
        "if False:",
        "tests/sharing/test_looks.py",
    ),
    "what could not be saved is told as such, with the words": guard(
        "app/web/errors.py",
        "    if found is None:\n        return None\n    note(",
        "    if True:\n        return None\n    note(",
        "tests/web/test_not_saved.py::test_without_a_database_the_page_is_there_all_the_same",
    ),
    "who was stopped while their photo was drawn puts it nowhere": guard(
        "app/moments/taking.py", "        _refuse_gone(came_as or actor)\n", "", "tests/moments/test_late.py"
    ),
    "who stays as a name keeps no photo": guard(
        "app/leaving/commands.py",
        "    erase_media(system(LEFT, actor.plan), names)\n",
        "",
        "tests/leaving/test_photos.py",
    ),
    "a photo that was taken away goes from the backups too": guard(
        "app/safekeeping/content.py",
        "        photos.remove(place, _unnamed(place, secret))\n",
        "",
        "tests/safekeeping/test_backup.py",
    ),
    "only the photo that is on a thing now is shown": guard(
        "app/moments/photos.py", "if one.id == photo), None)", "if photo), None)", "tests/moments/test_photos.py"
    ),
    "a picture of a link comes through that link": guard(
        "app/moments/photos.py",
        "return None if actor.kind is ActorKind.LINK_HOLDER else _asked_for(",
        "return _asked_for(",
        "tests/moments/test_photos.py",
    ),
    "what is no pictogram is put nowhere": guard(
        "app/picking/forms.py",
        "return sent if not sent or is_known(sent) else None",
        "return sent",
        "tests/picking/test_picking.py::test_what_is_no_picture_is_refused_and_changes_nothing",
    ),
    "a photo that waits is its sender's": guard(
        "app/moments/medium_forms.py",
        'salt=f"{sort}/{actor.plan}/{actor.seat}/{item}"',
        'salt="photo"',
        "tests/moments/test_photos.py",
    ),
    "a write asks the policy": guard(
        "app/change.py", "if not permits(actor, action, facts):", "if False:", "tests/foundation/test_change.py"
    ),
    "who sees an item is chosen by who may": guard(
        "app/change.py",
        "if chosen and not all(",
        "if False and not all(",
        "tests/foundation/test_change.py",
        "tests/sharing",
    ),
    "the writer of an item stays": guard(
        "app/change.py",
        "kept = msgspec.structs.replace(edit.body, writer=edit.thing.body.writer)",
        "kept = edit.body",
        "tests/foundation/test_change.py",
    ),
    "a form sent twice is once": guard(
        "app/change.py",
        "        db.session.execute(insert(FormKey).values(id=key_id, plan_id=actor.plan, at=now()))",
        "        pass",
        "tests/foundation/test_change.py",
    ),
    "only what is seen is loaded": guard(
        "app/scope.py", "if sees(actor, thing.facts):", "if True:", "tests/foundation", MATRIX
    ),
    "a guest reads only the front of the plan": guard(
        "app/scope.py", "if is_guest else thing", "if False else thing", "tests/plan"
    ),
    "what hangs on an item is not seen wider": guard(
        "app/policy/audience.py",
        "if item.under is not None and not sees(actor, item.under):",
        "if False:",
        "tests/policy/test_audience.py",
    ),
    "what is private stays with its writer": guard(
        "app/policy/audience.py",
        "    if not is_private(item):\n        return True\n    if item.writer",
        "    if True:\n        return True\n    if item.writer",
        "tests/policy/test_audience.py",
    ),
    "what one parent hosts never reaches wij by default": guard(
        "app/policy/audience.py",
        "    if actor.hosted_by is not None:\n        return False",
        "",
        "tests/policy/test_audience.py",
    ),
    "what one keeps from the other goes through a link of one alone": guard(
        "app/policy/audience.py",
        "actor.hosted_by is not None and actor.hosted_by == item.writer and actor.person",
        "actor.person",
        "tests/policy/test_audience.py",
    ),
    "a guest sees what hangs on the own seat only": guard(
        "app/policy/audience.py",
        "return under is not None and (under.id == actor.seat or _on_own_seat(actor, under))",
        "return True",
        "tests/policy/test_audience.py",
    ),
    "another plan is another plan": guard(
        "app/policy/audience.py",
        "if actor.plan is None or actor.plan != item.plan or actor.person is None:",
        "if actor.person is None:",
        "tests/policy/test_audience.py",
    ),
    "a stopped share lets nobody in": guard(
        SEATS, "        ShareRow.state == ShareState.ACTIVE,\n", "", "tests/sharing", MATRIX
    ),
    "a share past its day lets nobody in": guard(
        SEATS, '        ShareRow.due_at > bindparam("now", type_=Instant()),\n', "", "tests/sharing", MATRIX
    ),
    "what one parent hosts ends with that parent": guard(
        SEATS,
        "(body.alone and body.writer not in {each.member for each in found})",
        "False",
        "tests/sharing",
    ),
    "an address changes for who shows a key": guard(
        "app/entry/key_views.py",
        "        if keeper.may and proof.missing(keeper) is not None:",
        "        if False:",
        "tests/entry/test_proof.py",
    ),
    "a key made a moment ago proves nothing": guard(
        "app/accounts/rules.py",
        "key.since is None or key.since <= since",
        "True",
        "tests/entry/test_proof.py",
    ),
    "a key stopped a moment ago still asks": guard(
        "app/accounts/rules.py",
        "key.ended is None or key.ended > since",
        "key.ended is None",
        "tests/entry/test_proof.py",
    ),
    "what a guest opened through one place is not written through another": guard(
        "app/web/room.py",
        "    if request.form.get(SEAT, bound_seat()) != bound_seat():",
        "    if False:",
        "tests/guests/test_two_places.py",
    ),
    "a guest's invitation is no link": guard(
        SEATS,
        "return actor if actor is not None and actor.kind is ActorKind.LINK_HOLDER else None",
        "return actor",
        "tests/sharing/test_seats.py",
    ),
    "a link is no guest's seat": guard(
        SEATS,
        "return actor if actor is not None and actor.kind is ActorKind.GUEST else None",
        "return actor",
        "tests/sharing/test_seats.py",
    ),
    "a member who was stopped is out": guard(
        "app/plan/store.py",
        "    _member.state == MemberState.ACTIVE.value,\n",
        "",
        "tests/plan",
        "tests/entry",
    ),
    "a session that ended opens nothing": guard(
        "app/accounts/store.py",
        '        _session.token_hash == bindparam("token"),\n        _session.ended_at.is_(None),',
        '        _session.token_hash == bindparam("token"),',
        "tests/accounts",
        "tests/entry",
    ),
    "guesses wait": guard(
        "app/accounts/rules.py",
        "return None if late is None else Wait(-(-(late - now) // timedelta(minutes=1)))",
        "return None",
        "tests/accounts",
    ),
    "every write carries a token": guard(
        "app/web/security.py",
        "        WTF_CSRF_TIME_LIMIT=None,",
        "        WTF_CSRF_TIME_LIMIT=None,\n        WTF_CSRF_CHECK_DEFAULT=False,",
        MATRIX,
        "tests/armour/test_headers.py",
    ),
    "nothing is cached": guard(
        "app/web/security.py", '["Cache-Control"] = "no-store"', '["X-Nothing"] = ""', "tests/armour/test_headers.py"
    ),
    "no page tells another site where somebody was": guard(
        "app/web/security.py", '    "Referrer-Policy": "no-referrer",\n', "", "tests/armour/test_headers.py"
    ),
    "a sealed value stays in its row": guard(
        "app/vault.py", "return head + root.bytes + row.bytes + table.encode()", "return head", "tests/foundation"
    ),
    "a link's page is for who holds that link": guard(
        "app/sharing/shown.py",
        "return shown_to(actor) if actor.seat == share else None",
        "return shown_to(actor)",
        "tests/sharing",
        MATRIX,
    ),
    "a look that cannot be noted is not served": guard(
        "app/sharing/ledger.py",
        '    raise RuntimeError("a look could not be recorded")',
        "    return",
        "tests/sharing/test_looks.py",
    ),
    "only its writer narrows below wij": guard(
        "app/sharing/rules.py",
        "return Reason.WRITER_NARROWS if is_private(replace(now, audience=chosen)) else None",
        "return None",
        "tests/sharing/test_rules.py",
    ),
    "what is ours names nobody whom one parent keeps": guard(
        "app/sharing/choosing.py",
        "if not is_private(item) else set()",
        "if False else set()",
        "tests/sharing/test_picks.py",
    ),
    "leaving one person out makes nothing wider": guard(
        "app/sharing/rules.py",
        "    if chosen.who in {Who.ME, Who.WE} or is_private(now):\n        return chosen\n",
        "",
        "tests/sharing/test_picks.py",
    ),
    "moving past what is hidden writes only that": guard(
        "app/goals/rules.py",
        "if apart and breadth(thing.facts) == breadth(other.facts):",
        "if apart:",
        "tests/goals/test_rules.py",
    ),
    "somebody a child trusts sits in that child's layer only": guard(
        "app/trusted/seats.py",
        "if found != layer or not has_key(layer):",
        "if found is None or not has_key(layer):",
        "tests/trusted/test_trusted.py",
    ),
    "a stopped vertrouwenspersoon stays out": guard(
        "app/trusted/seats.py",
        "    _row.state == TrustedState.ACTIVE.value,\n",
        "",
        "tests/trusted/test_trusted.py",
    ),
    "who lent the phone meets nobody whom the child trusts": guard(
        "app/trusted/store.py",
        "if self.phone.hides:",
        "if False:",
        "tests/trusted/test_trusted.py",
    ),
    "nor does it choose that person there": guard(
        "app/children/hearers.py",
        "if not lock.is_open(child):",
        "if False:",
        "tests/trusted/test_trusted.py",
    ),
    "only the family that is asked answers a wish": guard(
        "app/wishes/store.py",
        "    return thing.body.sort in ASKS_ANSWER and thing.body.asked_in == plan",
        "    return thing.body.sort in ASKS_ANSWER",
        "tests/wishes/test_answer.py",
    ),
    "a no to a child never comes alone": guard(
        "app/wishes/rules.py",
        "    if body.answer in {Answer.NO, None} and not says:\n        return Reason.NO_WITHOUT_WORDS\n",
        "",
        "tests/wishes",
    ),
    "what a yes makes is for whom the child told": guard(
        "app/wishes/rules.py",
        "    if frozenset(parents) <= frozenset(told):",
        "    if True:",
        "tests/wishes",
    ),
    "what is made reaches nobody whom the child chose no more": guard(
        "app/wishes/commands.py",
        "if thing is None or thing.body.audience != wish.body.audience:",
        "if thing is None:",
        "tests/wishes/test_answer.py",
    ),
    "a link needs the agreed word": guard(
        "app/sharing/commands.py", "raise Refused(Reason.WORD_WRONG) from error", "pass", "tests/sharing/test_word.py"
    ),
    "a plan whose day came lets nobody in": guard(
        "app/plan/store.py",
        '    _closing.due_at <= bindparam("now", type_=Instant()),',
        "    _closing.due_at.is_(None),",
        "tests/leaving",
    ),
    "the last parent stays": guard(
        "app/leaving/commands.py",
        "        _refuse(rules.why_not_leave(actor.person, plans.parents(plans.members(actor))))\n",
        "",
        "tests/leaving",
    ),
    "one of two parents deletes nothing now": guard(
        "app/leaving/rules.py", "if now_too and set(parents) - {me}:", "if False:", "tests/leaving"
    ),
    "a yes is the last only when all said yes": guard(
        "app/leaving/rules.py", "return set(parents) <= set(agreed)", "return True", "tests/leaving"
    ),
    "what a parent kept leaves with them": guard(
        "app/leaving/rules.py",
        "return item.writer == me and not item.is_ours and not any(sees(other, item) for other in others)",
        "return False",
        "tests/leaving",
    ),
    "what one parent hosts alone outlives what the other does to its person": guard(
        "app/sharing/commands.py",
        "if share.body.alone and share.body.writer != who.person:",
        "if False:",
        "tests/sharing/test_going.py",
    ),
    "who was taken away reads nothing of wij": guard(
        "app/policy/audience.py", "return not actor.away and (", "return (", "tests/sharing/test_going.py"
    ),
    "ways in need one's own hand": guard(
        "app/policy/predicates.py",
        "    return actor.scribe is None\n",
        "    return True\n",
        "tests/policy/test_permits.py",
    ),
    "no other transition of a proposal exists": guard(
        "app/proposals/rules.py",
        "return move.to if move is not None and move.who is who else Reason.DECIDED",
        "return move.to if move is not None else LineState.WAITING",
        "tests/proposals",
    ),
    "a no holds for thirty days": guard(
        "app/proposals/rules.py",
        "return Reason.TOO_SOON if since is not None and since > now else None",
        "return None",
        "tests/proposals",
    ),
    "what waits ends with the guest": guard(
        "app/proposals/rules.py",
        "ended = state is LineState.WAITING and not (share_works and target_is_there)",
        "ended = False",
        "tests/proposals",
    ),
    "what a guest of one parent proposes stays with that parent": guard(
        "app/proposals/applying.py",
        "    if not line.share.thing.body.alone or guest is None:\n        return Audience()\n",
        "    if True:\n        return Audience()\n",
        "tests/proposals",
    ),
    "an invitation is taken by one account": guard(
        "app/guests/ledger.py",
        "        return taken_by(share) == account",
        "        return True",
        "tests/guests",
    ),
    "a guest calls nothing off when its day is over": guard(
        "app/talks/rules.py",
        "return Reason.DAY_OVER if day is not None and day < today else None",
        "return None",
        "tests/talks",
    ),
    "an answer is to what is asked now": guard(
        "app/talks/rules.py",
        "return reason or (Reason.ASKED_ANEW if asked != now_asked else None)",
        "return reason",
        "tests/talks",
    ),
    "a parent never types for a parent": guard(
        "app/together/rules.py", "return person not in parents and (", "return (", "tests/together"
    ),
    "a passkey is of who made it": guard(
        "app/accounts/keys.py",
        "    if challenge is None or challenge.whose != account:",
        "    if challenge is None:",
        "tests/accounts",
        "tests/entry",
    ),
    "a challenge is answered once": guard(
        "app/accounts/keys.py",
        "        db.session.rollback()\n        raise Refused(reason) from error\n\n\ndef _credential_hash",
        "        db.session.rollback()\n\n\ndef _credential_hash",
        "tests/accounts",
        "tests/entry",
    ),
    "a known password is no password": guard(
        "app/accounts/keys.py",
        "    if _fitting(candidates, password) is not None or len(candidates) >= rules.CANDIDATES:",
        "    if False:",
        "tests/accounts",
    ),
    "what somebody else changed is told for two weeks at first": guard(
        "app/news/marks.py", "literal(at - rules.FIRST", "literal(at - rules.LONGEST", "tests/news"
    ),
    "a proposal follows the table of what may become of it": guard(
        "app/proposals/rules.py",
        "move is not None and move.who is who",
        "move is not None",
        "tests/proposals/test_rules.py",
    ),
    "a share that ended ends what waits": guard(
        "app/proposals/rules.py",
        "not (share_works and target_is_there)",
        "not target_is_there",
        "tests/proposals/test_rules.py",
    ),
    "a no keeps the same proposal away": guard(
        "app/proposals/commands.py",
        "    _not_again(actor, bodies)\n",
        "",
        "tests/proposals/test_decide.py",
    ),
    "of two answers the first stands": guard(
        "app/proposals/commands.py",
        "keep_due=False, alone=True, needs=Action.PROPOSAL_DECIDE)",
        "keep_due=False, needs=Action.PROPOSAL_DECIDE)",
        "tests/proposals/test_decide.py",
    ),
    "a proposal about what is hidden is hidden": guard(
        "app/proposals/store.py",
        "and not hidden & thing.body.points_at",
        "",
        "tests/proposals/test_decide.py",
    ),
    "a guest proposes about what they see": guard(
        "app/proposals/commands.py",
        "    if body.target is not None and target is None:",
        "    if False:",
        "tests/proposals/test_send.py",
    ),
    "what a guest of one parent adds stays between them": guard(
        "app/proposals/applying.py",
        "    return Audience(Who.ME_AND, people=(guest,))",
        "    return Audience()",
        "tests/proposals/test_decide.py",
    ),
    "a deleted plan leaves no other ending behind": guard(
        "app/erase.py", "forget_endings(db.session.scalars(", "list(db.session.scalars(", "tests/leaving/test_gone.py"
    ),
    "a photo is opened in little memory": guard(
        "app/media/cage.py", "        (resource.RLIMIT_AS, MOST_MEMORY),\n", "", "tests/media/test_easel.py"
    ),
    "a photo is opened in a cage": guard(
        "app/media/easel.py", "    cage.shut(threads=opener.threads)\n", "", "tests/media/test_easel.py"
    ),
    "the limits of a photo come before its first byte": guard(
        "app/media/easel.py", "    cage.bound()\n", "", "tests/media/test_easel.py"
    ),
    "a thread of the cage is no process": guard(
        "app/media/cage.py",
        "            (_HAS, 0, 1, _IN_THIS_PROCESS),\n",
        "            (_HAS, 0, 0, _IN_THIS_PROCESS),\n",
        "tests/media/test_easel.py",
    ),
    "only photos are opened": guard(
        "app/media/sorts.py",
        '        (head.startswith(b"BM"), ',
        '        (head.startswith(b"II"), "PIL.TiffImagePlugin", "TiffImageFile", MOST_PLAIN),\n'
        '        (head.startswith(b"BM"), ',
        "tests/media/test_pixels.py",
    ),
    "a photo is measured before it is opened": guard(
        "app/media/sorts.py",
        "    if size[0] * size[1] > most:\n",
        "    if False:\n",
        "tests/media/test_hostile.py::test_what_is_measured_says_that_it_is_too_large",
    ),
    "a photo takes pixels along and nothing else": guard(
        "app/media/easel.py",
        "quality=quality, method=EFFORT[size])",
        'quality=quality, method=EFFORT[size], exif=b"Exif\\0\\0II*\\0")',
        "tests/media/test_pixels.py",
    ),
    "what comes back is two bare pictures": guard(
        "app/media/pixels.py",
        "if len(picture) > easel.MOST_BYTES[size] or webp_size(picture) != fit((width, height), LONGEST[size]):",
        "if False:",
        "tests/media/test_easel.py",
    ),
    "nothing hangs behind a picture": guard(
        "app/media/pixels.py",
        "if file != len(picture) - 8 or padded != len(picture) - 20 or any(picture[20 + chunk :]):",
        "if False:",
        "tests/media/test_easel.py",
    ),
    "who opens a photo inherits nothing": guard(
        "app/media/apart.py", "        env=ENVIRONMENT,\n", "", "tests/media/test_easel.py"
    ),
    "who opens a photo does not talk for ever": guard(
        "app/media/apart.py", "if len(said) > most:", "if len(said) > 1 << 33:", "tests/media/test_easel.py"
    ),
    "few photos are opened at a time": guard(
        "app/media/apart.py",
        "if not _in_row.acquire(blocking=False):",
        "if _in_row.acquire(blocking=False) is None:",
        "tests/media/test_easel.py",
    ),
    "a sound is opened in a cage": guard("app/media/reel.py", "    cage.shut()\n", "", "tests/media/test_reel.py"),
    "a sound is opened by one reader": guard(
        "app/media/tracks.py",
        '    return "wav" if found is None and',
        '    return "concat" if head[:8] == b"ffconcat" else "wav" if found is None and',
        "tests/media/test_hostile_sound.py",
    ),
    "no box of a recording says anything": guard(
        "app/media/boxes.py", "        if _says_something(box):\n", "        if False:\n", "tests/media/test_reel.py"
    ),
    "no byte of a recording is beside its samples": guard(
        "app/media/boxes.py",
        'if sum(map(_samples, of.get(b"stsz", []))) != len(top[2].body):',
        "if False:",
        "tests/media/test_reel.py",
    ),
    "a sound of a link comes through that link": guard(
        "app/moments/recorded.py",
        "return None if actor.kind is ActorKind.LINK_HOLDER else _asked_for(",
        "return _asked_for(",
        "tests/policy/test_matrix.py",
    ),
    "a photo is sealed before it lies anywhere": guard(
        "app/media/commands.py",
        "files.put(name, seal(key, place_of(sort, size), medium.id, made[size]))",
        "files.put(name, made[size])",
        "tests/media/test_commands.py",
    ),
    "one size of a photo, or another photo, does not open in its place": guard(
        "app/media/store.py",
        "unseal(key, place_of(sort, size), medium, shelf().get(name))",
        "shelf().get(name)",
        "tests/media/test_commands.py",
    ),
    "an item names no photo but its own": guard(
        "app/media/ledger.py",
        "free = or_(_medium.item_id.is_(None), _medium.item_id == item)",
        "free = _medium.id.in_(come)",
        "tests/foundation/test_photos.py",
    ),
    "an item names no photo of another plan": guard(
        "app/media/ledger.py",
        "mine = update(MediumRow).where(_medium.plan_id == plan)",
        "mine = update(MediumRow)",
        "tests/foundation/test_photos.py",
    ),
    "an item names no photo that is not there": guard(
        "app/media/ledger.py",
        "        if found.rowcount != len(come):",
        "        if False:",
        "tests/foundation/test_photos.py",
    ),
    "a file keeps its name after a power cut": guard(
        "app/media/shelf.py", "        sync_folder(path.parent)", "        pass", "tests/media/test_shelf.py"
    ),
    "a file is synced before it has its name": guard(
        "app/media/shelf.py",
        "                os.fsync(file.fileno())",
        "                pass",
        "tests/media/test_shelf.py",
    ),
    "nothing but a drawn name becomes a path": guard(
        "app/media/shelf.py", "    if not NAME.fullmatch(name):", "    if False:", "tests/media/test_shelf.py"
    ),
    "a file that was just put is not swept": guard(
        "app/media/ledger.py", "_sweep(shelf(), at - ON_ITS_WAY)", "_sweep(shelf(), at)", "tests/media/test_commands.py"
    ),
    "a photo goes when its item is erased": guard(
        "app/erase.py", "    media().erased(item)", "    pass", "tests/media/test_commands.py"
    ),
    "a photo of a copy is sealed with the key of the copy": guard(
        "app/media/commands.py",
        "    source, target = keys",
        "    source, target = keys[0], keys[0]",
        "tests/leaving/test_photos.py",
    ),
    "what a parent kept leaves no photo behind": guard(
        "app/media/ledger.py",
        'db.session.info.setdefault("files", []).extend(',
        'db.session.info.setdefault("nothing", []).extend(',
        "tests/leaving/test_photos.py",
        "tests/media/test_commands.py",
    ),
    "what ended ends again after a restore": guard(
        "app/safekeeping/restore.py",
        "            endings.repeat(sort, subject)",
        "            pass",
        "tests/safekeeping/test_endings.py",
    ),
    "what was closed since is closed after a restore": guard(
        "app/safekeeping/restore.py", "standing.put_back()", "0", "tests/safekeeping/test_standings.py"
    ),
    "whoever closes something, it is noted for a restore": guard(
        "app/lines.py",
        "    note(plan, [(line.item, line.stands) for line in lines if line.was not in (None, line.stands)])\n",
        "",
        "tests/safekeeping/test_standings.py",
    ),
    "a password of before opens nothing after a restore": guard(
        "app/accounts/owners.py",
        "    if stands is not None:\n",
        "    if stands is not None and False:\n",
        "tests/safekeeping/test_standings.py",
    ),
    "nothing starts over half a restore": guard(
        "app/db.py", "        raise HalfRestored", "        pass", "tests/safekeeping/test_console.py"
    ),
    "a backup that was cut off is refused": guard(
        "app/safekeeping/streams.py",
        "_nonce(self._number, last=self._next is None), piece",
        "_nonce(self._number, last=True), piece",
        "tests/safekeeping/test_streams.py",
    ),
    "a photo file that changed is refused": guard(
        "app/safekeeping/photos.py",
        "    if file.written is not None and _written(_path(place, file.name)) != file.written:",
        "    if False:",
        "tests/safekeeping/test_backup.py",
    ),
    "a restore never destroys": guard(
        "app/safekeeping/restore.py",
        '    tables.refuse_filled("content", config.database_url)',
        "    pass",
        "tests/safekeeping/test_backup.py",
    ),
    "content and its keys never lie together": guard(
        "app/safekeeping/folder.py",
        "            if found(place, other):",
        "            if False:",
        "tests/safekeeping/test_keys.py",
    ),
    "who is shown the door keeps no page for Back": guard(
        "app/web/errors.py",
        "if answer.status_code in {401, 404} and asked_a_page",
        "if not answer.status_code and asked_a_page",
        "tests/web/test_left.py",
    ),
    "a lent phone opens only the pages of the child": guard(
        "app/web/lent.py",
        "if of_a_seat or needs not in ON_A_LENT_PHONE or plan != held.plan:",
        "if False:",
        "tests/childpages/test_lent.py",
    ),
    "who holds a lent phone is the child and never the lender": guard(
        "app/web/session.py",
        "return seated_in(plan) if held is None else _child_in(plan, held)",
        "return seated_in(plan)",
        "tests/childpages/test_lent.py",
    ),
    "a lent phone is a session of its own": guard(
        "app/childpages/phone_views.py",
        "lend_phone(accounts.turn_session(here), Lent(",
        "lend_phone(here, Lent(",
        "tests/childpages/test_lent.py",
    ),
    "nobody lends a phone that they cannot take back": guard(
        "app/childpages/phone_views.py",
        "if not proof.comes_back(keepers.of_seat(actor)) or here is None",
        "if here is None",
        "tests/childpages/test_lent.py",
    ),
    "pictures are not chosen over what is kept": guard(
        "app/children/code.py",
        "return in_hand.began() is not None and store.root_of(actor)",
        "return store.root_of(actor)",
        "tests/childpages/test_code.py",
    ),
    "pictures that were chosen later open nothing of before": guard(
        "app/children/said_rules.py",
        "return since is None or (made is not None and made >= since)",
        "return True",
        "tests/childpages/test_openings.py",
    ),
    "guesses at pictures are few in a day": guard(
        "app/children/code.py",
        "if not its_own and not openings.count_wrong(layer.id, layer.body.zone):",
        "if False:",
        "tests/childpages/test_openings.py",
    ),
    "a key from before opens nothing of what comes along to a plan": guard(
        "app/children/twice.py",
        "own_keys.end(member)\n",
        "str(member)\n",
        "tests/childpages/test_openings.py",
    ),
    "when a box was open is for who has it open": guard(
        "app/childpages/boxes.py",
        "if own.me is None or own.lock_row is None or not lock.is_open(own.child):",
        "if own.me is None or own.lock_row is None:",
        "tests/childpages/test_openings.py",
    ),
    "a card that a parent made opens nothing that is kept": guard(
        "app/children/lock.py",
        "return not actor.lent and not _by_a_lent_key(actor)",
        "return not actor.lent",
        "tests/childpages/test_code.py",
    ),
    "guesses at pictures are few": guard(
        "app/children/code.py",
        "guess = accounts.count_guess({Subject.PICTURES: who})",
        "guess = []",
        "tests/childpages/test_code.py",
    ),
    "a layer goes along only with who knows what closes it": guard(
        "app/children/twice.py",
        "if not code.is_itself(actor):",
        "if False:",
        "tests/childpages/test_two_plans.py",
    ),
    "a code for a second plan opens for a day": guard(
        "app/children/twice.py",
        ", LayerCodeRow.expires_at > now())",
        ")",
        "tests/childpages/test_two_plans.py",
    ),
    "a sheet of a child shows nothing that who prints it does not see": guard(
        "app/export/drawn.py",
        " or not sees(actor, one.facts))",
        ")",
        "tests/export/test_child_paper.py::test_a_meehelper_prints_what_they_see_of_it",
    ),
    "what one parent shows to a child alone hangs on no wall": guard(
        "app/export/drawn.py",
        "rules.stays_off(child, one.facts, Choice()) or ",
        "",
        "tests/export/test_child_paper.py::test_what_a_parent_shows_to_the_child_alone_is_on_no_wall",
    ),
    "what a child showed to one parent hangs on no wall": guard(
        "app/export/rules.py",
        "    return bool(parents) and parents <= shown",
        "    return bool(shown)",
        "tests/export/test_rules.py::test_what_a_child_said_hangs_on_a_wall_only_when_it_showed_it_to_every_parent",
    ),
    "a child prints no sheet of another child": guard(
        "app/export/whose.py",
        "return actor if seat in {None, actor.seat} else None",
        "return actor",
        "tests/export/test_child_views.py::test_a_child_asks_for_none_of_the_plan_and_for_none_of_another_child",
    ),
    "on a lent phone a child's words show to nobody but whom they are for": guard(
        "app/children/said_rules.py",
        "    if said == phone.in_hand or (phone.is_open and is_under_lock(phone.since, made)):",
        "    if True:",
        "tests/children/test_lent_box.py",
    ),
    "a child chooses only whom its parents let in": guard(
        "app/children/said_store.py",
        "    if found is None or all(one.id != person for one in found.own.hearers):",
        "    if found is None:",
        "tests/children/test_said.py",
    ),
    "a child meets nobody whom one parent hosts alone": guard(
        "app/children/hearers.py", "share.alone or (share.guest", "(share.guest", "tests/children/test_said.py"
    ),
    "a look at a child's words is noted before they are shown": guard(
        "app/children/heard_views.py",
        "        ledger.note(heard.view.look)\n",
        "        pass\n",
        "tests/children/test_files.py",
    ),
    "who looks as a guest would meets nothing a child told": guard(
        "app/children/told_store.py",
        '    if actor.plan is None or "peek" in g:',
        "    if actor.plan is None:",
        "tests/children/test_said_views.py",
    ),
    "what a child told through a link is read at that link alone": guard(
        "app/children/told_store.py",
        "    if actor.kind not in READERS:",
        "    if False:",
        MATRIX,
    ),
    "an answer stays out when the child took back what it answers": guard(
        "app/children/told_commands.py",
        "    if load_one(view.there, SAID, view.thing.id) is None:",
        "    if False:",
        "tests/children/test_files.py",
    ),
    "a layer's key goes before anything else": guard(
        "app/children/life.py", "        destroy_key(layer)\n", "", "tests/children/test_life.py"
    ),
    "a layer that is in no plan is erased": guard(
        "app/children/life.py", "    _erase(store.in_no_plan())", "    pass", "tests/children/test_life.py"
    ),
    "nothing of a child goes along from a lent phone": guard(
        "app/children/said_store.py",
        "    return None if found is None or found.phone.is_lent or not lock.is_open(child) else found",
        "    return found",
        "tests/children/test_lent_box.py",
    ),
    "a child says how it went on its own page only": guard(
        "app/agreements/store.py",
        "return None if actor.kind is ActorKind.CHILD else turn(",
        "return turn(",
        MATRIX,
    ),
    "nobody tells on the page of a child for it": guard(
        "app/days/store.py",
        "agreements.turn(actor, agreement, day) if actor.kind is ActorKind.CHILD else None",
        "agreements.turn(actor, agreement, day)",
        MATRIX,
    ),
    "a night in two homes is not guessed": guard(
        "app/plan/nights.py",
        "return found[0] if len(found) == 1 else None",
        "return found[0] if found else None",
        "tests/plan/test_nights.py",
    ),
    "what somebody does for others is not told to a child": guard(
        "app/days/people.py",
        "if not role.for_people or me in role.for_people]",
        "if role]",
        "tests/days/test_views.py",
    ),
}
