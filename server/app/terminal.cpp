// SPDX-License-Identifier: MIT
#include "app/terminal.h"

#include "app/logging/log.h"
#include "core/printable.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace parley::app {

namespace {

Failure notWritten(int why)
{
    return {QStringLiteral("standard output: %1").arg(qt_error_string(why))};
}

} // namespace

void openStandardStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0)
            ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY); // the lowest: this
    }
}

void tell(const QString &text)
{
    const QByteArray line = "parleyd: " + printable(text).toUtf8();
    if (Log *log = Log::current())
        log->addLine(line);
    else
        std::fprintf(stderr, "%s\n", line.constData());
}

int giveUp(ExitStatus status, const QString &why)
{
    tell(why);
    return status;
}

Done answer(const QByteArray &lines)
{
    const bool isWritten = std::fputs(lines.constData(), stdout) >= 0 && std::fflush(stdout) == 0;
    return isWritten ? done() : notWritten(errno);
}

Done answerAtOnce(const QByteArray &line)
{
    pollfd room{STDOUT_FILENO, POLLOUT, 0};
    if (::poll(&room, 1, 0) != 1 || !(room.revents & POLLOUT))
        return Failure{QStringLiteral("standard output: nobody reads it")};
    return answer(line);
}

} // namespace parley::app
