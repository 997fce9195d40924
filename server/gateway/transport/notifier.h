// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/transport/transport.h"

#include <QEvent>
#include <QSocketNotifier>

namespace parley::transport {

// Tells a transport's owner by its event and not by its signal, which would need a connection of
// 100 bytes and some time.
class Notifier final : public QSocketNotifier {
public:
    Notifier(int descriptor, Type type, Transport::Owner &owner)
        : QSocketNotifier(descriptor, type)
        , m_owner(owner)
    {
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QSocketNotifier::event(event);
        if (!isEnabled())
            return true; // one that was on its way
        if (type() == Read)
            m_owner.onReadable();
        else
            m_owner.onWritable();
        return true;
    }

private:
    Transport::Owner &m_owner;
};

} // namespace parley::transport
