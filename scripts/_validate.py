"""Refuses a document that is no usable OpenAPI 3.0 or 3.1 description."""

from typing import Any

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from scripts._errors import PipelineError
from scripts._normalise import operations
from scripts._references import Resolver

_REPAIR = "repair it at the source"


_VALIDATORS = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}


def validate(document: dict[str, Any]) -> None:
    """Check that `document` is valid OpenAPI and describes public operations.

    Raises:
        PipelineError: it is another kind of document, another version, invalid, or empty.
    """
    if "swagger" in document:
        raise PipelineError(f"this is OpenAPI {document['swagger']}", "convert it to OpenAPI 3.0 or 3.1 first")
    version = document.get("openapi")
    if not isinstance(version, str):
        raise PipelineError("this JSON is no OpenAPI document", "it has no `openapi` version; check the source")
    if version[:3] not in _VALIDATORS:
        raise PipelineError(f"OpenAPI {version} is not supported", "the pipeline reads 3.0 and 3.1")
    if not isinstance(document.get("paths"), dict) or not document["paths"]:
        raise PipelineError("the document describes no paths", "check that it is the whole document")
    _check_content(document, version[:3])
    if not operations(document):
        raise PipelineError("the document describes no public operation", "check that it is the whole document")


def _check_content(document: dict[str, Any], dialect: str) -> None:
    # The validator trips over extensions among the paths.
    paths = {path: item for path, item in document["paths"].items() if not path.startswith("x-")}
    try:
        Resolver(document).check()  # the validator would follow a reference to any address or file
        fault = next(_VALIDATORS[dialect]({**document, "paths": paths}).iter_errors(), None)
    except PipelineError:
        raise
    except RecursionError as error:
        raise PipelineError("the document is nested without end", "it is no usable API description") from error
    except Exception as error:  # the validator lets escape what it does not expect
        raise PipelineError(f"the document cannot be validated ({type(error).__name__})", _REPAIR) from error
    if fault is not None:
        where = "/".join(str(part) for part in fault.absolute_path) or "the document"
        raise PipelineError(f"invalid OpenAPI at {where}: {fault.message.splitlines()[0][:200]}", _REPAIR)
