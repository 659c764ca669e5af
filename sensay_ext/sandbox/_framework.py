"""The parts of Connexion that the sandbox is built from; the one place that imports it."""

import logging
import warnings

with warnings.catch_warnings():
    # It pulls in a test client of its own that warns about the HTTP library beneath; nothing here uses that client.
    warnings.simplefilter("ignore")
    # Connexion ships without type information.
    from connexion import AsyncApp
    from connexion.context import scope as current_scope
    from connexion.exceptions import ProblemException
    from connexion.json_schema import (
        Draft4RequestValidator,
        Draft4ResponseValidator,
        format_error_with_path,
    )
    from connexion.lifecycle import ConnexionRequest, ConnexionResponse
    from connexion.middleware.context import ContextMiddleware
    from connexion.middleware.exceptions import ExceptionMiddleware
    from connexion.middleware.lifespan import LifespanMiddleware
    from connexion.middleware.request_validation import RequestValidationMiddleware
    from connexion.middleware.response_validation import ResponseValidationMiddleware
    from connexion.middleware.routing import RoutingMiddleware
    from connexion.middleware.swagger_ui import SwaggerUIMiddleware
    from connexion.options import SwaggerUIOptions
    from connexion.resolver import Resolver
    from connexion.validators import (
        JSONRequestBodyValidator,
        JSONResponseBodyValidator,
        ParameterValidator,
    )

# It reports every query parameter that the document does not know as an error of this program's.
logging.getLogger("connexion.decorators.parameter").setLevel(logging.CRITICAL)

__all__ = [
    "AsyncApp",
    "ConnexionRequest",
    "ConnexionResponse",
    "ContextMiddleware",
    "Draft4RequestValidator",
    "Draft4ResponseValidator",
    "ExceptionMiddleware",
    "JSONRequestBodyValidator",
    "JSONResponseBodyValidator",
    "LifespanMiddleware",
    "ParameterValidator",
    "ProblemException",
    "RequestValidationMiddleware",
    "Resolver",
    "ResponseValidationMiddleware",
    "RoutingMiddleware",
    "SwaggerUIMiddleware",
    "SwaggerUIOptions",
    "current_scope",
    "format_error_with_path",
]
