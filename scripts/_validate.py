"""Refuses a document that is no usable OpenAPI 3.0 or 3.1 description."""

from typing import Any

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from scripts._errors import PipelineError
from scripts._normalise import operations

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
    validator = _VALIDATORS.get(version[:3])
    if validator is None:
        raise PipelineError(f"OpenAPI {version} is not supported", "the pipeline reads 3.0 and 3.1")
    if not isinstance(document.get("paths"), dict) or not document["paths"]:
        raise PipelineError("the document describes no paths", "check that it is the whole document")
    try:
        fault = next(iter(validator(document).iter_errors()), None)
    except RecursionError as error:
        raise PipelineError("the document is nested without end", "it is no usable API description") from error
    except Exception as error:  # a reference that leads nowhere raises what its resolver raises
        raise PipelineError(f"the document cannot be validated ({error})", "repair it at the source") from error
    if fault is not None:
        where = "/".join(str(part) for part in fault.absolute_path) or "the document"
        raise PipelineError(f"invalid OpenAPI at {where}: {fault.message[:200]}", "repair it at the source")
    if not operations(document):
        raise PipelineError("the document describes no public operation", "check that it is the whole document")
