// SPDX-License-Identifier: MIT
// For tests that run on the epoll loop themselves.
#pragma once

#include "gateway/epolldispatcher.h"

#include <QCoreApplication>
#include <QTest>

namespace parley::test {

// Does what there is to do, without waiting.
inline void turn(QEventLoop::ProcessEventsFlags flags = QEventLoop::AllEvents)
{
    QCoreApplication::eventDispatcher()->processEvents(flags);
}

template <class Test> int runOnEpoll(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new gateway::EpollDispatcher);
    QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace parley::test

#define PARLEY_MAIN_ON_EPOLL(Test)                                                                 \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        return parley::test::runOnEpoll<Test>(argc, argv);                                         \
    }
