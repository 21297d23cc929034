"""Background tasks of a part that is opened and closed."""

import asyncio


async def end(task: "asyncio.Task[None]") -> None:
    """Cancel the task until it has ended.

    Once is not enough for one that talks to a Redis server: the client may swallow a cancellation
    that meets it while it connects.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.2)
