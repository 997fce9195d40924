// SPDX-License-Identifier: MIT
#include "ui/load/loadtab.h"

#include "ui/load/chart.h"
#include "ui/look/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

constexpr int FormWidth = 300;
constexpr int Gap = 12;
constexpr int StateLines = 3;
constexpr int LabelWidth = 88; // of both forms, so that their fields align
constexpr double FigureScale = 1.9; // of a big number, to the font

enum Figure { Rate, P50, P99, Connected };

QString milliseconds(qint64 us)
{
    return LoadTab::tr("%1 ms").arg(
        QLocale().toString(double(us) / 1000, 'f', us < 100'000 ? 2 : 0));
}

double ms(qint64 us)
{
    return double(us) / 1000;
}

void addRow(QFormLayout *form, const QString &text, QWidget *field)
{
    auto *label = new QLabel(text, form->parentWidget());
    label->setMinimumWidth(LabelWidth);
    label->setBuddy(field);
    form->addRow(label, field);
}

QFormLayout *newForm(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

} // namespace

LoadTab::LoadTab(QWidget *parent)
    : QWidget(parent)
    , m_state(new QLabel(this))
    , m_rates(new Chart(tr("Messages per second"),
          {{tr("stored"), Chart::Ink::Store, 6}, {tr("delivered"), Chart::Ink::Deliver, 3.5},
              {tr("confirmed"), Chart::Ink::Confirm, 1.5}},
          this))
    , m_latencies(new Chart(tr("Latency, send to receive, ms"),
          {{tr("p50"), Chart::Ink::Accent}, {tr("p95"), Chart::Ink::Store},
              {tr("p99"), Chart::Ink::Confirm}},
          this))
{
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_state->setMinimumHeight(StateLines * m_state->fontMetrics().lineSpacing());
    m_state->setAccessibleName(tr("State of the run"));
    m_state->setObjectName(QStringLiteral("loadState"));
    auto *right = new QVBoxLayout;
    right->setSpacing(Gap);
    right->addWidget(makeFigures());
    right->addWidget(m_rates, 1);
    right->addWidget(m_latencies, 1);
    right->addWidget(m_state);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Gap, Gap, Gap, Gap);
    layout->setSpacing(2 * Gap);
    layout->addWidget(makeForm());
    layout->addLayout(right, 1);

    watchForm();
    connect(&m_run, &load::LoadRun::sampled, this,
        [this](const load::Sample &sample) { tell(sample); });
    connect(&m_run, &load::LoadRun::finished, this,
        [this](const load::Summary &summary) { tell(summary); });
    say(tr("Choose how many pairs of users write to each other, and start."), Tone::Plain);
    applyColours();
    refresh();
}

QWidget *LoadTab::makeForm()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(FormWidth);
    m_target = new QLabel(box);
    m_target->setTextFormat(Qt::PlainText);
    m_target->setWordWrap(true);
    m_identity = new QComboBox(box);
    m_identity->setAccessibleName(tr("Who connects"));
    m_identity->addItems({tr("Many users, by time sessions"), tr("Two users, by password")});
    m_pairs = number(tr("Pairs"), 1, load::Plan::MostPairs, 10);
    m_window = number(tr("Window"), 1, load::Plan::MostWindow, 4);
    m_window->setToolTip(tr("Messages of one pair that were sent and not yet received"));
    m_body = number(tr("Body"), 0, load::Plan::MostBodyBytes, 200);
    m_body->setSuffix(tr(" bytes"));
    m_seconds = number(tr("Duration"), 0, 24 * 3600, 30);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setSpecialValueText(tr("until stopped"));
    m_start = new QPushButton(tr("&Start"), box);
    m_stop = new QPushButton(tr("Sto&p"), box);
    m_start->setDefault(true);

    auto *fields = new QWidget(box);
    QFormLayout *form = newForm(fields);
    addRow(form, tr("Pai&rs"), m_pairs);
    addRow(form, tr("&Window"), m_window);
    addRow(form, tr("&Body"), m_body);
    addRow(form, tr("&Duration"), m_seconds);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    layout->addWidget(m_target);
    layout->addLayout(buttons); // in sight, however low the panel is
    layout->addWidget(fields);
    layout->addWidget(m_identity);
    layout->addWidget(makeIdentities());
    layout->addStretch(1);
    return box;
}

