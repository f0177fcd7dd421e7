"""A connector in plain Python: what it does on the bus stands in docs/api/asyncapi.json, and nothing else was used."""

import json
import signal
import sys
import threading
import time
import uuid
from datetime import datetime

from nats import Bucket, NatsError

STREAM = "REPARTEE"
#: Seconds a command may stay with us before the server gives it to somebody else.
ACK_WAIT = 60
#: Seconds one request for a command waits at the server.
PULL = 1
UNKNOWN_BEGUN = {"status": "unknown", "detail": "a process ended while the message was being sent"}


class Host:
    """Runs a connector: an object with `name`, `deliver`, `reconcile`, `receive` and `render`."""

    def __init__(self, nats, connector, workers=10):
        self._nats, self._connector, self._workers = nats, connector, workers
        self._stopping = threading.Event()
        self._busy = threading.Semaphore(workers)

    def run(self):
        self._wait_for_stream()
        self._begun = Bucket(self._nats, self._connector.name, days=14)
        for question in ("receive", "render"):
            subject = f"repartee-ask.connector.{self._connector.name}.{question}"
            answer = getattr(self, f"_{question}")
            self._nats.subscribe(subject, lambda message, answer=answer: self._reply(message, answer),
                                 group=self._connector.name)
        for call, handle, count in (("deliver", self._deliver, self._workers), ("reconcile", self._reconcile, 1)):
            durable = self._consumer(call)
            for _ in range(count):
                threading.Thread(target=self._pull, args=(durable, handle), daemon=True).start()
        signal.signal(signal.SIGTERM, lambda *_: self._stopping.set())
        signal.signal(signal.SIGINT, lambda *_: self._stopping.set())
        self._nats.flush()
        print("ready", flush=True)
        self._stopping.wait()
        for _ in range(self._workers):
            self._busy.acquire(timeout=5)
        self._nats.flush()
        sys.exit(0)

    def _wait_for_stream(self):
        """The core declares it."""
        while True:
            try:
                self._nats.api(f"STREAM.INFO.{STREAM}", {})
                return
            except NatsError:
                time.sleep(0.2)

    def _consumer(self, call):
        kind = f"connector.{self._connector.name}.{call}"
        durable = kind.replace(".", "_")
        self._nats.api(f"CONSUMER.DURABLE.CREATE.{STREAM}.{durable}", {
            "stream_name": STREAM,
            "config": {"durable_name": durable, "filter_subject": f"repartee.{kind}", "ack_policy": "explicit",
                       "deliver_policy": "all", "ack_wait": ACK_WAIT * 10**9, "max_deliver": -1,
                       "replay_policy": "instant"},
        })
        return durable

    def _pull(self, durable, handle):
        wish = json.dumps({"batch": 1, "expires": PULL * 10**9}).encode()
        while not self._stopping.is_set():
            try:
                message = self._nats.request(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{durable}", wish, PULL + 2)
            except NatsError:
                continue
            if message.status:
                # Nothing came; where the server has no patience for us we have some.
                time.sleep(0 if message.status in (404, 408) else 0.2)
                continue
            with self._busy:
                self._settle(message, handle)

    def _settle(self, message, handle):
        if self._stopping.is_set():
            self._nats.publish(message.reply, b"-NAK")
            return
        try:
            event = message.json()
            told = handle(event["data"])
            if self._tell(event, *told):
                self._nats.publish(message.reply, b"+ACK")
        except (KeyError, ValueError, TypeError) as error:
            print(f"not a command: {type(error).__name__}", flush=True)
            self._nats.publish(message.reply, b"+TERM")
        except NatsError as error:
            # It comes again; what was begun is not begun again.
            print(f"could not answer: {error}", flush=True)

    def _deliver(self, command):
        action = command["action"]
        attempt = action["attemptId"]
        if not self._begun.create(attempt, b"null"):
            return action, json.loads(self._begun.get(attempt)) or UNKNOWN_BEGUN
        if is_past(command["deadline"]):
            return action, {"status": "rejected", "code": "CONNECTOR.TOO_LATE", "retryable": True, "wait": True}
        outcome = self._connector.deliver(action)
        self._begun.put(attempt, json.dumps(outcome).encode())
        return action, outcome

    def _reconcile(self, question):
        attempt = question["attempt"]
        if self._begun.create(attempt["attemptId"], b"null"):
            # From now on nobody may begin it.
            return attempt, {"status": "rejected", "code": "CONNECTOR.NOT_BEGUN", "retryable": True, "wait": True}
        known = json.loads(self._begun.get(attempt["attemptId"])) or UNKNOWN_BEGUN
        return attempt, known if known["status"] != "unknown" else self._connector.reconcile(attempt)

    def _tell(self, cause, about, outcome):
        event = {
            "specversion": "1.0", "id": str(uuid.uuid4()), "source": f"/connectors/{self._connector.name}",
            "type": "connector.outcome", "subject": about["attemptId"], "datacontenttype": "application/json",
            "data": {"connector": self._connector.name, "deliveryId": about["deliveryId"],
                     "attemptId": about["attemptId"], "outcome": outcome},
        }
        if "traceparent" in cause:
            event["traceparent"] = cause["traceparent"]
        headers = {"Nats-Msg-Id": event["id"], "Content-Type": "application/cloudevents+json"}
        return self._nats.store("repartee.connector.outcome", json.dumps(event).encode(), headers)

    def _reply(self, message, answer):
        try:
            said = answer(message.json())
        except Exception as error:  # noqa: BLE001 - whatever it was, the core is told that there is no answer
            said = {"error": {"detail": type(error).__name__}}
        self._nats.publish(message.reply, json.dumps(said).encode())

    def _receive(self, question):
        return self._connector.receive(question["request"])

    def _render(self, question):
        return {"rendered": self._connector.render(question["content"], question["data"])}


def is_past(moment):
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() < time.time()
