# SPDX-License-Identifier: MIT
"""What each foreign client does for the scenario: it is told by lines of JSON what to do, and tells
by such lines what came of it.

    {"do":"http","method":"POST","path":"/login","body":"…","bearer":"…"}
                                     {"did":"http","status":200,"body":"…"}
    {"do":"connect","path":"/chat/private?…"}      {"did":"connect","status":101}
    {"do":"say","text":"…"}
    {"do":"close"}
    each frame that comes:           {"did":"frame","text":"…"}
    the end of the connection:       {"did":"closed","code":1000}; without a Close 1006

Its argument is the server, HOST:PORT. It ends with its standard input."""
import asyncio
import json
import sys


def tell(did, **fields):
    print(json.dumps({"did": did, **fields}), flush=True)


async def obey(client):
    """Calls the client's methods as the lines say."""
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        await getattr(client, asked.pop("do"))(**asked)


def headers_of(bearer):
    return {"Authorization": f"Bearer {bearer}"} if bearer else {}
