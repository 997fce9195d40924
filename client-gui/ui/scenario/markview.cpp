// SPDX-License-Identifier: MIT
#include "ui/scenario/markview.h"

#include "ui/scenario/markdelegate.h"

namespace parley::ui {

MarkView::MarkView(QAbstractItemModel &model, const QString &accessibleName, QWidget *parent)
    : QListView(parent)
{
    setModel(&model);
    setItemDelegate(new MarkDelegate(this));
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    // Rows are as high as their words at the view's width.
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
}

} // namespace parley::ui
