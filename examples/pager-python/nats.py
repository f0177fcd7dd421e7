"""As much of the NATS text protocol and of JetStream as a connector needs. Python's standard library alone.

https://docs.nats.io/reference/reference-protocols/nats-protocol
https://docs.nats.io/reference/reference-protocols/nats_api_reference
"""

import base64
import itertools
import json
import os
import queue
import secrets
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit


class NatsError(Exception):
    """The server refused something, or nobody answered."""


@dataclass(frozen=True)
class Message:
    data: bytes
    reply: str
    status: int

    def json(self):
        return json.loads(self.data)


class Nats:
    """One connection. When it is lost the process ends: whoever watches over it starts another."""

    def __init__(self, url):
        server = urlsplit(url if "://" in url else f"nats://{url}")
        self._socket = socket.create_connection((server.hostname, server.port or 4222))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lines = self._socket.makefile("rb")
        self._lock = threading.Lock()
        self._handlers = {}
        self._sids = itertools.count(1)
        self._lines.readline()
        hello = {"verbose": False, "pedantic": False, "headers": True, "no_responders": True,
                 "name": "connector", "lang": "python", "version": "1"}
        if server.password:
            hello.update(user=server.username, **{"pass": server.password})
        elif server.username:
            hello.update(auth_token=server.username)
        self._send(f"CONNECT {json.dumps(hello)}\r\nPING\r\n".encode())
        if not self._lines.readline().startswith(b"PONG"):
            raise NatsError("the server does not let us in")
        threading.Thread(target=self._read, daemon=True).start()

    def subscribe(self, subject, handler, group=""):
        """handler(message) runs on the reading thread: it must not wait."""
        sid = str(next(self._sids))
        self._handlers[sid] = handler
        self._send(f"SUB {subject} {group} {sid}\r\n".encode())
        return sid

    def publish(self, subject, data, reply="", headers=None):
        if not headers:
            self._send(f"PUB {subject} {reply} {len(data)}\r\n".encode() + data + b"\r\n")
            return
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"NATS/1.0\r\n{lines}\r\n".encode()
        sizes = f"{len(head)} {len(head) + len(data)}"
        self._send(f"HPUB {subject} {reply} {sizes}\r\n".encode() + head + data + b"\r\n")

    def request(self, subject, data, timeout=5.0, headers=None):
        """One answer. Raises NatsError where nobody answers in time."""
        answer = queue.SimpleQueue()
        inbox = f"_INBOX.{secrets.token_hex(12)}"
        # What JetStream hands out keeps its own subject: the subscription alone tells whose it is.
        sid = self.subscribe(inbox, answer.put)
        try:
            self.publish(subject, data, inbox, headers)
            return answer.get(timeout=timeout)
        except queue.Empty:
            raise NatsError(f"{subject}: no answer") from None
        finally:
            self._handlers.pop(sid)
            self._send(f"UNSUB {sid}\r\n".encode())

    def api(self, subject, body):
        """Asks JetStream. Raises NatsError with the server's words."""
        answer = self.request(f"$JS.API.{subject}", json.dumps(body).encode())
        if answer.status == 503:
            raise NatsError("the server has no JetStream")
        found = answer.json()
        if "error" in found:
            raise NatsError(found["error"].get("description", "refused"))
        return found

    def store(self, subject, data, headers=None):
        """Publishes into a stream and waits until it is kept. False where the server refuses it."""
        answer = self.request(subject, data, headers=headers)
        if answer.status == 503:
            raise NatsError(f"no stream takes {subject}")
        return "error" not in answer.json()

    def flush(self):
        self.request("$JS.API.INFO", b"")

    def _send(self, data):
        with self._lock:
            self._socket.sendall(data)

    def _read(self):
        try:
            while line := self._lines.readline():
                word, *rest = line.decode().split()
                if word in ("MSG", "HMSG"):
                    self._take(word, rest)
                elif word == "PING":
                    self._send(b"PONG\r\n")
                elif word == "-ERR":
                    print("NATS says", *rest, flush=True)
        except OSError:
            pass
        print("the connection to NATS was lost", flush=True)
        os._exit(1)

    def _take(self, word, rest):
        _subject, sid, *reply = rest[: len(rest) - (2 if word == "HMSG" else 1)]
        size, status = int(rest[-1]), 0
        data = self._lines.read(size + 2)[:size]
        if word == "HMSG":
            head, data = data[: int(rest[-2])], data[int(rest[-2]):]
            first = head.split(b"\r\n", 1)[0].split()
            status = int(first[1]) if len(first) > 1 else 0
        handler = self._handlers.get(sid)
        if handler:
            handler(Message(data, reply[0] if reply else "", status))


class Bucket:
    """A key-value bucket of JetStream, of which two things are wanted: be the first, and keep what was said last."""

    def __init__(self, nats, name, days):
        self._nats, self._stream, self._prefix = nats, f"KV_{name}", f"$KV.{name}."
        nats.api(f"STREAM.CREATE.{self._stream}", {
            "name": self._stream, "subjects": [f"{self._prefix}>"], "storage": "file",
            "max_msgs_per_subject": 1, "max_age": days * 86_400 * 10**9, "discard": "new",
            "retention": "limits", "num_replicas": 1,
        })

    def create(self, key, value):
        """Whether the key was not there before."""
        first = {"Nats-Expected-Last-Subject-Sequence": "0"}
        return self._nats.store(self._prefix + key, value, first)

    def put(self, key, value):
        self._nats.store(self._prefix + key, value)

    def get(self, key):
        found = self._nats.api(f"STREAM.MSG.GET.{self._stream}", {"last_by_subj": self._prefix + key})
        return base64.b64decode(found["message"]["data"])
