"""What is rehearsed, one function each; the first line of its text is printed."""

import re
import time
from urllib.parse import urlencode

import psutil
import psycopg

from tests.rehearse import previous, stores
from tests.rehearse.crowd import Crowd
from tests.rehearse.ground import require, say, wait_until
from tests.rehearse.reader import Answer, Reader
from tests.rehearse.scene import Scene

LIST = "/kunskapsbank/"
PAGES = ["/", "/programmet/", LIST, "/uppfoljning/", "/om/", "/ordlista/"]
PAGES += [f"{LIST}?sida=2"]
TITLE = "Bänkar vid stranden"
# A process that has much else to do sees a change later than one that has not.
SEEN_WITHIN = 5.0
# Every address that searches, also written in another way.
SEARCHES = ["/s%6Fk/?q=barn", f"{LIST}?q=barn", f"{LIST}?sida=2&%71=barn"]
SEARCHES += ["/kunskapsbank/flode.atom?q=barn", "/folj/?q=barn"]
SEARCHES += ["/api/v1/bidrag/?q=barn"]
# What every answer tells a browser (trust 3.4.3-3.4.6).
TOLD = ["content-security-policy", "referrer-policy", "strict-transport-security"]
TOLD += ["x-content-type-options", "x-frame-options", "permissions-policy"]
TOLD += [f"cross-origin-{name}-policy" for name in ("opener", "embedder", "resource")]
# Besides, what is told of a file that somebody has sent in (trust 3.2.1).
TOLD_OF_FILES = [*TOLD, "content-disposition", "x-robots-tag"]
# Pages a second (trust): while something is restarted, on a usual day, and in a spike.
R27 = 200
USUAL = 10
R34 = 50 * USUAL


def publish_on_one_node(scene: Scene) -> None:
    """What one node publishes the other shows within a second"""
    first, second = scene.nodes
    told = scene.told_by_desk()
    other = Reader(second.port, of_node=True)
    require(TITLE not in other.get(LIST).text, "the text was public already")
    page = f"/granska/{told['pk']}/"
    desk = Reader(first.port, of_node=True, cookie=told["session"])
    shown = desk.get(page)
    require(bool(shown.token), f"{page} answers {shown.status}")
    form = {
        "csrfmiddlewaretoken": shown.token,
        **{"lock": told["lock"], "over": "", "decision": "publish", "message": ""},
    }
    cookies = f"{told['session']}; {shown.cookies}"
    answer = desk.post(page, urlencode(form), Cookie=cookies)
    require(answer.status == 302, f"publishing gave {answer.status}")
    seconds = wait_until(lambda: TITLE in other.get(LIST).text, "the other shows it")
    say(f"    shown by the other node after {seconds:.2f} s")
    require(seconds < SEEN_WITHIN, f"it took {seconds:.1f} s")
    for node in scene.nodes:
        file = Reader(node.port, of_node=True).get(told["file"])
        require(file.status == 200, f"{node.name} answers {file.status} for the file")
    kept = [each.key for each in stores.bucket_of(scene.told).objects.all()]
    require(bool(kept), "the store holds no file")
    say("    its document comes from the file store, by either node")
    scene.file = told["file"]


def kill_a_node(scene: Scene) -> None:
    """A node that is killed under load costs no reader anything"""
    victim = scene.nodes[1]
    with _readers(scene) as crowd:
        victim.running.kill()
        crowd.read(5 * R27)
    _require_rate(crowd, R27)
    victim.start()
    victim.wait()


def _readers(scene: Scene, rate=2 * R27) -> Crowd:
    return Crowd(scene.port, scene.proxy.log, PAGES, rate=rate)


def _require_rate(crowd: Crowd, rate: int) -> None:
    read = crowd.seen.rate
    require(read >= rate, f"only {read:.0f} pages a second were read, not {rate}")


