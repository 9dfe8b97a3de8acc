"""Those who read, write and review during a soak; each asks as soon as it is answered.

What the site has said yes to is noted, to be looked for at the end. A clean 503 is
asked again, as somebody at a browser would; anything else that is not expected is an
error.
"""

import random
import threading
import time
from collections import Counter
from http.client import HTTPException
from urllib.parse import quote

PAGES = [
    "/",
    "/programmet/",
    "/programmet/2016/varmt-valkomnande/hem-for-alla/",
    "/prioritering/2016-4-3-1-b/",
    "/kunskapsbank/?typ=forskning",
    "/kunskapsbank/?vilja=1&sida=2",
    "/kunskapsbank/flode.atom",
    "/samband/",
    "/ordlista/",
    "/uppfoljning/",
    "/api/v1/bidrag/",
]
WORDS = ["barn", "skola", "trygghet", "dialog", "stad", "äldre", "natur", "idrott"]
SAVES = 5  # before a text is handed in


class Tally:
    """What happened, from all threads."""

    def __init__(self):
        self.counts = Counter()
        self.errors = []
        self.seconds = []
        # By text: the last number that was saved, and how far it had come.
        self.saved = {}
        self.reached = {}
        self._lock = threading.Lock()

    def add(self, what):
        with self._lock:
            self.counts[what] += 1

    def fail(self, *about):
        with self._lock:
            self.counts["errors"] += 1
            self.errors.append(about)


class Person(threading.Thread):
    """Does `turn` until the soak is over."""

    def __init__(self, site, tally, over):
        super().__init__(daemon=True)
        self.site, self.tally, self.over = site, tally, over

    def run(self):
        while not self.over.is_set():
            self.turn()

    def ask(self, expected, ask):
        """The answer once it is one of the statuses expected; None after an error, and
        at the end.

        After a 503 it may be a 409: what was sent in then had been done, by a process
        that was killed before it could say so.
        """
        done = set()
        while not self.over.is_set():
            began = time.perf_counter()
            try:
                answer = ask()
            except (OSError, HTTPException) as fault:
                self.tally.fail("cut", repr(fault))
                return None
            if answer.status in expected | done:
                self.tally.seconds.append(time.perf_counter() - began)
                return answer
            if answer.status != 503 or "retry-after" not in answer.headers:
                self.tally.fail(answer.status, answer.text[:2000])
                return None
            done = {409}
            self.tally.add("503")
            time.sleep(0.2)
        return None


class Reader(Person):
    """Pages that are kept and lists and searches that are not."""

    def turn(self):
        page = random.choice(PAGES)
        if random.random() < 0.1:
            page = f"/kunskapsbank/?q={quote(random.choice(WORDS))}"
        answer = self.ask({200}, lambda: self.site.get(page))
        if answer is not None:
            # Only the site itself numbers its answers.
            self.tally.add("read" if "x-request-id" in answer.headers else "copies")


class Writer(Person):
    """Saves each text some times, and hands it in."""

    def __init__(self, site, tally, over, drafts, waiting):
        super().__init__(site, tally, over)
        self.drafts, self.waiting = drafts, waiting

    def turn(self):
        try:
            draft = self.drafts.pop()
        except IndexError:
            self.over.wait(1)
            return
        lock = draft["lock"]
        for number in range(1, SAVES + 1):
            lock = self.save(draft, number, lock)
            if lock is None:
                return
        self.hand_in(draft | {"lock": lock})

    def save(self, draft, number, lock):
        data = {
            "step": "beratta",
            "tab": "soak",
            "sequence": number,
            "lock": lock,
            "changed": "summary",
            "summary": f"Sammanfattning nummer {number}.",
        }
        answer = self.ask(
            {200},
            lambda: self.site.post(
                f"/bidra/{draft['pk']}/spara/",
                data,
                session=draft["session"],
                Accept="application/json",
            ),
        )
        if answer is None:
            return None
        if answer.status == 409:
            return self.lock_of(draft)
        self.tally.saved[draft["pk"]] = number
        self.tally.add("saved")
        return answer.json()["lock"]

    def lock_of(self, draft):
        page = f"/bidra/{draft['pk']}/beratta/"
        cookie = f"session={draft['session']}"
        answer = self.ask({200}, lambda: self.site.get(page, Cookie=cookie))
        if answer is None:
            return None
        return answer.text.partition('name="lock" value="')[2].partition('"')[0]

    def hand_in(self, draft):
        answer = self.ask({302}, lambda: self.site.submit(draft, draft["session"]))
        if answer is not None:
            self.tally.reached[draft["pk"]] = "submitted"
            self.tally.add("submitted")
            self.waiting.append(draft)


class Reviewer(Person):
    """Publishes what has been handed in, the oldest first."""

    def __init__(self, site, tally, over, session, waiting):
        super().__init__(site, tally, over)
        self.session, self.waiting = session, waiting

    def turn(self):
        if not self.waiting:
            time.sleep(0.05)
            return
        draft = self.waiting.pop(0)
        page = f"/granska/{draft['pk']}/"
        cookie = f"session={self.session}"
        seen = self.ask({200}, lambda: self.site.get(page, Cookie=cookie))
        if seen is None:
            return
        lock = seen.text.partition('name="lock" value="')[2].partition('"')[0]
        data = {"lock": lock, "over": "", "decision": "publish", "message": ""}
        answer = self.ask(
            {302}, lambda: self.site.post(page, data, session=self.session)
        )
        if answer is not None:
            self.tally.reached[draft["pk"]] = "published"
            self.tally.add("published")