QWidget *LoadTab::makeIdentities()
{
    m_identities = new QWidget(this);
    auto *layout = new QVBoxLayout(m_identities);
    layout->setContentsMargins(0, 0, 0, 0);
    m_many = new QWidget(m_identities);
    QFormLayout *form = newForm(m_many);
    m_key = secret(tr("Secret key"), tr("the server's secret key"));
    m_first = number(tr("First user id"), 1, std::numeric_limits<int>::max(), 1);
    addRow(form, tr("Secret &key"), m_key);
    addRow(form, tr("First &user id"), m_first);
    layout->addWidget(m_many);

    m_two = new QWidget(m_identities);
    form = newForm(m_two);
    const QString names[] = {QStringLiteral("alice"), QStringLiteral("bob")};
    for (int i = 0; i < 2; ++i) {
        m_names[i] = new QLineEdit(names[i], m_two);
        m_names[i]->setAccessibleName(tr("User %1").arg(i + 1));
        m_passwords[i] = secret(tr("Password of user %1").arg(i + 1), tr("password"));
        addRow(form, tr("User %1").arg(i + 1), m_names[i]);
        addRow(form, tr("Password"), m_passwords[i]);
    }
    auto *note = new QLabel(tr("At most %n pairs: a server admits no more connections of one user.",
                                nullptr, load::Plan::MostPairsOfTwo),
        m_two);
    note->setWordWrap(true);
    form->addRow(note);
    layout->addWidget(m_two);
    m_two->hide();
    return m_identities;
}

QSpinBox *LoadTab::number(const QString &name, int least, int most, int value)
{
    auto *box = new QSpinBox(this);
    box->setAccessibleName(name);
    box->setRange(least, most);
    box->setValue(value);
    box->setGroupSeparatorShown(true);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

QLineEdit *LoadTab::secret(const QString &name, const QString &placeholder)
{
    auto *edit = new QLineEdit(this);
    edit->setAccessibleName(name);
    edit->setEchoMode(QLineEdit::Password);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QWidget *LoadTab::makeFigures()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * Gap);
    for (const QString &caption :
        {tr("messages per second"), tr("p50 latency"), tr("p99 latency"), tr("connections")}) {
        auto *value = new QLabel(tr("–"), row);
        QFont face = value->font();
        face.setPointSizeF(face.pointSizeF() * FigureScale);
        face.setBold(true);
        value->setFont(face);
        value->setAccessibleName(caption);
        auto *under = new QLabel(caption, row);
        auto *column = new QVBoxLayout;
        column->setSpacing(0);
        column->addWidget(value);
        column->addWidget(under);
        layout->addLayout(column, 1);
        m_figures.append(value);
        m_captions.append(under);
    }
    return row;
}

void LoadTab::watchForm()
{
    connect(m_identity, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_many->setVisible(index == 0);
        m_two->setVisible(index == 1);
        m_pairs->setMaximum(index == 0 ? load::Plan::MostPairs : load::Plan::MostPairsOfTwo);
    });
    connect(m_start, &QPushButton::clicked, this, &LoadTab::start);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_isStopping = true;
        say(tr("Stopping: waiting for the messages under way."), Tone::Plain);
        m_run.stop();
        refresh();
    });
}

void LoadTab::setServer(const QUrl &server, const QByteArray &secretKey)
{
    m_server = server;
    if (!secretKey.isEmpty())
        m_key->setText(QString::fromUtf8(secretKey));
    refresh();
}

void LoadTab::proposeUsers(const std::array<protocol::Credentials, 2> &users)
{
    constexpr int FewPairs = 6;
    m_identity->setCurrentIndex(1);
    for (size_t i = 0; i < users.size(); ++i) {
        m_names[i]->setText(QString::fromUtf8(users[i].username));
        m_passwords[i]->setText(QString::fromUtf8(users[i].password));
    }
    m_pairs->setValue(FewPairs);
}

load::Plan LoadTab::plan() const
{
    load::Plan plan;
    plan.server = m_server;
    plan.pairs = m_pairs->value();
    plan.window = m_window->value();
    plan.bodyBytes = m_body->value();
    plan.duration = std::chrono::seconds(m_seconds->value());
    if (m_identity->currentIndex() == 0) {
        plan.users = load::ManyUsers{m_key->text().toUtf8(), UserId(m_first->value())};
    } else {
        const auto user = [this](int i) -> client::Identity {
            return protocol::Credentials{
                m_names[i]->text().toUtf8(), m_passwords[i]->text().toUtf8()};
        };
        plan.users = load::TwoUsers{user(0), user(1)};
    }
    return plan;
}

