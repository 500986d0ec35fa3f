"""A bad network between a browser and the site: a proxy on loopback that loses, doubles, delays and reorders what is saved."""

import asyncio
import random
import threading
from collections import Counter
from types import TracebackType
from urllib.parse import urlsplit

FAULTS = ("lost", "reply lost", "doubled", "delayed", "late copy")
STEPS = ("lost", "reply lost", "delayed")  # what may happen to a page that is asked for


class BadNetwork:
    """``with BadNetwork(live_server.url, seed=1) as network: page.goto(network.url + "/k/")``. One connection a request."""

    def __init__(self, site: str, *, seed: int, share: float = 0.7) -> None:
        parts = urlsplit(site)
        self._site = (parts.hostname or "localhost", parts.port or 80)
        self._chance = random.Random(seed)
        self._share = share
        self._loop = asyncio.new_event_loop()
        self._late: set[asyncio.Task[bytes]] = set()
        self.done: Counter[str] = Counter()
        self.is_bad = False
        self.url = ""

    def __enter__(self) -> "BadNetwork":
        begun = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(begun,), daemon=True)
        self._thread.start()
        assert begun.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def faults(self) -> int:
        """How many there were."""
        return self.done.total()

    def settle(self) -> None:
        """Wait until every late copy has arrived."""

        async def arrived() -> None:
            await asyncio.gather(*self._late)

        asyncio.run_coroutine_threadsafe(arrived(), self._loop).result(20)

    def _run(self, begun: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(asyncio.start_server(self._meet, "localhost", 0))
        self.url = f"http://localhost:{self._server.sockets[0].getsockname()[1]}"
        begun.set()
        self._loop.run_forever()

    async def _stop(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await self._read(reader)
            reply = await self._pass_on(request) if request else b""
            if reply:
                writer.write(reply)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the browser went away
        finally:
            writer.close()

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head[:-4].split(b"\r\n")
        names = {line.split(b":", 1)[0].strip().lower(): line.split(b":", 1)[1].strip() for line in lines}
        body = await reader.readexactly(int(names.get(b"content-length", b"0")))
        kept = [line for line in lines if not line.lower().startswith((b"connection:", b"keep-alive:"))]
        return b"\r\n".join([first, *kept, b"Connection: close", b"", body])

    def _fault(self, request: bytes) -> str:
        path = request.split(b" ", 2)[1]
        if not self.is_bad or self._chance.random() >= self._share:
            return ""
        if path.endswith(b"/save/"):
            return self._chance.choice(FAULTS)
        return self._chance.choice(STEPS) if b"?go=" in path and self._chance.random() < 0.5 else ""

    async def _pass_on(self, request: bytes) -> bytes:
        fault = self._fault(request)
        if fault:
            self.done[fault] += 1
        if fault == "lost":
            return b""
        if fault == "delayed":
            await asyncio.sleep(self._chance.uniform(0.02, 0.12))
        reply = await self._ask(request)
        if fault == "doubled":
            reply = self._chance.choice([reply, await self._ask(request)])
        if fault == "late copy":
            self._late.add(asyncio.create_task(self._again(request)))
        return b"" if fault == "reply lost" else reply

    async def _again(self, request: bytes) -> bytes:
        await asyncio.sleep(self._chance.uniform(0.05, 0.5))
        return await self._ask(request)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self._site)
        writer.write(request)
        await writer.drain()
        reply = await reader.read()
        writer.close()
        return reply
