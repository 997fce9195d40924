// SPDX-License-Identifier: MIT
// The control socket: who may ask, how much, and for how long.
#include "app/control/answerer.h"

#include "app/control/ask.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace parley;
using namespace parley::app::control;
using namespace std::chrono_literals;

class AnswererTest : public QObject {
    Q_OBJECT
    using Tell = std::function<void(Answerer::Lines)>;

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_answerer = std::make_unique<Answerer>(
            [this](const QJsonObject &question, auto tell) { answer(question, std::move(tell)); });
        const Done listens = m_answerer->listen(path());
        QVERIFY2(listens, listens ? "" : qPrintable(listens.failure().text));
    }
    void cleanup()
    {
        m_answerer.reset();
        m_untold = {};
        QVERIFY(!QFile::exists(path()));
    }

    void aQuestionIsAnsweredInLines()
    {
        const auto lines = ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("two")}});
        QVERIFY(lines);
        QCOMPARE(lines->size(), 2);
        QCOMPARE(lines->at(1)[QLatin1String("n")].toInt(), 2);
    }

    void aFailureIsToldInWords()
    {
        const auto lines = ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("fail")}});
        QVERIFY(!lines);
        QCOMPARE(lines.failure().text, QStringLiteral("it cannot be told"));
        QVERIFY(!lines.failure().transient);
    }

    void whereNobodyListensItSaysSo()
    {
        const QTemporaryDir other;
        const auto lines = ask(other.path(), {});
        QVERIFY(!lines);
        QVERIFY(lines.failure().transient);
    }

    void whatIsNoQuestionIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("text") << QByteArray("hello\n") << QByteArray("a JSON object");
        QTest::newRow("a list") << QByteArray("[1]\n") << QByteArray("a JSON object");
        QTest::newRow("deep") << QByteArray(QuestionBytes - 1, '[') + '\n'
                              << QByteArray("a JSON object");
        QTest::newRow("too long") << QByteArray(QuestionBytes + 1, ' ')
                                  << QByteArray("at most 1024");
        QTest::newRow("endless") << QByteArray(1 << 20, ' ') << QByteArray("at most 1024");
    }
    void whatIsNoQuestionIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, words);
        QLocalSocket socket;
        socket.connectToServer(path());
        QVERIFY(socket.waitForConnected());
        socket.write(bytes);
        QVERIFY2(answerOf(socket).contains(words), words);
    }

    void itsNumberIsBoundedAndPlacesAreGivenBack()
    {
        QLocalSocket silent[Peers];
        for (QLocalSocket &one : silent) {
            one.connectToServer(path());
            QVERIFY(one.waitForConnected());
        }
        QVERIFY(!ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("two")}}));
        silent[0].abort();
        QTRY_VERIFY(ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("two")}}));
    }

    // Their places are given back after a while.
    void whoDoesNotReadHoldsUpNobody()
    {
        const QTemporaryDir other;
        Answerer hasty(
            [](const QJsonObject &question, const Tell &tell) {
                const bool isMuch = question.contains(QLatin1String("much"));
                tell([isMuch] {
                    return Result<QByteArray>(isMuch ? QByteArray(4 << 20, ' ') : QByteArray());
                });
            },
            500ms);
        QVERIFY(hasty.listen(socketPath(other.path())));
        QLocalSocket deaf[Peers];
        for (QLocalSocket &one : deaf) {
            one.setReadBufferSize(1);
            one.connectToServer(socketPath(other.path()));
            QVERIFY(one.waitForConnected());
            one.write("{\"much\":1}\n");
            QVERIFY(one.waitForBytesWritten());
        }
        QTRY_VERIFY(ask(other.path(), {}));
    }

    void anAnswerHasABound()
    {
        const auto lines =
            ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("too much")}});
        QVERIFY(!lines);
        QCOMPARE(lines.failure().text, QStringLiteral("the answer is too long"));
    }

    // Whoever should tell it may be late, or never come.
    void anAnswerMayComeWhenNobodyIsLeft()
    {
        {
            QLocalSocket socket;
            socket.connectToServer(path());
            QVERIFY(socket.waitForConnected());
            socket.write(R"({"ask":"later"})"
                         "\n");
            QVERIFY(socket.waitForBytesWritten());
            QTRY_VERIFY(hasUntold());
        }
        const auto tell = takeUntold();
        tell([] { return Result<QByteArray>(QByteArray()); });
        QVERIFY(ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("two")}}));
        m_answerer.reset();
        tell([] { return Result<QByteArray>(QByteArray()); });
    }

    void itIsItsUsersAlone()
    {
        struct stat status { };
        QCOMPARE(::lstat(QFile::encodeName(path()).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
        if (::geteuid() != 0)
            return; // only root can be somebody else
        QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0666), 0);
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0755), 0);
        QCOMPARE(askAsNobody(), 0); // bytes of an answer
    }

    void whatIsInTheWayIsLeftThere()
    {
        const QTemporaryDir other;
        const QString file = socketPath(other.path());
        QFile in(file);
        QVERIFY(in.open(QIODevice::WriteOnly));
        Answerer second({});
        const Done listens = second.listen(file);
        QVERIFY(!listens);
        QVERIFY(listens.failure().text.contains(QStringLiteral("no socket")));
        QVERIFY(QFile::exists(file));
    }

    void anotherServersSocketIsLeftThere()
    {
        Answerer second({});
        const Done listens = second.listen(path());
        QVERIFY(!listens);
        QVERIFY(listens.failure().text.contains(QStringLiteral("another server answers")));
        QVERIFY(ask(m_dir->path(), {{QStringLiteral("ask"), QStringLiteral("two")}}));
    }

    void aPathThatIsTooLongIsRefused()
    {
        Answerer second({});
        const Done listens =
            second.listen(socketPath(m_dir->path() + QLatin1Char('/') + QString(120, u'x')));
        QVERIFY(!listens);
        QVERIFY(listens.failure().text.contains(QStringLiteral("107")));
    }

