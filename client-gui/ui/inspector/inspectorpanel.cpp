// SPDX-License-Identifier: MIT
#include "ui/inspector/inspectorpanel.h"

#include "frames/framelog.h"
#include "ui/inspector/framedetail.h"
#include "ui/inspector/framesearch.h"
#include "ui/inspector/frametable.h"
#include "ui/inspector/inspectortoolbar.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

const QString Columns = QStringLiteral("inspector/columns");
const QString Halves = QStringLiteral("inspector/halves");

} // namespace

InspectorPanel::InspectorPanel(frames::FrameLog &log, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
    , m_filter(log)
    , m_search(new FrameSearch(m_filter, this))
    , m_note(new QLabel(this))
    , m_splitter(new QSplitter(this))
    , m_table(new FrameTable(m_filter, m_splitter))
    , m_detail(new FrameDetail(m_splitter))
    , m_toolBar(new InspectorToolBar(m_filter, m_search, this))
{
    m_splitter->setChildrenCollapsible(false);
    // As high as there is room, also when the note above it needs some.
    m_splitter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_splitter->setMinimumHeight(8 * fontMetrics().lineSpacing());
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({720, 440});
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(8, 4, 8, 4);
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_note);
    layout->addWidget(m_splitter, 1);

    connect(m_table, &FrameTable::currentNumberChanged, this, &InspectorPanel::showCurrent);
    connect(m_table, &FrameTable::detailWanted, m_detail, qOverload<>(&QWidget::setFocus));
    connect(
        m_table, &FrameTable::followsNewestChanged, m_toolBar, &InspectorToolBar::setFollowsNewest);
    connect(m_detail, &FrameDetail::followWanted, this, &InspectorPanel::followCurrent);
    connect(&log, &frames::FrameLog::cleared, this, [this] {
        if (!showsFile())
            m_detail->show(m_log, nullptr);
    });
    connect(&m_filter, &frames::FrameFilter::conditionsChanged, this, &InspectorPanel::tellFilter);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_filter, signal, this, &InspectorPanel::tellFilter);
    connect(&m_filter, &QAbstractItemModel::modelReset, this, &InspectorPanel::tellFilter);
    followToolBar();
    addShortcuts();
    QSettings settings;
    m_table->restoreColumns(settings.value(Columns).toByteArray());
    m_splitter->restoreState(settings.value(Halves).toByteArray());
    tellFilter();
}

InspectorPanel::~InspectorPanel()
{
    QSettings settings;
    settings.setValue(Columns, m_table->saveColumns());
    settings.setValue(Halves, m_splitter->saveState());
    // Both look at what goes before them.
    m_table->disconnect(this);
    delete m_splitter;
}

void InspectorPanel::followToolBar()
{
    connect(m_toolBar, &InspectorToolBar::followWanted, this, &InspectorPanel::followCurrent);
    connect(m_toolBar, &InspectorToolBar::newestWanted, m_table, &FrameTable::setFollowsNewest);
    connect(m_toolBar, &InspectorToolBar::panesWanted, this, &InspectorPanel::showPanes);
    connect(m_toolBar, &InspectorToolBar::saveWanted, this, &InspectorPanel::askForSave);
    connect(m_toolBar, &InspectorToolBar::loadWanted, this, &InspectorPanel::askForLoad);
    connect(m_search, &FrameSearch::rowsWanted, this, [this] {
        m_table->setFocus();
        if (!m_table->currentIndex().isValid() && m_filter.rowCount() > 0)
            m_table->select(m_filter.numberAt(0));
    });
}

void InspectorPanel::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add(Qt::Key_Escape, [this] { escape(); });
}

// One thing after the other: from the payload to the rows, then what holds rows back.
void InspectorPanel::escape()
{
    if (m_detail->isAncestorOf(focusWidget()))
        m_table->setFocus();
    else if (m_filter.isFiltering() || !m_search->text().isEmpty())
        m_filter.clear();
    else
        m_note->hide();
    m_search->reset();
}

