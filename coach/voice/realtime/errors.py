"""Why an engine cannot be used."""

# Codes of errors that another attempt with the same key and settings would meet again.
FATAL_CODES = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "invalid_api_key",
        "account_deactivated",
        "billing_hard_limit_reached",
        "invalid_model",
        "model_not_found",
        "beta_api_shape_disabled",
        "language_not_served",
        # From servers that are not OpenAI's.
        "authentication_error",
        "permission_error",
        "unauthorized",
        "forbidden",
        "401",
        "403",
    }
)


class EngineError(Exception):
    """The engine refused, failed or went away.

    `code` is the engine's own, or one of ours; `retryable`: a new connection may succeed.
    """

    def __init__(self, message: str, code: str, retryable: bool) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
