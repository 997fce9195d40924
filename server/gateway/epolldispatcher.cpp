// SPDX-License-Identifier: MIT
#include "gateway/epolldispatcher.h"

#include "core/log.h"

#include <QCoreApplication>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

namespace parley::gateway {
namespace {

constexpr int EventsPerWait = 256; // the kernel hands out the others next time, in turn
constexpr quint32 AlwaysReported = EPOLLHUP | EPOLLERR;
constexpr quint32 EventsOf[] = {EPOLLIN, EPOLLOUT, EPOLLPRI}; // by QSocketNotifier::Type
constexpr quint64 WakeUp = ~quint64(0); // as an event's data; no descriptor has this number

constexpr quint64 pack(int descriptor, quint32 generation)
{
    return quint64(generation) << 32 | quint32(descriptor);
}

} // namespace

quint32 EpollDispatcher::Descriptor::wanted() const
{
    quint32 events = 0;
    for (size_t type = 0; type < notifiers.size(); ++type)
        events |= notifiers[type] ? EventsOf[type] : 0;
    return events;
}

EpollDispatcher::EpollDispatcher()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUpEvent(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    // Edge-triggered: each wake-up is reported once, without a read.
    epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.u64 = WakeUp}};
    if (m_epoll < 0 || m_wakeUpEvent < 0
        || ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUpEvent, &event) != 0)
        qFatal("no event loop: %s", qPrintable(qt_error_string(errno)));
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wakeUpEvent);
    ::close(m_epoll);
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto number = size_t(notifier->socket());
    if (number >= m_descriptors.size())
        m_descriptors.resize(number + 1);
    Descriptor &descriptor = m_descriptors[number];
    descriptor.notifiers[size_t(notifier->type())] = notifier;
    if (!std::exchange(descriptor.isChanged, true))
        m_changed.push_back(int(number));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto number = size_t(notifier->socket());
    if (number >= m_descriptors.size())
        return;
    Descriptor &descriptor = m_descriptors[number];
    QSocketNotifier *&slot = descriptor.notifiers[size_t(notifier->type())];
    if (slot != notifier)
        return; // another took its place, on a descriptor that was closed and opened again
    slot = nullptr;
    if (descriptor.wanted() == 0) {
        // At once, while the number still means this socket; it may be closed next. What the
        // kernel has reported about it already is no longer for anybody.
        if (descriptor.armed != 0)
            ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, int(number), nullptr);
        descriptor.armed = 0;
        ++descriptor.generation;
    } else if (!std::exchange(descriptor.isChanged, true)) {
        m_changed.push_back(int(number));
    }
}

// Here and not at each change: a notifier that is switched on and off again costs nothing.
void EpollDispatcher::arm()
{
    for (const int number : m_changed) {
        Descriptor &descriptor = m_descriptors[size_t(number)];
        descriptor.isChanged = false;
        const quint32 wanted = descriptor.wanted();
        if (wanted == descriptor.armed)
            continue;
        epoll_event event{.events = wanted, .data = {.u64 = pack(number, descriptor.generation)}};
        int result =
            ::epoll_ctl(m_epoll, descriptor.armed ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, number, &event);
        if (result != 0 && errno == ENOENT) // closed and opened again under its notifier
            result = ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, number, &event);
        if (result == 0)
            descriptor.armed = wanted;
        else
            qCWarning(lcGateway) << "descriptor" << number
                                 << "cannot be watched:" << qt_error_string(errno);
    }
    m_changed.clear();
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    // What is posted from here on is either sent now or says wakeUp() once more.
    bool didSomething = m_isWoken.exchange(false);
    QCoreApplication::sendPostedEvents();
    const bool mayBlock =
        (flags & QEventLoop::WaitForMoreEvents) && !didSomething && !m_isInterrupted;
    if (mayBlock)
        Q_EMIT aboutToBlock();
    if (m_isInterrupted)
        return didSomething;

    const bool withTimers = !(flags & QEventLoop::X11ExcludeTimers);
    constexpr int Forever = -1;
    const int timeoutMs = !mayBlock ? 0 : withTimers ? m_timers.wait().value_or(Forever) : Forever;
    if (flags & QEventLoop::ExcludeSocketNotifiers)
        waitForWakeUp(timeoutMs);
    else
        didSomething |= waitForSockets(timeoutMs);
    if (withTimers)
        didSomething |= m_timers.fire();
    // What the sockets' events or a wake-up left to be done. Left for the next call, it would keep
    // that one from blocking, and cost a wait that waits for nothing.
    if (!m_isInterrupted && m_isWoken.exchange(false)) {
        QCoreApplication::sendPostedEvents();
        didSomething = true;
    }
    return didSomething;
}

bool EpollDispatcher::waitForSockets(int timeoutMs)
{
    arm();
    std::array<epoll_event, EventsPerWait> events;
    // Whoever says wakeUp() from here on sees that we wait; whoever said it before is seen here.
    m_isWaiting = true;
    const int count =
        ::epoll_wait(m_epoll, events.data(), EventsPerWait, m_isWoken ? 0 : timeoutMs);
    m_isWaiting = false;
    const quint64 thisWait = ++m_waits;
    bool delivered = false;
    for (int i = 0; i < count && m_waits == thisWait; ++i) {
        if (events[size_t(i)].data.u64 == WakeUp)
            continue;
        deliver(events[size_t(i)].data.u64, events[size_t(i)].events);
        delivered = true;
    }
    return delivered;
}

// A handler may close the descriptor, open it anew, or run a loop of its own. That loop may have
// seen to what is left here: if not, the kernel reports it again.
void EpollDispatcher::deliver(quint64 packed, quint32 events)
{
    const auto number = size_t(quint32(packed));
    const quint64 thisWait = m_waits;
    for (size_t type = 0; type < std::size(EventsOf) && m_waits == thisWait; ++type) {
        const Descriptor &descriptor = m_descriptors[number];
        if (pack(int(number), descriptor.generation) != packed)
            return;
        if (!descriptor.notifiers[type] || !(events & (EventsOf[type] | AlwaysReported)))
            continue;
        QEvent activated(QEvent::SockAct);
        QCoreApplication::sendEvent(descriptor.notifiers[type], &activated);
    }
}

void EpollDispatcher::waitForWakeUp(int timeoutMs)
{
    m_isWaiting = true;
    quint64 earlierOnes;
    [[maybe_unused]] const auto size = ::read(m_wakeUpEvent, &earlierOnes, sizeof earlierOnes);
    pollfd wakeUps{.fd = m_wakeUpEvent, .events = POLLIN, .revents = 0};
    ::poll(&wakeUps, 1, m_isWoken ? 0 : timeoutMs);
    m_isWaiting = false;
}

void EpollDispatcher::wakeUp()
{
    if (m_isWoken.exchange(true) || !m_isWaiting)
        return; // it will look before it waits
    const quint64 one = 1;
    [[maybe_unused]] const auto size = ::write(m_wakeUpEvent, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

} // namespace parley::gateway
