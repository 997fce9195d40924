// SPDX-License-Identifier: MIT
#include "ui/inspector/framesearch.h"

#include "frames/framefilter.h"

#include <QKeyEvent>

namespace parley::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto SearchDelay = 150ms; // behind the last key

} // namespace

FrameSearch::FrameSearch(frames::FrameFilter &filter, QWidget *parent)
    : QLineEdit(parent)
    , m_filter(filter)
{
    setPlaceholderText(tr("Search in frames (Ctrl+F)"));
    setAccessibleName(tr("Search in frames"));
    setClearButtonEnabled(true);
    setMaxLength(500);
    setMinimumWidth(120);
    m_later.setSingleShot(true);
    m_later.setInterval(SearchDelay);
    connect(this, &QLineEdit::textEdited, &m_later, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_filter.setText(text);
    });
    connect(&m_later, &QTimer::timeout, this, [this] { m_filter.setText(text()); });
}

void FrameSearch::showFilter()
{
    if (text() != m_filter.text() && !hasFocus())
        reset();
}

void FrameSearch::reset()
{
    setText(m_filter.text());
}

void FrameSearch::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        Q_EMIT rowsWanted();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace parley::ui
