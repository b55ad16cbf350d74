"""What a failed response says of its failure, in the API's words."""

from coach.engine.protocol.response_events import StatusError

_MESSAGES = {
    "inference_rate_limit_exceeded": "The rate limit of this session is used up for now.",
    "tts_failed": "The text could not be spoken.",
    "timeout": "The answer took too long.",
    "invalid_api_key": "The language model's endpoint does not accept the engine's key.",
    "model_not_found": "The language model's endpoint does not have the model.",
    "rate_limit_exceeded": "The language model's endpoint takes no more requests for now.",
    "insufficient_quota": "The account at the language model's endpoint has nothing left.",
    "context_length_exceeded": "The conversation is longer than the language model takes.",
    "endpoint_unreachable": "The language model's endpoint cannot be reached.",
    "endpoint_refused": "The language model's endpoint does not take the request.",
    "server_error": "The language model's endpoint has failed.",
    "bad_stream": "The answer of the language model's endpoint broke off or cannot be read.",
}
_TYPES = {
    "invalid_api_key": "invalid_request_error",
    "model_not_found": "invalid_request_error",
    "context_length_exceeded": "invalid_request_error",
    "endpoint_refused": "invalid_request_error",
    "rate_limit_exceeded": "rate_limit_error",
    "insufficient_quota": "insufficient_quota",
}


def failure(code: str) -> StatusError:
    """The error of a response that failed with this code."""
    message = _MESSAGES.get(code, "The response failed.")
    return StatusError(type=_TYPES.get(code, "server_error"), code=code, message=message)
