"""Each server refuses a large body by its head, or as it comes, and keeps nothing of it."""

import contextlib
import http.client
import socket
import time

import pytest

from coach.site.body import GUEST_MAX_BYTES, MAX_BYTES, announced
from tests.site.test_web import web as web  # the two servers

PIECE = bytes(1024 * 1024)


def answer_to(connection, *, chunked=False, pieces=0):
    """The status, and how many MB were taken before the server stopped reading."""
    taken = 0
    with contextlib.suppress(OSError):  # it may answer and close before all is sent
        for _piece in range(pieces):
            connection.send(b"%x\r\n" % len(PIECE) + PIECE + b"\r\n" if chunked else PIECE)
            taken += 1
    return connection.getresponse().status, taken


def ask(web, **headers):
    connection = http.client.HTTPConnection(web, timeout=30)
    connection.putrequest("POST", "/accounts/login/")
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection


@pytest.mark.parametrize("announces", [MAX_BYTES + 1, 2 * 1024**3, 10**17])
def test_who_announces_too_much_is_answered_before_a_byte_of_it(web, announces):
    started = time.monotonic()
    status, _taken = answer_to(ask(web, Content_Length=str(announces)))
    assert status == 413
    assert time.monotonic() - started < 10


def test_who_asks_first_is_told_no(web):
    host, port = web.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n"
            b"Expect: 100-continue\r\n\r\n"
        )
        said = b""
        while more := client.recv(65536):
            said += more
    assert b" 413 " in said.split(b"\r\n")[0]
    assert b"100 Continue" not in said


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_not_taken_to_its_end(web, chunked):
    told = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(300 * 1024**2)}
    status, taken = answer_to(ask(web, **told), chunked=chunked, pieces=300)
    assert status == 413
    assert taken < 60  # 16, and what the sockets hold


def test_a_length_of_thousands_of_digits_is_no_error_of_ours(web):
    connection = ask(web, Content_Length="9" * 5000)
    try:
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        status = 400  # the server hangs up: that is an answer, too
    assert status in (400, 413)


@pytest.mark.parametrize("chunked", [False, True])
def test_what_fits_is_read(web, chunked):
    piece = bytes(GUEST_MAX_BYTES // 8)
    told = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(8 * len(piece))}
    connection = ask(web, **told)
    for _piece in range(8):
        connection.send(b"%x\r\n" % len(piece) + piece + b"\r\n" if chunked else piece)
    if chunked:
        connection.send(b"0\r\n\r\n")
    assert connection.getresponse().status not in (413, 500)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_guest_may_send_a_form_and_no_more(web, chunked):
    told = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(1024**2)}
    connection = ask(web, **told)
    status, _taken = answer_to(connection, chunked=chunked, pieces=1 if chunked else 0)
    assert status == 413


@pytest.mark.parametrize(
    ("told", "length"), [(b"", 0), (b"12", 12), (b"-1", 0), (b"x", 0), (b"9" * 5000, 10**18 - 1)]
)
def test_what_a_head_announces_is_read_within_bounds(told, length):
    assert announced([(b"content-length", told)]) == length
