"""Which methods a program uses is read off its code."""

from pathlib import Path

import pytest

from sensay_ext.doctor._calls import methods_in, uses_in


@pytest.mark.parametrize(
    ("source", "methods"),
    [
        ("sensay.replicas.create(name='x')", {"replicas.create"}),
        ("Sensay().as_user('a').chat.complete(r, 'Hi')", {"chat.complete"}),
        ("self.client.integrations.telegram.connect(r)", {"integrations.telegram.connect"}),
        ("sensay.with_raw_response(sensay.users.me)", {"users.me"}),
        ("async def f():\n    async for chat in client.chats.list(r): ...", {"chats.list"}),
        ("kb = sensay.knowledge_base\nkb.add_text(r, 'x')", {"knowledge_base.add_text"}),
        ("self.bot = sensay.integrations.telegram\nself.bot.complete(r)", {"integrations.telegram.complete"}),
        ("bot: X = a.integrations\nbot.discord.history(r)", {"integrations.discord.history"}),
        ("me, other = s.users\nme.get('a')", set()),
        ("if (u := s.users):\n    u.get('a')", {"users.get"}),
        ("os.path.join('a')\nreplicas = 1\nclient.chat.completions.create()", set()),
        ("'sensay.replicas.create()'  # sensay.users.me()", set()),
    ],
)
def test_methods_are_found(source: str, methods: set[str]) -> None:
    assert {name for _, name in methods_in(source)} == methods


def test_a_folder_is_read_except_for_what_is_not_the_programs_own(tmp_path: Path) -> None:
    for name in (
        "app.py",
        "jobs/nightly.py",
        ".venv/x.py",
        "env/lib/x.py",
        "node_modules/x.py",
        "build/x.py",
        "notes.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\nsensay.users.me()\n", encoding="utf-8")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    (tmp_path / "broken.py").write_text("def", encoding="utf-8")
    (tmp_path / "binary.py").write_bytes(b"\xff\x00")

    uses = uses_in(tmp_path)

    assert uses.places == {"users.me": ["app.py:2", "jobs/nightly.py:2"]}
    assert uses.unread == ["binary.py", "broken.py"]


def test_a_single_file_will_do(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("sensay.users.me()", encoding="utf-8")

    assert uses_in(tmp_path / "app.py").places == {"users.me": ["app.py:1"]}
