"""One end of an expert's voice takeover: what it lets through, and when the other end hears it."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.live_sound import LiveEnd
from coach.wire import LiveSound, read_live_sound
from tests.support.relay_stage import ManualClock

FRAME = bytes(960)


def ends(epoch=3, other=3):
    clock = ManualClock()
    return LiveEnd(epoch, clock), LiveEnd(other, clock), clock


@given(
    st.builds(
        LiveSound,
        epoch=st.integers(0, 2**32 - 1),
        number=st.integers(0, 2**64 - 1),
        arrived=st.integers(0, 2**64 - 1),
        pcm=st.binary(max_size=40).filter(lambda pcm: len(pcm) % 2 == 0),
        words=st.booleans(),
        played=st.booleans(),
    )
)
def test_a_frame_is_read_as_it_was_packed(sound):
    assert read_live_sound(sound.pack()) == sound


@given(st.binary(max_size=60))
def test_bytes_of_any_kind_are_read_or_refused_without_an_error(frame):
    LiveEnd(1, ManualClock()).receive(frame)


@given(
    st.lists(st.tuples(st.sampled_from([2, 3, 4]), st.integers(1, 20), st.booleans()), max_size=30)
)
def test_only_newer_frames_of_this_epoch_come_through_and_always_in_order(frames):
    end = LiveEnd(3, ManualClock())
    came = []
    for epoch, number, loud in frames:
        sound = LiveSound(epoch, number, 0, FRAME if loud else b"").pack()
        if (taken := end.receive(sound)) is not None:
            came.append(taken)
    assert all(sound.epoch == 3 for sound in came)
    numbers = [sound.number for sound in came]
    assert numbers == sorted(set(numbers))
    newest = max((number for epoch, number, _ in frames if epoch == 3), default=None)
    assert newest is None or numbers[-1] == newest


def test_a_frame_of_more_sound_than_a_microphone_sends_is_dropped():
    end, other, _ = ends()
    assert end.receive(other.send(bytes(limits.MIC_FRAME_MAX_BYTES + 2))) is None
    assert end.receive(other.send(bytes(limits.MIC_FRAME_MAX_BYTES))) is not None


def test_another_socket_of_the_same_expert_is_not_taken_for_late():
    end, first, clock = ends()
    for _ in range(60):  # faster than the milliseconds go by
        assert end.receive(first.send(FRAME)) is not None
    clock._now += 0.2
    assert end.receive(LiveEnd(3, clock).send(FRAME)) is not None


async def test_sound_arrives_while_the_other_end_says_so():
    expert, member, clock = ends()
    assert not expert.arrives
    expert.receive(member.send())
    assert not expert.arrives  # nothing was said yet
    member.receive(expert.send(FRAME))
    expert.receive(member.send())
    assert expert.arrives
    for _ in range(8):  # a muted microphone changes nothing
        await clock.advance(0.25)
        expert.receive(member.send())
        assert expert.arrives
    for _ in range(8):  # the sound is lost on the way
        await clock.advance(0.25)
        expert.send(FRAME)
        expert.receive(member.send())
    assert not expert.arrives
    member.receive(expert.send(FRAME))
    expert.receive(member.send())
    assert expert.arrives
    await clock.advance(limits.LIVE_HEARD_S)  # and now the other end is gone
    assert not expert.arrives


def test_what_was_never_sent_cannot_have_arrived():
    expert, _, clock = ends()
    lie = LiveSound(3, int(clock.wall() * 1000), 2**63, FRAME).pack()
    assert expert.receive(lie) is not None
    assert not expert.arrives


def test_a_person_is_heard_when_the_other_page_has_played_it_and_sent_before():
    expert, member, clock = ends()

    def speak():
        sound = member.receive(expert.send(FRAME))
        member.given(sound.number)
        expert.receive(member.send())

    speak()
    assert (expert.arrives, expert.heard) == (True, False)
    member.page_plays()
    expert.receive(member.send())
    assert (expert.arrives, expert.heard) == (True, True)
    for _ in range(60):  # the page has fallen silent: its sound is asleep
        clock._now += 0.02
        speak()
    assert (expert.arrives, expert.heard) == (True, False)
    member.page_plays()
    expert.receive(member.send())
    assert expert.heard
