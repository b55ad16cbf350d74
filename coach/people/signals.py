"""What the profile announces."""

from django.dispatch import Signal

# The member said yes to facts: `session`, `facts` (HealthFact rows), `said`. Sent in the
# transaction that noted them. A receiver answers True where it has called a person for them.
health_noted = Signal()

# The member measured something: `member`, `rows` (Measurement rows), and `sure`, those of them of
# which it was said what and in which unit it is. Sent in the transaction that wrote them.
measured = Signal()
