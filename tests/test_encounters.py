"""Who deals with whom: a state shares the events of those who act for it, and each pair counts once an event."""

from __future__ import annotations

from generator.encounters import STEPS, encounters
from generator.model import ActorKind

FILES = {
    "actors/northland.yml": "name: Northland\nkind: state\n",
    "actors/southland.yml": "name: Southland\nkind: state\n",
    "actors/eastland.yml": "name: Eastland\nkind: state\n",
    "actors/ann.yml": "name: Ann\nkind: person\noffices: [{title: Minister, of: northland, from: 2020, to: 2020}]\n",
    "actors/bo.yml": "name: Bo\nkind: person\npart_of: southland\n",
}
EVENT = (
    "title: T {n}\ndate: {date}\ntype: meeting\nparticipants: [{who}]\nsummary: S.\n"
    "sources: [{{publisher: P, url: https://example.org/{n}}}]\n"
)


def made(chronology, *events: tuple[str, str]):
    files = {
        f"{date[:4]}/{date}-e{n}.yml": EVENT.format(n=n, date=date, who=who) for n, (date, who) in enumerate(events)
    }
    return chronology(FILES | files)


def test_pairs_are_counted_by_event_and_by_those_who_act_for_a_state(chronology):
    built = made(
        chronology,
        ("2020-01-01", "ann, bo"),
        ("2020-02-01", "ann, bo, northland"),
        ("2021-01-01", "ann, bo"),  # Ann holds no office any more
        ("2021-02-01", "eastland, bo"),
    )
    states = encounters(built, ActorKind.STATE)
    assert dict(states.counts) == {
        ("northland", "southland"): 2,
        ("eastland", "southland"): 1,
    }
    assert [actor.id for actor in states.actors] == ["southland", "northland", "eastland"]
    one, other = states.actors[:2]
    assert states.count(one, other) == states.count(other, one) == 2
    people = encounters(built, ActorKind.PERSON)
    assert people.counts == {("ann", "bo"): 3}


def test_shades_go_from_none_to_most_by_halves(chronology):
    events = [(f"2020-01-{day:02}", "northland, southland") for day in range(1, 17)]
    built = made(chronology, *events, ("2020-03-01", "eastland, southland"), ("2020-03-02", "eastland, southland"))
    table = encounters(built, ActorKind.STATE)
    by_id = {actor.id: actor for actor in table.actors}
    assert table.shade(by_id["northland"], by_id["southland"]) == STEPS
    assert table.shade(by_id["eastland"], by_id["southland"]) == 2
    assert table.shade(by_id["eastland"], by_id["northland"]) == 0
