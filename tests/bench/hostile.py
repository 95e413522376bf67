"""Those who mean harm: what their frames cost in memory, how they are sent away, and how late the
others are answered meanwhile, also beside one who takes nothing off the line."""

import asyncio
import time

from tests.bench.line import Line, frame, hello
from tests.bench.measure import Figure, quantile
from tests.bench.rig import Room, memory, room, served
from tests.bench.sustained import Loop

OTHERS = 50
EACH = 20
SECONDS = 5.0
WHOLE = 16 * 1024 * 1024
HALF = b"GET /ws/workshops/x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nX: "


async def run() -> list[Figure]:
    """On SQLite, before a hall of fifty who vote twice a second."""
    with served() as server:
        async with room(server, OTHERS + 4 * EACH) as here:
            voters, rest = here.here.entries[:OTHERS], here.here.entries[OTHERS:]
            await here.seat(voters)
            steady = Steady(here)
            quiet = await steady.run(SECONDS)
            stuck = await here.connect(hello(rest[0]))
            await stuck.welcomed
            stuck.transport.pause_reading()
            beside = await steady.run(SECONDS)
            stuck.transport.abort()
            before, most = memory(here.pid), 0.0
            attack = asyncio.create_task(attacked(here, rest[1:]))
            async with asyncio.timeout(60):
                while not attack.done():
                    most = max(most, memory(here.pid))
                    await asyncio.sleep(0.05)
            codes = attack.result()
    sent_away = sum(code in (1003, 1008, 1009) for code in codes)
    return [
        Figure(f"{OTHERS} vote: p99 to acknowledge, in peace", 1000 * quiet, "ms"),
        Figure("… beside one who never reads", 1000 * beside, "ms", "at most 100"),
        Figure("hostile frames: the server grows by", most - before, "MB", "under 100"),
        Figure(f"… of {len(codes)} who sent them are closed 1003, 1008 or 1009",
               sent_away, "", f"{len(codes)}"),
    ]  # fmt: skip


class Steady(Loop):
    """Every voter twice a second, whoever else is about; p99 of the acknowledgements."""

    def _acked(self, line: Line, _payload: bytes) -> None:
        self.delays.append(time.perf_counter() - self.sent.pop(line))

    async def run(self, seconds: float = SECONDS) -> float:  # type: ignore[override]
        self.delays = []
        rounds = int(2 * seconds)
        for _ in range(rounds):
            for line in self.room.lines:
                if line not in self.sent:
                    self._cast(line)
                await asyncio.sleep(0.5 / len(self.room.lines))
        await asyncio.sleep(0.5)
        return quantile(self.delays, 0.99)


async def attacked(here: Room, tokens: list[str]) -> list[int | None]:
    """Frames of 16 MB, garbage as bytes, floods of a thousand messages a second, and handshakes
    that never end; the codes with which those who were let in were sent away."""
    halves = [await half_open(here) for _ in range(EACH)]
    lines = [await here.connect(hello(token)) for token in tokens[: 3 * EACH]]
    await asyncio.gather(*(line.welcomed for line in lines))
    huge, garbage, floods = lines[:EACH], lines[EACH : 2 * EACH], lines[2 * EACH :]
    whole = frame(b"x" * WHOLE)
    for line in huge:
        line.send(whole)
    for line in garbage:
        line.send(frame(b"\0\xff" * 50, opcode=2))
    await asyncio.gather(*(flood(line) for line in floods))
    await asyncio.wait([line.gone for line in lines], timeout=20)
    for line in lines:
        line.transport.abort()
    for half in halves:
        half.transport.abort()
    return [line.code for line in lines]


async def flood(line: Line) -> None:
    """A thousand messages a second that say nothing, until the line is gone or ten seconds over."""
    nonsense = frame(b"nonsense") * 50
    for _ in range(200):
        if line.code is not None or line.transport.is_closing():
            return
        line.send(nonsense)
        await asyncio.sleep(0.05)


async def half_open(here: Room) -> asyncio.StreamWriter:
    """A handshake that is begun and never ended."""
    _, writer = await asyncio.open_connection("127.0.0.1", here.server.port)
    writer.write(HALF + b"x" * 1000)
    return writer
