"""Frames that are cut out beside the server's parser: nothing is lost, changed or reordered."""

from hypothesis import given, settings
from websockets.utils import apply_mask

from coach.websocket_frames import BINARY, TEXT, ForeignBytes, FrameReader
from tests.support.frames import MASK, arrivals, frame

LIMIT = 4_000


def pieces_of(arrived, limit=LIMIT):
    reader = FrameReader(limit)
    return [piece for data in arrived for piece in reader.read(data)], reader


def written_again(pieces):
    """The bytes that these pieces came from, where all masks are MASK."""
    for piece in pieces:
        if isinstance(piece, ForeignBytes):
            yield piece
        elif isinstance(piece, str):
            yield frame(TEXT, piece.encode())
        else:
            yield frame(BINARY, piece)


@given(arrivals())
@settings(deadline=None, max_examples=100)
def test_the_pieces_are_the_stream_in_its_order(arrived):
    pieces, reader = pieces_of(arrived)
    assert b"".join(written_again(pieces)) + reader._rest == b"".join(arrived)


@given(arrivals())
@settings(deadline=None, max_examples=100)
def test_one_frame_is_read_at_once_as_it_is_piece_by_piece(arrived):
    expected, _ = pieces_of(arrived)
    reader, pieces = FrameReader(LIMIT), []
    for data in arrived:
        whole = reader.whole(data)
        pieces += reader.read(data) if whole is None else [whole]
    assert [(type(piece), piece) for piece in pieces] == [(type(p), p) for p in expected]
    assert FrameReader(LIMIT).whole(frame(BINARY, bytes(1920))) == bytes(1920)


def test_whole_messages_are_read_however_they_arrive():
    stream = frame(BINARY, b"\x01\x02" * 960) + frame(TEXT, "Grüße".encode()) + frame(BINARY, b"")
    for size in (1, 2, 7, 1448, len(stream)):
        arrived = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert pieces_of(arrived)[0] == [b"\x01\x02" * 960, "Grüße", b""]


def test_between_fragments_all_is_the_parsers():
    wrong = frame(BINARY, b"out of turn")
    stream = [frame(0x02, b"a"), frame(0x89, b"ping"), wrong, frame(0x80, b"b")]
    pieces, _ = pieces_of([*stream, frame(BINARY, b"c")])
    assert b"".join(pieces[:-1]) == b"".join(stream)
    assert not isinstance(pieces[-1], ForeignBytes)


def test_what_is_too_long_or_no_text_is_the_parsers():
    for bad in (frame(BINARY, bytes(LIMIT + 1)), frame(TEXT, b"\xff")):
        pieces, _ = pieces_of([bad])
        assert all(isinstance(piece, ForeignBytes) for piece in pieces)
        assert b"".join(pieces) == bad
    assert apply_mask(b"", MASK) == b""