private:
    QString path() const { return socketPath(m_dir->path()); }

    void answer(const QJsonObject &question, Tell tell)
    {
        const QString what = question[QLatin1String("ask")].toString();
        if (what == QLatin1String("two"))
            return tell([] { return Result<QByteArray>(QByteArray("{\"n\":1}\n{\"n\":2}\n")); });
        if (what == QLatin1String("fail"))
            return tell(
                [] { return Result<QByteArray>(Failure{QStringLiteral("it cannot be told")}); });
        if (what == QLatin1String("too much"))
            return tell([] { return Result<QByteArray>(QByteArray(AnswerBytes + 1, ' ')); });
        const std::lock_guard lock(m_mutex);
        m_untold = std::move(tell);
    }
    bool hasUntold()
    {
        const std::lock_guard lock(m_mutex);
        return bool(m_untold);
    }
    Tell takeUntold()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_untold, {});
    }
    static QByteArray answerOf(QLocalSocket &socket)
    {
        QByteArray answer;
        while (socket.waitForReadyRead())
            answer += socket.readAll();
        return answer + socket.readAll();
    }
    // How many bytes come, of a process of another user; -1: it could not even try.
    int askAsNobody() const
    {
        const QByteArray path = QFile::encodeName(this->path());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy_n(path.constData(), path.size(), address.sun_path);
        const pid_t child = ::fork();
        if (child == 0) {
            const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
            char byte = 0;
            if (::setuid(65534) != 0
                || ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
                ::_exit(99);
            static constexpr char Question[] = "{\"ask\":\"two\"}\n";
            (void)::send(socket, Question, sizeof Question - 1, MSG_NOSIGNAL);
            ::_exit(::recv(socket, &byte, 1, 0) == 1 ? 1 : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) != 99 ? WEXITSTATUS(status) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::mutex m_mutex;
    Tell m_untold;
    std::unique_ptr<Answerer> m_answerer;
};

QTEST_GUILESS_MAIN(AnswererTest)
#include "answerer.moc"
