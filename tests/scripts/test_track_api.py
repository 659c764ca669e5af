"""The workflow that looks for changes of the API: what it may do, and what its steps do when they run."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts._paths import HOME
from scripts._todo import open_points
from sensay_ext.doctor._shapes import Shapes
from sensay_ext.sandbox import serve

WORKFLOWS = sorted((HOME / ".github" / "workflows").glob("*.yml"))
TRACK = HOME / ".github" / "workflows" / "track-api.yml"
Json = dict[str, Any]

GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
[ "$1 $2" = "pr list" ] && echo "$GH_OPEN"
[ "$1 $2" = "issue list" ] && echo "$GH_ISSUE"
exit 0
"""


def steps(path: Path) -> list[Json]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def scripts() -> dict[str, Json]:
    return {step["name"]: step for step in steps(TRACK) if "run" in step}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_uses_only_pinned_actions_and_keeps_no_credentials(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))

    assert used
    for action, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_limits(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())
    assert workflow["concurrency"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_script_has_an_expression_pasted_into_it(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    # Without `shell`, what stands before the last of a pipe may fail unseen.
    piped = [step for step in steps(path) if re.search(r"[^|]\|[^|]", step.get("run", ""))]
    assert not piped or all(job["defaults"]["run"]["shell"] == "bash" for job in workflow["jobs"].values())
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        assert step.keys() <= {"name", "id", "if", "env", "run", "uses", "with"}


def test_it_runs_weekly_and_by_hand_and_may_do_no_more_than_propose() -> None:
    workflow = yaml.safe_load(TRACK.read_text(encoding="utf-8"))
    triggers = workflow[True]  # what YAML makes of `on`

    assert triggers.keys() == {"schedule", "workflow_dispatch"}
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", triggers["schedule"][0]["cron"])
    assert workflow["jobs"]["track"]["permissions"] == {
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    }


def test_every_target_of_make_that_it_uses_is_there() -> None:
    makefile = (HOME / "Makefile").read_text(encoding="utf-8")
    used = {
        name for path in WORKFLOWS for step in steps(path) for name in re.findall(r"make (\S+)", step.get("run", ""))
    }

    assert {"take-in", "test"} <= used
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in used)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone that pushes to a folder, with all that the steps need."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("scripts", "openapi", "generated_client"):
        shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "sensay_ext").mkdir()
    shutil.copy(HOME / "sensay_ext" / "_operations.py", folder / "sensay_ext")
    for name in ("Makefile", "pyproject.toml", ".gitignore"):
        shutil.copy(HOME / name, folder)
    environment = Path(sys.prefix)
    (folder / ".venv").mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / name).symlink_to(environment / name)
    (folder / ".venv" / ".installed").touch()
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    run_git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    run_git(folder, "init", "--quiet")
    run_git(folder, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return folder


def open_points_shown(checkout: Path) -> str:
    document = json.loads((checkout / "openapi" / "client.json").read_text(encoding="utf-8"))
    return "\n".join(f"- [ ] {point}" for point in open_points(document)) or "Nothing."


def run_git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(  # noqa: S603 - fixed words
        ["git", *identity, *arguments],  # noqa: S607 - whichever git there is
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def make_older(folder: Path) -> None:
    """Let the committed document be one that lacks an operation and has a field that is gone since."""
    path = folder / "openapi" / "upstream.json"
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    del document["paths"]["/v1/users/me/usage"]
    shapes = Shapes(document)
    reply = shapes.follow(document["paths"]["/v1/users/me"]["get"]["responses"]["200"])
    schema = shapes.follow(reply["content"]["application/json"]["schema"])
    schema["properties"]["gone"] = {"type": "string"}
    schema["required"] = [*schema.get("required", ()), "gone"]
    path.write_text(json.dumps(document), encoding="utf-8")
    lock = folder / "openapi" / "schema.lock"
    lock.write_text(json.dumps({**json.loads(lock.read_text("utf-8")), "snapshots": {}}), encoding="utf-8")


Run = Callable[..., dict[str, str]]


@pytest.fixture
def run(checkout: Path, tmp_path: Path) -> Iterator[Run]:
    """Return a function that runs steps as the service would, and returns their outputs."""
    with serve() as sandbox:

        def ran(
            *names: str, open_requests: int = 0, issue: str = "", schema: str = "", fails: str = ""
        ) -> dict[str, str]:
            run_git(checkout, "add", ".")
            run_git(checkout, "commit", "--quiet", "--message", "Before")
            output = tmp_path / "output"
            environment = {
                "PATH": f"{tmp_path / 'tools'}:{os.environ['PATH']}",
                "HOME": str(tmp_path),
                "RUNNER_TEMP": str(tmp_path),
                "GITHUB_OUTPUT": str(output),
                "GH_LOG": str(tmp_path / "gh.log"),
                "GH_OPEN": str(open_requests),
                "GH_ISSUE": issue,
                "BRANCH": yaml.safe_load(TRACK.read_text(encoding="utf-8"))["jobs"]["track"]["env"]["BRANCH"],
                "SCHEMA": schema or f"{sandbox.base_url}/schema",
            }
            output.touch()
            for name in names:
                command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", scripts()[name]["run"]]
                step = {key: value for key, value in scripts()[name].get("env", {}).items() if "${{" not in value}
                done = subprocess.run(  # noqa: S603 - our own steps
                    command, cwd=checkout, env=environment | step, capture_output=True, text=True, check=False
                )
                assert (done.returncode == 0) == (name != fails), done.stdout + done.stderr
            return dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())

        yield ran


def test_an_unchanged_api_is_no_change(run: Run, checkout: Path) -> None:
    assert run("Fetch and regenerate", "See whether the API has changed") == {"changed": "no"}
    assert run_git(checkout, "status", "--porcelain", "--", "generated_client", "openapi/client.json") == ""
    assert all("seen" in scripts()[name]["if"] for name in ("Commit", "Propose", "Test"))


ALL = ("Fetch and regenerate", "See whether the API has changed", "Commit", "Propose")


@pytest.mark.parametrize("open_requests", [0, 1])
def test_a_change_is_proposed_with_the_report_and_labels(
    run: Run, checkout: Path, tmp_path: Path, open_requests: int
) -> None:
    make_older(checkout)

    assert run(*ALL, open_requests=open_requests) == {"changed": "yes"}
    pushed = run_git(tmp_path / "remote.git", "show", "--stat", "--format=%s", "track-api")
    assert pushed.startswith("Take in what changed in the API\n")
    assert "openapi/CHANGELOG.md" in pushed
    calls = (tmp_path / "gh.log").read_text(encoding="utf-8").splitlines()
    assert [line for line in calls if line.startswith("label create")] == [
        "label create api --force",
        "label create api: breaking --force",
        "label create api: info --force",
    ]
    last, flag = (
        ("pr create --head track-api", "--label") if not open_requests else ("pr edit track-api", "--add-label")
    )
    assert calls[-1].startswith(last)
    assert calls[-1].endswith(f"{flag} api {flag} api: breaking {flag} api: info")
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert body.startswith(f"## Left to do by hand\n\n{open_points_shown(checkout)}\n\n## What changed\n")
    assert "- **GET /v1/users/me - users.me(), users.update_me()**\n  - Reply field `gone` is gone" in body
    assert "GET /v1/users/me/usage" in body


@pytest.mark.parametrize(("issue", "last"), [("", "issue create --title The API's"), ("7", "issue edit 7 --body-file")])
def test_what_cannot_be_taken_in_is_told_in_an_issue(
    run: Run, checkout: Path, tmp_path: Path, issue: str, last: str
) -> None:
    shrunk: Json = json.loads((checkout / "openapi" / "upstream.json").read_text(encoding="utf-8"))
    shrunk["paths"] = dict(list(shrunk["paths"].items())[:3])
    source = tmp_path / "shrunk.json"
    source.write_text(json.dumps(shrunk), encoding="utf-8")

    taking, asking = "Fetch and regenerate", "Ask for a person"
    assert run(taking, asking, fails=taking, schema=str(source), issue=issue) == {}
    assert "failure()" in scripts()[asking]["if"]
    assert (tmp_path / "gh.log").read_text(encoding="utf-8").splitlines()[-1].startswith(last)
    body = (tmp_path / "issue.md").read_text(encoding="utf-8")
    assert "BREAKING" in body
    assert "run again with FORCE=1" in body
    assert run_git(checkout, "status", "--porcelain") == ""
