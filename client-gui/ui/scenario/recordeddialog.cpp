// SPDX-License-Identifier: MIT
#include "ui/scenario/recordeddialog.h"

#include "scenario/format/scenario.h"
#include "ui/look/savefile.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

constexpr QSize FirstSize{640, 520};
constexpr int MostName = 200; // characters

} // namespace

RecordedDialog::RecordedDialog(
    std::function<QByteArray(const QString &)> text, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_make(std::move(text))
    , m_name(new QLineEdit(name))
    , m_preview(new QPlainTextEdit)
    , m_note(new QLabel)
{
    setWindowTitle(tr("Recorded scenario"));
    resize(FirstSize);
    m_name->setMaxLength(MostName);
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setAccessibleName(tr("The scenario's text"));
    m_preview->setTabChangesFocus(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->addRow(tr("&Name"), m_name);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *save = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    m_run = buttons->addButton(tr("&Run it"), QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(m_preview, 1);
    column->addWidget(m_note);
    column->addWidget(buttons);
    m_run->setDefault(true);

    connect(m_name, &QLineEdit::textChanged, this, &RecordedDialog::write);
    connect(save, &QPushButton::clicked, this, &RecordedDialog::askForPath);
    connect(m_run, &QPushButton::clicked, this, &RecordedDialog::run);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    write();
}

void RecordedDialog::write()
{
    m_file.clear();
    m_written = m_make(m_name->text());
    m_preview->setPlainText(QString::fromUtf8(m_written));
    const auto scenario = scenario::parse(m_written, QStringLiteral("recorded.yaml"));
    m_run->setEnabled(bool(scenario));
    m_note->setText(scenario
            ? tr("%n step(s). Read it, save it, and remove by hand what does not matter.", nullptr,
                int(scenario->steps.size()))
            : tr("It cannot be run as it is: %1").arg(scenario.failure().text));
}

void RecordedDialog::askForPath()
{
    auto *dialog = new QFileDialog(this, tr("Save the scenario"), {}, tr("Scenarios (*.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(QStringLiteral("recorded.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, &RecordedDialog::saveTo);
    dialog->open();
}

void RecordedDialog::saveTo(const QString &path)
{
    if (const Done written = writeFile(path, m_written); !written) {
        m_note->setText(written.failure().text);
        return;
    }
    m_file = path;
    m_note->setText(tr("Saved as %1.").arg(path));
    Q_EMIT saved(path);
}

void RecordedDialog::run()
{
    Q_EMIT runWanted(m_written, m_file);
    accept();
}

} // namespace parley::ui
