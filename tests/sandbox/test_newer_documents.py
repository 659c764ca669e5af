"""Documents that say something else than the one that belongs to the sandbox: newer ones, or other people's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate

from sensay_ext.sandbox import _document as documents
from sensay_ext.sandbox import serve
from tests.sandbox.api import Api

_OPENAPI = Path(__file__).parents[2] / "openapi"


def _document() -> dict[str, Any]:
    return dict(json.loads((_OPENAPI / "client.json").read_text()))


@contextmanager
def _served(document: dict[str, Any], folder: Path) -> Iterator[Api]:
    """Serve a document, and return the admin of the sandbox."""
    path = folder / "newer.json"
    path.write_text(json.dumps(document))
    with (
        serve(document=path, virtual_time=True) as sandbox,
        Api(sandbox, sandbox.organization_secret) as api,
    ):
        yield api


def test_an_operation_without_a_handler_is_reported_and_answers_501(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = _document()
    operation = {**document["paths"]["/v1/users"]["post"], "operationId": "invent_user"}
    document["paths"]["/v1/inventions"] = {"post": operation}

    with _served(document, tmp_path) as api:
        error = api("POST", "/inventions", {}, expect=501)
        assert httpx.get(f"{api.sandbox.base_url}/schema").json() == document

    assert "invent_user" in caplog.text
    assert "invent_user" in error["error"]


def test_a_document_may_hold_something_that_holds_itself(tmp_path: Path) -> None:
    document = _document()
    user = document["components"]["schemas"]["User"]
    user["properties"]["friends"] = {"type": "array", "items": {"$ref": "#/components/schemas/User"}}

    with _served(document, tmp_path) as api:
        assert api.user(id="alice") == "alice"


def test_a_reply_that_does_not_fit_the_document_is_an_error_of_the_sandbox(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = _document()
    document["components"]["schemas"]["User"]["required"].append("birthday")
    document["components"]["schemas"]["User"]["properties"]["birthday"] = {"type": "string"}

    with _served(document, tmp_path) as api:
        assert "birthday" in api("POST", "/users", {"id": "alice"}, expect=500)["error"]

    assert "Validation error" in caplog.text


def test_an_id_that_may_be_any_text_is_still_checked(tmp_path: Path) -> None:
    document = _document()
    for parameter in document["paths"]["/v1/replicas/{replicaUUID}"]["get"]["parameters"]:
        parameter["schema"].pop("format", None)

    with _served(document, tmp_path) as api:
        assert api("GET", "/replicas/nonsense", expect=400)["error"] == "replicaUUID must be a UUID"


def test_a_parameter_may_be_null_where_the_document_allows_it(tmp_path: Path) -> None:
    document = _document()
    for parameter in document["paths"]["/v1/replicas"]["get"]["parameters"]:
        if parameter["name"] == "page":
            parameter["schema"]["nullable"] = True

    with _served(document, tmp_path) as api:
        assert api("GET", "/replicas?page=null")["total"] == 0
        api("GET", "/replicas?page_size=null", expect=400)


def test_a_document_may_have_no_common_error(tmp_path: Path) -> None:
    text = json.dumps(_document()).replace("ErrorResponse", "Problem")

    with _served(json.loads(text), tmp_path) as api:
        described = httpx.get(f"{api.sandbox.base_url}/schema/sandbox").json()

    validate(described)
    replies = [operation["responses"] for item in described["paths"].values() for operation in item.values()]
    assert not any("default" in codes for codes in replies)


def test_a_text_has_no_language_where_the_document_knows_none(tmp_path: Path) -> None:
    document = _document()
    del document["paths"]["/v1/replicas/{replicaUUID}/knowledge-base/{knowledgeBaseID}"]["get"]

    with _served(document, tmp_path) as api:
        replica = api.replica()
        api.learn(replica, "The office is in Shelbyville, opposite the fire station.")
        (entry,) = api("GET", f"/replicas/{replica}/knowledge-base")["items"]

    assert (entry["status"], entry.get("language")) == ("VECTOR_CREATED", None)


def test_a_package_that_carries_its_documents_serves_those(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "upstream.json").write_text('{"openapi": "3.0.3"}')
    monkeypatch.setattr(documents, "files", lambda _: tmp_path)

    assert documents.published_document(None) == '{"openapi": "3.0.3"}'
