// SPDX-License-Identifier: MIT
// A client that others wrote, in a process of its own; lines.py says how it is talked to.
#pragma once

#include <QJsonObject>
#include <QProcess>

namespace parley::test {

// Waits as long as it takes to be sure that nothing comes, and fails the test then (QTest::qFail).
class ForeignClient {
public:
    // `name`: websockets, aiohttp, ws or curl.
    ForeignClient(const QString &name, quint16 port);
    ~ForeignClient();

    struct Answer {
        int status = 0;
        QByteArray body;
        QJsonObject json() const;
    };
    Answer http(const char *method, const QByteArray &path, const QByteArray &body = {},
        const QByteArray &bearer = {});
    // The status of the answer: 101 when it is connected.
    int connect(const QByteArray &path);
    void say(const QByteArray &command);
    // The next frame has these fields with these values. Returns all of it.
    QJsonObject expect(const QByteArray &fields);
    // Passes over frames; the code with which the connection ended.
    int closed();
    // Closes it in order; the code with which the server did.
    int close();

private:
    void tell(const QJsonObject &);
    QJsonObject next(const char *did);

    QProcess m_process;
};

} // namespace parley::test
