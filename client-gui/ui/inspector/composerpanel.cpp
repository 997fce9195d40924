// SPDX-License-Identifier: MIT
#include "ui/inspector/composerpanel.h"

#include "play/players.h"
#include "ui/look/jsonhighlighter.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

constexpr int ForecastDelayMs = 120; // behind the last key
constexpr int MostTitleChars = 60; // of an earlier frame in the menu

enum Form { Text, Hex };

} // namespace

ComposerPanel::ComposerPanel(play::Players &players, QWidget *parent)
    : QWidget(parent)
    , m_players(players)
    , m_pane(new QComboBox(this))
    , m_form(new QComboBox(this))
    , m_templates(new QToolButton(this))
    , m_earlier(new QToolButton(this))
    , m_editor(new QPlainTextEdit(this))
    , m_light(new StatusLight(this))
    , m_hint(new QLabel(this))
    , m_send(new QPushButton(tr("Se&nd"), this))
{
    build();
    buildTemplateMenu();
    buildHistoryMenu();
    m_later.setSingleShot(true);
    m_later.setInterval(ForecastDelayMs);
    connect(&m_later, &QTimer::timeout, this, &ComposerPanel::tellForecast);
    connect(m_editor, &QPlainTextEdit::textChanged, &m_later, qOverload<>(&QTimer::start));
    connect(m_form, &QComboBox::currentIndexChanged, this, &ComposerPanel::tellForecast);
    connect(m_pane, &QComboBox::currentIndexChanged, this, &ComposerPanel::tellForecast);
    connect(m_send, &QPushButton::clicked, this, &ComposerPanel::send);
    connect(&players, &play::Players::playerAdded, this, &ComposerPanel::addPane);
    connect(&players, &play::Players::playerLeaves, this, [this](const play::Player *player) {
        m_pane->removeItem(m_pane->findData(player->pane()));
    });
    for (const auto &player : players.all())
        addPane(player.get());
    tellForecast();
}

void ComposerPanel::build()
{
    m_pane->setAccessibleName(tr("Pane"));
    m_pane->setToolTip(tr("The pane that sends it"));
    m_form->addItems({tr("Text"), tr("Binary (hex)")});
    m_form->setAccessibleName(tr("Type of the frame"));
    m_templates->setText(tr("&Templates"));
    m_earlier->setText(tr("Earl&ier"));
    m_earlier->setToolTip(tr("Frames that were sent from here (Ctrl+Up, Ctrl+Down)"));
    for (QToolButton *button : {m_templates, m_earlier}) {
        button->setPopupMode(QToolButton::InstantPopup);
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
        button->setMenu(new QMenu(button));
    }
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setPlaceholderText(tr("Any frame, valid or not. Ctrl+Enter sends it."));
    m_editor->setAccessibleName(tr("Frame"));
    m_editor->setTabChangesFocus(true);
    // As high as there is room: what it would like must not push the forecast out of sight.
    m_editor->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_editor->setMinimumHeight(3 * m_editor->fontMetrics().lineSpacing());
    m_editor->installEventFilter(this);
    new JsonHighlighter(*m_editor);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_send->setToolTip(tr("Ctrl+Enter"));

    auto *above = new QHBoxLayout;
    above->setSpacing(8);
    above->addWidget(m_pane);
    above->addWidget(m_form);
    above->addStretch();
    above->addWidget(m_templates);
    above->addWidget(m_earlier);
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(m_light);
    below->addWidget(m_hint, 1);
    below->addWidget(m_send);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(above);
    layout->addWidget(m_editor, 1);
    layout->addLayout(below);
    setFocusProxy(m_editor);
}

void ComposerPanel::addPane(play::Player *player)
{
    m_pane->addItem(player->name(), player->pane());
    connect(player, &play::Player::stateChanged, this, &ComposerPanel::tellForecast);
}

void ComposerPanel::buildTemplateMenu()
{
    QMenu *group = nullptr;
    for (const auto &row : play::draftTemplates()) {
        if (!group || group->title() != row.group)
            group = m_templates->menu()->addMenu(row.group);
        connect(group->addAction(row.title), &QAction::triggered, this,
            [this, draft = row.draft] { setDraft(draft); });
    }
}