void InspectorPanel::select(qint64 number)
{
    showPanes();
    m_log.flush();
    if (!m_log.frame(number))
        return tell(tr("Frame %1 is no longer there.").arg(number));
    if (m_filter.rowOf(number) < 0)
        m_filter.clear();
    m_table->select(number);
}

void InspectorPanel::follow(const frames::MessageKey &key)
{
    const qint64 current = m_table->currentNumber();
    m_filter.clear();
    m_filter.follow(key);
    if (!m_table->select(current) && m_filter.rowCount() > 0)
        m_table->select(m_filter.numberAt(0));
    Q_EMIT messageFollowed(m_filter.followed());
}

void InspectorPanel::followCurrent()
{
    const auto *frame = m_filter.log().frame(m_table->currentNumber());
    const bool isFollowing = !m_filter.followed().isNull();
    if (isFollowing || !frame)
        return follow({});
    const auto key = messageOf(m_filter.log(), *frame);
    if (key.isNull())
        tell(tr("This frame is not about a message."));
    follow(key);
}

void InspectorPanel::showCurrent(qint64 number)
{
    const auto *frame = m_filter.log().frame(number);
    m_detail->show(m_filter.log(), frame);
    m_toolBar->setFollowable(frame);
    if (!showsFile())
        Q_EMIT frameSelected(number);
}

void InspectorPanel::tellFilter()
{
    m_search->showFilter();
    m_toolBar->showFilter(showsFile());
    m_toolBar->setFollowable(m_table->currentNumber() > 0);
}

void InspectorPanel::tell(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void InspectorPanel::showPanes()
{
    if (!showsFile())
        return;
    m_transfer.reset();
    m_filter.clear();
    m_filter.setLog(m_log);
    m_file.reset();
    m_detail->show(m_log, nullptr);
    tell({});
    tellFilter();
}

void InspectorPanel::saveTo(const QString &path)
{
    m_transfer = std::make_unique<frames::FrameFile>(m_filter.log());
    connect(m_transfer.get(), &frames::FrameFile::saved, this, [this, path](qint64 count) {
        tell(tr("Saved as %1. Frames: %2").arg(path, QLocale().toString(count)));
    });
    connect(m_transfer.get(), &frames::FrameFile::failed, this,
        [this](const QString &why) { tell(tr("The file could not be written: %1.").arg(why)); });
    if (const auto begun = m_transfer->save(path); !begun)
        tell(tr("The file could not be written: %1.").arg(begun.failure().text));
}

void InspectorPanel::loadFrom(const QString &path)
{
    m_transfer.reset();
    m_loading = std::make_unique<frames::FrameLog>();
    m_transfer = std::make_unique<frames::FrameFile>(*m_loading);
    connect(m_transfer.get(), &frames::FrameFile::loaded, this,
        [this, path](const frames::FrameFile::Loaded &report) { loaded(path, report); });
    if (const auto begun = m_transfer->load(path); !begun)
        tell(tr("The file could not be read: %1.").arg(begun.failure().text));
}

void InspectorPanel::loaded(const QString &path, const frames::FrameFile::Loaded &report)
{
    m_filter.clear();
    m_filter.setLog(*m_loading);
    m_file = std::move(m_loading);
    m_detail->show(*m_file, nullptr);
    QString text = tr("Loaded: %1").arg(QFileInfo(path).fileName());
    if (report.badLines > 0)
        text += QLatin1Char('\n') + tr("Lines that could not be read: %L1.").arg(report.badLines)
            + QLatin1Char(' ') + report.problems.mid(0, 3).join(QLatin1Char(' '));
    tell(text);
    tellFilter();
}

void InspectorPanel::askForSave()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save frames"), QStringLiteral("frames.jsonl"), tr("Frames (*.jsonl)"));
    if (!path.isEmpty())
        saveTo(path);
}

void InspectorPanel::askForLoad()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Load frames"), {}, tr("Frames (*.jsonl);;All files (*)"));
    if (!path.isEmpty())
        loadFrom(path);
}

} // namespace parley::ui
