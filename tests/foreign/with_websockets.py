#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Python's websockets. It has no HTTP client; Python's own serves."""
import asyncio
import sys
import urllib.error
import urllib.request

import websockets

from lines import headers_of, obey, tell


class Client:
    def __init__(self, server):
        self.server = server
        self.socket = None
        self.reading = None

    async def http(self, method, path, body=None, bearer=None):
        request = urllib.request.Request(f"http://{self.server}{path}", method=method,
                                         data=body.encode() if body else None,
                                         headers=headers_of(bearer))
        try:
            answer = await asyncio.to_thread(urllib.request.urlopen, request)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            tell("http", status=answer.status, body=answer.read().decode())

    async def connect(self, path):
        try:
            self.socket = await websockets.connect(f"ws://{self.server}{path}")
        except websockets.InvalidStatusCode as refused:
            return tell("connect", status=refused.status_code)
        tell("connect", status=101)
        self.reading = asyncio.create_task(self.read(self.socket))

    async def read(self, socket):
        try:
            async for text in socket:
                tell("frame", text=text)
        except websockets.ConnectionClosed:
            pass
        tell("closed", code=socket.close_code)

    async def say(self, text):
        try:
            await self.socket.send(text)
        except websockets.ConnectionClosed:
            pass  # read() tells of it

    async def close(self):
        await self.socket.close()


asyncio.run(obey(Client(sys.argv[1])))