void LoadTab::start()
{
    const load::Plan plan = this->plan();
    if (m_run.isRunning())
        return;
    if (const QString why = load::whyNot(plan); !why.isEmpty())
        return say(why, Tone::Bad);
    m_isStopping = false;
    m_rates->clear();
    m_latencies->clear();
    for (QLabel *figure : m_figures)
        figure->setText(tr("–"));
    say(tr("Connecting …"), Tone::Plain);
    m_run.start(plan);
    refresh();
    Q_EMIT runStarted(plan);
}

void LoadTab::tell(const load::Sample &sample)
{
    const QLocale locale;
    m_figures[Rate]->setText(locale.toString(qRound64(sample.delivered)));
    m_figures[P50]->setText(milliseconds(sample.latency.p50));
    m_figures[P99]->setText(milliseconds(sample.latency.p99));
    m_figures[Connected]->setText(
        tr("%1 of %2").arg(locale.toString(sample.connected), locale.toString(sample.connections)));
    if (sample.elapsed > 0) {
        m_rates->append(sample.elapsed, {sample.sent, sample.delivered, sample.confirmed});
        m_latencies->append(sample.elapsed,
            {ms(sample.latency.p50), ms(sample.latency.p95), ms(sample.latency.p99)});
    }
    if (m_isStopping)
        return;
    if (sample.errors > 0)
        say(tr("Running. %n error(s), the last: %1", nullptr, int(sample.errors))
                .arg(sample.lastError),
            Tone::Bad);
    else if (sample.elapsed <= 0)
        say(tr("Connecting …"), Tone::Plain);
    else
        say(tr("Running: %1 messages delivered.").arg(locale.toString(sample.messages)),
            Tone::Plain);
}

void LoadTab::tell(const load::Summary &summary)
{
    const QLocale locale;
    m_isStopping = false;
    refresh();
    if (!summary.failure.isEmpty()) {
        say(summary.failure, Tone::Bad);
    } else {
        const double seconds = std::max(0.001, summary.elapsed);
        m_figures[Rate]->setText(locale.toString(qRound64(double(summary.delivered) / seconds)));
        m_figures[P50]->setText(milliseconds(summary.latency.p50));
        m_figures[P99]->setText(milliseconds(summary.latency.p99));
        QString text =
            tr("%1 messages in %2 s: %3 a second; p50 %4, p95 %5, p99 %6, longest %7. ")
                .arg(locale.toString(summary.delivered), locale.toString(summary.elapsed, 'f', 1),
                    locale.toString(qRound64(double(summary.delivered) / seconds)),
                    milliseconds(summary.latency.p50), milliseconds(summary.latency.p95),
                    milliseconds(summary.latency.p99), milliseconds(summary.latency.max));
        text += summary.isClean()
            ? tr("Nothing lost, duplicated or out of order.")
            : tr("%1 missing, %2 duplicated, %3 out of order!")
                  .arg(locale.toString(summary.missing), locale.toString(summary.doubled),
                      locale.toString(summary.disordered));
        if (summary.errors > 0)
            text += QLatin1Char(' ')
                + tr("%n error(s), the last: %1", nullptr, int(summary.errors))
                      .arg(summary.lastError);
        const bool isGood = summary.isClean() && summary.errors == 0 && summary.delivered > 0;
        say(text, isGood ? Tone::Good : summary.isClean() ? Tone::Plain : Tone::Bad);
    }
    Q_EMIT runFinished(summary);
}

void LoadTab::say(const QString &text, Tone tone)
{
    m_tone = tone;
    m_state->setText(text);
    applyColours();
}

void LoadTab::refresh()
{
    const bool isRunning = m_run.isRunning();
    m_target->setText(m_server.isEmpty()
            ? tr("No server yet: enter its address in a client pane.")
            : tr("Against %1").arg(m_server.toDisplayString(QUrl::RemoveUserInfo)));
    for (QWidget *input : std::initializer_list<QWidget *>{
             m_pairs, m_window, m_body, m_seconds, m_identity, m_identities})
        input->setEnabled(!isRunning);
    m_start->setEnabled(!isRunning && !m_server.isEmpty());
    m_stop->setEnabled(isRunning && !m_isStopping);
}

void LoadTab::applyColours()
{
    const Colours colours = coloursOf(palette());
    const auto ink = [](QLabel *label, const QColor &colour) {
        QPalette own = label->palette();
        own.setColor(QPalette::WindowText, colour);
        label->setPalette(own);
    };
    ink(m_state,
        m_tone == Tone::Bad        ? colours.bad
            : m_tone == Tone::Good ? colours.good
                                   : colours.muted);
    ink(m_target, colours.muted);
    for (QLabel *caption : m_captions)
        ink(caption, colours.muted);
}

void LoadTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_target)
        applyColours();
}

} // namespace parley::ui
