"""Rows of the experts' side. The rows are the queue; pushes and tasks only announce a change."""

from handoff.models.clocks import ServiceClock as ServiceClock
from handoff.models.crisis import CrisisResource as CrisisResource
from handoff.models.crisis import Script as Script
from handoff.models.escalations import CANCELLABLE_STATES as CANCELLABLE_STATES
from handoff.models.escalations import OPEN_STATES as OPEN_STATES
from handoff.models.escalations import OWNED_STATES as OWNED_STATES
from handoff.models.escalations import TERMINAL_STATES as TERMINAL_STATES
from handoff.models.escalations import WAITING_STATES as WAITING_STATES
from handoff.models.escalations import Escalation as Escalation
from handoff.models.escalations import Tier as Tier
from handoff.models.escalations import domain_of as domain_of
from handoff.models.events import EscalationEvent as EscalationEvent
from handoff.models.experts import Expert as Expert
from handoff.models.hours import DayOff as DayOff
from handoff.models.hours import DeskZone as DeskZone
from handoff.models.hours import OnCall as OnCall
from handoff.models.hours import OpeningHours as OpeningHours
from handoff.models.offers import Offer as Offer
from handoff.models.planned import PlannedFollowUp as PlannedFollowUp
from handoff.models.records import AuditRead as AuditRead
from handoff.models.records import FlagRecord as FlagRecord
from handoff.models.records import Heartbeat as Heartbeat
from handoff.models.records import Outbox as Outbox
from handoff.models.replies import CannedReply as CannedReply
from handoff.models.screening import ScreeningThresholds as ScreeningThresholds
from handoff.models.voice import VoiceLine as VoiceLine
