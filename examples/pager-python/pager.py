"""Pages by way of a provider that speaks HTTP. Run it with NATS_URL, PAGER_PYTHON_URL and PAGER_PYTHON_API_KEY."""

import base64
import hashlib
import hmac
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request

from connector import Host
from nats import Nats


class Pager:
    name = "pager-python"

    def __init__(self, environment):
        self._url = environment["PAGER_PYTHON_URL"]
        self._key = environment["PAGER_PYTHON_API_KEY"]
        self._timeout = float(environment.get("PAGER_PYTHON_TIMEOUT", "10"))

    def render(self, content, data):
        """Fills `{{ profile.traits.firstName }}` and the like in."""
        def value(match):
            found = data
            for name in match[1].split("."):
                found = found.get(name) if isinstance(found, dict) else None
            return "" if found is None else str(found)
        return re.sub(r"\{\{\s*([\w.]+)\s*\}\}", value, content["text"])

    def deliver(self, action):
        text = self.render(action["content"], {**action["data"], "links": action["links"]})
        page = json.dumps({"to": action["to"]["address"], "text": text}).encode()
        # The same key for every attempt at one message: the provider takes it once.
        status, headers, words = self._call("POST", "/pages", page, action["idempotencyKey"])
        if status is None:
            return self._unknown(words)
        if status < 300:
            return {"status": "accepted", "providerId": action["idempotencyKey"]}
        if status == 429:
            return self._rejected("PAGER.BUSY", True, words, retryAfter=int(headers.get("Retry-After", "5")))
        if status in (401, 403):
            return self._rejected("PAGER.UNAUTHORIZED", True, words)
        if status < 500:
            return self._rejected("PAGER.REFUSED", False, words)
        # It broke, perhaps after it took the page: nobody can tell.
        return self._unknown(words)

    def reconcile(self, attempt):
        key = attempt["action"]["idempotencyKey"]
        status, _headers, words = self._call("GET", f"/pages/{urllib.parse.quote(key)}")
        if status == 200:
            return {"status": "accepted", "providerId": key}
        if status == 404:
            return self._rejected("PAGER.NEVER_SEEN", True, words)
        return self._unknown(words)

    def receive(self, request):
        body = base64.b64decode(request["body"])
        right = hmac.new(self._key.encode(), request["url"].encode() + body, hashlib.sha256).hexdigest()
        given = request["headers"].get("x-signature", "")
        if not hmac.compare_digest(given.encode(), right.encode()):
            return {"verified": False}
        report = json.loads(body)
        fact = {"kind": "receipt", "attemptId": report["attemptId"], "status": report["status"]}
        return {"verified": True, "reply": {"status": 204}, "facts": [fact]}

    def _call(self, method, path, body=None, key=None):
        """Status (None: there was no answer), headers, and what the provider said."""
        headers = {"Authorization": f"Bearer {urllib.parse.quote(self._key)}"}
        if key:
            headers |= {"Idempotency-Key": key, "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                return answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read().decode(errors="replace")
        except (OSError, ValueError) as error:
            return None, {}, type(error).__name__

    def _rejected(self, code, retryable, words, **more):
        return {"status": "rejected", "code": code, "retryable": retryable, "detail": self._clean(words), **more}

    def _unknown(self, words):
        return {"status": "unknown", "detail": self._clean(words)}

    def _clean(self, words):
        """Providers repeat credentials. These words end in records, so what holds the key is not said at all."""
        return words[:500] if self._is_harmless(words) else "[the provider repeated credentials]"

    def _is_harmless(self, words):
        secret = self._key.encode()
        # Base64 of a text that holds the key, wherever in it: three beginnings, without what neighbours decide.
        encoded = [base64.b64encode(b"\0" * skip + secret)[skip and skip + 1:].rstrip(b"=")[:-2] for skip in range(3)]
        forms = [secret, urllib.parse.quote(self._key, safe="").encode(), json.dumps(self._key)[1:-1].encode(), *encoded]
        return not any(form in words.encode() for form in forms)


if __name__ == "__main__":
    Host(Nats(os.environ["NATS_URL"]), Pager(os.environ)).run()
