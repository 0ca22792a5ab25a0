"""A small practice's own machine: started for real, backed up, brought back elsewhere (AUTH-4)."""

import http.client

from tests.house.running import Running

HOST = "plan.example.org"
FORWARDED = {"X-Forwarded-For": "192.0.2.7"}
STAFF = [
    *("add_staff", "--practice", "Orchard Row", "--new-practice", "--country", "NZ", "--time-zone", "Pacific/Auckland"),
    *("--name", "Aroha Kingi-Bell", "--email", "aroha@example.test", "--role", "therapist", "--password-stdin"),
]
PASSWORD = "violet harbour 19 moth"


def asks(practice: Running, path: str, *, tls: bool = True, host: str = HOST) -> http.client.HTTPResponse:
    """What a browser gets through the server in front."""
    door = http.client.HTTPConnection("127.0.0.1", practice.port, timeout=20)
    door.request("GET", path, headers=FORWARDED | {"Host": host} | ({"X-Forwarded-Proto": "https"} if tls else {}))
    answer = door.getresponse()
    answer.read()
    door.close()
    return answer


def test_a_practice_is_backed_up_and_lives_on_elsewhere(reachable_folder):
    """Every protection is on, a backup holds no keys, and a restore says which keys are missing."""
    practice = Running(reachable_folder)
    backup, keys = reachable_folder / "backup", reachable_folder / "keys"
    try:
        practice.start("--host", HOST, command="up")
        assert asks(practice, "/practice/").status == 302
        assert asks(practice, "/practice/", tls=False).headers["Location"].startswith(f"https://{HOST}/")
        assert asks(practice, "/practice/", host="evil.example").status == 400
        assert practice.manage(*STAFF, said=PASSWORD).returncode == 0
        assert practice.manage("backup", str(backup)).returncode == 0
        assert practice.manage("export_keys", str(keys)).returncode == 0
    finally:
        practice.end()
    assert (reachable_folder / "data" / "secrets" / "FIELD_KEYS").read_text().split(":")[1][
        :20
    ] not in backup.read_text("latin1")
    assert {oct(path.stat().st_mode & 0o777) for path in (backup, keys)} == {"0o600"}

    elsewhere = Running(reachable_folder / "elsewhere")
    elsewhere.folder.mkdir(mode=0o711)
    without = elsewhere.manage("restore", str(backup))
    assert (without.returncode, "Missing field keys: k1" in without.stdout) == (1, True)
    restored = elsewhere.manage("restore", str(backup), "--keys", str(keys))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "all as written" in restored.stdout
    again = elsewhere.manage("restore", str(backup), "--keys", str(keys))
    assert (again.returncode, "has data already" in again.stderr) == (1, True)
    try:
        elsewhere.start("--host", HOST, command="up")
        assert "there is a practice called" in elsewhere.manage(*STAFF, said=PASSWORD).stderr.lower()
    finally:
        elsewhere.end()


def test_a_demo_never_turns_into_a_practice(reachable_folder):
    """Nobody real lives beside invented people."""
    (reachable_folder / "data").mkdir(mode=0o711)
    (reachable_folder / "data" / "careplan.lock").touch(mode=0o600)
    (reachable_folder / "data" / "mode").write_text("demo")
    answer = Running(reachable_folder).manage("up", "--host", HOST)
    assert (answer.returncode, "is a demo installation" in answer.stderr) == (1, True)


def test_a_backup_that_was_touched_is_refused(reachable_folder):
    broken = reachable_folder / "backup"
    broken.write_bytes(b"not a backup")
    answer = Running(reachable_folder).manage("restore", str(broken), "--keys-are-lost")
    assert (answer.returncode, "is no backup of Careplan" in answer.stderr) == (1, True)
