"""CONS-3: for random consents, laws, deciders and moments, the database decides exactly as the reference does."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careplan.ids import uuid7
from tests.consents.reference import Given, Law, decide

pytestmark = pytest.mark.committed

HOURS = st.integers(-6, 6)
NAMES = st.sampled_from(["Cascade Mutual", "cascade mutual", "Dr Quill"])
SCOPES = st.frozensets(st.sampled_from(["plan", "billing", "note"]), max_size=2)
WITHIN = st.sampled_from(["treatment", "texts", "consultation"])


def consents():
    kinds = st.one_of(
        st.tuples(WITHIN, st.sampled_from(["permit", "permit", "deny"]), st.just("")),
        st.tuples(st.sampled_from(["release", "billing"]), st.sampled_from(["permit", "permit", "deny"]), NAMES),
        st.tuples(st.sampled_from(["restriction", "self_pay"]), st.just("deny"), st.one_of(st.just(""), NAMES)),
    )
    states = ["given", "given", "given", "withdrawn", "replaced", "declined", "offered", "entered_in_error"]
    rest = st.tuples(
        st.integers(0, 1), SCOPES, HOURS, st.one_of(st.none(), HOURS), st.sampled_from(states), HOURS,
        st.sampled_from(["", "", "Not before ten."]), st.booleans(),
    )  # fmt: skip
    return st.tuples(kinds, rest).map(lambda drawn: made(*drawn))


def made(kind, rest):
    who, scope, since, until, state, ended, words, kept = rest
    until = since + 1 if until is not None and until <= since else until
    return Given(who, *kind, scope, since, until, state, ended, words, kept and bool(words))


laws = st.builds(Law, NAMES, SCOPES, HOURS, st.integers(7, 9))
questions = st.one_of(
    st.tuples(WITHIN, st.just("")),
    st.tuples(st.sampled_from(["release", "billing"]), st.one_of(st.just(""), NAMES)),
    st.tuples(st.just("treatment"), NAMES),
)


@pytest.fixture
def people(owner, world):
    """Two people of one record: the client, and somebody who decides as well."""
    other = uuid7()
    owner.execute("insert into careplan_person (id, created_at) values (%s, now())", [other])
    return [world["roz_person"], other]


def write(owner, world, people, drawn, laws, second):
    client, practice = world["roz"], world["linden"]
    owner.execute("update guard.head set last_xact = pg_current_xact_id() where client_id = %s", [client])
    owner.execute("delete from clients_consent where client_id = %s", [client])
    owner.execute("update guard.decider set since = now() - interval '30 hours' where client_id = %s", [client])
    if second is not None:
        owner.execute(
            "insert into guard.decider (client_id, person_id, authority, since) "
            "values (%s, %s, 'both_guardians', now() + %s * interval '1 hour')",
            [client, people[1], second],
        )
    for each in drawn:
        put(owner, client, practice, people, each)
    for law in laws:
        disclosure = uuid7()
        owner.execute(
            "insert into clients_disclosure (id, client_id, practice_id, what, scope, recipient, told_to, why, basis, "
            "basis_code, pack, facts, through, supervisor_told, told_on, withheld_why, made_at, made_by) values "
            "(%s, %s, %s, 'x', '{}', 'x', '', 'x', 'law', 'x', '', 'x', 'spoken', '', now(), '', now(), %s)",
            [disclosure, client, practice, people[0]],
        )
        owner.execute(
            "insert into clients_mandate (id, client_id, practice_id, disclosure_id, recipient, scope, basis, "
            "starts_at, until, made_at, made_by) values (%s, %s, %s, %s, %s, %s, 'x', now() + %s * interval '1 hour', "
            "now() + %s * interval '1 hour', now(), %s)",
            [uuid7(), client, practice, disclosure, law.to, sorted(law.scope), law.since, law.until, people[0]],
        )


def put(owner, client, practice, people, each):
    """Offered, then answered, by the moves the table allows."""
    row, hour = uuid7(), "now() + %s * interval '1 hour'"
    said = {
        "id": row, "client_id": client, "practice_id": practice, "person_id": people[each.who], "kind": each.kind,
        "effect": each.effect, "scope": sorted(each.scope), "recipient": each.to, "purpose": str(row),
        "recipient_kind": "organisation" if each.to else "practice", "text_version": "1", "text_sha256": "0" * 64,
        "text_shown": "", "pack": "", "language": "en", "told_in": "", "reading_aids": "", "interpreter": "",
        "explained_by": people[0], "questions": "", "answers": "", "teach_back": "not_yet", "own_words": "",
        "authority": "self", "capacity": "", "how": "said_in_session", "signature": "", "limits": each.words,
        "limits_kept_how": "", "state": "offered", "made_by": people[0], "state_by": people[0], "ended_how": "",
    }  # fmt: skip
    owner.execute(
        f"insert into clients_consent ({', '.join(said)}, made_at, state_at, starts_at, until) "
        f"values ({', '.join(['%s'] * len(said))}, now(), now(), {hour}, {hour})",
        [*said.values(), each.since, each.until],
    )
    steps = ["given", each.state] if each.state in ("withdrawn", "replaced") else [each.state]
    if each.kept:
        owner.execute(
            "update clients_consent set limits_kept_at = now(), limits_kept_by = person_id, limits_kept_how = 'x' "
            "where id = %s",
            [row],
        )
    for state in steps:
        owner.execute(
            f"update clients_consent set state = %s, state_at = {hour} where id = %s", [state, each.ended, row]
        )


def test_the_database_decides_as_the_reference_does(owner, world, people):
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(
        st.lists(consents(), max_size=5),
        st.lists(laws, max_size=1),
        st.one_of(st.none(), HOURS),
        st.lists(
            st.tuples(questions, st.one_of(st.none(), st.sampled_from(["plan", "billing"])), HOURS),
            min_size=4,
            max_size=4,
        ),
    )
    def compare(drawn, laws, second, asked):
        with owner.transaction(force_rollback=True):
            write(owner, world, people, drawn, laws, second)
            for (purpose, to), data, at in asked:
                said = owner.execute(
                    "select (guard.permits(%s, %s, %s, %s, now() + %s * interval '1 hour')).decision",
                    [world["roz"], purpose, to, data, at],
                ).fetchone()[0]
                deciders = [(0, -30)] + ([] if second is None or second > at else [(1, second)])
                assert said == decide(drawn, laws, deciders, purpose, to, data, at), (
                    drawn,
                    laws,
                    purpose,
                    to,
                    data,
                    at,
                )

    compare()
