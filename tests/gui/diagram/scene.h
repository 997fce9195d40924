// SPDX-License-Identifier: MIT
// The diagram's panel, shown, with a conversation.
#pragma once

#include "gui/diagram/conversation.h"

#include "ui/diagram/diagrampanel.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QImage>
#include <QScrollBar>
#include <QTest>

namespace parley::test {

// A conversation in a window.
struct Scene : Conversation {
    ui::DiagramPanel panel{diagram, log};
    ui::DiagramView &view = panel.view();

    explicit Scene(const QPalette &palette = ui::lightPalette())
    {
        panel.setPalette(palette);
        panel.resize(920, 560);
        panel.show();
    }
    QAction *action(const char *name) const
    {
        return panel.findChild<QAction *>(QLatin1String(name));
    }
    QImage grab()
    {
        panel.grab(); // which gives everything its place
        view.flush();
        QCoreApplication::processEvents(); // scroll bars come and go by a queued signal
        view.flush();
        return panel.grab().toImage().convertToFormat(QImage::Format_RGB888);
    }

    // As the widgets come to be seen: everything, alive.
    void converse()
    {
        for (int pane = 0; pane < 2; ++pane) {
            opened(pane);
            hello(pane, "c" + QByteArray::number(pane));
        }
        for (int round = 0; round < 3; ++round)
            for (int pane = 0; pane < 2; ++pane) {
                sent(pane, Heartbeat);
                received(pane, HeartbeatAnswer);
            }
        sent(1, StatusAlice);
        received(1, AliceIsOnline);
        sent(0, SendHello);
        builder.setTraced(true);
        builder.addTrace(stored(9, "m1", 300));
        received(0, SentHello);
        received(1, MessageHello);
        sent(1, ConfirmHello);
        builder.addTrace(mailbox(protocol::TraceKind::Removed, 9, 300));
        received(1, ConfirmedHello);
        sent(0, "{nonsense");
        received(0, "{\"cmd\":\"ERROR\",\"code\":\"bad_json\",\"message\":\"no JSON\"}");
        ended(1, 1000, {});
    }
    void fill(int count)
    {
        for (int i = 0; i < count; ++i)
            sent(0, "{\"cmd\":\"TRACK\",\"clientId\":\"k" + QByteArray::number(i) + "\"}");
    }
    bool isAtEnd() const
    {
        return view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum();
    }
    void click(qsizetype row)
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(row).center());
    }
};

inline bool has(const QImage &image, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb())
                return true;
    return false;
}

} // namespace parley::test
