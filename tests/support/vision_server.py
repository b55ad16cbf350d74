"""A Chat Completions server that sees: it keeps each picture it is sent and names two foods."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FOODS = [{"name": "white rice", "grams": 180}, {"name": "grilled chicken breast", "grams": 150}]


class VisionServer:
    """`with VisionServer() as vision`: `vision.url` is where, `vision.pictures` what it saw."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []
        self.asked: list[dict[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(body)
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                for chunk in server.answer(body):
                    self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def __enter__(self) -> "VisionServer":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """A photo becomes a proposal, "yes" adds it, "leave out" changes it; else a few words."""
        talked = [message for message in body["messages"] if message["role"] != "system"]
        if not talked:
            return _words("Hello, what have you had today?")
        last = talked[-1]
        if last["role"] == "tool":
            return _words(json.loads(last["content"])["say"])
        parts = last["content"] if isinstance(last["content"], list) else []
        shown = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
        if shown:
            self.pictures.append(base64.b64decode(shown[0].partition(",")[2]))
            return _call("propose_meal", {"items": FOODS})
        said = str(last["content"])
        if "leave" in said:
            return _call("change_meal", {"said": said})
        if "yes" in said.lower():
            return _call("confirm_meal", {"said": said, "add": True})
        return _words("All right.")


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "choices": [choice]}


def _words(text: str) -> list[dict[str, Any]]:
    return [_chunk({"role": "assistant", "content": text}), _chunk({}, "stop")]


def _call(name: str, arguments: dict[str, Any]) -> list[dict[str, Any]]:
    function = {"name": name, "arguments": json.dumps(arguments)}
    call = {"index": 0, "id": f"call_{name}", "type": "function", "function": function}
    return [
        _chunk({"role": "assistant", "tool_calls": [call]}),
        _chunk({}, "tool_calls"),
    ]
