// SPDX-License-Identifier: MIT
#include "app/logging/linewriter.h"

#include <QTest>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace parley::app;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 30s; // nothing waits that long unless something is broken

class Pipe {
public:
    Pipe()
    {
        if (::pipe2(m_ends, O_CLOEXEC) != 0)
            qFatal("there is no pipe");
    }
    ~Pipe() { ::close(m_ends[0]); } // the writer's end stays open, as LineWriter wants it
    Q_DISABLE_COPY_MOVE(Pipe)

    int writer() const { return m_ends[1]; }
    // Waits for so much.
    QByteArray read(qsizetype size) const
    {
        QByteArray all(size, 0);
        qsizetype got = 0;
        for (ssize_t now;
             got < size && (now = ::read(m_ends[0], &all[got], size_t(size - got))) > 0;)
            got += now;
        return all.first(got);
    }
    QByteArray readRest() const
    {
        int size = 0;
        return ::ioctl(m_ends[0], FIONREAD, &size) == 0 ? read(size) : QByteArray();
    }
    // So that a write waits.
    qsizetype fill() const
    {
        ::fcntl(m_ends[1], F_SETFL, O_NONBLOCK);
        const QByteArray page(4096, '.');
        qsizetype size = 0;
        for (ssize_t written; (written = ::write(m_ends[1], page.constData(), 4096)) > 0;)
            size += written;
        ::fcntl(m_ends[1], F_SETFL, 0);
        return size;
    }

private:
    int m_ends[2] = {-1, -1};
};

QByteArray told(quint64 lines)
{
    return QByteArray::number(lines) + " dropped\n";
}

} // namespace

class LineWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesComeInTheirOrder()
    {
        const Pipe pipe;
        LineWriter writer(pipe.writer(), 1000, told);
        writer.add("one\n");
        writer.add("two\n");
        QVERIFY(writer.flush(Patience));
        QCOMPARE(pipe.readRest(), "one\ntwo\n");
    }

    void aReaderWhoDoesNotReadHoldsUpNobody()
    {
        const Pipe pipe;
        const qsizetype before = pipe.fill();
        LineWriter writer(pipe.writer(), 10 * 5, told);
        for (int i = 0; i < 100'000; ++i)
            writer.add("line\n");
        QVERIFY(!writer.flush(1ms));
        // Read again, it says how many they were, and goes on.
        pipe.read(before);
        QVERIFY(writer.flush(Patience));
        quint64 kept = 0;
        quint64 toldOf = 0;
        for (const QByteArray &line : pipe.readRest().trimmed().split('\n'))
            line == "line" ? ++kept : toldOf += line.split(' ').first().toULongLong();
        QVERIFY(toldOf > 99'000);
        QCOMPARE(kept + toldOf, 100'000u);
        QCOMPARE(writer.dropped(), toldOf);
        writer.add("more\n");
        QVERIFY(writer.flush(Patience));
        QCOMPARE(pipe.readRest(), "more\n");
    }

    void whatIsLargerThanAllIsDroppedAndTold()
    {
        const Pipe pipe;
        LineWriter writer(pipe.writer(), 10, told);
        writer.add(QByteArray(11, 'x'));
        QVERIFY(writer.flush(Patience));
        QCOMPARE(pipe.read(10), "1 dropped\n");
    }

    void aDescriptorThatFailsIsNotWaitedFor()
    {
        LineWriter writer(-1, 1000, told);
        writer.add("line\n");
        QVERIFY(writer.flush(Patience));
    }

    void aDescriptorThatDoesNotBlockLosesNothing()
    {
        const Pipe pipe;
        const qsizetype before = pipe.fill();
        ::fcntl(pipe.writer(), F_SETFL, O_NONBLOCK);
        LineWriter writer(pipe.writer(), 1000, told);
        writer.add("line\n");
        QVERIFY(!writer.flush(1ms));
        QVERIFY(pipe.read(before + 5).endsWith("line\n"));
        QVERIFY(writer.flush(Patience));
    }

    void itsEndDoesNotWaitForTheReader()
    {
        const Pipe pipe;
        pipe.fill();
        LineWriter(pipe.writer(), 1000, told).add("line\n");
    }
};

QTEST_GUILESS_MAIN(LineWriterTest)
#include "linewriter.moc"
