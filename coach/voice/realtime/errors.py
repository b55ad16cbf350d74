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

# Codes of ours, for what is so however often it is asked.
CERTAIN_CODES = frozenset(
    {"bad_key", "bad_url", "bad_proxy", "audio_format_not_served", "language_not_served"}
)


class EngineError(Exception):
    """The engine refused, failed or went away.

    `code` is the engine's own, or one of ours. `retryable`: a new connection may succeed; else it
    is a refusal, which is final once it has repeated. `retry_after_s`: how long the server wants
    not to be dialled, in seconds.
    """

    def __init__(
        self, message: str, code: str, retryable: bool, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.retry_after_s = retry_after_s
