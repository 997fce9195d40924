// SPDX-License-Identifier: MIT
#include "ui/pane/connectionform.h"

#include "core/limits.h"
#include "core/secrettext.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpressionValidator>

namespace parley::ui {
namespace {

using play::Account;

} // namespace

ConnectionForm::ConnectionForm(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(12, 12, 12, 12);
    m_rows->setHorizontalSpacing(12);
    m_rows->setVerticalSpacing(8);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    m_server = addField(tr("Se&rver"), "server");
    m_server->setPlaceholderText(QStringLiteral("ws://127.0.0.1:2345"));
    m_way = new QComboBox;
    m_way->setObjectName(QStringLiteral("way"));
    // In the order of Account::Way.
    m_way->addItems(
        {tr("User and password"), tr("User id and secret key"), tr("User id and session")});
    m_way->setAccessibleName(tr("Way to sign in"));
    auto *wayLabel = new QLabel(tr("&By"));
    wayLabel->setBuddy(m_way);
    m_rows->addRow(wayLabel, m_way);
    m_username = addField(tr("&Name"), "username");
    m_userId = addField(tr("User &id"), "userId");
    m_userId->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[0-9]{0,16}")), m_userId));
    m_password = addField(tr("&Password"), "password");
    m_password->setEchoMode(QLineEdit::Password);
    m_secretKey = addField(tr("Secret &key"), "secretKey");
    m_secretKey->setEchoMode(QLineEdit::Password);
    QAction *file = withIcon(m_secretKey->addAction(QIcon(), QLineEdit::TrailingPosition), "open");
    file->setText(tr("Read the secret key from a file"));
    connect(file, &QAction::triggered, this, &ConnectionForm::offerKeyFile);
    m_session = addField(tr("&Session"), "session");
    m_session->setPlaceholderText(tr("any text, valid or not"));
    connect(m_way, &QComboBox::currentIndexChanged, this, [this] { showWay(); });
    connect(m_way, &QComboBox::activated, this, &ConnectionForm::edited);
    showWay();
}

QLineEdit *ConnectionForm::addField(const QString &label, const char *objectName)
{
    auto *field = new QLineEdit;
    field->setObjectName(QLatin1String(objectName));
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setMaxLength(1024);
    auto *itsLabel = new QLabel(label);
    itsLabel->setBuddy(field);
    m_rows->addRow(itsLabel, field);
    connect(field, &QLineEdit::returnPressed, this, &ConnectionForm::submitted);
    connect(field, &QLineEdit::editingFinished, this, &ConnectionForm::edited);
    return field;
}

void ConnectionForm::showWay()
{
    const auto way = Account::Way(m_way->currentIndex());
    m_rows->setRowVisible(m_username, way == Account::Way::Login);
    m_rows->setRowVisible(m_password, way == Account::Way::Login);
    m_rows->setRowVisible(m_userId, way != Account::Way::Login);
    m_rows->setRowVisible(m_secretKey, way == Account::Way::SecretKey);
    m_rows->setRowVisible(m_session, way == Account::Way::Session);
}

Account ConnectionForm::account() const
{
    Account account;
    account.server = play::serverUrl(m_server->text());
    account.way = Account::Way(m_way->currentIndex());
    account.username = m_username->text();
    account.password = m_password->text();
    account.userId = UserId(m_userId->text().toLongLong());
    account.secretKey = m_secretKey->text().toUtf8();
    account.session = m_session->text().toUtf8();
    return account;
}

void ConnectionForm::setAccount(const Account &account)
{
    m_server->setText(account.server.toString());
    m_way->setCurrentIndex(int(account.way));
    m_username->setText(account.username);
    m_password->setText(account.password);
    m_userId->setText(
        account.userId == UserId() ? QString() : QString::number(account.userId.value()));
    m_secretKey->setText(QString::fromUtf8(account.secretKey));
    m_session->setText(QString::fromUtf8(account.session));
}

void ConnectionForm::focusMissing()
{
    for (QLineEdit *field : {m_server, m_username, m_password, m_userId, m_secretKey, m_session}) {
        if (field->isVisibleTo(this) && field->text().isEmpty()) {
            field->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    m_server->setFocus(Qt::OtherFocusReason);
}

void ConnectionForm::offerKeyFile()
{
    auto *dialog = new QFileDialog(this, tr("The server's secret key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ConnectionForm::readKeyFile);
    dialog->open();
}

void ConnectionForm::readKeyFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        m_secretKey->setPlaceholderText(file.errorString());
        return;
    }
    const auto secret = secretOf(file.read(limits::SecretBytes + 1));
    m_secretKey->setText(secret ? QString::fromUtf8(*secret) : QString());
    if (!secret)
        m_secretKey->setPlaceholderText(secret.failure().text);
}

void ConnectionForm::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours c = coloursOf(palette());
    painter.fillRect(0, height() - 1, width(), 1, c.line);
}

} // namespace parley::ui
