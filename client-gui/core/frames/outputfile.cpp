// SPDX-License-Identifier: MIT
#include "frames/outputfile.h"

#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::frames {
namespace {

constexpr int MostLinks = 40; // that lead to one another

bool isOpenAs(int stream, const struct stat &status)
{
    struct stat ours { };
    return ::fstat(stream, &ours) == 0 && ours.st_dev == status.st_dev
        && ours.st_ino == status.st_ino;
}

// Where the links lead, whether there is something or not.
Result<QString> targetOf(QString path)
{
    for (int i = 0; i < MostLinks; ++i) {
        const QFileInfo file(path);
        if (!file.isSymLink())
            return path;
        path = file.symLinkTarget();
    }
    return Failure{qt_error_string(ELOOP)};
}

// Open, to be committed.
Result<std::unique_ptr<QFileDevice>> openReplacing(const QString &path)
{
    const auto target = targetOf(path);
    if (!target)
        return target.failure();
    auto file = std::make_unique<QSaveFile>(*target);
    if (!file->open(QIODevice::WriteOnly))
        return Failure{file->errorString()};
    return std::unique_ptr<QFileDevice>(std::move(file));
}

// Not waiting for a reader; waiting for room is well.
int openThrough(const QString &path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0)
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
    return descriptor;
}

} // namespace

OutputFile::OutputFile(QString path)
    : m_path(std::move(path))
{
}

OutputFile::~OutputFile() = default;

bool OutputFile::isReplaced(const QString &path)
{
    struct stat status { };
    if (::stat(QFile::encodeName(path).constData(), &status) != 0 || S_ISDIR(status.st_mode))
        return true; // opening says what is wrong with it
    return S_ISREG(status.st_mode) && !isOpenAs(STDOUT_FILENO, status)
        && !isOpenAs(STDERR_FILENO, status);
}

Failure OutputFile::failure() const
{
    return {m_file->errorString()};
}

Done OutputFile::check() const
{
    if (isReplaced(m_path)) {
        const auto file = openReplacing(m_path); // what is not committed is gone
        return file ? done() : file.failure();
    }
    if (::access(QFile::encodeName(m_path).constData(), W_OK) != 0)
        return Failure{qt_error_string(errno)};
    return done();
}

Done OutputFile::open()
{
    if (isReplaced(m_path)) {
        auto file = openReplacing(m_path);
        if (!file)
            return file.failure();
        m_file = std::move(*file);
        return done();
    }
    const int descriptor = openThrough(m_path);
    if (descriptor < 0)
        return Failure{qt_error_string(errno)};
    auto file = std::make_unique<QFile>();
    // Nothing waits in a buffer: each write says itself how it went.
    file->open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered, QFile::AutoCloseHandle);
    m_file = std::move(file);
    return done();
}

bool OutputFile::write(const QByteArray &bytes)
{
    // What takes a part of it says why only when asked to take the rest.
    for (qint64 at = 0; at < bytes.size() && m_isWhole;) {
        const qint64 written = m_file->write(bytes.constData() + at, bytes.size() - at);
        m_isWhole = written > 0;
        at += written;
    }
    return m_isWhole;
}

Done OutputFile::commit()
{
    auto *replacing = qobject_cast<QSaveFile *>(m_file.get());
    const Failure why = failure();
    if (replacing)
        return replacing->commit() ? done() : failure();
    m_file->close();
    return m_isWhole ? done() : Done(why);
}

Done writeFile(const QString &path, const QByteArray &content)
{
    OutputFile file(path);
    if (const Done opened = file.open(); !opened)
        return opened;
    file.write(content);
    return file.commit();
}

} // namespace parley::frames
