"""The client's document says what the provider's does, our repairs aside."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.changes._repairs import is_client_document
from scripts.schema_diff import main
from tests.scripts.changes._documents import Json, document

OPENAPI = Path(__file__).resolve().parents[3] / "openapi"
UPSTREAM, CLIENT = OPENAPI / "upstream.json", OPENAPI / "client.json"


def _told(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    main([str(old), str(new), "--format", "json"])
    return {row["kind"] for row in json.loads(capsys.readouterr().out)}


def test_the_clients_document_adds_nothing_but_operation_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert _told(UPSTREAM, CLIENT, capsys) == {"operation-id-added"}
    assert _told(CLIENT, UPSTREAM, capsys) == {"operation-id-removed"}


def _lose_operation(client: Json) -> None:
    del client["paths"]["/v1/replicas"]["get"]


def _lose_field(client: Json) -> None:
    del client["components"]["schemas"]["Replica"]["properties"]["greeting"]
    client["components"]["schemas"]["Replica"]["required"].remove("greeting")


def _turn_type(client: Json) -> None:
    client["components"]["schemas"]["Replica"]["properties"]["greeting"] = {"type": "boolean"}


def _ask_for_more(client: Json) -> None:
    client["components"]["schemas"]["CreateReplicaRequest"]["required"].append("purpose")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (_lose_operation, "operation-removed"),
        (_lose_field, "response-property-required-removed"),
        (_turn_type, "response-property-type-changed"),
        (_ask_for_more, "request-property-became-required"),
    ],
)
def test_a_fault_of_the_clients_document_is_told(
    fault: Callable[[Json], None], kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = copy.deepcopy(json.loads(CLIENT.read_text(encoding="utf-8")))
    fault(client)
    faulty = tmp_path / "client.json"
    faulty.write_text(json.dumps(client), encoding="utf-8")
    assert kind in _told(UPSTREAM, faulty, capsys)


def test_two_versions_of_the_clients_document_are_compared_without_mercy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = json.loads(CLIENT.read_text(encoding="utf-8"))
    del client["components"]["schemas"]["ErrorResponse"]["properties"]["error"]
    client["components"]["schemas"]["ErrorResponse"].pop("required", None)
    other = tmp_path / "client.json"
    other.write_text(json.dumps(client), encoding="utf-8")
    assert any(kind.startswith("response-property-") for kind in _told(CLIENT, other, capsys))


def test_a_document_is_the_clients_by_its_operation_ids() -> None:
    assert is_client_document(document({"operationId": "create_thing"}))
    assert not is_client_document(document({"operationId": "makeThing"}))
    assert not is_client_document(document())
    assert not is_client_document({"paths": {}})
