"""Plain HTTP answers of the engine: JSON, and errors in the shape of OpenAI's API."""

from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from coach.engine.errors import BadRequest, EngineError


class HttpRefused(EngineError):
    """A plain request that is answered with an error of this status."""

    kind = "invalid_request_error"

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(code, message)
        self.status = status


def json_response(body: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A JSON answer. Each closes its connection: clients ask for a key once in a while."""
    headers = {"Connection": "close"}
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")


def error_response(error: EngineError) -> Response:
    """An error with its own status; else 400 for what the client asked, 500 for our faults."""
    if isinstance(error, HttpRefused):
        status = error.status
    elif isinstance(error, BadRequest):
        status = HTTPStatus.BAD_REQUEST
    else:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    fault = {
        "message": error.message,
        "type": error.kind,
        "param": error.param,
        "code": error.code,
    }
    response = json_response({"error": fault}, status)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def not_found() -> HttpRefused:
    """For a path outside the API."""
    return HttpRefused(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here.")


async def http_exception(_request: Request, error: Exception) -> Response:
    """What the router refuses: a path without a route, a method of none."""
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else None
    if status is None or status is HTTPStatus.NOT_FOUND:
        return error_response(not_found())
    return error_response(HttpRefused(status, status.name.lower(), f"{status.phrase}."))


async def internal_error(_request: Request, _error: Exception) -> Response:
    """A fault of ours, which `LoggedFaults` writes down."""
    return error_response(EngineError("internal_error", "The engine failed."))
