"""The coach's tools about the member: registered when the app is ready."""

from coach.people.tools import health, profile

__all__ = ["health", "profile"]
