"""Every message between a browser and the server, and between the server's processes.

`page_up` and `page_down` are the member's page, `desk` and `desk_voice` the expert's, `group` what
processes tell each other over the channel layer, `audio` the binary frames, `http` answers to
requests. All messages are frozen msgspec structs that `type` tells apart, strictly read: no field
but their own.
docs/wire.md is made from them.
"""

from coach.wire.audio import LIVE as LIVE
from coach.wire.audio import LiveSound as LiveSound
from coach.wire.audio import audio_header as audio_header
from coach.wire.audio import read_live_sound as read_live_sound
from coach.wire.base import CLIENT_ID_MAX_CHARS as CLIENT_ID_MAX_CHARS
from coach.wire.base import Beat as Beat
from coach.wire.base import Message as Message
from coach.wire.base import Ping as Ping
from coach.wire.base import Pong as Pong
from coach.wire.base import UnknownMessage as UnknownMessage
from coach.wire.base import encode as encode
from coach.wire.close import CloseCode as CloseCode
from coach.wire.close import DeskClose as DeskClose
from coach.wire.close import PageClose as PageClose
from coach.wire.close import VoiceClose as VoiceClose
from coach.wire.desk import CaseCaption as CaseCaption
from coach.wire.desk import CaseCard as CaseCard
from coach.wire.desk import CaseEnded as CaseEnded
from coach.wire.desk import CaseFloor as CaseFloor
from coach.wire.desk import CaseRefused as CaseRefused
from coach.wire.desk import CaseTurn as CaseTurn
from coach.wire.desk import DeskReady as DeskReady
from coach.wire.desk import FromDesk as FromDesk
from coach.wire.desk import ToDesk as ToDesk
from coach.wire.desk import UnwatchCase as UnwatchCase
from coach.wire.desk import WatchCase as WatchCase
from coach.wire.desk import WatchingCase as WatchingCase
from coach.wire.desk import of_case as of_case
from coach.wire.desk import read_from_desk as read_from_desk
from coach.wire.desk_voice import FromVoice as FromVoice
from coach.wire.desk_voice import ToVoice as ToVoice
from coach.wire.desk_voice import VoiceReady as VoiceReady
from coach.wire.desk_voice import VoiceStatus as VoiceStatus
from coach.wire.desk_voice import read_from_voice as read_from_voice
from coach.wire.group import BudgetReached as BudgetReached
from coach.wire.group import CardAdded as CardAdded
from coach.wire.group import DeskPush as DeskPush
from coach.wire.group import DirectiveAdded as DirectiveAdded
from coach.wire.group import ExpertPush as ExpertPush
from coach.wire.group import FloorMoved as FloorMoved
from coach.wire.group import OfferEnded as OfferEnded
from coach.wire.group import OfferMade as OfferMade
from coach.wire.group import OwnershipChanged as OwnershipChanged
from coach.wire.group import PresenceChanged as PresenceChanged
from coach.wire.group import Push as Push
from coach.wire.group import QueueChanged as QueueChanged
from coach.wire.group import SessionEnded as SessionEnded
from coach.wire.group import SocketReplaced as SocketReplaced
from coach.wire.group import TalkPush as TalkPush
from coach.wire.group import TalkWatched as TalkWatched
from coach.wire.group import TurnAdded as TurnAdded
from coach.wire.group import WatchPush as WatchPush
from coach.wire.group import pack as pack
from coach.wire.group import read_desk_push as read_desk_push
from coach.wire.group import read_talk_push as read_talk_push
from coach.wire.http import Answer as Answer
from coach.wire.http import NoteAnswer as NoteAnswer
from coach.wire.http import NoteStatus as NoteStatus
from coach.wire.http import PicturePlaced as PicturePlaced
from coach.wire.http import Refusal as Refusal
from coach.wire.http import ThreadNews as ThreadNews
from coach.wire.page_down import Capabilities as Capabilities
from coach.wire.page_down import CaptionDropped as CaptionDropped
from coach.wire.page_down import Card as Card
from coach.wire.page_down import ClearPlayback as ClearPlayback
from coach.wire.page_down import Ended as Ended
from coach.wire.page_down import EngineInfo as EngineInfo
from coach.wire.page_down import Error as Error
from coach.wire.page_down import FloorState as FloorState
from coach.wire.page_down import Ready as Ready
from coach.wire.page_down import StateChanged as StateChanged
from coach.wire.page_down import ToPage as ToPage
from coach.wire.page_down import Turn as Turn
from coach.wire.page_down import WaitingPlace as WaitingPlace
from coach.wire.page_up import ButtonHeld as ButtonHeld
from coach.wire.page_up import End as End
from coach.wire.page_up import FromPage as FromPage
from coach.wire.page_up import HeardAudio as HeardAudio
from coach.wire.page_up import Hello as Hello
from coach.wire.page_up import InterruptCoach as InterruptCoach
from coach.wire.page_up import Mute as Mute
from coach.wire.page_up import TalkModeChosen as TalkModeChosen
from coach.wire.page_up import Text as Text
from coach.wire.page_up import read_from_page as read_from_page
from coach.wire.shared import Caption as Caption
from coach.wire.shared import DataChanged as DataChanged
from coach.wire.vocabulary import Region as Region