void ComposerPanel::buildHistoryMenu()
{
    QMenu *menu = m_earlier->menu();
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const auto &draft : m_history) {
            QString title = draft.text.simplified();
            if (title.size() > MostTitleChars)
                title = title.left(MostTitleChars) + QStringLiteral("…");
            title.replace(QLatin1Char('&'), QLatin1String("&&"));
            connect(menu->addAction(title), &QAction::triggered, this,
                [this, draft] { setDraft(draft); });
        }
        if (m_history.isEmpty())
            menu->addAction(tr("Nothing was sent yet"))->setEnabled(false);
    });
}

play::Player *ComposerPanel::player() const
{
    return m_players.player(m_pane->currentData().toInt());
}

play::Draft ComposerPanel::draft() const
{
    return {m_editor->toPlainText(), m_form->currentIndex() == Hex};
}

void ComposerPanel::setDraft(const play::Draft &draft)
{
    m_form->setCurrentIndex(draft.isHex ? Hex : Text);
    m_editor->setPlainText(draft.text);
    m_editor->moveCursor(QTextCursor::End);
    m_editor->setFocus();
    tellForecast();
}

void ComposerPanel::setPane(int pane)
{
    m_pane->setCurrentIndex(m_pane->findData(pane));
}

QString ComposerPanel::hint() const
{
    return m_hint->text();
}

void ComposerPanel::tell(const QString &text, StatusLight::Shows light)
{
    m_hint->setText(text);
    m_light->setShows(light);
}

void ComposerPanel::tellForecast()
{
    m_later.stop();
    const auto *sender = player();
    m_send->setEnabled(sender && sender->isOnline());
    if (!sender || m_pane->count() == 0)
        return tell(tr("There is no pane to send it."), StatusLight::Shows::Off);
    const auto frame = play::bytesOf(draft());
    if (!frame) {
        m_send->setEnabled(false);
        return tell(frame.failure().text, StatusLight::Shows::Bad);
    }
    if (!sender->isOnline())
        return tell(tr("%1 is not connected.").arg(sender->name()), StatusLight::Shows::Off);
    const auto expected = play::forecast(*frame, draft().isHex, sender->serverLimits());
    tell(tr("The server should answer: %1").arg(expected.text),
        expected.isTaken ? StatusLight::Shows::Good : StatusLight::Shows::Warning);
}

void ComposerPanel::send()
{
    auto *sender = player();
    const play::Draft draft = this->draft();
    const auto frame = play::bytesOf(draft);
    if (!sender || !frame)
        return tellForecast();
    const bool sent = draft.isHex ? sender->sendBinary(*frame) : sender->sendRaw(*frame);
    if (!sent)
        return tell(tr("%1 is not connected.").arg(sender->name()), StatusLight::Shows::Bad);
    remember(draft);
    Q_EMIT frameSent(sender->pane());
}

void ComposerPanel::remember(const play::Draft &draft)
{
    m_history.removeIf([&](const play::Draft &earlier) {
        return earlier.text == draft.text && earlier.isHex == draft.isHex;
    });
    m_history.prepend(draft);
    while (m_history.size() > MostHistory)
        m_history.removeLast();
    m_recalled = -1;
}

void ComposerPanel::recall(qsizetype at)
{
    m_recalled = std::clamp<qsizetype>(at, -1, m_history.size() - 1);
    if (m_recalled >= 0)
        setDraft(m_history[m_recalled]);
}

bool ComposerPanel::eventFilter(QObject *watched, QEvent *event)
{
    const bool isClaim = event->type() == QEvent::ShortcutOverride;
    if (watched != m_editor || (!isClaim && event->type() != QEvent::KeyPress))
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (!(key->modifiers() & Qt::ControlModifier))
        return false;
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    // Else it would be the window's, which sends what stands in the current pane.
    if (isClaim && isEnter)
        event->accept();
    if (isClaim)
        return false;
    if (isEnter)
        send();
    else if (key->key() == Qt::Key_Up)
        recall(m_recalled + 1);
    else if (key->key() == Qt::Key_Down)
        recall(m_recalled - 1);
    else
        return false;
    return true;
}

} // namespace parley::ui