def roll_out(scene: Scene) -> None:
    """A new release, with a migration, is rolled out under load without a failure"""
    later = {
        "RELEASE": "second",
        "DJANGO_SETTINGS_MODULE": "tests.rehearse.later_release",
    }
    with _readers(scene) as crowd:
        for node in scene.nodes:
            began = time.monotonic()
            node.running.stop()
            node.start(**later)
            node.wait()
            say(f"    {node.name} was away {time.monotonic() - began:.0f} s")
            crowd.read(2 * R27)
    _require_rate(crowd, R27)
    with psycopg.connect(scene.database.url) as link:
        row = link.execute("SELECT to_regclass('later_app_later')").fetchone()
    require(row != (None,), "the migration was not run")


def meet_a_crowd(scene: Scene) -> None:
    """Fifty times the usual readers are answered as quickly as the few"""
    with _readers(scene, 5 * USUAL) as crowd:
        crowd.read(10 * USUAL, "the pages are kept")
    with _readers(scene, 2 * R34) as crowd:
        crowd.stay(scene.spike_seconds)
    _require_rate(crowd, R34)
    require(crowd.seen.p95 < 300, f"p95 was {crowd.seen.p95:.0f} ms")


def go_back(scene: Scene) -> None:
    """The release before this one passes its tests on the new tables"""
    previous.try_on(scene.for_tests, scene.folder)


def kill_a_worker(scene: Scene) -> None:
    """A worker that is killed is replaced, and the site works meanwhile"""
    server = psutil.Process(scene.nodes[0].running.process.pid)

    def workers():
        children = server.children(recursive=True)
        return {each.pid for each in children if "db_worker" in each.cmdline()}

    before = workers()
    require(len(before) == 1, f"{len(before)} workers run")
    psutil.Process(*before).kill()
    require(scene.reader().get(LIST).status == 200, "the site does not answer")
    wait_until(lambda: workers() - before, "a new worker runs")


def run_two_schedules(scene: Scene) -> None:
    """Of two schedulers each job is run by one"""
    due = ["sweep_tasks", "sweep_people"]
    scene.told_by_desk(*due)
    running = [
        node.begin(f"schedule-{node.name}", "manage.py", "run_schedule", "--once")
        for node in scene.nodes
    ]
    for each in running:
        require(each.process.wait(240) == 0, f"it ended with a fault:\n{each.tail()}")
    told = "\n".join(each.tail(100) for each in running)
    for name in due:
        times = len(re.findall(rf"^{name} \.\.\.$", told, re.MULTILINE))
        require(times == 1, f"{name} was run {times} times:\n{told}")


def search_without_end(scene: Scene) -> None:
    """Whoever searches without end is asked to wait, and no log says who it was"""
    reader = scene.reader()
    answers = [reader.get("/sok/?q=barn") for _ in range(80)]
    refused = [answer for answer in answers if answer.status == 429]
    require(answers[0].status == 200, f"a search gave {answers[0].status}")
    require(bool(refused), "80 searches at once were let through")
    is_calm = "Vänta en halv minut" in refused[0].text
    require(is_calm and "retry-after" in refused[0].headers, "the refusal is not calm")
    _require_told_alike(reader, refused[0], "the refusal")
    for address in SEARCHES:
        refusals = (reader.get(address).status == 429 for _ in range(80))
        require(any(refusals), f"{address} is not counted")
    for page in [LIST, f"{LIST}?sida=2", "/sok/forslag/?q=barn"]:
        require(reader.get(page).status == 200, f"{page} is refused too")
    say(f"    {len(refused)} of 80 searches were refused")
    noted = {line.partition(" ")[0] for line in scene.proxy.log.open()}
    require(noted == {"127.0.0.0"}, f"the proxy's log holds {noted}")


def _require_told_alike(reader: Reader, answer: Answer, what: str) -> None:
    """What nginx itself answers tells a browser what the site's pages do."""
    page = reader.get(LIST)
    require(not page.is_copy, "the site is down")
    _require_same(page, answer, what, TOLD)


def _require_same(own: Answer, answer: Answer, what: str, names: list[str]) -> None:
    for name in names:
        site, proxy = _said(own, name), _said(answer, name)
        require(site == proxy, f"{what} has {name} {proxy}, the site has {site}")


