// SPDX-License-Identifier: MIT
#include "core/unixsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <initializer_list>
#include <sys/signalfd.h>
#include <unistd.h>

namespace parley {

namespace {

sigset_t block(std::initializer_list<int> which)
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : which)
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

int openDescriptor()
{
    const sigset_t signals = block({SIGTERM, SIGINT, SIGHUP});
    return ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

} // namespace

void UnixSignals::ignoreThoseOfWriting()
{
    for (const int signal : {SIGPIPE, SIGXFSZ})
        std::signal(signal, SIG_IGN);
}

void UnixSignals::hold()
{
    block({SIGHUP});
    for (const int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { ::_exit(0); });
}

UnixSignals::UnixSignals()
    : m_descriptor(openDescriptor())
{
    const auto notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &UnixSignals::read);
}

UnixSignals::~UnixSignals()
{
    ::close(m_descriptor);
}

void UnixSignals::read()
{
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGHUP)
            Q_EMIT reloadAsked();
        else
            Q_EMIT stopAsked();
    }
}

} // namespace parley
