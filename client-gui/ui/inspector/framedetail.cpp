// SPDX-License-Identifier: MIT
#include "ui/inspector/framedetail.h"

#include "frames/framelog.h"
#include "frames/prettyjson.h"
#include "frames/shell.h"
#include "frames/trail.h"
#include "ui/look/jsonhighlighter.h"

#include <QClipboard>
#include <QDateTime>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

using frames::Frame;
using frames::Kind;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    return label;
}

QString timeOf(const Frame &frame)
{
    return QDateTime::fromMSecsSinceEpoch(frame.atUs / 1000)
               .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"))
        + QStringLiteral("%1").arg(frame.atUs % 1000, 3, 10, QLatin1Char('0'));
}

} // namespace

FrameDetail::FrameDetail(QWidget *parent)
    : QWidget(parent)
    , m_title(plainLabel(this))
    , m_facts(plainLabel(this))
    , m_payload(new QPlainTextEdit(this))
    , m_copyJson(new QPushButton(tr("Copy &JSON"), this))
    , m_copyShell(new QPushButton(tr("Copy as &websocat"), this))
    , m_follow(new QPushButton(tr("Follow &this message"), this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_payload->setReadOnly(true);
    m_payload->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_payload->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_payload->setTabChangesFocus(true);
    m_payload->setAccessibleName(tr("Payload"));
    new JsonHighlighter(*m_payload);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_copyJson, m_copyShell, m_follow})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_payload, 1);
    layout->addLayout(buttons);
    setFocusProxy(m_payload);

    m_copyJson->setToolTip(tr("The payload, as it is shown"));
    m_copyShell->setToolTip(tr("A shell command that does the same"));
    m_follow->setToolTip(tr("Shows the frames of this message in all panes"));
    connect(m_copyJson, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_copyShell, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_shell); });
    connect(m_follow, &QPushButton::clicked, this, [this] { Q_EMIT followWanted(m_number); });
    showNothing();
}

QString FrameDetail::text() const
{
    return m_payload->toPlainText();
}

void FrameDetail::showNothing()
{
    m_number = 0;
    m_title->setText(tr("No frame is selected"));
    m_facts->setText(tr("Select a frame to see all of it."));
    m_payload->clear();
    for (QPushButton *button : {m_copyJson, m_copyShell, m_follow})
        button->setEnabled(false);
}

void FrameDetail::show(const frames::FrameLog &log, const Frame *frame)
{
    if (!frame)
        return showNothing();
    m_number = frame->number;
    m_shell = frames::asShellCommand(*frame, log.paneServer(frame->pane));
    m_title->setText(titleOf(log, *frame));
    m_facts->setText(factsOf(*frame));
    m_payload->setPlainText(frames::readable(*frame));
    m_copyJson->setEnabled(!frame->payload.isEmpty());
    m_copyShell->setEnabled(true);
    m_copyShell->setText(frames::shellProgram(*frame) == QLatin1String("curl")
            ? tr("Copy as c&url")
            : tr("Copy as &websocat"));
    m_follow->setEnabled(!frames::messageOf(log, *frame).isNull());
}

QString FrameDetail::titleOf(const frames::FrameLog &log, const Frame &frame) const
{
    const QString pane = log.paneName(frame.pane);
    const QModelIndex index = log.index(int(frame.number - log.firstNumber()), 0);
    const QString what = index.siblingAtColumn(frames::FrameLog::Cmd).data().toString();
    if (frame.kind == Kind::Sent)
        return tr("%1 → server: %2").arg(pane, what);
    if (frame.kind == Kind::Received)
        return tr("server → %1: %2").arg(pane, what);
    return tr("%1: %2").arg(pane, what);
}

QString FrameDetail::factsOf(const Frame &frame) const
{
    QStringList facts{tr("No. %1").arg(frame.number), timeOf(frame)};
    if (frame.userId != UserId())
        facts += tr("user %1").arg(frame.userId.value());
    if (frame.seq != Seq())
        facts += tr("seq %1").arg(frame.seq.value());
    if (!frame.clientId.isEmpty())
        facts += tr("clientId %1").arg(QString::fromUtf8(frame.clientId));
    facts += tr("%L1 bytes").arg(frame.payload.size());
    if (frame.roundTripUs >= 0)
        facts += tr("answered in %1 ms").arg(double(frame.roundTripUs) / 1000, 0, 'f', 3);
    return facts.join(QStringLiteral(" · "));
}

} // namespace parley::ui