def _said(answer: Answer, name: str) -> set[str]:
    """In any order, and without the name that a file is saved under."""
    parts = map(str.strip, answer.headers.get(name, "").split(";"))
    return {each for each in parts if not each.startswith("filename")}


def ask_for_static_files(scene: Scene) -> None:
    """A static file tells a browser what the pages do, found or not"""
    reader = scene.reader()
    (address, *_) = re.findall(r'href="(/static/[^"]+\.css)"', reader.get(LIST).text)
    for path, status in [(address, 200), ("/static/finns-inte.css", 404)]:
        answer = reader.get(path)
        require(answer.status == status, f"{path} answers {answer.status}")
        _require_told_alike(reader, answer, path)
        is_kept = "immutable" in answer.headers["cache-control"]
        require(is_kept == (status == 200), f"{path} is kept wrongly")


def stop_the_database(scene: Scene) -> None:
    """Without a database readers get the copy, and it comes back by itself"""
    copied = scene.nodes[0].run("manage.py", "export_static", *PAGES, scene.file)
    require(copied.returncode == 0, f"no copy was made:\n{copied.stderr[-2000:]}")
    reader = scene.reader()
    form = reader.get("/tipsa/")
    of_site = {path: reader.get(path) for path in (LIST, scene.file)}
    before = [node.running.process.pid for node in scene.nodes]
    scene.database.stop_at_once()
    for page in PAGES:
        _require_copy_soon(reader, page)
    _require_told_as(of_site, reader)
    _require_calm_refusals(reader, form)
    scene.database.start_again()
    seconds = wait_until(lambda: _is_itself(reader), "the site is itself again")
    say(f"    itself again {seconds:.1f} s after the database, nothing restarted")
    after = [node.running.process.pid for node in scene.nodes]
    require(before == after, "a node was restarted")


def _require_copy_soon(reader: Reader, page: str) -> None:
    """A page that a process has kept is answered until it looks for a change."""

    def is_copy() -> bool:
        answer = reader.get(page)
        require(answer.status == 200, f"{page} answers {answer.status}")
        return answer.is_copy

    wait_until(is_copy, f"{page} is the copy", seconds=SEEN_WITHIN)


def _require_told_as(of_site: dict[str, Answer], reader: Reader) -> None:
    """Of the copy the proxy says what the site says, also of what people sent in."""
    for path, own in of_site.items():
        answer = reader.get(path)
        require(answer.status == 200, f"the copy has no {path}")
        _require_same(own, answer, f"the copy of {path}", TOLD_OF_FILES)


def stop_every_node(scene: Scene) -> None:
    """Without any node the proxy alone answers, with the copy and calm refusals"""
    reader = scene.reader()
    form = reader.get("/tipsa/")
    for node in scene.nodes:
        node.running.stop()
    for page in PAGES:
        require(reader.get(page).is_copy, f"{page} is no copy")
    _require_calm_refusals(reader, form)


def _require_calm_refusals(reader: Reader, form: Answer) -> None:
    """What is sent in, and a page that is not in the copy."""
    sent = urlencode({"csrfmiddlewaretoken": form.token, "text": "Tips"})
    refusals = [
        reader.post("/tipsa/", sent, Cookie=form.cookies),
        reader.get("/finns-inte/"),
    ]
    for answer in refusals:
        said = f"{answer.status}, Retry-After {answer.headers.get('retry-after')}"
        is_calm = answer.status == 503 and "retry-after" in answer.headers
        require(is_calm and "<h1" in answer.text, f"a refusal was {said}")
    say("    readers get the dated copy; what is sent in gets 503 and Retry-After")


def _is_itself(reader: Reader) -> bool:
    answer = reader.get(LIST)
    return answer.status == 200 and not answer.is_copy


ALL = [
    publish_on_one_node,
    kill_a_node,
    roll_out,
    meet_a_crowd,
    go_back,
    kill_a_worker,
    run_two_schedules,
    search_without_end,
    ask_for_static_files,
    stop_the_database,
    stop_every_node,
]
