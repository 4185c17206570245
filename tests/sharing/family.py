"""One small family for tests of what sharing allows and reaches; no database."""

from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from app.policy.actor import Actor, ActorKind, Ring
from app.policy.audience import EVERYBODY_INSIDE, ONLY_ME, ONLY_WE, WE_AND_DOERS, WE_AND_NAMED, Audience, Facts, Who

PLAN, SARA, JEF, OMA, BETTY, GOAL, STEP = (UUID(int=number, version=4) for number in range(1, 8))


def goal(
    who: Who = Who.DEFAULT,
    *,
    writer: UUID = SARA,
    people: tuple[UUID, ...] = (),
    rings: tuple[Ring, ...] = (),
    **more: object,
) -> Facts:
    audience = Audience(who, rings=rings, people=people)
    return replace(Facts("goal", PLAN, GOAL, writer, audience, WE_AND_NAMED), **more)  # type: ignore[arg-type]


def parent(person: UUID) -> Actor:
    return Actor(ActorKind.PARENT, PLAN, person, Ring.WE)


def link(person: UUID = OMA, *opened: str, host: UUID | None = None) -> Actor:
    return Actor(ActorKind.LINK_HOLDER, PLAN, person, Ring.CLOSE, opened=frozenset(opened), hosted_by=host)


# ---- examples nobody thought of
PEOPLE = (SARA, JEF, OMA, BETTY)
audiences = st.builds(
    Audience,
    st.sampled_from(Who),
    rings=st.lists(st.sampled_from(Ring), unique=True).map(tuple),
    people=st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple),
)
defaults = st.sampled_from([WE_AND_NAMED, ONLY_WE, ONLY_ME, WE_AND_DOERS, EVERYBODY_INSIDE])
named = st.frozensets(st.sampled_from(PEOPLE))
# Outside people write only beside what they were shown; a thing that stands alone is written by the family.
writers = st.sampled_from((SARA, JEF))
kinds = st.sampled_from(["goal", "agreement"])
items = st.builds(Facts, kinds, st.just(PLAN), st.just(GOAL), writers, audiences, defaults, named=named)
parts = st.sampled_from(["step", "outcome"])
hanging = st.builds(
    Facts, parts, st.just(PLAN), st.just(STEP), st.sampled_from(PEOPLE), audiences, defaults, named=named, under=items
)
links = st.builds(
    link, st.sampled_from((OMA, BETTY)), st.sampled_from(["goal", "step", "agreement", "outcome", "nothing"]),
    host=st.sampled_from([None, SARA, JEF]),
)  # fmt: skip
actors = st.one_of(links, st.sampled_from([parent(SARA), parent(JEF)]))
