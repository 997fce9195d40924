// SPDX-License-Identifier: MIT
#pragma once

#include "frames/framefile.h"
#include "frames/framefilter.h"

#include <QWidget>

#include <memory>

class QLabel;
class QSplitter;

namespace parley::ui {

class FrameDetail;
class FrameSearch;
class FrameTable;
class InspectorToolBar;

// All frames of all panes, or of a file: found, followed, read, copied, saved. Remembers its
// columns in QSettings under "inspector".
class InspectorPanel : public QWidget {
    Q_OBJECT

public:
    // The log must outlive it.
    explicit InspectorPanel(frames::FrameLog &, QWidget *parent = nullptr);
    ~InspectorPanel() override;

    // Without asking for a name. What goes wrong is said in the panel.
    void saveTo(const QString &path);
    void loadFrom(const QString &path);
    bool showsFile() const { return m_file != nullptr; }
    const frames::FrameFilter &filter() const { return m_filter; }

public Q_SLOTS:
    // Whatever is held back: if need be, all frames are shown again, and those of the panes.
    void select(qint64 number);
    void follow(const parley::frames::MessageKey &);
    void showPanes();

Q_SIGNALS:
    // Of the panes' log; 0: none.
    void frameSelected(qint64 number);
    // A null key: no longer.
    void messageFollowed(const parley::frames::MessageKey &);

private:
    void followToolBar();
    void addShortcuts();
    void showCurrent(qint64 number);
    void followCurrent();
    void tellFilter();
    void tell(const QString &text);
    void askForSave();
    void askForLoad();
    void loaded(const QString &path, const frames::FrameFile::Loaded &);
    void escape();

    frames::FrameLog &m_log;
    std::unique_ptr<frames::FrameLog> m_file; // what was loaded
    std::unique_ptr<frames::FrameLog> m_loading;
    std::unique_ptr<frames::FrameFile> m_transfer;
    frames::FrameFilter m_filter;
    FrameSearch *m_search;
    QLabel *m_note;
    QSplitter *m_splitter;
    FrameTable *m_table;
    FrameDetail *m_detail;
    InspectorToolBar *m_toolBar;
};

} // namespace parley::ui
