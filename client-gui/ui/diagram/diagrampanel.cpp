// SPDX-License-Identifier: MIT
#include "ui/diagram/diagrampanel.h"

#include "diagram/export.h"
#include "ui/diagram/diagramlegend.h"
#include "ui/look/savefile.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace parley::ui {
namespace {

constexpr auto MessageStays = 8s;
constexpr double ZoomStep = 1.2;

Done writeImage(const QString &path, const QImage &image)
{
    if (image.isNull())
        return Failure{DiagramPanel::tr("This diagram is too long for a PNG. Export it as SVG, "
                                        "hide answers and heartbeats, or clear it first.")};
    QBuffer png;
    image.save(&png, "PNG");
    return writeFile(path, png.data());
}

} // namespace

DiagramPanel::DiagramPanel(diagram::Diagram &diagram, const frames::FrameLog &log, QWidget *parent)
    : QWidget(parent)
    , m_diagram(diagram)
    , m_view(new DiagramView(diagram, log, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_message(new QLabel(this))
    , m_toolBar(new QToolBar(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_toolBar);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    column->addWidget(new DiagramLegend(this));
    makeToolBar();
    makePages();
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setMargin(8);
    m_message->setAutoFillBackground(true);
    m_message->hide();
    m_messageTime.setSingleShot(true);
    m_messageTime.setInterval(MessageStays);
    connect(&m_messageTime, &QTimer::timeout, m_message, &QLabel::hide);
    showShown();
    colour();
}

void DiagramPanel::makePages()
{
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setText(tr("Connect both clients and send a message: each step appears here."));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(32);
    m_empty->setAutoFillBackground(true);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    connect(&m_diagram, &diagram::Diagram::arrowAdded, this, &DiagramPanel::showPage);
    connect(&m_diagram, &diagram::Diagram::cleared, this, &DiagramPanel::showPage);
    showPage();
}

void DiagramPanel::showPage()
{
    QWidget *page = m_diagram.size() > 0 ? static_cast<QWidget *>(m_view) : m_empty;
    if (m_pages->currentWidget() != page)
        m_pages->setCurrentWidget(page);
}

QAction *DiagramPanel::action(const char *name, const QString &text, const QString &tip)
{
    auto *made = new QAction(text, this);
    made->setObjectName(QLatin1String(name));
    made->setProperty("icon-name", QLatin1String(name));
    made->setToolTip(tip);
    return made;
}

void DiagramPanel::makeToolBar()
{
    m_toolBar->setAccessibleName(tr("Sequence diagram"));
    m_toolBar->setMovable(false);
    auto *pause = action("pause", tr("Pause"), tr("Stops moving; steps are still recorded"));
    pause->setCheckable(true);
    pause->setChecked(m_diagram.isPaused());
    connect(pause, &QAction::toggled, &m_diagram, &diagram::Diagram::setPaused);
    connect(&m_diagram, &diagram::Diagram::pausedChanged, pause, &QAction::setChecked);
    auto *clear = action("clear", tr("Clear"), tr("Removes all steps"));
    connect(clear, &QAction::triggered, &m_diagram, &diagram::Diagram::clear);
    auto *follow = action("follow", tr("Follow"), tr("Follows the newest step (End)"));
    follow->setCheckable(true);
    follow->setChecked(m_view->isFollowing());
    connect(follow, &QAction::toggled, m_view, &DiagramView::setFollowing);
    connect(m_view, &DiagramView::followingChanged, follow, &QAction::setChecked);
    auto *out = action("zoom-out", tr("Zoom −"), tr("Smaller (−)"));
    connect(
        out, &QAction::triggered, m_view, [this] { m_view->setZoom(m_view->zoom() / ZoomStep); });
    auto *in = action("zoom-in", tr("Zoom +"), tr("Larger (+)"));
    connect(
        in, &QAction::triggered, m_view, [this] { m_view->setZoom(m_view->zoom() * ZoomStep); });
    auto *fit = action("zoom-fit", tr("100 %"), tr("Original size (0)"));
    connect(fit, &QAction::triggered, m_view, [this] { m_view->setZoom(1); });
    connect(m_view, &DiagramView::zoomChanged, fit,
        [fit](double zoom) { fit->setText(tr("%1 %").arg(qRound(zoom * 100))); });
    m_answers = action(
        "show-answers", tr("Show answers"), tr("Also SENT, CONFIRMED, receipts and other answers"));
    m_heartbeats = action("show-heartbeats", tr("Show heartbeats"),
        tr("Consecutive heartbeats are one arrow with a count"));
    m_heartbeats->setChecked(true);
    for (QAction *shown : {m_answers, m_heartbeats}) {
        shown->setCheckable(true);
        shown->setChecked(shown == m_heartbeats);
        connect(shown, &QAction::toggled, this, &DiagramPanel::showShown);
    }
    m_toolBar->addActions({pause, clear, follow});
    m_toolBar->addSeparator();
    m_toolBar->addActions({out, fit, in});
    m_toolBar->addSeparator();
    m_toolBar->addActions({m_answers, m_heartbeats});
    m_toolBar->addSeparator();
    makeExportMenu(m_toolBar);
}

void DiagramPanel::makeExportMenu(QToolBar *toolBar)
{
    struct Format {
        const char *name;
        QString text;
        QString suffix;
        QString filter;
    };
    auto *menu = new QMenu(this);
    for (const Format &format :
        {Format{"export-svg", tr("&SVG…"), QStringLiteral("svg"), tr("SVG pictures (*.svg)")},
            Format{"export-png", tr("&PNG…"), QStringLiteral("png"), tr("PNG pictures (*.png)")},
            Format{"export-mermaid", tr("&Mermaid…"), QStringLiteral("mmd"),
                tr("Mermaid diagrams (*.mmd)")},
            Format{"export-plantuml", tr("Plant&UML…"), QStringLiteral("puml"),
                tr("PlantUML diagrams (*.puml)")}}) {
        auto *made = action(format.name, format.text, {});
        connect(made, &QAction::triggered, this,
            [this, suffix = format.suffix, filter = format.filter] {
                askAndExport(suffix, filter);
            });
        menu->addAction(made);
    }
    menu->addSeparator();
    auto *copy = action("copy-mermaid", tr("&Copy as Mermaid"), {});
    connect(copy, &QAction::triggered, this, &DiagramPanel::copyMermaid);
    menu->addAction(copy);
    auto *opener = action("export", tr("Export"), tr("Saves the visible diagram as a file"));
    opener->setMenu(menu);
    toolBar->addAction(opener);
    if (auto *button = qobject_cast<QToolButton *>(toolBar->widgetForAction(opener)))
        button->setPopupMode(QToolButton::InstantPopup);
    // Icons have no key of their own.
    for (auto *button : toolBar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

void DiagramPanel::askAndExport(const QString &suffix, const QString &filter)
{
    auto *dialog = new QFileDialog(this, tr("Export the diagram"), {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(QStringLiteral("diagram.") + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const Done written = exportTo(path);
        say(written ? tr("Saved as %1.").arg(path) : written.failure().text, !written);
    });
    dialog->open();
}

Done DiagramPanel::exportTo(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const diagram::Shown &shown = m_view->rows().shown();
    if (suffix == u"svg")
        return writeFile(path, diagram::toSvg(m_diagram, paletteOf(coloursOf(palette())), shown));
    if (suffix == u"mmd")
        return writeFile(path, diagram::toMermaid(m_diagram, shown));
    if (suffix == u"puml")
        return writeFile(path, diagram::toPlantUml(m_diagram, shown));
    if (suffix == u"png")
        return writeImage(path, m_view->toImage());
    return Failure{tr("The file's name must end in .svg, .png, .mmd or .puml.")};
}

void DiagramPanel::copyMermaid()
{
    const auto text = diagram::toMermaid(m_diagram, m_view->rows().shown());
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    say(tr("Copied as Mermaid."), false);
}

// What went well is said for a while; what did not stays until the next word.
void DiagramPanel::say(const QString &text, bool isBad)
{
    const Colours colours = coloursOf(palette());
    QPalette ink = m_message->palette();
    ink.setColor(QPalette::WindowText, isBad ? colours.bad : colours.text);
    m_message->setPalette(ink);
    m_message->setText(text);
    m_message->show();
    m_messageTime.stop();
    if (!isBad)
        m_messageTime.start();
}

void DiagramPanel::showShown()
{
    m_view->setShown({.answers = m_answers->isChecked(), .heartbeats = m_heartbeats->isChecked()});
}

void DiagramPanel::colour()
{
    const Colours colours = coloursOf(palette());
    QPalette quiet = m_empty->palette();
    if (quiet.color(QPalette::WindowText) == colours.muted)
        return;
    quiet.setColor(QPalette::WindowText, colours.muted);
    quiet.setColor(QPalette::Window, colours.surface);
    m_empty->setPalette(quiet);
}

void DiagramPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace parley::ui
