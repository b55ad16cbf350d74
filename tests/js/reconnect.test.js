import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff, ReconnectingSocket, socketAddress } from "../../static/js/net/reconnect.js";
import { startClock, stopClock, tick } from "./clock.js";

test("waits grow, are spread and have an end", () => {
  assert.equal(
    backoff(0, () => 1),
    400,
  );
  assert.equal(
    backoff(0, () => 0),
    200,
  );
  assert.equal(
    backoff(3, () => 1),
    3200,
  );
  assert.equal(
    backoff(50, () => 1),
    10000,
  );
});

test("the socket's address is as secure as the page's", () => {
  assert.equal(socketAddress("/ws/desk/", "https://a.test/x?y=1"), "wss://a.test/ws/desk/");
  assert.equal(socketAddress("/ws/desk/", "http://a.test:8000/"), "ws://a.test:8000/ws/desk/");
});

class Line {
  static OPEN = 1;
  static made = [];
  constructor(url) {
    this.url = url;
    this.readyState = 1;
    this.sent = [];
    this.closed = null;
    Line.made.push(this);
  }
  send(data) {
    this.sent.push(data);
  }
  close(code) {
    this.closed = code ?? null;
    this.readyState = 3;
  }
}

function connect(options = {}) {
  startClock();
  stopClock();
  Line.made = [];
  const events = [];
  const socket = new ReconnectingSocket("ws://a.test", {
    goodbye: new Set([4403]),
    expectsPong: false,
    Socket: Line,
    on: {
      open: () => events.push("open"),
      data: (data) => events.push(data),
      ping: () => events.push("ping"),
      lost: () => events.push("lost"),
      gone: (code) => events.push(`gone ${code}`),
    },
    ...options,
  });
  return { socket, events, line: () => Line.made.at(-1) };
}

test.afterEach(() => startClock());

test("nothing is opened before somebody asks, whatever the network does", () => {
  const { socket } = connect();
  socket.hurry();
  assert.equal(Line.made.length, 0);
  assert.equal(socket.connected, false);
  assert.equal(socket.send("a"), false);
});

test("after each loss it connects again, and later each time", () => {
  const { socket, events, line } = connect();
  socket.connect();
  for (let attempts = 1; attempts < 6; attempts += 1) {
    line().onclose({ code: 1006 });
    assert.equal(socket.connected, false);
    tick(10_000);
    assert.equal(Line.made.length, attempts + 1);
  }
  assert.equal(socket.attempt, 5);
  socket.settled();
  assert.equal(socket.attempt, 0);
  assert.deepEqual(new Set(events), new Set(["lost"]));
});

test("a network that is back cuts the wait short, once", () => {
  const { socket, line } = connect();
  socket.connect();
  line().onclose({ code: 1006 });
  socket.hurry();
  socket.hurry();
  assert.equal(Line.made.length, 2);
  tick(20_000);
  assert.equal(Line.made.length, 2, "the wait that was cut short does not go on");
});

test("there is one connection, however often somebody asks", () => {
  const { socket, events, line } = connect();
  socket.connect();
  socket.connect();
  assert.equal(Line.made.length, 1);
  line().onclose({ code: 1006 });
  socket.connect();
  tick(20_000);
  socket.connect();
  socket.hurry();
  assert.equal(Line.made.length, 2, "the wait ended with the connection");
  line().onmessage({ data: "x" });
  assert.deepEqual(
    events.filter((event) => event !== "ping"),
    ["lost", "x"],
  );
});

test("a goodbye is the last of it, until somebody asks for another try", () => {
  const { socket, events, line } = connect();
  socket.connect();
  line().onclose({ code: 4403 });
  tick(60_000);
  socket.hurry();
  assert.deepEqual(events, ["gone 4403"]);
  assert.equal(Line.made.length, 1);
  socket.again();
  assert.equal(socket.finished, false);
  assert.equal(Line.made.length, 2);
  socket.again();
  assert.equal(Line.made.length, 2, "there is a connection");
});

test("what is closed by the page is not opened again", () => {
  const { socket, events, line } = connect();
  socket.connect();
  socket.close();
  assert.equal(line().closed, 1000);
  line().onclose({ code: 1000 });
  tick(60_000);
  assert.deepEqual(events, ["gone 1000"]);
});

test("a server that never answered a ping is not taken for dead, unless it should have", () => {
  for (const [expectsPong, made] of [
    [false, 1],
    [true, 2],
  ]) {
    const { socket } = connect({ expectsPong });
    socket.connect();
    tick(32_000);
    assert.equal(Line.made.length, made);
  }
});

test("a dead connection's late events are nobody's", () => {
  const { socket, events, line } = connect();
  socket.connect();
  socket.answered();
  const dead = line();
  tick(32_000);
  assert.equal(dead.readyState, 3);
  assert.equal(events.filter((event) => event === "lost").length, 1);
  dead.onopen();
  dead.onmessage({ data: "late" });
  dead.onclose({ code: 1006 });
  assert.ok(!events.includes("open") && !events.includes("late"));
  assert.equal(events.filter((event) => event === "lost").length, 1);
});

test("any message is a sign of life", () => {
  const { socket, events, line } = connect({ expectsPong: true });
  socket.connect();
  for (let i = 0; i < 8; i += 1) {
    tick(9000);
    line().onmessage({ data: "x" });
  }
  assert.equal(Line.made.length, 1);
  assert.ok(events.includes("ping"));
});
