"""Files on their way through signed URLs."""

from urllib.parse import urlsplit

import httpx
import jwt
import pytest

from sensay_ext.sandbox import Sandbox, serve
from tests.sandbox.api import Api, put

_CONTENT = b"The way to earth is written in dust. The content of a plain file needs to be at least 50 characters."


def _refusal(reply: httpx.Response) -> tuple[int, str, str]:
    body = reply.json()
    assert body.keys() == {"statusCode", "error", "message"}
    return reply.status_code, body["statusCode"], body["error"]


def test_a_file_goes_through_all_statuses_of_a_file(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="dust.txt")
    number = result["knowledgeBaseID"]
    assert api.entry(replica, number)["status"] == "NEW"

    assert put(result, _CONTENT).status_code == 200

    uploaded = api.entry(replica, number)
    assert uploaded["status"] == "FILE_UPLOADED"
    assert uploaded["file"] == {"name": "dust.txt", "size": len(_CONTENT), "mimeType": "text/plain"}
    seen = []
    for seconds in (60, 20, 28, 4 * 3600):
        api.sandbox.advance(seconds)
        seen.append(api.entry(replica, number)["status"])
    assert seen == ["RAW_TEXT", "PROCESSED_TEXT", "VECTOR_CREATED", "READY"]
    assert api.entry(replica, number)["rawText"] == _CONTENT.decode()
    assert api.ask(replica, "What is the way to earth written in?").startswith("The way to earth is written in dust.")


def test_the_url_is_of_the_storage_and_carries_a_token_that_tells_its_end(api: Api) -> None:
    result = api.add(api.replica(), filename="dust.txt")

    url = urlsplit(result["signedURL"])

    assert url.path.startswith("/storage/v1/object/upload/sign/replica_files/")
    claims = jwt.decode(url.query.removeprefix("token="), options={"verify_signature": False})
    assert claims["url"] == url.path.removeprefix("/storage/v1/object/upload/sign/")
    assert claims["upsert"] is False
    assert claims["exp"] - int(api.sandbox.now().timestamp()) == 2 * 3600


def test_a_second_upload_is_a_duplicate_at_any_later_time(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="dust.txt")
    put(result, _CONTENT)

    assert _refusal(put(result, _CONTENT)) == (400, "409", "Duplicate")
    api.sandbox.advance(600)
    assert _refusal(put(result, b"Something else")) == (400, "409", "Duplicate")
    assert api.entry(replica, result["knowledgeBaseID"])["rawText"] == _CONTENT.decode()


def test_an_upload_that_comes_too_late_is_refused_and_its_entry_has_ended(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="dust.txt")
    api.sandbox.advance(2 * 3600)

    assert _refusal(put(result, _CONTENT)) == (400, "400", "InvalidJWT")

    entry = api.entry(replica, result["knowledgeBaseID"])
    assert (entry["status"], entry["error"]["message"]) == ("UNPROCESSABLE", "Upload expired")


def test_an_upload_can_be_made_to_expire(sandbox: Sandbox, api: Api) -> None:
    result = api.add(api.replica(), filename="dust.txt")
    sandbox.expire_uploads()

    assert _refusal(put(result, _CONTENT)) == (400, "400", "InvalidJWT")
    assert put(result, _CONTENT).status_code == 200


def test_a_token_works_for_its_own_object_only(api: Api) -> None:
    replica = api.replica()
    one, two = (api.add(replica, filename="dust.txt")["signedURL"] for _ in range(2))
    path, token = one.split("?token=")[0], two.split("?token=")[1]
    forged = jwt.encode({"url": path, "exp": 2**40}, "another key that is long enough to sign with", algorithm="HS256")

    def refused(url: str) -> tuple[int, str, str]:
        return _refusal(httpx.put(url, content=_CONTENT))

    assert refused(path) == (400, "400", "InvalidRequest")
    assert refused(f"{path}?token={token}") == (400, "400", "InvalidSignature")
    assert refused(f"{path}?token={forged}") == (400, "400", "InvalidSignature")
    assert refused(f"{path}?token=nonsense") == (400, "400", "InvalidJWT")
    assert httpx.put(one, content=_CONTENT).json()["Key"].startswith("replica_files/")


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE", "PATCH"])
def test_only_put_uploads(api: Api, method: str) -> None:
    result = api.add(api.replica(), filename="dust.txt")

    assert _refusal(httpx.request(method, result["signedURL"], content=_CONTENT)) == (400, "404", "not_found")


def test_an_upload_must_say_its_length(api: Api) -> None:
    result = api.add(api.replica(), filename="dust.txt")

    reply = httpx.put(result["signedURL"], content=iter([_CONTENT]))

    assert _refusal(reply) == (400, "411", "MissingContentLength")
    assert put(result, _CONTENT).status_code == 200


def test_a_file_that_is_too_large_is_refused() -> None:
    with (
        serve(virtual_time=True, max_upload_bytes=200) as sandbox,
        Api(sandbox, sandbox.organization_secret) as api,
    ):
        replica = api.replica()
        result = api.add(replica, filename="dust.txt")

        assert _refusal(put(result, b"x" * 201)) == (400, "413", "EntityTooLarge")
        assert put(result, b"x" * 200).status_code == 200


def test_an_upload_to_a_deleted_entry_is_refused(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="dust.txt")
    api("DELETE", f"/replicas/{replica}/knowledge-base/{result['knowledgeBaseID']}")

    assert _refusal(put(result, _CONTENT)) == (400, "404", "not_found")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "..\\..\\boot.txt", "/abs/olute.txt", "a\x00b.txt", "%2e%2e%2f.txt", "x" * 5000 + ".txt"],
)
def test_no_file_name_leads_anywhere(api: Api, name: str) -> None:
    replica = api.replica()
    result = api.add(replica, filename=name)

    assert urlsplit(result["signedURL"]).path.count("/") == 7
    assert ".." not in result["signedURL"]
    assert put(result, _CONTENT).status_code == 200
    assert api.entry(replica, result["knowledgeBaseID"])["file"]["name"] == name


@pytest.mark.parametrize("name", ["setup.exe", "archive.zip", "noending", "", ".", "..", "txt"])
def test_a_file_that_cannot_be_learnt_is_refused_at_once(api: Api, name: str) -> None:
    result = api.add(api.replica(), filename=name)

    assert result["enqueued"] is False
    assert result["type"] == "file"
    assert "not supported" in result["error"]


def test_the_list_of_file_types_names_what_is_taken(api: Api) -> None:
    groups = api("GET", "/knowledge-base/file-types")["mediaGroups"]
    replica = api.replica()
    kinds = [kind for group in groups for kind in group["fileTypes"]]

    assert {group["mediaType"] for group in groups} == {"document", "data", "image", "audio", "video", "ebook"}
    for kind in kinds:
        for extension in kind["extensions"]:
            entry = api.entry(replica, api.add(replica, filename=f"file{extension}")["knowledgeBaseID"])
            assert entry["file"]["mimeType"] == kind["mimeTypes"][0]
