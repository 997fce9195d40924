#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A client that sends, or fetches and confirms, and prints what it got.

    talk.py URL send RECEIVER BODY...     prints the seqs
    talk.py URL fetch                     prints the bodies, and confirms them
"""
import asyncio
import json
import sys

import websockets


async def until(socket, kind):
    while True:
        frame = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if frame["cmd"] == "ERROR":
            raise SystemExit(frame)
        if frame["cmd"] == kind:
            return frame


async def talk(url, what, *rest):
    async with websockets.connect(url) as socket:
        await until(socket, "HELLO")
        if what == "send":
            for body in rest[1:]:
                await socket.send(json.dumps(
                    {"cmd": "SEND", "receiveUserId": int(rest[0]), "body": body}))
                print((await until(socket, "SENT"))["seq"])
            return
        await socket.send(json.dumps({"cmd": "FETCH"}))
        messages = (await until(socket, "MESSAGES"))["messages"]
        for message in messages:
            print(message["body"])
        if messages:
            await socket.send(json.dumps(
                {"cmd": "CONFIRM", "upTo": messages[-1]["seq"], "ref": "c"}))
            await until(socket, "CONFIRMED")


asyncio.run(talk(*sys.argv[1:]))
