"""Where the data lies: nobody else's folder is touched, and the servers get to theirs whoever they run as."""

import os
import stat

import pytest

from config.embedded.binaries import postgres_bin, valkey_server
from config.embedded.places import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH, hold, own_folder, prepare
from config.embedded.processes import can_reach, server_account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as somebody else")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def prepared():
    """Prepares places, and removes them afterwards wherever they came to lie."""
    made = []

    def make(data):
        made.append(prepare(data))
        return made[-1]

    yield make
    for places in made:
        places.remove()


def test_the_socket_is_never_further_away_than_the_system_allows(reachable_folder, prepared):
    places = prepared(reachable_folder / ("a-long-name-" * 6) / ("another-one-" * 6))

    assert len(os.fsencode(places.sockets)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET_PATH
    assert mode_of(places.sockets) == 0o700


def test_folders_above_the_data_keep_their_rights(reachable_folder, prepared):
    above = reachable_folder / "above"
    above.mkdir(mode=0o750)
    before = mode_of(above)

    prepared(above / "data")

    assert mode_of(above) == before


def test_only_one_start_has_the_folder(reachable_folder, prepared):
    data = prepared(reachable_folder / "data").data

    first = hold(data)

    assert first is not None
    assert hold(data) is None
    os.close(first)
    assert hold(data) is not None


def test_a_link_is_not_taken_for_our_folder(reachable_folder):
    (reachable_folder / "elsewhere").mkdir()
    (reachable_folder / "link").symlink_to(reachable_folder / "elsewhere")

    with pytest.raises(SystemExit, match="is in the way"):
        own_folder(reachable_folder / "link", mode=0o700)


@as_root
def test_a_strangers_folder_is_not_used(reachable_folder):
    strange = reachable_folder / "strange"
    strange.mkdir()
    os.chown(strange, 12345, 12345)

    with pytest.raises(SystemExit, match="belongs to another user"):
        own_folder(strange, mode=0o700, account=server_account())


@as_root
def test_servers_move_out_of_a_folder_that_they_cannot_reach(tmp_path, prepared):
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)

    places = prepared(hidden / "data")

    assert places.moved()
    assert mode_of(hidden) == 0o700
    assert places.servers.stat().st_uid == 0
    assert can_reach(places.sockets, places.account)


def test_servers_can_start_their_programs():
    account = server_account()

    assert can_reach(postgres_bin(account) / "postgres", account)
    assert can_reach(postgres_bin(account) / "initdb", account)
    assert can_reach(valkey_server(account), account)
