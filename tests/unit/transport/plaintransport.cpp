// SPDX-License-Identifier: MIT
#include "gateway/transport/plaintransport.h"
#include "core/limits.h"

#include <QTest>

#include <array>
#include <fcntl.h>
#include <malloc.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

using namespace parley;
using transport::PlainTransport;

namespace {

constexpr qint64 MiB = 1 << 20;

struct Nobody final : transport::Transport::Owner {
    void onReadable() override { }
    void onWritable() override { }
};

// In use of the allocator.
qint64 held()
{
    const auto info = mallinfo2();
    return qint64(info.uordblks) + qint64(info.hblkhd);
}

} // namespace

class PlainTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bytesArriveAsTheyWereWritten();
    void holdsNoMoreThanWhatWaits();
    void holdsNothingWhenNothingWaits();

private:
    QByteArray take(qsizetype most);

    Nobody m_nobody;
    std::unique_ptr<PlainTransport> m_transport;
    int m_peer = -1;
};

void PlainTransportTest::init()
{
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    m_transport = std::make_unique<PlainTransport>(ends[0], m_nobody);
    m_peer = ends[1];
}

void PlainTransportTest::cleanup()
{
    m_transport.reset();
    ::close(m_peer);
}

QByteArray PlainTransportTest::take(qsizetype most)
{
    QByteArray bytes(most, Qt::Uninitialized);
    bytes.truncate(std::max<ssize_t>(::recv(m_peer, bytes.data(), size_t(most), 0), 0));
    return bytes;
}

// Of any size, flushed and read at any time.
void PlainTransportTest::bytesArriveAsTheyWereWritten()
{
    std::mt19937 random(1);
    const auto upTo = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    QByteArray written;
    QByteArray read;
    for (int i = 0; i < 2000; ++i) {
        const QByteArray head(upTo(14), char('a' + i % 26));
        const QByteArray body(upTo(i % 50 == 0 ? 400'000 : 3000), char('A' + i % 26));
        m_transport->write(head, body);
        written += head + body;
        if (upTo(2) == 0)
            QVERIFY(m_transport->flush());
        if (upTo(1) == 0)
            read += take(upTo(100'000));
        QVERIFY(m_transport->waiting() <= written.size() - read.size());
    }
    while (read.size() < written.size()) {
        QVERIFY(m_transport->flush());
        const QByteArray more = take(100'000);
        QVERIFY(!more.isEmpty());
        read += more;
    }
    QVERIFY(read == written);
    QCOMPARE(m_transport->waiting(), 0);
}

void PlainTransportTest::holdsNoMoreThanWhatWaits()
{
    const qint64 before = held();
    const QByteArray frame(int(MiB), 'x');
    for (int i = 0; i < 4; ++i) {
        m_transport->write("head", frame);
        QVERIFY(m_transport->flush());
    }
    QVERIFY(m_transport->waiting() > 3 * MiB);
    const auto most = [&] { return m_transport->waiting() + MiB / 4; };
    QVERIFY2(held() - before - frame.size() <= most(), QByteArray::number(held() - before));
    // Nor what was sent.
    for (qsizetype taken = 0; taken < 3 * MiB;) {
        taken += take(100'000).size();
        QVERIFY(m_transport->flush());
        QVERIFY2(held() - before - frame.size() <= most(), QByteArray::number(held() - before));
    }
}

void PlainTransportTest::holdsNothingWhenNothingWaits()
{
    const qint64 before = held();
    m_transport->write(QByteArray(int(MiB), 'x'), {});
    while (m_transport->waiting() > 0) {
        QVERIFY(m_transport->flush());
        take(100'000);
    }
    QVERIFY2(held() - before < 4096, QByteArray::number(held() - before));
}

QTEST_GUILESS_MAIN(PlainTransportTest)
#include "plaintransport.moc"
