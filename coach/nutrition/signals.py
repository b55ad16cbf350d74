"""What the diary announces."""

from django.dispatch import Signal

# A member's diary was changed: `member`. Sent in the transaction that changed it.
diary_changed = Signal()
