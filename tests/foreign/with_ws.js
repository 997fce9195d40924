// SPDX-License-Identifier: MIT
// Node's ws; for HTTP Node's own client. lines.py says what it is told and tells.
'use strict';

const http = require('http');
const readline = require('readline');
const WebSocket = require('ws');

const server = process.argv[2];
let socket = null;

function tell(did, fields) {
    process.stdout.write(JSON.stringify({did, ...fields}) + '\n');
}

const deeds = {
    http({method, path, body, bearer}) {
        const headers = bearer ? {Authorization: 'Bearer ' + bearer} : {};
        const request = http.request('http://' + server + path, {method, headers}, answer => {
            let text = '';
            answer.setEncoding('utf8');
            answer.on('data', part => text += part);
            answer.on('end', () => tell('http', {status: answer.statusCode, body: text}));
        });
        request.end(body);
    },
    connect({path}) {
        const connecting = new WebSocket('ws://' + server + path);
        socket = connecting;
        connecting.on('open', () => {
            tell('connect', {status: 101});
            connecting.on('close', code => tell('closed', {code}));
        });
        connecting.on('unexpected-response', (request, answer) => {
            tell('connect', {status: answer.statusCode});
            request.destroy();
        });
        connecting.on('message', data => tell('frame', {text: data.toString()}));
        connecting.on('error', () => {}); // 'close' comes behind it
    },
    say({text}) {
        socket.send(text, () => {}); // an error is told by 'close'
    },
    close() {
        socket.close(1000);
    },
};

const lines = readline.createInterface({input: process.stdin});
lines.on('line', line => {
    const asked = JSON.parse(line);
    deeds[asked.do](asked);
});
lines.on('close', () => process.exit(0));
