// SPDX-License-Identifier: MIT
// For programs whose every test runs against each kind of store:
//     void initTestCase_data() { addEachStore(); }
#pragma once

#include "support/testclient.h"
#include "support/testserver.h"

#include <QJsonArray>
#include <QTest>

namespace parley::test {

inline void addEachStore()
{
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

inline bool isOnDisk()
{
    QFETCH_GLOBAL(bool, onDisk);
    return onDisk;
}

// A server on a new store of the kind that this run is for.
class StoredServer : private TemporaryDatabase, public TestServer {
public:
    explicit StoredServer(const Adjust &adjust = {})
        : TestServer(adjust, isOnDisk() ? TemporaryDatabase::url() : QString())
    {
    }
};

// A connected user, greeted.
class User : public TestClient {
public:
    User(const TestServer &server, qint64 userId)
        : TestClient(server.chatUrl(userId))
        , hello(expectHello())
    {
    }

    // Messages "first" ... "last" of the receiver's mailbox, sent in one go.
    void sendMessages(qint64 receiver, int first, int last)
    {
        const QByteArray start =
            R"({"cmd":"SEND","receiveUserId":)" + QByteArray::number(receiver) + R"(,"body":")";
        for (int i = first; i <= last; ++i)
            send(start + QByteArray::number(i) + "\"}");
        for (int i = first; i <= last; ++i)
            expect(R"({"cmd":"SENT","seq":)" + QByteArray::number(i) + '}');
    }
    // Pushes with these seqs come next.
    void expectMessages(int first, int last)
    {
        for (int i = first; i <= last; ++i)
            expect(R"({"cmd":"MESSAGE","seq":)" + QByteArray::number(i) + '}');
    }
    // The seqs of a FETCH with these members, such as `"limit":3`.
    std::vector<qint64> fetch(const QByteArray &members, bool expectMore)
    {
        send(QByteArray(R"({"cmd":"FETCH","ref":"f")") + (members.isEmpty() ? "" : ",") + members
            + "}");
        const QJsonObject page = expect(QByteArray(R"({"cmd":"MESSAGES","ref":"f","more":)")
            + (expectMore ? "true}" : "false}"));
        std::vector<qint64> seqs;
        for (const auto &message : page.value(QLatin1String("messages")).toArray())
            seqs.push_back(message[QLatin1String("seq")].toInteger());
        return seqs;
    }
    void confirmUpTo(int seq, int removed)
    {
        send(R"({"cmd":"CONFIRM","upTo":)" + QByteArray::number(seq) + R"(,"ref":"c"})");
        expect(R"({"cmd":"CONFIRMED","ref":"c","removed":)" + QByteArray::number(removed) + '}');
    }

    const QJsonObject hello;
};

// first, first + 1 ... last.
inline std::vector<qint64> range(qint64 first, qint64 last)
{
    std::vector<qint64> seqs;
    for (qint64 seq = first; seq <= last; ++seq)
        seqs.push_back(seq);
    return seqs;
}

} // namespace parley::test
