// SPDX-License-Identifier: MIT
// The panel of scenarios as it stands in the window, with the real server.
#pragma once

#include "ui/look/icons.h"
#include "ui/pane/clientpane.h"
#include "ui/scenario/markdelegate.h"
#include "ui/scenario/markview.h"
#include "ui/scenario/scenariopanel.h"
#include "ui/window/panestrip.h"

#include <QAction>
#include <QLabel>
#include <QTemporaryDir>

namespace parley::test {

inline constexpr int OneRun = 60'000; // ms

inline const QByteArray Head =
    "name: Hello\n"
    "about: Alice greets bob.\n"
    "clients: {A: alice, B: bob}\n"
    "steps:\n"
    "  - connect: [A, B]\n"
    "  - send: {from: A, to: bob, body: hello}\n"
    "  - expect: {client: B, frame: {cmd: MESSAGE, body: hello}, as: hello}\n";

// The part of the window that scenarios need.
struct ScenarioWindow {
    const QTemporaryDir folder;
    play::Players players;
    workbench::Observers observers{players, {}};
    ui::People users{players};
    std::unique_ptr<ui::PaneStrip> panes = std::make_unique<ui::PaneStrip>(players, users);
    std::unique_ptr<ui::ScenarioPanel> panel =
        std::make_unique<ui::ScenarioPanel>(players, observers);

    ScenarioWindow()
    {
        players.addPlayer();
        players.addPlayer();
        panel->setParleyd(QStringLiteral(PARLEYD));
        panel->resize(1000, 420);
        panel->show();
        ui::dress(panel.get());
    }
    // A file of the test's own.
    QString file(const char *name, const QByteArray &content) const
    {
        QFile file(folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
        return file.fileName();
    }
    QAction *action(const char *name) const
    {
        return panel->findChild<QAction *>(QLatin1String(name));
    }
    ui::MarkView *view(const char *accessibleName) const
    {
        for (auto *view : panel->findChildren<ui::MarkView *>()) {
            if (view->accessibleName() == QLatin1String(accessibleName))
                return view;
        }
        return nullptr;
    }
    QAbstractItemModel *steps() const { return view("Steps")->model(); }
    std::vector<ui::Mark> marks() const
    {
        std::vector<ui::Mark> marks;
        for (int row = 0; row < steps()->rowCount(); ++row)
            marks.push_back(
                ui::Mark(steps()->index(row, 0).data(ui::MarkDelegate::MarkRole).toInt()));
        return marks;
    }
    bool areAll(ui::Mark wanted) const
    {
        const auto all = marks();
        return !all.empty() && size_t(std::ranges::count(all, wanted)) == all.size();
    }
    ui::Mark mark(int row) const
    {
        return ui::Mark(panel->scenarios().index(row).data(ui::MarkDelegate::MarkRole).toInt());
    }
    bool isSaid(const QString &part) const
    {
        return std::ranges::any_of(panel->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(part);
        });
    }
    // Where it stands in the list.
    int row(const QString &fileEnd) const
    {
        for (int row = 0; row < panel->scenarios().rowCount(); ++row) {
            if (panel->scenarios().entry(row).file.endsWith(fileEnd))
                return row;
        }
        return -1;
    }
};

} // namespace parley::test
