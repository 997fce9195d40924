#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Python's aiohttp, for HTTP as for WebSocket."""
import asyncio
import sys

import aiohttp

from lines import headers_of, obey, tell


class Client:
    def __init__(self, server, session):
        self.server = server
        self.session = session
        self.socket = None
        self.reading = None

    async def http(self, method, path, body=None, bearer=None):
        async with self.session.request(method, f"http://{self.server}{path}", data=body,
                                        headers=headers_of(bearer)) as answer:
            tell("http", status=answer.status, body=await answer.text())

    async def connect(self, path):
        try:
            self.socket = await self.session.ws_connect(f"ws://{self.server}{path}")
        except aiohttp.WSServerHandshakeError as refused:
            return tell("connect", status=refused.status)
        tell("connect", status=101)
        self.reading = asyncio.create_task(self.read(self.socket))

    async def read(self, socket):
        async for message in socket:
            if message.type == aiohttp.WSMsgType.TEXT:
                tell("frame", text=message.data)
        tell("closed", code=socket.close_code)

    async def say(self, text):
        try:
            await self.socket.send_str(text)
        except ConnectionError:
            pass  # read() tells of it

    async def close(self):
        self.reading.cancel()
        await asyncio.wait([self.reading])
        await self.socket.close()
        tell("closed", code=self.socket.close_code)


async def main():
    async with aiohttp.ClientSession() as session:
        await obey(Client(sys.argv[1], session))


asyncio.run(main())
