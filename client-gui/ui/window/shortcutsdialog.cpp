// SPDX-License-Identifier: MIT
#include "ui/window/shortcutsdialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace parley::ui {

ShortcutsDialog::ShortcutsDialog(QWidget &window)
    : QDialog(&window)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *list = new QTreeWidget;
    list->setHeaderLabels({tr("Keys"), tr("What they do")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAlternatingRowColors(true);
    list->setAccessibleName(windowTitle());
    const auto add = [list](const QString &keys, const QString &what) {
        list->addTopLevelItem(new QTreeWidgetItem({keys, what}));
    };
    const auto native = [](const QKeySequence &keys) {
        return keys.toString(QKeySequence::NativeText);
    };
    add(native(Qt::Key_Return), tr("In the message: sends it. In the form: connects"));
    add(native(Qt::SHIFT | Qt::Key_Return), tr("In the message: begins a new line"));
    add(native(Qt::Key_C), tr("In the conversation: confirms the selected messages"));
    add(native(QKeySequence::Copy), tr("In the conversation: copies the selected messages"));
    add(native(Qt::Key_Escape), tr("In a message bar: dismisses it"));
    add(native(QKeySequence::Find), tr("In the inspector: finds frames by text"));
    add(native(Qt::Key_Return), tr("In the list of scenarios: runs the chosen one"));
    for (const QAction *action : window.findChildren<QAction *>()) {
        if (!action->shortcut().isEmpty())
            add(native(action->shortcut()), QString(action->text()).remove(u'&'));
    }
    list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(list);
    column->addWidget(buttons);
    const QFontMetrics metrics = fontMetrics();
    resize(metrics.averageCharWidth() * 80, metrics.height() * 32);
}

} // namespace parley::ui
