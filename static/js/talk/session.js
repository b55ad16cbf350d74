// Makes the parts of a talk and connects them. Each part gets only what it needs; what a part does
// is written in its own module.

import { loudness } from "../audio/pcm.js";
import { Sound } from "../audio/sound.js";
import { socketAddress } from "../net/reconnect.js";
import { toast } from "../ui/toast.js";
import { MemberActions } from "./actions.js";
import { Controls } from "./controls.js";
import { Ending } from "./ending.js";
import { EchoHint } from "./listening/echo_hint.js";
import { Listening } from "./listening/listening.js";
import { ListeningMenu } from "./listening/menu.js";
import { BargeIn } from "./live/barge_in.js";
import { Connection } from "./live/connection.js";
import { receiver } from "./live/messages.js";
import { TalkSocket } from "./live/socket.js";
import { Texts } from "./live/texts.js";
import { Typed } from "./live/typed.js";
import { WaitingPlace } from "./live/waiting.js";
import { MemberMicrophone } from "./microphone.js";
import { Notes } from "./notes/notes.js";
import { PersonRequest } from "./person_request.js";
import { Pictures } from "./pictures/pictures.js";
import { Playback } from "./playback.js";
import { Notice } from "./stage/notice.js";
import { Ring } from "./stage/ring.js";
import { Stage } from "./stage/stage.js";
import { pageWords } from "./stage/words.js";
import { TalkState } from "./state.js";
import { Thread } from "./thread/thread.js";

const PAINT_MS = 100;

/** The talk that `root` shows. Nothing is sent or asked for before the member acts. */
export class TalkSession {
  constructor(root) {
    this.root = root;
    this.words = pageWords();
    this.notice = new Notice(root.querySelector("[data-notice]"));
    this.makeStage();
    this.makeConnection();
    this.makeListening();
    this.makeNotes();
    this.makeControls();
    this.stage.floor({ floor: root.dataset.floor, name: root.dataset.person });
    this.texts.takeUp();
    this.watch();
  }

  /** What is heard and seen. */
  makeStage() {
    const { root, words, notice } = this;
    const { capture, playback, coach, threadUrl } = root.dataset;
    const sound = new Sound(
      { capture, playback },
      {
        frame: (pcm) => this.notes.hear(pcm) || this.listening.hear(pcm),
        lost: () => this.microphone.lost(),
        heard: (report) => this.socket.send({ type: "heard", ...report }),
        audio: (change) => this.playback.announce(change),
        status: (status) => this.playback.report(status),
        context: (name) => this.playback.contextChanged(name),
      },
    );
    this.sound = sound;
    const stage = new Stage(root, { sound, words, coach });
    this.stage = stage;
    new Ring(root.querySelector("[data-ring]"), {
      level: () => stage.level(),
      mood: () => stage.mood(),
    });
    this.state = new TalkState(root, {
      covered: (name) => this.notes.covers(name),
      shown: (name) => stage.show({ state: name }),
    });
    this.playback = new Playback(root, {
      sound,
      notice,
      words,
      ended: () => this.state.ended,
      heard: (report) => this.socket.send({ type: "heard", ...report }),
    });
    this.thread = new Thread(root, threadUrl, {
      settled: (id) => this.socket.settled(id),
      trouble: (error) => toast(error.message, { kind: "danger" }),
    });
  }

  /** The socket, and what its losses mean to the member. */
  makeConnection() {
    const { root, words, notice, sound, state, stage, thread } = this;
    const { member, session, endUrl, after } = root.dataset;
    const socket = new TalkSocket(socketAddress(root.dataset.socket), {
      since: () => thread.last,
      texts: new Typed(`${member}-${session}`),
      on: {
        message: (message) => this.receive(message),
        audio: (buffer) => sound.player?.push(buffer),
        down: () => this.connection.down(),
        gone: () => this.connection.gone(),
      },
    });
    const texts = new Texts({ socket, thread, state, words });
    const microphone = new MemberMicrophone(root, {
      sound,
      notice,
      words,
      on: {
        changed: (name) => {
          this.controls.showMicrophone(name);
          stage.show({ muted: microphone.muted });
        },
        muted: () => this.listening.tellMuted(),
        unavailable: () => this.controls.focus(),
      },
    });
    const on = {
      begun: () => this.listening.show(),
      back: () => {
        thread.dropCaptions();
        thread.catchUp();
      },
      lost: () => {
        this.listening.lost();
        texts.wait();
      },
      gone: () => {
        microphone.close();
        sound.player?.hush();
      },
      missed: () => thread.catchUp(),
      elsewhere: (elsewhere) => stage.show({ elsewhere }),
    };
    const parts = { socket, state, sound, microphone, notice, words, on };
    this.connection = new Connection(root, parts);
    const urls = { end: endUrl, after };
    this.ending = new Ending({ urls, state, socket, sound, notice, words });
    this.socket = socket;
    this.texts = texts;
    this.microphone = microphone;
  }

  /** How the member is heard. */
  makeListening() {
    const { root, socket, state, stage, sound, microphone } = this;
    const menu = new ListeningMenu(root, { mode: (mode) => this.listening.choose(mode) });
    const echo = new EchoHint({ playing: () => sound.playing, suggest: () => menu.suggest() });
    this.echo = echo;
    this.bargeIn = new BargeIn({
      state,
      sound,
      byHand: () => echo.byHand(),
      send: (message) => socket.send(message),
    });
    this.listening = new Listening(root, menu.mode, {
      socket,
      state,
      stage,
      microphone,
      bargeIn: this.bargeIn,
      notes: () => this.notes.active,
    });
  }

  /** The talk without a connection. */
  makeNotes() {
    const { root, state, stage, thread, notice, words, microphone } = this;
    this.notes = new Notes(root, {
      state,
      stage,
      thread,
      notice,
      words,
      microphone,
      takeTyped: () => this.controls.takeText(),
      socketReady: () => this.socket.ready,
      on: {
        live: (behind) => this.connection.fromNotes(behind),
        ended: () => this.state.ended || this.ending.leave(),
      },
    });
  }

  /** What the member presses, and what the server says. */
  makeControls() {
    const { root, words, notice, socket, connection, state, stage, thread, texts } = this;
    const { bargeIn, listening, microphone, notes, ending, echo, playback } = this;
    const person = new PersonRequest({
      url: root.dataset.askUrl,
      notice,
      words,
      live: () => socket.ready,
      asked: () => {
        thread.follow();
        notes.refresh();
      },
    });
    const talk = { state, connection, texts, bargeIn, listening, microphone };
    this.controls = new Controls(root, new MemberActions({ ...talk, notes, person, ending }));
    const waiting = new WaitingPlace({
      state,
      showPosition: (position) => stage.show({ position }),
    });
    const talkParts = { socket, connection, state, waiting, texts, ending };
    const pictures = this.makePictures();
    this.receive = receiver({ ...talkParts, thread, stage, echo, listening, playback, pictures });
  }

  /** A lesson has none. */
  makePictures() {
    const { root, thread, words } = this;
    if (!root.querySelector("[data-picture-menu]")) return null;
    return new Pictures(root, {
      thread,
      words,
      on: {
        note: (picture) => this.notes.showPicture(picture),
        begin: () => this.connection.begin(false),
        sent: (placed) => thread.card(placed),
      },
    });
  }

  watch() {
    setInterval(() => {
      this.listening.tick();
      this.stage.show();
      this.controls.showLevel(loudness(this.stage.heard));
    }, PAINT_MS);
    addEventListener("online", () => this.socket.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.sound.resume();
      this.socket.hurry();
    });
  }
}
