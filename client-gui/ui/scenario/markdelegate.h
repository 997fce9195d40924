// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/run/verdict.h"

#include <QStyledItemDelegate>

namespace parley::ui {

// How far something has come.
enum class Mark { Waiting, Running, Passed, Failed, Skipped };
Mark markOf(const scenario::Verdict &);
Mark markOf(const scenario::StepResult &);
QString inWords(Mark);

// A row of things that are done one after the other: a mark, a number, a title, how long it took,
// and below what it is about or why it failed. Plain text, whatever it holds.
class MarkDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum Role {
        MarkRole = Qt::UserRole + 1, // int(Mark)
        NumberRole, // empty: none
        TimeRole,
        AboutRole, // one line, cut where it is too long
        FailureRole, // as many lines as it takes
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *, const QStyleOptionViewItem &, const QModelIndex &) const override;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    struct Boxes;
    Boxes boxes(const QStyleOptionViewItem &, const QModelIndex &) const;
};

} // namespace parley::ui
