// SPDX-License-Identifier: MIT
#pragma once

#include <QListView>

namespace parley::ui {

// A list whose model has the roles of MarkDelegate.
class MarkView : public QListView {
    Q_OBJECT

public:
    // The model must outlive it.
    MarkView(QAbstractItemModel &, const QString &accessibleName, QWidget *parent = nullptr);
};

} // namespace parley::ui
