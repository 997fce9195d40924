// SPDX-License-Identifier: MIT
// Whatever a person names to have something written to it stays what it is.
#include "frames/outputfile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

using namespace parley;
using namespace parley::frames;

class InspectorOutputFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aRegularFileIsReplacedAsAWhole()
    {
        const QString file = write("file", "of before");
        OutputFile out(file);
        QVERIFY(out.check());
        QVERIFY(out.open());
        QVERIFY(out.write("new"));
        QCOMPARE(read(file), "of before");
        QVERIFY(out.commit());
        QCOMPARE(read(file), "new");
        // And one that is not there yet.
        QVERIFY(writeFile(path("new"), "content"));
        QCOMPARE(read(path("new")), "content");
    }

    void whatIsGivenUpLeavesWhatWasThere()
    {
        const QString file = write("file", "of before");
        {
            OutputFile out(file);
            QVERIFY(out.open());
            QVERIFY(out.write("half"));
        }
        QCOMPARE(read(file), "of before");
        QCOMPARE(
            QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
    }

    void aLinkStaysOneAndItsTargetIsWritten()
    {
        const QString target = write("target", "of before");
        QVERIFY(QFile::link(QStringLiteral("target"), path("near"))); // relative
        QVERIFY(QFile::link(path("near"), path("far")));
        QVERIFY(OutputFile(path("far")).check());
        QVERIFY(writeFile(path("far"), "new"));
        QCOMPARE(read(target), "new");
        QVERIFY(QFileInfo(path("near")).isSymLink());
        QVERIFY(QFileInfo(path("far")).isSymLink());
    }

    void aLinkToNothingMakesItsTarget()
    {
        QVERIFY(QFile::link(path("later"), path("link")));
        QVERIFY(writeFile(path("link"), "new"));
        QCOMPARE(read(path("later")), "new");
        QVERIFY(QFileInfo(path("link")).isSymLink());
    }

    void linksInACircleAreRefused()
    {
        QVERIFY(QFile::link(path("b"), path("a")));
        QVERIFY(QFile::link(path("a"), path("b")));
        QVERIFY(!writeFile(path("a"), "x"));
        QVERIFY(QFileInfo(path("a")).isSymLink());
        QVERIFY(QFileInfo(path("b")).isSymLink());
    }

    void aPipeIsWrittenThrough()
    {
        const QByteArray name = QFile::encodeName(path("pipe"));
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        // Nobody reads it: that is said, and not waited for.
        QVERIFY(OutputFile(path("pipe")).check());
        QVERIFY(!writeFile(path("pipe"), "x"));
        const int reader = ::open(name.constData(), O_RDONLY | O_NONBLOCK);
        QVERIFY(writeFile(path("pipe"), "through"));
        char buffer[64];
        QCOMPARE(::read(reader, buffer, sizeof buffer), 7);
        ::close(reader);
        struct stat status { };
        QVERIFY(::lstat(name.constData(), &status) == 0 && S_ISFIFO(status.st_mode));
    }

    void aDeviceIsWrittenThrough()
    {
        const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
        QVERIFY(::grantpt(master) == 0 && ::unlockpt(master) == 0);
        const QString terminal = QString::fromLatin1(::ptsname(master));
        const int slave = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
        QVERIFY(OutputFile(terminal).check());
        QVERIFY(QFile::link(terminal, path("link"))); // by a link, too
        QVERIFY(writeFile(path("link"), "through"));
        char buffer[64];
        QCOMPARE(::read(master, buffer, sizeof buffer), 7);
        struct stat status { };
        QVERIFY(::lstat(::ptsname(master), &status) == 0 && S_ISCHR(status.st_mode));
        QVERIFY(QFileInfo(path("link")).isSymLink());
        ::close(slave);
        ::close(master);
    }

    void aDeviceThatIsFullFails()
    {
        if (OutputFile::isReplaced(QStringLiteral("/dev/full")))
            QFAIL("it would have replaced the device");
        const Done written = writeFile(QStringLiteral("/dev/full"), "x");
        QVERIFY(!written);
        QVERIFY(!written.failure().text.isEmpty());
    }

    void ourOwnOutputIsWrittenBehindWhatIsThere()
    {
        const QString file = write("output", "before\n");
        const int saved = ::dup(STDOUT_FILENO);
        const int output = ::open(QFile::encodeName(file).constData(), O_WRONLY | O_APPEND);
        ::dup2(output, STDOUT_FILENO);
        const Done written = writeFile(QStringLiteral("/dev/stdout"), "report\n");
        const Done named = writeFile(file, "by name\n");
        ::dup2(saved, STDOUT_FILENO);
        QVERIFY(written && named);
        QCOMPARE(read(file), "before\nreport\nby name\n");
        ::close(output);
        ::close(saved);
    }

    void whatCannotBeWrittenSaysWhy()
    {
        for (const QString &place : {m_folder->path(), path("none/file")}) {
            const Done written = writeFile(place, "x");
            QVERIFY(!written);
            QVERIFY(!written.failure().text.isEmpty());
            QVERIFY(!OutputFile(place).check());
        }
    }

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    QString write(const char *name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s", qPrintable(file.errorString()));
        return file.fileName();
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(InspectorOutputFile)
#include "outputfile.moc"
